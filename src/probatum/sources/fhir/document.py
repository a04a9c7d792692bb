"""What a FHIR resource says about itself: name, version, date, publisher, rights."""

import datetime
import re
from collections.abc import Iterable

from probatum.evidence.document import Block, Document
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.fhir.elements import codes, concepts, reference
from probatum.sources.fhir.relations import known, relations, topic_words
from probatum.sources.json.node import Node
from probatum.sources.layout.prose import inline
from probatum.sources.layout.text import clean

# Contexts whose concept is the disease the resource is for.
_DISEASES = frozenset(("focus", "population"))
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=T|$)")
_URL = re.compile(r"https?://\S+")
# The title of a resource without one is the start of its description, this long.
_TITLE = 200


def identity(kind: str, resource: Node) -> str:
    """The work's id: its canonical address, its id on its server, or an identifier."""
    name = resource.text("url") or resource.text("id")
    for each in resource.parts("identifier"):
        name = name or each.text("value")
    return f"fhir:{kind}/{name}" if name else ""


def document(
    kind: str,
    resource: Node,
    blocks: Iterable[Block],
    *,
    source: str,
    type_: SourceType = SourceType.OTHER,
    depth: Depth = Depth.CURATED_RECORD,
) -> Document:
    """A document with the metadata that FHIR resources share."""
    written = tuple(blocks)
    date, year = dated(
        resource.text("date"),
        resource.text("approvalDate"),
        resource.part("meta").text("lastUpdated"),
    )
    topics = list(topic_words(resource))
    version = resource.text("version") or resource.part("meta").text("versionId")
    return Document(
        source=source,
        title=_title(kind, resource),
        type=type_,
        depth=depth,
        blocks=written,
        format="fhir",
        version=version or None,
        label=_label(resource),
        date=date,
        year=year,
        body=resource.text("publisher") or reference(resource.part("custodian")) or None,
        authors=_authors(resource),
        identifiers=identifiers(resource),
        subjects=tuple(dict.fromkeys(words for _, words in topics if words)),
        publication_types=tuple(
            filter(None, (kind, concepts(resource, "type"), concepts(resource, "studyDesign")))
        ),
        conditions=tuple(
            dict.fromkeys(words for code, words in topics if code in _DISEASES and words)
        ),
        relations=tuple(dict.fromkeys(relations(resource))),
        language=resource.text("language") or None,
        licence=inline(resource.raw("copyright")) or resource.text("copyrightLabel") or None,
    )


def dated(*texts: str) -> tuple[datetime.date | None, int | None]:
    """The first date that is one, and its year; a day only where the text has it."""
    for text in texts:
        found = _DATE.match(text)
        if found is None or not int(found[1]) >= 1000:
            continue
        if found[3]:
            try:
                day = datetime.date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
            return day, day.year
        return None, int(found[1])
    return None, None


def identifiers(resource: Node) -> Identifiers:
    """Numbers by which the work is found elsewhere."""
    numbers: dict[str, str] = {}
    for each in resource.parts("identifier"):
        system, value = each.text("system").lower(), each.text("value")
        if "pubmed" in system and re.fullmatch(r"\d{1,8}", value):
            numbers.setdefault("pmid", value)
        elif re.fullmatch(r"PMC\d+", value):
            numbers.setdefault("pmcid", value)
        elif "doi" in system and re.fullmatch(r"10\.\S+", value):
            numbers.setdefault("doi", value)
        elif re.fullmatch(r"NCT\d{8}", value):
            numbers.setdefault("nct", value)
        elif found := known(value):
            name, _, number = found.partition(":")
            numbers.setdefault(name, number)
    url = resource.text("url")
    if _URL.fullmatch(url):
        numbers["url"] = url
    return Identifiers(**numbers)


def _title(kind: str, resource: Node) -> str:
    for key in ("title", "shortTitle"):
        if resource.text(key):
            return resource.text(key)
    described = clean(inline(resource.raw("description")))
    if described and len(described) <= _TITLE:
        return described
    name = resource.text("name").replace("_", " ")
    if name:
        return name
    if described:
        return f"{described[:_TITLE].rsplit(' ', 1)[0]} …"
    return concepts(resource, "type") or f"{kind} {resource.text('id')}".strip()


def _label(resource: Node) -> str | None:
    """ "version 1.2, retired": a retired resource is out of use, which is no retraction."""
    version, status = resource.text("version"), resource.text("status")
    parts = (f"version {version}" if version else "", "" if status == "active" else status)
    return ", ".join(filter(None, parts)) or None


def _authors(resource: Node) -> tuple[str, ...]:
    names = [each.text("name") or reference(each) for each in resource.parts("author")]
    return tuple(dict.fromkeys(name for name in names if name))


def withdrawn(resource: Node) -> bool:
    """Whether the resource says that it was entered in error."""
    return "entered-in-error" in (*codes(resource, "status"), *codes(resource, "docStatus"))
