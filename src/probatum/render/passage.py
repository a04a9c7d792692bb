"""A passage of a held text as found or quoted: what of it is shown, what is marked, its JSON.

The terminal, the page and the JSON of a search are made from this one view, so that none of them
can call a retracted work current or show words that another may not show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from probatum.evidence.source import RightsTier
from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.search import Hit, Search
from probatum.render.characters import part, plain
from probatum.render.language import day, told
from probatum.render.names import Words
from probatum.render.words import CURRENCIES, CURRENCY_MARKS, TYPES

Span = tuple[int, int]
# Characters shown before and behind a quote, to the end of a sentence or line.
_BESIDE = 320


@dataclass(frozen=True)
class Piece:
    """A run of words, marked where it is what was quoted or asked for.

    `id` names the place in a page where a quote begins, so that a link can lead there.
    """

    text: str
    marked: bool
    id: str | None = None


@dataclass(frozen=True)
class HitView:
    """A passage found, in words."""

    number: int
    title: str
    locator: str
    facts: tuple[str, ...]
    edition: str
    currency: str
    currency_code: str
    currency_mark: str
    replaced_by: str | None
    licence: str
    pieces: tuple[Piece, ...]
    address: str


def shown(document: HeldDocument) -> bool:
    """Whether the words of a text may be shown; of the others only facts and a link may be."""
    return document.rights.tier is not RightsTier.LINK


def pieces(text: str, spans: Iterable[Span], within: Span | None = None) -> tuple[Piece, ...]:
    """The text, or the part `within`, cut where marked spans begin and end; dots where it is cut.

    Spans come in order and do not overlap; those that reach out of the part are cut with it.
    """
    first, last = within or (0, len(text))
    found = [Piece("\u2026 ", marked=False)] if first else []
    at = first
    for span in spans:
        start, end = max(span[0], first), min(span[1], last)
        if start >= end:
            continue
        found += [Piece(part(text[at:start]), marked=False), Piece(part(text[start:end]), True)]
        at = end
    found.append(Piece(part(text[at:last]), marked=False))
    if last < len(text):
        found.append(Piece(" \u2026", marked=False))
    return tuple(piece for piece in found if piece.text)


def window(text: str, spans: Sequence[Span], most: int) -> Span:
    """The stretch of so many characters that has the most marked spans, from a sentence's start."""
    if len(text) <= most:
        return 0, len(text)
    starts = [start for start, _ in spans]
    best = max(starts or [0], key=lambda at: (sum(at <= s < at + most - 40 for s in starts), -at))
    sentence = max(text.rfind(". ", 0, best) + 2 if ". " in text[:best] else 0, _line(text, best))
    word = max(text.rfind(" ", 0, best), text.rfind("\n", 0, best)) + 1
    # From the start of the sentence or line, where that is near.
    first = sentence if best - sentence < most // 3 else word
    last = min(len(text), first + most)
    blank = max(text.rfind(" ", first, last), text.rfind("\n", first, last))
    return first, last if last == len(text) or blank <= first else blank


def around(text: str, span: Span) -> Span:
    """The stretch to show around a quote: some sentences or lines before and behind it."""
    start, end = span
    least, most = max(0, start - _BESIDE), min(len(text), end + _BESIDE)
    first, last = least, most
    if least:
        ends = [at for mark in (". ", "\n") if (at := text.find(mark, least, start)) >= 0]
        first = min(ends) + 1 if ends else start
        first += len(text[first:start]) - len(text[first:start].lstrip())
    if most < len(text):
        at = max(text.rfind(". ", end, most) + 1, text.rfind("\n", end, most))
        last = at if at > 0 else end
    return first, last


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def source_address(edition: str, span: Span | None = None) -> str:
    """The page of an edition, at a span of its text."""
    address = f"/sources/{quote(edition, safe='')}"
    if span is None:
        return address
    return f"{address}?{urlencode({'from': span[0], 'to': span[1]})}#quote"


def hit_document(search: Search, query: str, hit: Hit) -> dict[str, Any]:
    """A passage found, as JSON; the words of a text that may only be linked to are left out."""
    passage = hit.passage
    document = passage.document
    text = passage.text if shown(document) else None
    return {
        "source": document.source,
        "edition": document.edition,
        "title": document.title,
        "type": document.type.value,
        "body": document.body,
        "year": document.year,
        "date": document.date.isoformat() if document.date else None,
        "depth": document.depth.value,
        "currency": hit.currency.value,
        "replaced_by": hit.replaced_by,
        "licence": document.rights.licence,
        "rights": document.rights.tier.value,
        "identifiers": document.identifiers.present(),
        "locator": passage.locator(),
        "headings": list(passage.headings),
        "page": passage.passage.runs[0].page if passage.passage.runs else None,
        "start": passage.start,
        "end": passage.end,
        "text": text,
        "matches": [list(span) for span in search.marks(text, query)] if text else [],
        "score": round(hit.score, 4),
    }


def search_document(search: Search, query: str, hits: Iterable[Hit]) -> dict[str, Any]:
    """What a search found, as JSON."""
    return {"query": query, "hits": [hit_document(search, query, hit) for hit in hits]}


def hit_view(search: Search, query: str, hit: Hit, words: Words, number: int, most: int) -> HitView:
    """A passage found, with at most so many characters of its text."""
    passage = hit.passage
    document = passage.document
    spans = search.marks(passage.text, query) if shown(document) else []
    dated = str(document.date or document.year or "")
    version = document.version
    facts = (
        TYPES[document.type],
        words.name(document.body) if document.body else "",
        day(dated) if dated else told("no date"),
        told("edition %(name)s") % {"name": version} if version not in (None, dated) else "",
    )
    return HitView(
        number=number,
        title=plain(document.title or document.source),
        locator=plain(passage.locator()),
        facts=tuple(plain(fact) for fact in facts if fact),
        edition=document.edition,
        currency=CURRENCIES[hit.currency],
        currency_code=hit.currency.value,
        currency_mark=CURRENCY_MARKS[hit.currency],
        replaced_by=hit.replaced_by,
        licence=plain(document.rights.licence),
        pieces=pieces(passage.text, spans, window(passage.text, spans, most))
        if shown(document)
        else (),
        address=source_address(document.edition, _telling(passage, spans)),
    )


def _telling(passage: HeldPassage, spans: Sequence[Span]) -> Span:
    """The sentence with most of the marked words, else the passage's first."""
    at = passage.start
    sentences = passage.passage.sentences or ((at, passage.end),)
    return max(
        sentences,
        key=lambda s: (sum(s[0] <= at + start < s[1] for start, _ in spans), -s[0]),
    )
