"""The fields of a PubMed article's XML, gathered in one pass over its elements.

Each element is looked up in a table by its name and what is not asked for is never entered: the
reference lists alone are half of many articles. Nothing is searched by path, since this is what
the speed of `add` hangs on.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Block, Relation
from probatum.sources.layout.inline import text_of as marked_up
from probatum.sources.layout.text import clean
from probatum.sources.pubmed.languages import abstract_heading
from probatum.sources.works.citation_links import ties
from probatum.sources.works.dates import day_of, year_in

# Categories and labels that say that there is none.
_UNNAMED: Final = frozenset({"", "UNASSIGNED", "UNLABELLED", "UNLABELED"})
_NCT: Final = re.compile(r"NCT\d{8}")
ORIGINAL_TITLE: Final = "Title in the original language"


@dataclass(slots=True)
class Fields:
    """What has been found of one article so far."""

    pmid: str = ""
    pmid_version: str = ""
    pmcid: str = ""
    doi: str = ""
    title: str = ""
    vernacular: str = ""
    book: str = ""
    journal: str = ""
    publisher: str = ""
    language: str = ""
    revised: datetime.date | None = None
    completed: datetime.date | None = None
    issue: datetime.date | None = None
    year: int | None = None
    online: datetime.date | None = None
    abstract: list[Block] = field(default_factory=list)
    other_abstracts: list[Block] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    mesh: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    concepts: list[str] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


# By name, what reads an element: a function, or the table for the elements inside it.
Handler = Callable[[Fields, _Element], None]
Table = dict[str, "Handler | Table"]

# Names, headings and types come back in article after article.
_SHORT: Final = 100
_clean_again = lru_cache(maxsize=50_000)(clean)


def gather(fields: Fields, element: _Element, table: Table) -> None:
    """Hand each child to what reads elements of its name, if anything does."""
    for child in element:
        found = table.get(child.tag)
        if found is None:
            continue
        if isinstance(found, dict):
            gather(fields, child, found)
        else:
            found(fields, child)


def text_of(element: _Element) -> str:
    """All text inside, on one clean line; at once where there is no markup, as in most."""
    if len(element):
        return marked_up(element)
    text = element.text or ""
    return clean(text) if len(text) > _SHORT else _clean_again(text)


def into(name: str) -> Handler:
    """Keep an element's text as the field of this name, where it has none yet."""

    def keep(fields: Fields, element: _Element) -> None:
        if not getattr(fields, name):
            setattr(fields, name, text_of(element))

    return keep


def onto(name: str) -> Handler:
    """Add an element's text, if any, to the list of this name."""

    def add(fields: Fields, element: _Element) -> None:
        if text := text_of(element):
            getattr(fields, name).append(text)

    return add


def day(name: str) -> Handler:
    """Keep a date of three parts as the field of this name, where it has none yet."""

    def keep(fields: Fields, element: _Element) -> None:
        parts = {child.tag: child.text for child in element}
        found = day_of(parts.get("Year"), parts.get("Month"), parts.get("Day"))
        if found is not None and getattr(fields, name) is None:
            setattr(fields, name, found)

    return keep


def pmid(fields: Fields, element: _Element) -> None:
    if not fields.pmid:
        fields.pmid = (element.text or "").strip()
        fields.pmid_version = element.get("Version") or ""


def issue_date(fields: Fields, element: _Element) -> None:
    """PubDate: in parts, or in words ("1998 Dec-1999 Jan") in one MedlineDate."""
    parts = {child.tag: child.text for child in element}
    fields.issue = day_of(parts.get("Year"), parts.get("Month"), parts.get("Day"))
    fields.year = year_in(parts.get("Year") or parts.get("MedlineDate"))


def location_id(fields: Fields, element: _Element) -> None:
    kind = element.get("EIdType") or element.get("IdType")
    text = (element.text or "").strip()
    if element.get("ValidYN") == "N":
        return
    if kind == "doi" and not fields.doi:
        fields.doi = text
    elif kind == "pmc" and not fields.pmcid:
        fields.pmcid = text
    elif kind == "pubmed" and not fields.pmid:
        fields.pmid = text


def other_id(fields: Fields, element: _Element) -> None:
    """OtherID: NLM's own is the PMC number in older files, with remarks after it."""
    words = (element.text or "").split()
    if words and words[0].startswith("PMC") and not fields.pmcid:
        fields.pmcid = words[0]


def abstract(fields: Fields, element: _Element) -> None:
    for child in element:
        if child.tag == "AbstractText":
            _part(fields.abstract, child, ())


def other_abstract(fields: Fields, element: _Element) -> None:
    heading = abstract_heading(element.get("Language") or "", element.get("Type") or "")
    for child in element:
        if child.tag == "AbstractText":
            _part(fields.other_abstracts, child, (heading,))


def _part(blocks: list[Block], element: _Element, path: tuple[str, ...]) -> None:
    """One AbstractText: its label is its heading, else the category that NLM gave to it."""
    if not (text := text_of(element)):
        return
    label, category = element.get("Label") or "", element.get("NlmCategory") or ""
    if category in _UNNAMED:
        category = ""
    heading = clean(label).rstrip(":") if label not in _UNNAMED else category
    if heading:
        path = (*path, heading)
    blocks.append(Block(text, "paragraph", path, code=category or None))


def authors(fields: Fields, element: _Element) -> None:
    """Names as they are cited, "Flaherty KT"; groups by their whole name."""
    if fields.authors and element.get("Type") == "editors":
        return
    for author in element:
        if author.tag != "Author" or author.get("ValidYN") == "N":
            continue
        parts: dict[str, str] = {}
        for child in author:
            tag = child.tag
            if tag == "AffiliationInfo":
                break
            parts[tag] = text_of(child)
        initials = parts.get("Initials") or parts.get("ForeName") or parts.get("FirstName")
        names = (parts.get("LastName"), initials, parts.get("Suffix"))
        if name := " ".join(filter(None, names)) or parts.get("CollectiveName"):
            fields.authors.append(name)


def mesh_headings(fields: Fields, element: _Element) -> None:
    """Descriptors with their qualifiers as MEDLINE prints them: Melanoma/drug therapy/genetics."""
    written = ""
    for part in element.iter("DescriptorName", "QualifierName"):
        text = _clean_again(part.text or "")
        if part.tag == "QualifierName":
            written = f"{written}/{text}"
            continue
        if written:
            fields.mesh.append(written)
        written = text
        fields.headings.append(text)
    if written:
        fields.mesh.append(written)


def data_bank(fields: Fields, element: _Element) -> None:
    for found in element.iter("AccessionNumber"):
        if nct := _NCT.fullmatch((found.text or "").strip().upper()):
            fields.relations.append(Relation("reports", f"nct:{nct.group()}"))


def correction(fields: Fields, element: _Element) -> None:
    """CommentsCorrections; before 2009 its kind was not an attribute but an element inside."""
    kind = element.get("RefType")
    if kind == "Cites":
        return
    for entry in (element,) if kind else element:
        parts = {child.tag: text_of(child) for child in entry}
        fields.relations.extend(
            ties(
                kind or str(entry.tag),
                parts.get("PMID", ""),
                parts.get("RefSource", ""),
                parts.get("Note", ""),
            )
        )
