"""Which of a trial's groups had the highest or the lowest figure."""

import re

from probatum.checks.registry.amount import Amount
from probatum.checks.registry.figures import Figure, figures_of
from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import Place
from probatum.checks.registry.wording import has

# "The highest rate was in group 1": a place among all groups, not a bound of one.
_HIGHEST = re.compile(
    r"\b(?:highest|greatest|largest|longest|most|best)\b(?! (?:of|patients|participants|people))",
    re.IGNORECASE,
)
_LOWEST = re.compile(r"\b(?:lowest|smallest|shortest|fewest|least|worst)\b(?! of)", re.IGNORECASE)
_OF_GROUPS = re.compile(
    r"\b(?:was|were|is|occurred|observed|recorded|reported|had|has|showed|achieved)\b", re.I
)


def superlative(
    clause: str,
    sections: tuple[Section, ...],
    figures: list[tuple[Place, Figure]],
    told: list[Amount],
) -> bool | None:
    """ "The highest response rate was in group 1": as compared with all groups of the trial."""
    highest, lowest = _HIGHEST.search(clause), _LOWEST.search(clause)
    places_ = {(place.trial, place.group) for place, _ in figures}
    if told or len(places_) != 1 or (highest is None) == (lowest is None):
        return None
    place, own = figures[0]
    if place.start == place.end or has("than", clause):
        return None
    whole = [Place(0, 0, place.trial, None)]
    values = [
        each.value if each.share is None else each.share
        for _, each in figures_of(clause, sections, whole)
        if each.kind == own.kind
    ]
    if len(values) < 2 or not _OF_GROUPS.search(clause):
        return None
    mine = own.value if own.share is None else own.share
    return (mine == (max(values) if highest else min(values))) != has("turned", clause)
