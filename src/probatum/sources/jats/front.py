"""What an article says of itself before its text: ids, title, authors, dates, rights, subjects."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from probatum.evidence.source import Identifiers, RightsTier
from probatum.sources.jats.links import HREF
from probatum.sources.layout.inline import local_name, text_of
from probatum.sources.layout.text import clean
from probatum.sources.works.dates import day_of, published, year_in
from probatum.sources.works.ids import identifiers_of
from probatum.sources.works.licences import licence_of

_PRINTED: Final = ("ppub", "epub-ppub", "print", "collection")
_ONLINE: Final = ("epub", "epreprint", "electronic", "pub", "preprint", "epub-ppub")
_INITIAL: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Front:
    """The bibliographic part of an article; what is missing is empty."""

    ids: Identifiers = field(default_factory=Identifiers)
    version: str | None = None
    title: str = ""
    journal: str = ""
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    year: int | None = None
    licence: str | None = None
    tier: RightsTier | None = None
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def front_of(front: _Element, meta: _Element) -> Front:
    """Read it from `front` (for the journal) and the article's metadata."""
    ids = {each.get("pub-id-type", ""): text_of(each) for each in children(meta, "article-id")}
    pmcid = ids.get("pmc") or ids.get("pmcid") or ids.get("pmcaid", "")
    _, dot, version = ids.get("pmcid-ver", "").partition(".")
    journal = next(descendants(front, "journal-title"), None)
    date, year = _date(meta)
    licence, tier = licence_of(_rights(meta))
    return Front(
        ids=identifiers_of(ids.get("pmid", ""), pmcid, ids.get("doi", "")),
        version=version if dot and version else None,
        title=title_of(meta),
        journal=text_of(journal) if journal is not None else "",
        authors=tuple(_authors(meta)),
        date=date,
        year=year,
        licence=licence,
        tier=tier,
        keywords=tuple(dict.fromkeys(_keywords(meta))),
        categories=tuple(dict.fromkeys(_categories(meta))),
    )


def children(element: _Element, *names: str) -> list[_Element]:
    """The children with one of these names, in any namespace."""
    return [child for child in element if local_name(child) in names]


def descendants(element: _Element, *names: str) -> Iterator[_Element]:
    """The same at any depth."""
    return (each for each in element.iter() if local_name(each) in names)


def title_of(meta: _Element) -> str:
    """Title and subtitle without the marks of their footnotes; in a translation if alone."""
    for names in (("article-title", "subtitle"), ("trans-title", "trans-subtitle"), ("alt-title",)):
        parts = [text_of(each, _unmarked) for each in descendants(meta, *names[:1])][:1]
        parts += [text_of(each, _unmarked) for each in descendants(meta, *names[1:])]
        if title := ": ".join(part.rstrip(":") for part in parts if part):
            return title
    return ""


def _unmarked(element: _Element) -> str | None:
    name = local_name(element)
    is_note = name == "fn" or (name == "xref" and element.get("ref-type") != "bibr")
    is_mark = name == "sup" and all(local_name(each) in ("xref", "fn") for each in element)
    return "" if is_note or (is_mark and len(element) and not clean(element.text or "")) else None


def _authors(meta: _Element) -> Iterator[str]:
    for group in children(meta, "contrib-group"):
        for contrib in children(group, "contrib"):
            if contrib.get("contrib-type", "author") in ("author", "collab", "group"):
                yield from filter(None, [_name(contrib)])


def _name(contrib: _Element) -> str:
    """As it is cited, "Flaherty KT"; a group by its whole name without its members."""
    for element in contrib.iterdescendants():
        kind = local_name(element)
        if kind == "name":
            parts = {local_name(part): text_of(part) for part in element}
            initials = "".join(
                word if word.isupper() and len(word) <= 3 else word[0]
                for word in _INITIAL.findall(parts.get("given-names", ""))
            )
            words = (parts.get("surname", ""), initials, parts.get("suffix", ""))
            return " ".join(word for word in words if word)
        if kind == "string-name":
            return text_of(element)
        if kind == "collab":
            return text_of(element, lambda each: _left_out(local_name(each)))
    return ""


def _left_out(name: str) -> str | None:
    return "" if name in ("contrib-group", "xref", "fn", "address", "email", "aff") else None


def _date(meta: _Element) -> tuple[datetime.date | None, int | None]:
    dates: dict[str, tuple[datetime.date | None, int | None]] = {}
    for element in children(meta, "pub-date"):
        parts = {local_name(part): text_of(part) for part in element}
        day = day_of(parts.get("year"), parts.get("month"), parts.get("day"))
        when = (day, year_in(parts.get("year")))
        kinds = {element.get("pub-type"), element.get("date-type")}
        if kinds == {None, "pub"}:
            kinds.add(element.get("publication-format"))
        for kind in kinds:
            dates.setdefault(kind or "pub", when)
    printed = next((dates[kind] for kind in _PRINTED if kind in dates), (None, None))
    online = next((dates[kind] for kind in _ONLINE if kind in dates), (None, None))
    date, year = published(printed[0], printed[1] or online[1], online[0])
    others = [year for _, year in dates.values() if year]
    return date, year or (min(others) if others else None)


def _rights(meta: _Element) -> Iterator[str]:
    """Addresses and words of the licence; of the copyright line, only words on public domain."""
    for element in descendants(meta, "license"):
        yield element.get(HREF, "")
        yield text_of(element)
        for link in element.iterdescendants():
            yield link.get(HREF, "") if local_name(link) in ("ext-link", "uri") else ""
    for element in descendants(meta, "copyright-statement"):
        words = text_of(element)
        if "public domain" in words.lower() or "creative commons" in words.lower():
            yield words


def _keywords(meta: _Element) -> Iterator[str]:
    for group in children(meta, "kwd-group"):
        for keyword in descendants(group, "kwd", "compound-kwd"):
            if word := text_of(keyword):
                yield word
    for subject in descendants(meta, "subject"):
        if not _is_heading(subject) and (word := text_of(subject)):
            yield word


def _categories(meta: _Element) -> Iterator[str]:
    for subject in descendants(meta, "subject"):
        if _is_heading(subject) and (word := text_of(subject)):
            yield word


def _is_heading(subject: _Element) -> bool:
    return any(each.get("subj-group-type") == "heading" for each in subject.iterancestors())
