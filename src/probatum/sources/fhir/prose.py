"""The long texts that FHIR's knowledge resources share, under the headings a reader expects."""

from collections.abc import Iterator

from probatum.evidence.document import Block
from probatum.sources.fhir.elements import concepts, notes
from probatum.sources.json.node import Node
from probatum.sources.layout.prose import pieces

_TEXTS = (
    ("description", "Description"),
    ("descriptionSummary", "Summary"),
    ("descriptionNarrative", "Description"),
    ("purpose", "Purpose"),
    ("usage", "Usage"),
    ("rationale", "Rationale"),
    ("clinicalRecommendationStatement", "Clinical recommendation statement"),
    ("guidance", "Guidance"),
    ("disclaimer", "Disclaimer"),
    ("assertion", "Assertion"),
    ("comment", "Comment"),
)
# R5 and R6 keep these as extensions or not at all; strength and quality are CPG-on-FHIR's.
_EXTENSIONS = (
    ("artifact-description", "Description"),
    ("cqf-strengthOfRecommendation", "Strength of recommendation"),
    ("cqf-qualityOfEvidence", "Quality of evidence"),
)


# The standard's own words for what belongs in a field, which authoring tools leave there.
_PLACEHOLDERS = frozenset(
    (
        "brief description of the action",
        "describes the clinical usage of the activity definition",
        "describes the clinical usage of the plan",
        "describes the clinical usage of the library",
        "natural language description of the activity definition",
        "natural language description of the library",
        "natural language description of the plan definition",
        "static text equivalent of the action, used if the dynamic aspects cannot be interpreted"
        " by the receiving system",
        "why this activity definition is defined",
        "why this library is defined",
        "why this plan definition is defined",
    )
)


def prose(text: str, headings: tuple[str, ...]) -> Iterator[Block]:
    """A Markdown field as paragraphs and items, without the standard's placeholders."""
    for kind, piece in pieces(text):
        if piece.rstrip(".").lower() not in _PLACEHOLDERS:
            yield Block(piece, kind, headings)


def shared(resource: Node, described: bool = True) -> Iterator[Block]:
    """Description, purpose and the like, then notes."""
    for key, heading in _TEXTS:
        if resource.is_text(key) and (described or key != "description"):
            yield from prose(resource.raw(key), (heading,))
    yield from extensions(resource, ())
    if said := notes(resource):
        yield Block(said, "paragraph", ("Notes",))


def extensions(node: Node, headings: tuple[str, ...]) -> Iterator[Block]:
    """The extensions that hold text for readers."""
    for each in node.parts("extension"):
        name = each.text("url").rpartition("/")[2]
        for ending, heading in _EXTENSIONS:
            if name == ending:
                text = each.raw(each.one_of("value")) if _plain(each) else ""
                words = text or concepts(each, "valueCodeableConcept")
                if name == "artifact-description":
                    yield from prose(words, (*headings, heading))
                elif words:
                    yield Block(f"{heading}: {words}", "item", headings)


def _plain(extension: Node) -> bool:
    return extension.is_text(extension.one_of("value"))
