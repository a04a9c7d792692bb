"""Drug labels in HL7 Structured Product Labeling, as FDA publishes them on DailyMed.

The highlights (the label's own summary) are kept under a heading of their own, not merged with the
sections they sum up and not left out: their words differ from the full text's, and a reader who
finds a dose there must see that it is the summary.
The work of the FDA is to approve a label, the words are the manufacturer's and are not put in the
public domain by being published; so they may be quoted (tier B), and the issuing body is the FDA
only where the label names an approved application (a monograph or unapproved drug has none).
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Document, Item, Skipped
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.labels.sections import UNCLASSIFIED, titles
from probatum.sources.labels.spl_products import Product, names_of, product_rows, products_of
from probatum.sources.labels.spl_text import LabelWriter
from probatum.sources.layout.inline import local_name, text_of
from probatum.sources.layout.named_characters import numbered
from probatum.sources.layout.text import clean
from probatum.sources.limits import TEXT_CHARACTERS, UnreadableError
from probatum.sources.works.dates import day_in
from probatum.sources.xml.records import records
from probatum.sources.xml.root import root_name, start_of_text

LICENCE: Final = "label text by its manufacturer, published by FDA"
# Applications that FDA approves: new drugs, generics, biologics.
APPROVED: Final = re.compile(r"\b(?:NDA|ANDA|BLA|BN)\s*\d{3,}", re.IGNORECASE)
_TAGS: Final = ("document", "{urn:hl7-org:v3}document")
_PRODUCTS: Final = "48780-1"
_HIGHLIGHTS: Final = re.compile(
    r"^These highlights do not include all the information needed to use .*?"
    r"See full prescribing information for .*?\.\s*(?=\S)",
    re.IGNORECASE,
)
_APPROVED_IN: Final = re.compile(r"\s*Initial U\.?\s?S\.? Approval:?\s*\d*\.?\s*$", re.IGNORECASE)
_LONGEST_TITLE: Final = 300


def recognise(name: str, head: bytes) -> bool:
    """A `document` of HL7 version 3 (a clinical document has another root element)."""
    return root_name(head) == "document" and "urn:hl7-org:v3" in start_of_text(head)


def read(file: SourceFile) -> Iterator[Item]:
    """The label."""
    try:
        for record in records(numbered(file), _TAGS, "it is an HL7 document without a label"):
            yield record if isinstance(record, Skipped) else _label(record, file.name)
    except RecursionError as error:
        raise UnreadableError("its elements are nested too deeply") from error


def _label(document: _Element, name: str) -> Item:
    products = products_of(document)
    maker = _labeller(document)
    writer = LabelWriter()
    own_title = next((text_of(each) for each in document if _is(each, "title")), "")
    title = _title(own_title, products, maker)
    if own_title and own_title != title:
        writer.add(own_title, "paragraph", (), None)
    _highlights(document, writer)
    writer.blocks += product_rows(products, ("Products",), _PRODUCTS)
    for body in _at(document, "component", "structuredBody"):
        for section in _sections(body):
            _section(section, (), None, writer)
    if sum(len(block.text) for block in writer.blocks) > TEXT_CHARACTERS:
        return Skipped(name, "its text is longer than a label can be")
    if not writer.blocks:
        raise UnreadableError("it is a label without text")
    set_id = clean(_root(document, "setId")).lower()
    version = next((each.get("value") for each in document if _is(each, "versionNumber")), None)
    day = next((_day(each) for each in document if _is(each, "effectiveTime")), "")
    date = day_in(day[:8])
    kind = next((each.get("displayName", "") for each in document if _is(each, "code")), "")
    return Document(
        source=f"spl:{set_id}" if set_id else f"file:{name}",
        title=title,
        type=SourceType.LABEL,
        depth=Depth.LABEL,
        blocks=tuple(writer.blocks),
        format="spl",
        version=clean(version or "") or None,
        date=date,
        year=date.year if date else int(day[:4]) if day[:4].isdecimal() else None,
        body="FDA" if any(_approved(each) for each in products) else None,
        authors=(maker,) if maker else (),
        identifiers=Identifiers(other=set_id or None),
        subjects=names_of(products),
        publication_types=(clean(kind),) if clean(kind) else (),
        language=_language(document),
        licence=LICENCE,
        tier=RightsTier.QUOTE,
    )


def _title(own: str, products: tuple[Product, ...], maker: str) -> str:
    """The label's title without the standing words about highlights, else names and maker."""
    title = _APPROVED_IN.sub("", _HIGHLIGHTS.sub("", own)).strip()
    if title and len(title) <= _LONGEST_TITLE:
        return title
    brands = list(dict.fromkeys(each.name for each in products if each.name))
    generics = list(dict.fromkeys(each.generic for each in products if each.generic))
    same = {each.casefold() for each in brands} == {each.casefold() for each in generics}
    composed = ", ".join(brands)
    if generics and not same:
        composed = f"{composed} ({', '.join(generics)})"
    composed = ": ".join(part for part in (composed, maker) if part)
    return clean(composed or own[:_LONGEST_TITLE] or "(drug label without a title)")


