"""Which of two groups or trials is treated more often."""

import re

from probatum.checks.registry.record import Section
from probatum.checks.registry.schedule import intervals
from probatum.checks.registry.scope import Place
from probatum.checks.registry.wording import has, pattern

_GROUPS = re.compile(r"\b(?:cohorts|groups|arms|interventions)\b", re.IGNORECASE)
_OFTEN = re.compile(
    r"\b(?P<way>more|less|higher|lower|greater|same|equal|identical|different)\s+(?:\w+\s+)?"
    r"(?:often|frequen\w{1,6}|regularly)\b",
    re.IGNORECASE,
)
_DOSE = re.compile(r"\bdos(?:e|es|age|ages)\b|\bamounts?\b", re.IGNORECASE)
_LESS = frozenset(("less", "lower"))


def sides(clause: str, sections: tuple[Section, ...], where: list[Place]) -> list[Place] | None:
    """The two places that a clause sets side by side; "both groups" are those of the one trial."""
    distinct = list({(p.trial, p.group): p for p in where}.values())
    if len(distinct) == 1 and distinct[0].group is None and _GROUPS.search(clause):
        trial = distinct[0].trial
        distinct = [Place(0, 0, trial, n) for n in range(len(sections[trial].groups))]
    if len(distinct) != 2:
        return None
    than = pattern("than").search(clause)
    behind = than is not None and all(p.start > than.start() for p in distinct)
    return distinct[::-1] if behind else distinct


def text_at(sections: tuple[Section, ...], place: Place) -> str:
    """The text of a group, or of a trial's whole section."""
    section = sections[place.trial]
    if place.group is None or not section.groups:
        return section.text
    return section.groups[place.group].text


def judge_timing(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """Whether one is treated more often, as a clause says; None where it does not say."""
    often = _OFTEN.search(clause)
    pair = sides(clause, sections, where) if often else None
    if often is None or pair is None:
        return None
    one, two = (intervals(text_at(sections, place)) for place in pair)
    # Of several intervals no rule tells which one is meant.
    if len(one) != 1 or len(two) != 1:
        return None
    way, denied = often["way"].lower(), has("turned", clause)
    if way in ("same", "equal", "identical", "different"):
        alike = ((one == two) == (way != "different")) != denied
        # "At the same frequency and dose": of the dose this tells nothing.
        return None if alike and _DOSE.search(clause) else alike
    if not has("than", clause) and len({p.start for p in pair}) < 2:
        return None
    gap = min(two) - min(one)
    return (gap < 0 if way in _LESS else gap > 0) != denied
