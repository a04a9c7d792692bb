"""Posted results as table rows: who took part, what was measured in whom, what was compared.

One row a group, class and category, with its unit in the cell: a figure torn from its unit, group
or denominator is a wrong figure.
"""

from collections.abc import Iterator

from probatum.evidence.document import Block
from probatum.sources.ctgov.analyses import analyses
from probatum.sources.ctgov.groups import Groups, described, groups_of
from probatum.sources.ctgov.words import words
from probatum.sources.json.node import Node
from probatum.sources.layout.cells import rows
from probatum.sources.layout.prose import pieces

_RESULTS = "Results"
_TYPES = {
    "PRIMARY": "Primary outcome",
    "SECONDARY": "Secondary outcome",
    "OTHER_PRE_SPECIFIED": "Other pre-specified outcome",
    "POST_HOC": "Post hoc outcome",
}

_STEPS = {"STARTED": "Started", "COMPLETED": "Completed", "NOT COMPLETED": "Not completed"}


def participant_flow(results: Node) -> Iterator[Block]:
    """How many started, finished and left, and why."""
    module = results.part("participantFlowModule")
    here = (_RESULTS, "Participant flow")
    for key in ("recruitmentDetails", "preAssignmentDetails"):
        for kind, piece in pieces(module.raw(key)):
            yield Block(piece, kind, here)
    groups = groups_of(module)
    yield from described(module, here)
    for period in module.parts("periods"):
        title = period.text("title")
        path = (*here, title) if title else here
        found = []
        for key, inner, reason in (
            ("milestones", "achievements", ""),
            ("dropWithdraws", "reasons", "Left: "),
        ):
            for step in period.parts(key):
                name = reason + _STEPS.get(step.text("type"), step.text("type"))
                for count in step.parts(inner):
                    units = count.text("numUnits")
                    note = "; ".join(filter(None, (count.text("comment"), step.text("comment"))))
                    found.append(
                        (
                            groups.title(count.text("groupId")),
                            name,
                            count.text("numSubjects"),
                            f"{units} {module.text('typeUnitsAnalyzed')}".strip() if units else "",
                            note,
                        )
                    )
        if found:
            yield Block(f"Participant flow: {title}".removesuffix(": "), "caption", path)
        yield from rows(("Group", "Step", "Participants", "Units", "Comment"), found, path)


def baseline(results: Node) -> Iterator[Block]:
    """Who the participants were."""
    module = results.part("baselineCharacteristicsModule")
    here = (_RESULTS, "Baseline characteristics")
    for kind, piece in pieces(module.raw("populationDescription")):
        yield Block(piece, kind, here)
    yield from described(module, here)
    groups = groups_of(module)
    for measure in module.parts("measures"):
        path = (*here, measure.text("title")) if measure.text("title") else here
        yield from _measure(measure, groups.within(measure), path)


def outcome_measures(results: Node) -> Iterator[Block]:
    """Each outcome: what it is, its values by group, its analyses."""
    for outcome in results.part("outcomeMeasuresModule").parts("outcomeMeasures"):
        kind = _TYPES.get(outcome.text("type"), words(outcome.text("type"))) or "Outcome"
        title = outcome.text("title")
        path = (_RESULTS, f"{kind}: {title}" if title else kind)
        groups = groups_of(outcome)
        yield from _measure(outcome, groups, path)
        yield from described(outcome, (*path, "Groups"))
        yield from analyses(outcome, groups, path)


def _measure(measure: Node, groups: Groups, path: tuple[str, ...]) -> Iterator[Block]:
    """A measure's caption, its text and its rows."""
    title = measure.text("title")
    facts = [
        ("Time frame", measure.text("timeFrame")),
        ("Reporting status", _unposted(measure)),
        ("Expected to be posted", measure.text("anticipatedPostingDate")),
    ]
    said = [f"{name}: {value}" for name, value in facts if value]
    if title or said:
        yield Block(". ".join(filter(None, (title, *said))), "caption", path)
    for key, heading in (("description", None), ("populationDescription", "Population analysed")):
        for kind, piece in pieces(measure.raw(key)):
            yield Block(piece, kind, (*path, heading) if heading else path)
    columns = (
        "Group",
        "Analysed",
        "Class",
        "Category",
        words(measure.text("paramType")) or "Value",
        words(measure.text("dispersionType")) or "Spread or limits",
        "Comment",
    )
    yield from rows(columns, _values(measure, groups), path)


def _values(measure: Node, groups: Groups) -> Iterator[tuple[str, ...]]:
    unit = measure.text("unitOfMeasure")
    counted = measure.text("denomUnitsSelected")
    for one in measure.parts("classes"):
        within = groups.within(one)
        for category in one.parts("categories"):
            for value in category.parts("measurements"):
                group = value.text("groupId")
                figure = value.text("value")
                # "NA" is no quantity of anything: its comment says why there is none.
                shown = f"{figure} {unit}".strip() if figure and figure != "NA" else figure
                yield (
                    groups.title(group),
                    within.analysed(group, counted),
                    one.text("title"),
                    category.text("title"),
                    shown,
                    _spread(value),
                    value.text("comment"),
                )


def _spread(value: Node) -> str:
    lower, upper = value.text("lowerLimit"), value.text("upperLimit")
    limits = f"{lower or 'not given'} to {upper or 'not given'}" if lower or upper else ""
    return "; ".join(filter(None, (value.text("spread"), limits)))


def _unposted(measure: Node) -> str:
    """The reporting status where it says more than that the values are there."""
    status = measure.text("reportingStatus")
    return "" if status == "POSTED" else words(status)
