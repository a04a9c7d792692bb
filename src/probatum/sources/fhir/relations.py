"""How a FHIR resource stands to other works: relatedArtifact of R4 and R5, relatesTo of R6."""

import re
from collections.abc import Iterator

from probatum.evidence.document import Block, Relation, RelationKind
from probatum.sources.fhir.elements import codes, concept, reference
from probatum.sources.json.node import Node
from probatum.sources.layout.prose import inline
from probatum.sources.layout.text import clean

# http://hl7.org/fhir/related-artifact-type and artifact-relationship-type. What was made from a
# work restates it, which is how the second of two is known to be no second piece of evidence.
_KINDS: dict[str, RelationKind] = {
    "predecessor": "supersedes",
    "replaces": "supersedes",
    "successor": "superseded_by",
    "replaced-with": "superseded_by",
    "derived-from": "reports",
    "transforms": "reports",
    "retracts": "retracts",
    "retracted-by": "retracted_by",
    "corrects": "corrects",
    "correction-in": "corrected_by",
    "amends": "updates",
    "amended-with": "updated_by",
    "comments-on": "comments_on",
    "comment-in": "commented_on_by",
    "reprint-of": "republishes",
    "reprint": "republished_by",
}
# A resource's own citation is no reference to another work.
_OWN = frozenset(("cite-as", "citation-of"))
_PMID = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/|pmid:\s*)(\d{1,8})\b", re.I
)
_DOI = re.compile(r"(?:doi\.org/|doi:\s*)(10\.\d{4,9}/[^\s\"<>]+)", re.I)
_NCT = re.compile(r"\b(NCT\d{8})\b")
_RESOURCE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,100})(?:/_history/[^/]+)?$")


def relations(resource: Node) -> Iterator[Relation]:
    """The relations that have a target which can be found again."""
    for each in _artifacts(resource):
        names = codes(each, "type") or codes(each, "code")
        kind = next((_KINDS[name] for name in names if name in _KINDS), None)
        target = _target(each)
        if kind and target:
            yield Relation(kind, target, names[0].replace("-", " "))


def references(resource: Node) -> Iterator[Block]:
    """What the resource names as its sources, with what each is to it."""
    for each in _artifacts(resource):
        names = codes(each, "type") or codes(each, "code")
        if set(names) & _OWN:
            continue
        words = cited(each)
        if words:
            name = clean(names[0].replace("-", " ")).capitalize() if names else ""
            yield Block(f"{name or 'Related'}: {words}", "item", ("References",))


def cited(artifact: Node) -> str:
    """A related work in words: its name and citation, else its address."""
    attached = artifact.part("document")
    attached = attached or artifact.part("targetAttachment")
    words = (
        artifact.text("label"),
        artifact.text("display"),
        inline(artifact.raw("citation")),
        inline(artifact.raw("targetMarkdown")),
        attached.text("title"),
        reference(artifact.part("resourceReference")),
        reference(artifact.part("targetReference")),
    )
    held = list(dict.fromkeys(each for each in words if each))
    address = artifact.text("url") or artifact.text("targetUri") or attached.text("url")
    if address and not any(address in each for each in held):
        held.append(address)
    return ". ".join(held) or _plain_resource(artifact)


def known(text: str) -> str:
    """The source id that an address or citation gives: a PubMed, DOI or trial number."""
    if found := _PMID.search(text):
        return f"pmid:{int(found[1])}"
    if found := _DOI.search(text):
        return f"doi:{found[1].rstrip('.,;)').lower()}"
    if found := _NCT.search(text):
        return f"nct:{found[1]}"
    return ""


def _artifacts(resource: Node) -> list[Node]:
    return [*resource.parts("relatedArtifact"), *resource.parts("relatesTo")]


def _plain_resource(artifact: Node) -> str:
    return artifact.text("resource") if artifact.is_text("resource") else ""


def _target(artifact: Node) -> str:
    resource = _plain_resource(artifact) or artifact.part("resource").text("reference")
    places = [
        resource,
        artifact.text("url"),
        artifact.text("targetUri"),
        artifact.text("targetCanonical"),
        artifact.part("document").text("url"),
        artifact.part("targetAttachment").text("url"),
        artifact.part("resourceReference").text("reference"),
        artifact.part("targetReference").text("reference"),
        artifact.part("targetReference", "identifier").text("value"),
        artifact.part("target").text("reference") if not artifact.is_text("target") else "",
        artifact.text("citation"),
        artifact.text("targetMarkdown"),
    ]
    for place in places:
        if place and (found := known(place)):
            return found
    for place in places[:9]:
        bare = place.split("|")[0]
        if named := _RESOURCE.search(bare):
            return f"fhir:{named[1]}/{bare if '://' in bare else named[2]}"
    return ""


def topic_words(resource: Node) -> Iterator[tuple[str, str]]:
    """What the resource is about: a context's code ("focus") or nothing, and its words."""
    for each in resource.parts("topic"):
        yield "", concept(each)
    for each in resource.parts("keyword"):
        yield "", concept(each)
    for each in resource.parts("useContext"):
        yield each.part("code").text("code"), concept(each.part("valueCodeableConcept"))
    for each in resource.parts("condition"):
        yield "focus", concept(each)
