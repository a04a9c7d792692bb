"""Groups, variables, studies and assessments: whom and what a body of evidence is about."""

from collections.abc import Iterator

from probatum.evidence.document import Block
from probatum.sources.fhir.elements import amount, concept, concepts, notes, reference
from probatum.sources.fhir.evidence import certainty
from probatum.sources.fhir.prose import prose
from probatum.sources.json.node import Node, within
from probatum.sources.layout.cells import rows

_DEEPEST = 8


def variable(resource: Node) -> Iterator[Block]:
    """EvidenceVariable and ResearchElementDefinition: what was measured and how."""
    here = ("Definition",)
    for name, value in (
        ("Definition", concept(resource.part("definition"))),
        ("Handling", concepts(resource, "handling")),
        ("Kind", concepts(resource, "classifier")),
        (
            "Timing",
            amount(resource.part("timing"), "offset") or resource.part("timing").text("text"),
        ),
    ):
        if value:
            yield Block(f"{name}: {value}", "item", here)
    for each in resource.parts("category"):
        words = ": ".join(filter(None, (each.text("name"), amount(each))))
        if words:
            yield Block(f"Category: {words}", "item", here)
    yield from characteristics(resource)


def characteristics(resource: Node) -> Iterator[Block]:
    """What makes someone a member, and, apart from it, what keeps them out."""
    how = resource.text("combinationMethod") or resource.text("characteristicCombination")
    if how:
        yield Block(f"Combined by: {how}", "item", ("Characteristics",))
    size = resource.text("quantity")
    if size:
        yield Block(f"Number of members: {size}", "item", ("Characteristics",))
    for each in resource.parts("characteristic"):
        out = each.text("exclude") == "yes"
        path = ("Characteristics", "Excluded" if out else "Included")
        code = concept(each.part("code"))
        # "Defined by CodeableConcept" says how the record is built, not what it means.
        code = "" if code.startswith("Defined by ") else code
        words = ": ".join(filter(None, (code, _meant(each))))
        timing = [
            " ".join(filter(None, (concept(part.part("contextCode")), amount(part, "offset"))))
            or part.text("text")
            for key in ("relativeTime", "timeFromEvent", "timeFromStart")
            for part in each.parts(key)
        ]
        lasting = amount(each, "duration")
        timing.append(f"for {lasting}" if lasting else "")
        said = "; ".join(filter(None, (words, *timing)))
        described = each.text("description")
        if described and described.casefold() not in said.casefold():
            said = f"{described} ({said})" if said else described
        if said:
            yield Block(said, "item", path, code="exclusion" if out else "inclusion")


def _meant(characteristic: Node) -> str:
    inner = characteristic.part("definitionByTypeAndValue")
    if inner:
        return ": ".join(filter(None, (concept(inner.part("type")), amount(inner))))
    for prefix in ("value", "definition"):
        if words := amount(characteristic, prefix):
            return words
    return reference(characteristic.part("definitionReference"))


def study(resource: Node) -> Iterator[Block]:
    """ResearchStudy: design, objectives, groups."""
    here = ("Design",)
    for name, key in (
        ("Phase", "phase"),
        ("Primary purpose", "primaryPurposeType"),
        ("Purpose", "purposeType"),
        ("Design", "studyDesign"),
        ("Focus", "focus"),
        ("Condition", "condition"),
        ("Why stopped", "reasonStopped"),
        ("Why stopped", "whyStopped"),
        ("Region", "region"),
    ):
        if value := concepts(resource, key):
            yield Block(f"{name}: {value}", "item", here)
    for label in resource.parts("label"):
        if value := label.text("value"):
            kind = concepts(label, "type") or "Also called"
            yield Block(f"{kind}: {value}", "item", ("Identification",))
    for group in (*resource.parts("arm"), *resource.parts("comparisonGroup")):
        name = ". ".join(filter(None, (group.text("name"), concepts(group, "type"))))
        if name:
            yield Block(name, "item", ("Groups",))
        yield from prose(group.raw("description"), ("Groups", group.text("name") or "Group"))
    for each in resource.parts("objective"):
        kind = concepts(each, "type")
        path = ("Objectives", kind) if kind else ("Objectives",)
        yield from prose(each.raw("name"), path)
        yield from prose(each.raw("description"), path)
        for measure in each.parts("outcomeMeasure"):
            yield from _outcome(measure, (*path, "Outcome measures"))
    for measure in resource.parts("outcomeMeasure"):
        yield from _outcome(measure, ("Outcome measures",))


def _outcome(measure: Node, path: tuple[str, ...]) -> Iterator[Block]:
    kind = concepts(measure, "type")
    name = measure.text("name") or reference(measure.part("endpoint"))
    words = f"{name} ({kind})" if name and kind else name
    if words:
        yield Block(words, "item", path)
    yield from prose(measure.raw("description"), path)


def assessment(resource: Node) -> Iterator[Block]:
    """ArtifactAssessment: what was assessed, and each rating with its reasons.

    Content with a path compares one element of two resources: bookkeeping, not a judgement.
    """
    about = reference(resource.part("artifactReference")) or resource.text("artifactDisplay")
    if about:
        yield Block(f"Assessed: {about}", "item", ("Assessment",))
    columns = ("Aspect", "Rating", "Summary", "Value", "Assessor", "About")
    for content in resource.parts("content"):
        found = list(_content(content, 0))
        yield from rows(columns, found, ("Assessment",))
    yield from certainty(resource)


def _content(content: Node, depth: int) -> Iterator[tuple[str, ...]]:
    if "path" in content:
        return
    row = (
        concepts(content, "type"),
        concepts(content, "classifier"),
        content.text("summary") or notes(content),
        amount(content, "quantity") or _quantity(content),
        "; ".join(filter(None, (reference(each) for each in content.parts("author")))),
        "; ".join(
            filter(
                None,
                (reference(each.part("targetReference")) for each in content.parts("relatesTo")),
            )
        ),
    )
    if any(row[1:4]):
        yield row
    for inner in within(content.parts("component"), depth, _DEEPEST, "components"):
        yield from _content(inner, depth + 1)


def _quantity(content: Node) -> str:
    part = content.part("quantity")
    return " ".join(filter(None, (part.text("value"), part.text("unit"))))