def _labeller(document: _Element) -> str:
    """The organisation that answers for the label."""
    for organization in _at(document, "author", "representedOrganization"):
        for child in organization:
            if _is(child, "name"):
                return text_of(child)
    return ""


def _highlights(document: _Element, writer: LabelWriter) -> None:
    for section in document.iter():
        if not _is(section, "section"):
            continue
        texts = [text for each in section if _is(each, "excerpt") for text in _within(each, "text")]
        name, code = _heading(section), _code(section)
        path = ("Highlights", name) if name else ("Highlights",)
        for text in texts:
            writer.text(text, path, code)


def _section(
    section: _Element, path: tuple[str, ...], parent: str | None, writer: LabelWriter
) -> None:
    """A section and those inside it. One that is not classified has the code of the one around."""
    code = _code(section)
    if code in (None, UNCLASSIFIED):
        code = parent or code
    title = next((text_of(each) for each in section if _is(each, "title")), "")
    if title:
        writer.add(title, "heading", path, code)
    if name := title or (_heading(section) if not path else ""):
        path = (*path, name)
    for child in section:
        if _is(child, "text"):
            writer.text(child, path, code)
    for inner in _sections(section):
        _section(inner, path, code, writer)


def _heading(section: _Element) -> str:
    """The printed title, else that of its kind."""
    printed = next((text_of(each) for each in section if _is(each, "title")), "")
    return printed or titles().get(_code(section) or "", "") * (_code(section) != UNCLASSIFIED)


def _code(section: _Element) -> str | None:
    return next((each.get("code") for each in section if _is(each, "code")), None)


def _sections(element: _Element) -> Iterator[_Element]:
    for child in element:
        if _is(child, "component"):
            yield from (each for each in child if _is(each, "section"))


def _approved(product: Product) -> bool:
    return product.country in ("", "USA") and APPROVED.search(product.approval) is not None


def _day(time: _Element) -> str:
    low = next((each.get("value", "") for each in time if _is(each, "low")), "")
    return clean(time.get("value", "") or low)


def _root(document: _Element, name: str) -> str:
    return next((each.get("root", "") for each in document if _is(each, name)), "")


def _language(document: _Element) -> str | None:
    code = next((each.get("code", "") for each in document if _is(each, "languageCode")), "")
    return clean(code).lower()[:2] or None


def _at(document: _Element, outer: str, inner: str) -> Iterator[_Element]:
    for child in document:
        if _is(child, outer):
            yield from _within(child, inner)


def _within(element: _Element, name: str) -> Iterator[_Element]:
    return (each for each in element.iterdescendants() if _is(each, name))


def _is(element: _Element, name: str) -> bool:
    return local_name(element) == name
