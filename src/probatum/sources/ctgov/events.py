"""Adverse events as counted by group, and what the investigators call the study's limits."""

from collections.abc import Iterator

from probatum.evidence.document import Block
from probatum.sources.ctgov.groups import Groups, described, groups_of
from probatum.sources.ctgov.words import words
from probatum.sources.json.node import Node
from probatum.sources.layout.cells import rows
from probatum.sources.layout.prose import pieces


def adverse_events(results: Node) -> Iterator[Block]:
    """How they were collected, the totals by group, then each event with a row a group."""
    module = results.part("adverseEventsModule")
    here = ("Results", "Adverse events")
    threshold = module.text("frequencyThreshold")
    for name, value in (
        ("Time frame", module.text("timeFrame")),
        ("Threshold for reporting other events", f"{threshold}%" if threshold else ""),
    ):
        if value:
            yield Block(f"{name}: {value}", "item", here)
    for key in ("description", "allCauseMortalityComment"):
        for kind, piece in pieces(module.raw(key)):
            yield Block(piece, kind, here)
    groups = groups_of(module, "eventGroups")
    yield from described(module, here, "eventGroups")
    yield from _totals(module, groups, (*here, "Totals"))
    for key, heading in (
        ("seriousEvents", "Serious adverse events"),
        ("otherEvents", "Other adverse events"),
    ):
        path = (*here, heading)
        found = [row for event in module.parts(key) for row in _event(event, groups)]
        if found:
            yield Block(heading, "caption", path)
        columns = ("Event", "Organ system", "Group", "Affected", "Events", "Collection", "Notes")
        yield from rows(columns, found, path)


def limitations(results: Node) -> Iterator[Block]:
    """Limitations and caveats, in the investigators' words."""
    more = results.part("moreInfoModule", "limitationsAndCaveats")
    for kind, piece in pieces(more.raw("description")):
        yield Block(piece, kind, ("Results", "Limitations and caveats"))


def _totals(module: Node, groups: Groups, path: tuple[str, ...]) -> Iterator[Block]:
    found = []
    for group in module.parts("eventGroups"):
        counts = tuple(
            _affected(group.text(f"{kind}NumAffected"), group.text(f"{kind}NumAtRisk"))
            for kind in ("deaths", "serious", "other")
        )
        if any(counts):
            found.append((groups.title(group.text("id")), *counts))
    if found:
        yield Block("Participants with adverse events", "caption", path)
    columns = ("Group", "Deaths of any cause", "Serious adverse events", "Other adverse events")
    yield from rows(columns, found, path)


def _event(event: Node, groups: Groups) -> Iterator[tuple[str, ...]]:
    vocabulary = event.text("sourceVocabulary")
    term = event.text("term")
    for stat in event.parts("stats"):
        events = stat.text("numEvents")
        yield (
            f"{term} ({vocabulary})" if vocabulary else term,
            event.text("organSystem"),
            groups.title(stat.text("groupId")),
            _affected(stat.text("numAffected"), stat.text("numAtRisk")),
            f"{events} events" if events else "",
            words(event.text("assessmentType")),
            event.text("notes"),
        )


def _affected(number: str, risk: str) -> str:
    """ "35 of 279 participants at risk", as the two numbers are printed."""
    if number and risk:
        return f"{number} of {risk} participants at risk"
    if number:
        return f"{number} participants"
    return f"not given, {risk} at risk" if risk else ""
