"""Ratios and groups' values of neighbouring sentences that are one result.

"The 3-year rates were 74% with X and 77% with Y. The HR was 0.83 (...)": one comparison, told in
two sentences, and two tuples of it would count it twice.
"""

from collections.abc import Sequence
from dataclasses import replace

from probatum.extract.prose.assemble import Unit


def join_neighbours(units: Sequence[Unit]) -> list[Unit]:
    """A ratio without groups gets those of the sentence before it, or else of the one after it."""
    result: list[Unit] = []
    shared: Unit | None = None  # three groups that each of several ratios compares two of
    for unit in units:
        last = result[-1] if result else None
        if last is None:
            result.append(unit)
        elif shared is not None and _shares(last, unit, shared):
            result.append(_merged(shared, unit))
        elif _ratio_follows(last, unit):
            shared = last if last.group is not None and len(last.group.slots) > 2 else None
            result[-1] = _merged(last, unit)
        elif _groups_follow(last, unit):
            result[-1] = _merged(unit, last)
        else:
            result.append(unit)
    return result


def _shares(last: Unit, unit: Unit, shared: Unit) -> bool:
    same = unit.sentence is last.sentence and last.group is shared.group
    return same and _bare_ratio(unit)


def _ratio_follows(last: Unit, unit: Unit) -> bool:
    return (
        _follows(last, unit)
        and _bare_ratio(unit)
        and _bare_group(last)
        and _own_words(unit, last)
        and _opens(unit, last)
    )


def _groups_follow(last: Unit, unit: Unit) -> bool:
    near = _follows(last, unit) or unit.sentence is last.sentence
    return (
        near
        and _bare_ratio(last)
        and _bare_group(unit)
        and _same_outcome(last, unit)
        and unit.group is not None
        and unit.group.p is None
    )


def _opens(unit: Unit, last: Unit) -> bool:
    """Whether a ratio opens its sentence, or the groups before it have no test of their own."""
    if unit.sentence is None or last.group is None:
        return False
    return last.group.p is None or unit.start - unit.sentence.start < 60


def _follows(last: Unit, unit: Unit) -> bool:
    if last.sentence is None or unit.sentence is None:
        return False
    return unit.sentence.index == last.sentence.index + 1


def _bare_ratio(unit: Unit) -> bool:
    return (
        unit.group is None
        and unit.estimate is not None
        and unit.estimate.type in ("HR", "RR", "OR")
    )


def _bare_group(unit: Unit) -> bool:
    return unit.estimate is None and unit.group is not None


def _same_outcome(a: Unit, b: Unit) -> bool:
    return a.chosen is not None and b.chosen is not None and a.chosen.name == b.chosen.name


def _own_words(unit: Unit, last: Unit) -> bool:
    """Whether a ratio's sentence speaks of the same outcome, or names none of its own."""
    return unit.chosen is None or unit.chosen.start is None or _same_outcome(unit, last)


def _merged(group: Unit, ratio: Unit) -> Unit:
    """The two as one; the end point and time of the groups, the wording of the ratio."""
    first = group if group.start <= ratio.start else ratio
    return replace(
        ratio,
        group=group.group,
        start=min(group.start, ratio.start),
        end=max(group.end, ratio.end),
        clause=first.clause,
        chosen=group.chosen or ratio.chosen,
        comparison=ratio.comparison or group.comparison,
        when=group.when or ratio.when,
        people=group.people or ratio.people,
    )
