"""Evidence and its relatives: what was found about which variables, how precisely, how surely.

R4's RiskEvidenceSynthesis and EffectEvidenceSynthesis are the forebears of R5's Evidence and are
read into the same rows.
"""

from collections.abc import Iterator

from probatum.evidence.document import Block
from probatum.sources.fhir.elements import (
    amount,
    concept,
    concepts,
    notes,
    quantity,
    reference,
    span,
)
from probatum.sources.fhir.prose import prose
from probatum.sources.json.node import Node, within
from probatum.sources.layout.cells import rows

# Estimates of estimates, certainties of certainties: deeper than this is a mistake.
_DEEPEST = 8


def evidence(resource: Node) -> Iterator[Block]:
    """Variables, statistics and certainty."""
    yield from _variables(resource)
    yield from _r4_references(resource)
    design = concepts(resource, "synthesisType")
    if design:
        yield Block(f"Synthesis: {design}", "item", ("Design",))
    for each in resource.parts("studyDesign"):
        yield Block(f"Study design: {concept(each)}".removesuffix(": "), "item", ("Design",))
    for statistic in resource.parts("statistic"):
        yield from _statistic(statistic)
    yield from _r4_estimates(resource)
    yield from certainty(resource)


def certainty(resource: Node) -> Iterator[Block]:
    """How sure the authors are, aspect by aspect."""
    here = ("Certainty",)
    columns = ("Aspect", "Rating", "Description", "Rater", "Note")
    found = [row for each in resource.parts("certainty") for row in _certainty(each, 0)]
    if found:
        yield Block("Certainty of the evidence", "caption", here)
    yield from rows(columns, found, here)


def _certainty(part: Node, depth: int) -> Iterator[tuple[str, ...]]:
    yield (
        concepts(part, "type") or ("" if depth else "Overall"),
        concepts(part, "rating"),
        part.text("description"),
        _raters(part),
        notes(part),
    )
    for key in ("subcomponent", "certaintySubcomponent"):
        for inner in within(part.parts(key), depth, _DEEPEST, "ratings"):
            yield from _certainty(inner, depth + 1)


def _raters(part: Node) -> str:
    """Who rated: a name in R5, references in R6."""
    if part.are_texts("rater"):
        return "; ".join(part.texts("rater"))
    return "; ".join(filter(None, (reference(each) for each in part.parts("rater"))))


def _variables(resource: Node) -> Iterator[Block]:
    here = ("Variables",)
    columns = ("Role", "Description", "Observed", "Intended", "Comparator", "Directness", "Note")
    found = [
        (
            concepts(each, "variableRole") or concepts(each, "role"),
            each.text("description"),
            reference(each.part("observed")),
            reference(each.part("intended")),
            each.text("comparatorCategory"),
            concepts(each, "directnessMatch"),
            notes(each),
        )
        for each in resource.parts("variableDefinition")
    ]
    if any(any(row[1:]) for row in found):
        yield Block("Variables", "caption", here)
        yield from rows(columns, found, here)


def _r4_references(resource: Node) -> Iterator[Block]:
    for key, name in (
        ("population", "Population"),
        ("exposureBackground", "Exposure background"),
        ("exposure", "Exposure"),
        ("exposureVariant", "Exposure"),
        ("exposureAlternative", "Compared with"),
        ("outcome", "Outcome"),
    ):
        for each in resource.parts(key):
            if words := reference(each):
                yield Block(f"{name}: {words}", "item", ("Variables",))


def _statistic(statistic: Node) -> Iterator[Block]:
    here = ("Statistics",)
    yield from prose(statistic.raw("description"), here)
    estimates = [_estimate(each, 0) for each in statistic.parts("attributeEstimate")]
    columns = ("Statistic", "Category", "Value", "Sample", "Affected", "Precision", "Note")
    row = (
        concepts(statistic, "statisticType"),
        concepts(statistic, "category"),
        quantity(statistic.part("quantity")),
        _sample(statistic.part("sampleSize")),
        _affected(statistic),
        "; ".join(filter(None, estimates)),
        notes(statistic),
    )
    if any(row[2:]):
        yield from rows(columns, [row], here)
    for model in statistic.parts("modelCharacteristic"):
        words = ": ".join(filter(None, (concept(model.part("code")), amount(model))))
        said = " ".join(filter(None, (words, model.text("description"), notes(model))))
        if said:
            yield Block(said, "item", (*here, "Model"))


def _estimate(estimate: Node, depth: int) -> str:
    """ "95% confidence interval 0.37 to 0.57 (level 0.95)"."""
    name = concepts(estimate, "type")
    value = quantity(estimate.part("quantity")) or span(estimate.part("range"))
    level = estimate.text("level")
    inner = [
        _estimate(each, depth + 1)
        for each in within(estimate.parts("attributeEstimate"), depth, _DEEPEST, "estimates")
    ]
    extra = [f"level {level}" if level else "", notes(estimate), *inner]
    described = estimate.text("description")
    if described and described.casefold() not in name.casefold():
        extra.append(described)
    if not value and not any(extra):
        return ""
    words = f"{name} {value}".strip()
    kept = "; ".join(filter(None, extra))
    return f"{words} ({kept})" if kept else words


def _sample(size: Node) -> str:
    parts = [
        (size.text("numberOfStudies"), "studies"),
        (size.text("numberOfParticipants"), "participants"),
        (size.text("knownDataCount"), "with known data"),
    ]
    said = [f"{number} {word}" for number, word in parts if number]
    return "; ".join(filter(None, (*said, size.text("description"), notes(size))))


def _affected(statistic: Node) -> str:
    affected, events = statistic.text("numberAffected"), statistic.text("numberOfEvents")
    parts = (f"{affected} affected" if affected else "", f"{events} events" if events else "")
    return "; ".join(filter(None, parts))


def _r4_estimates(resource: Node) -> Iterator[Block]:
    here = ("Statistics",)
    yield from prose(resource.part("sampleSize").raw("description"), here)
    sample = _sample(resource.part("sampleSize"))
    columns = ("Estimate", "Kind", "Value", "Sample", "Precision")
    parts = [
        *resource.parts("resultsByExposure"),
        *resource.parts("riskEstimate"),
        *resource.parts("effectEstimate"),
    ]
    for each in parts:
        unit = concepts(each, "unitOfMeasure")
        value = each.text("value")
        estimates = [
            " ".join(filter(None, (concepts(one, "type"), _limits(one))))
            for one in each.parts("precisionEstimate")
        ]
        counts = (each.text("numeratorCount"), each.text("denominatorCount"))
        count = " of ".join(counts) if all(counts) else ""
        row = (
            each.text("description"),
            concepts(each, "type") or concepts(each, "variantState"),
            "; ".join(filter(None, (f"{value} {unit}".strip() if value else "", count))),
            sample,
            "; ".join(filter(None, estimates)),
        )
        yield from rows(columns, [row], here)


def _limits(estimate: Node) -> str:
    low, high = estimate.text("from"), estimate.text("to")
    level = estimate.text("level")
    words = f"{low} to {high}" if low and high else low or high
    return f"{words} (level {level})" if words and level else words
