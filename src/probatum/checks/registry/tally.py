"""How often an event occurred, and among how many, at a place that a clause names."""

from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import Place


def counts(
    sections: tuple[Section, ...], place: Place, names: frozenset[str] | None
) -> tuple[int, int]:
    """Events and people at risk at a place: of the named events, or of any (None)."""
    section = sections[place.trial]
    groups = section.groups
    if place.group is not None:
        groups = groups[place.group : place.group + 1]
    events = at_risk = 0
    for group in groups:
        risk = group.total.at_risk if group.total else 0
        if names is None:
            events += group.total.events if group.total else sum(c.events for _, c in group.events)
        else:
            held = [c for n, c in group.events if n in names]
            events += sum(c.events for c in held)
            risk = max([risk, *(c.at_risk for c in held)])
        at_risk += risk
    return events, at_risk


def occurred(sections: tuple[Section, ...], place: Place) -> set[str]:
    """The names of the events that occurred at a place."""
    groups = sections[place.trial].groups
    if place.group is not None:
        groups = groups[place.group : place.group + 1]
    return {name for group in groups for name, count in group.events if count.events}


def share_of(pair: tuple[int, int]) -> float:
    return 100 * pair[0] / pair[1] if pair[1] else 0.0
