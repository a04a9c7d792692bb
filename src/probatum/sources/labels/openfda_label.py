"""One drug label of openFDA as a document."""

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element

from probatum.evidence.document import Document, Item, Skipped
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.json.node import Node
from probatum.sources.labels.sections import Section, sections
from probatum.sources.labels.spl import APPROVED
from probatum.sources.labels.spl_text import LabelWriter
from probatum.sources.layout.text import clean
from probatum.sources.limits import TEXT_CHARACTERS
from probatum.sources.works.dates import day_in, year_in

# openFDA's own data are CC0, https://open.fda.gov/license/, but not what it took from others.
LICENCE: Final = "label text by its manufacturer, published by FDA"
_TABLE: Final = "_table"
_NAMES: Final = ("brand_name", "generic_name", "substance_name")
_NO_SECTIONS: Final = frozenset({"id", "set_id", "version", "effective_time", "openfda"})
_LONGEST_NAME: Final = 120


def label(node: Node, keys: Iterable[str], where: str, name: str) -> Iterator[Item]:
    """The label whose fields have these names, and what of it cannot be read."""
    writer = LabelWriter()
    problems: list[Skipped] = []
    for field, section in _fields(keys):
        path = (section.title,)
        for text in node.texts(field):
            writer.add(text, "paragraph", path, section.loinc or None)
        for markup in node.texts(field + _TABLE):
            before = len(writer.blocks)
            if (table := _parsed(markup)) is not None:
                writer.text(table, path, section.loinc or None)
            if len(writer.blocks) == before:
                problems.append(Skipped(f"{where}, {field}{_TABLE}", "its table cannot be read"))
    if not writer.blocks:
        yield Skipped(where, "it names a label without its text")
    elif sum(len(block.text) for block in writer.blocks) > TEXT_CHARACTERS:
        yield Skipped(where, "its text is longer than a label can be")
    else:
        yield _document(node, writer, f"{name}, {where}")
    yield from problems


def _fields(keys: Iterable[str]) -> Iterator[tuple[str, Section]]:
    """The sections that are there in the order of a label, then those not known here."""
    keys = [key for key in keys if key not in _NO_SECTIONS and not key.startswith("@")]
    there = dict.fromkeys(key.removesuffix(_TABLE) for key in keys)
    for field, section in sections().items():
        if field in there:
            del there[field]
            yield field, section
    for field in there:
        yield field, Section(clean(field.replace("_", " ").capitalize()), "")


def _document(node: Node, writer: LabelWriter, name: str) -> Document:
    about = node.part("openfda")
    set_id = (node.text("set_id") or next(iter(about.texts("spl_set_id")), "")).lower()
    subjects: dict[str, str] = {}
    for field in _NAMES:
        for each in about.texts(field):
            subjects.setdefault(each.casefold(), each)
    makers = about.texts("manufacturer_name")
    date = day_in(node.text("effective_time"))
    return Document(
        source=f"spl:{set_id}" if set_id else f"file:{name}",
        title=_title(node, about),
        type=SourceType.LABEL,
        depth=Depth.LABEL,
        blocks=tuple(writer.blocks),
        format="openfda",
        version=node.text("version") or None,
        date=date,
        year=date.year if date else year_in(node.text("effective_time")[:4]),
        body="FDA" if any(map(APPROVED.search, about.texts("application_number"))) else None,
        authors=makers,
        identifiers=Identifiers(other=set_id or None),
        subjects=tuple(subjects.values()),
        publication_types=about.texts("product_type"),
        language=None,
        licence=LICENCE,
        tier=RightsTier.QUOTE,
    )


def _title(node: Node, about: Node) -> str:
    """Names and maker; without them, the start of what the label says of its product."""
    brands, generics = about.texts("brand_name"), about.texts("generic_name")
    shown = ", ".join(brands)
    if {each.casefold() for each in generics} - {each.casefold() for each in brands}:
        shown = f"{shown} ({', '.join(generics)})"
    makers = ", ".join(about.texts("manufacturer_name"))
    if title := clean(": ".join(part for part in (shown, makers) if part)):
        return title
    for field in ("spl_product_data_elements", "package_label_principal_display_panel"):
        for text in node.texts(field):
            return text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME] + " …"
    return "(drug label without a name)"


def _parsed(markup: str) -> _Element | None:
    """The table as it stands in the label, else as a browser would read it."""
    try:
        strict = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        # FDA's markup names these without declaring them.
        spaces = 'xmlns:xlink="xlink" xmlns:xsi="xsi"'
        return etree.fromstring(f"<div {spaces}>{markup}</div>", strict)
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return etree.fromstring(
            f"<div>{markup}</div>", etree.HTMLParser(no_network=True, huge_tree=False)
        )
    except (etree.XMLSyntaxError, ValueError):
        return None
