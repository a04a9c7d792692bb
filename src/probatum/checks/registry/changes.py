"""Statements on results without a figure of their own: which way something went, in every line."""

import re
from collections.abc import Callable
from dataclasses import replace

from probatum.checks.registry.amount import Amount
from probatum.checks.registry.figures import Figure
from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import Place

_RISES = re.compile(
    r"\b(?:increas\w+|rises?|rose|rising|gain(?:ed|s)?|positive|elevat\w+|grew|growth)"
    r"\b|\+ve\b",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"\b(?:reduc\w+|decreas\w+|declin\w+|drop\w*|fell|falls?|loss|lost|negative|lowered"
    r"|shr[aiu]nk\w*)\b|-ve\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(r"\b(?:no|not|none|neither|never|without|only|n't)\b", re.IGNORECASE)
_OF_CHANGE = re.compile(r"\bchange", re.IGNORECASE)


def judge_change(
    clause: str,
    sections: tuple[Section, ...],
    figures: list[tuple[Place, Figure]],
    told: list[Amount],
) -> bool | None:
    """ "Causes a loss in bone density": the sign of a figure that is a change."""
    rises, falls = _RISES.search(clause), _FALLS.search(clause)
    if told or (rises is None) == (falls is None) or _LIMITS.search(clause):
        return None
    for place, _ in figures:
        section = sections[place.trial]
        unit = section.groups[place.group or 0].unit
        if not _OF_CHANGE.search(f"{section.title}\n{unit}"):
            return None
    ways = {figure.value > 0 for _, figure in figures if figure.value}
    return None if len(ways) != 1 else ways == {rises is not None}


def row_by_row(
    clause: str,
    sections: tuple[Section, ...],
    judge: Callable[[str, tuple[Section, ...]], bool | None],
) -> bool | None:
    """A comparison that names no line of a table: as every line has it, where they agree."""
    rows = [row for section in sections for group in section.groups for row in group.rows]
    if any(row.value < 0 for row in rows):
        return None  # whether a greater loss is more or less, words alone tell
    titles = [row.title for group in sections[0].groups[:1] for row in group.rows]
    told = {
        judge(clause, tuple(_only(section, title) for section in sections))
        for title in dict.fromkeys(titles)
        if len(titles) > 1
    }
    return told.pop() if len(told) == 1 else None


def _only(section: Section, title: str) -> Section:
    """The section with the lines of one title."""
    groups = tuple(
        replace(group, rows=tuple(row for row in group.rows if row.title == title))
        for group in section.groups
    )
    return replace(section, groups=groups)
