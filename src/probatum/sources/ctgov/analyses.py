"""The statistical analyses of an outcome: what was compared, how, and with what result."""

from collections.abc import Iterator

from probatum.evidence.document import Block
from probatum.sources.ctgov.groups import Groups
from probatum.sources.ctgov.words import words
from probatum.sources.json.node import Node
from probatum.sources.layout.cells import rows

_COLUMNS = (
    "Groups compared",
    "Estimate",
    "Confidence interval",
    "Dispersion",
    "P value",
    "Method",
    "Type of test",
    "Comment",
)


def analyses(outcome: Node, groups: Groups, path: tuple[str, ...]) -> Iterator[Block]:
    """A row an analysis. The record lists the groups of a comparison without saying which is
    divided by or taken from which, so no "versus" is put between them."""
    found = [_analysis(each, groups) for each in outcome.parts("analyses")]
    if found:
        yield Block("Statistical analyses", "caption", (*path, "Statistical analyses"))
    yield from rows(_COLUMNS, found, (*path, "Statistical analyses"))


def _analysis(analysis: Node, groups: Groups) -> tuple[str, ...]:
    value = analysis.text("paramValue")
    name = analysis.text("paramType")
    spread = analysis.text("dispersionValue")
    tested = words(analysis.text("nonInferiorityType"))
    comments = (
        analysis.text("groupDescription"),
        analysis.text("statisticalComment"),
        analysis.text("estimateComment"),
        analysis.text("ciLowerLimitComment"),
        analysis.text("ciUpperLimitComment"),
        analysis.text("nonInferiorityComment"),
        analysis.text("otherAnalysisDescription"),
    )
    return (
        "; ".join(groups.title(each) for each in analysis.texts("groupIds")),
        f"{name} {value}".strip(),
        _interval(analysis),
        f"{words(analysis.text('dispersionType'))} {spread}".strip() if spread else "",
        _p_value(analysis),
        analysis.text("statisticalMethod"),
        tested,
        " ".join(each if each.endswith(".") else f"{each}." for each in comments if each),
    )


def _interval(analysis: Node) -> str:
    lower, upper = analysis.text("ciLowerLimit"), analysis.text("ciUpperLimit")
    if not (lower or upper):
        return ""
    level = analysis.text("ciPctValue")
    sides = words(analysis.text("ciNumSides"))
    name = f"{level}% CI" if level else "CI"
    if sides == "one-sided":
        name = f"one-sided {name}"
    if lower and upper:
        return f"{name} {lower} to {upper}"
    return f"{name} from {lower}" if lower else f"{name} up to {upper}"


def _p_value(analysis: Node) -> str:
    value = analysis.text("pValue")
    said = f"P {value}" if value[:1] in "<>=≤≥" and value else f"P = {value}" if value else ""
    comment = analysis.text("pValueComment")
    return f"{said} ({comment})" if said and comment else said or comment
