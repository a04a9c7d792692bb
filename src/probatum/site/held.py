"""What is held, in words: the rows of the sources page and the text of one source."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from probatum.engine import Engine
from probatum.library.held import HeldDocument
from probatum.library.source_rows import SourceRow, in_order
from probatum.render.characters import plain
from probatum.render.cite import Link, links
from probatum.render.held_text import PassageView, passage_view
from probatum.render.language import figure, told_by, told_of
from probatum.render.names import Words
from probatum.render.passage import Span, shown, source_address
from probatum.render.words import CURRENCIES, CURRENCY_MARKS, DEPTHS, RIGHTS, TYPES
from probatum.service.held import matching, wanted_words

# Texts listed at once, of what may be a million; and passages of a work shown at once.
MOST = 200
PER_PAGE = 30
_OFFSET = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class SourceView:
    """An edition as a person reads it."""

    edition: str
    title: str
    label: str
    type: str
    body: str | None
    year: str | None
    currency: str
    currency_code: str
    currency_mark: str
    replaced_by: str | None
    licence: str
    rights: str
    amount: str
    links: tuple[Link, ...]
    topics: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Listed:
    """The rows of a page, how many editions have the filter's words, and how many are held."""

    rows: tuple[SourceView, ...]
    found: int
    held: int

    @property
    def left_out(self) -> bool:
        """Whether there are more than are listed."""
        return self.found > len(self.rows)

    @property
    def tally(self) -> str:
        """How many, in words."""
        words = told_by(
            self.held, "%(found)s of %(number)s edition", "%(found)s of %(number)s editions"
        )
        return words % {"found": figure(self.found), "number": figure(self.held)}


@dataclass(frozen=True)
class TextView:
    """Some passages of a work's text, in order; none where only a link to it may be shown."""

    passages: tuple[PassageView, ...]
    page: int
    pages: int
    back: str | None
    on: str | None
    authors: str | None
    depth: str
    shown: bool


def source_view(row: SourceRow, words: Words) -> SourceView:
    """The row in words."""
    if row.passages:
        amount = told_of(row.passages, "Text: %(number)s passage", "Text: %(number)s passages")
    else:
        amount = told_of(row.records, "%(number)s record", "%(number)s records")
    return SourceView(
        edition=row.edition,
        title=plain(row.title),
        label=plain(row.label),
        type=TYPES[row.type],
        body=plain(words.name(row.body)) if row.body else None,
        year=str(row.year) if row.year and str(row.year) not in row.label else None,
        currency=CURRENCIES[row.currency],
        currency_code=row.currency.value,
        currency_mark=CURRENCY_MARKS[row.currency],
        replaced_by=row.replaced_by,
        licence=plain(row.licence),
        rights=RIGHTS[row.tier],
        amount=amount,
        links=links(row.identifiers),
        topics=tuple(words.name(topic) for topic in row.read_topics),
        address=source_address(row.edition),
    )


def listed(engine: Engine, words: str) -> Listed:
    """The packs' editions and some of the texts that have every word of the filter."""
    wanted = wanted_words(words)
    curated = engine.curated()
    matched = matching(curated, wanted)
    texts = engine.texts(wanted, MOST)
    rows = in_order((*matched, *texts.rows))
    return Listed(
        tuple(source_view(row, engine) for row in rows),
        len(matched) + texts.found,
        len(curated) + texts.held,
    )


def text_view(document: HeldDocument, engine: Engine, query: QueryDict) -> TextView:
    """The page of a work's text that the address asks for, or that its quote stands on."""
    documents = engine.library.documents
    every = documents.passage_counts([document.id]).get(document.id, 0)
    pages = max(1, -(-every // PER_PAGE))
    quoted = _span(query)
    page = _offset(query.get("page", ""))
    if page is None and quoted:
        page = documents.place_of(document, quoted[0]) // PER_PAGE + 1
    page = min(max(1, page or 1), pages)
    may_show = shown(document)
    passages = documents.of_document(document, (page - 1) * PER_PAGE, PER_PAGE) if may_show else ()
    return TextView(
        tuple(passage_view(each, quoted) for each in passages),
        page,
        pages if may_show else 1,
        _page_address(document, page - 1) if page > 1 else None,
        _page_address(document, page + 1) if page < pages else None,
        plain(document.authors) if document.authors else None,
        DEPTHS[document.depth],
        may_show,
    )


def _page_address(document: HeldDocument, page: int) -> str:
    return f"{source_address(document.edition)}?{urlencode({'page': page})}#text"


def _span(query: QueryDict) -> Span | None:
    first, last = _offset(query.get("from", "")), _offset(query.get("to", ""))
    return (first, last) if first is not None and last is not None and first < last else None


def _offset(value: str) -> int | None:
    return int(value) if _OFFSET.fullmatch(value) else None
