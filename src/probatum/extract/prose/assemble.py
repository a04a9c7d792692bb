"""Tuples out of a sentence: each estimate with the values of its groups, its end point and context.

One ratio goes to one tuple: to the groups' values in its own clause, else to those of the sentence
beside it; where a median and a rate share one ratio, to the median.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from probatum.extract.prose.arm_groups import Group
from probatum.extract.prose.arm_names import contains, is_control
from probatum.extract.prose.comparisons import Comparison
from probatum.extract.prose.estimates import Estimate
from probatum.extract.prose.phrases import Chosen
from probatum.extract.prose.slot import Slot
from probatum.extract.prose.text import Sentence
from probatum.extract.result import Arm


@dataclass
class Unit:
    """An estimate, the values of groups, or both, on the way to one tuple."""

    estimate: Estimate | None
    group: Group | None
    start: int
    end: int
    clause: int = 0
    following: int = 0
    sentence: Sentence | None = None
    chosen: Chosen | None = None
    comparison: Comparison | None = None
    when: str | None = None
    people: str | None = None


def pair(plain: str, found: Sequence[Estimate], values: Sequence[Group]) -> list[Unit]:
    """Estimates and groups of one sentence put together, in the order of the text."""
    free = list(values)
    units: list[Unit] = []
    for estimate in found:
        group = _group_of(plain, estimate, found, free)
        start, end = estimate.start, estimate.end
        if group is not None:
            if sum(1 for other in found if _group_of(plain, other, found, [group])) < 2:
                free.remove(group)
            start, end = min(start, group.start), max(end, group.slots[-1].end)
        units.append(Unit(estimate, group, start, end))
    shared = {id(u.group) for u in units if u.group is not None}
    units += [Unit(None, g, g.start, g.end) for g in free if id(g) not in shared]
    units.sort(key=lambda u: (u.start, u.end))
    return _repeated(plain, units)


# A median and a rate that share one ratio are of one outcome.
_OTHER_OUTCOME: Final = re.compile(r"\b(?:mortality|deaths?|respon\w+|recurrences?|relapses?)\b")


# "... 13.3 months, and survival (HR": the ratio is of what the last words name.
_AND_ANOTHER: Final = re.compile(
    r"\band\b[^()]{0,60}?\b(?:survival|rates?|OS|PFS|DFS|EFS|RFS|mortality|deaths?|responses?|risk"
    r"|recurrences?|relapses?|incidence|events?|progression|control|toxicit\w+)\b[^()]{0,40}$"
)


def _group_of(
    plain: str, estimate: Estimate, found: Sequence[Estimate], free: Sequence[Group]
) -> Group | None:
    before = [g for g in free if g.slots[-1].end <= estimate.start]
    before = [
        g for g in before
        if len(g.slots) > 2 or not any(
            g.slots[-1].end <= other.start < estimate.start and other is not estimate
            for other in found
        )
    ]  # fmt: skip
    if before:
        nearest = before[-1]
        if nearest.slots[0].family == "percent":
            for group in reversed(before[:-1]):
                if group.slots[0].family == "time" and not _OTHER_OUTCOME.search(
                    plain[group.end : nearest.start]
                ):
                    return group
        gap = plain[nearest.slots[-1].end : estimate.start]
        if len(gap) < 200 and not _AND_ANOTHER.search(gap[:-1] if gap else ""):
            return nearest
        if len(gap) < 60:
            return nearest
    after = [g for g in free if g.start >= estimate.end]
    if after and not any(estimate.end <= other.start < after[0].start for other in found):
        gap = plain[estimate.end : after[0].start]
        # A difference often has its two values behind it: "6% increase at 3 years (56% vs. 50%)".
        reach = 110 if estimate.type in ("RD", "MD", "other") else 25
        if len(gap) < reach and ". " not in gap:
            return after[0]
    return None


_NEXT_TIME: Final = re.compile(r"[\s),]*(?:and\s)?(?:at\s)?\d+(?:-|\s)(?:years?|months?)\s?\(?")


def _repeated(plain: str, units: list[Unit]) -> list[Unit]:
    """One difference for several times: "6% at 3 years (56% v 50%), 5 years (49% v 43%)"."""
    result: list[Unit] = []
    for each in units:
        unit = each
        last = result[-1] if result else None
        if (
            unit.estimate is None and unit.group is not None
            and last is not None and last.group is not None
            and last.estimate is not None and last.estimate.type == "RD"
            and _NEXT_TIME.fullmatch(plain[last.end : unit.start])
        ):  # fmt: skip
            unit = replace(unit, estimate=last.estimate, start=last.start)
            unit.end = max(unit.end, unit.group.end if unit.group else 0)
        result.append(unit)
    return result


def to_arms(
    group: Group, comparison: Comparison | None, *, wanted: str | None = None
) -> tuple[tuple[Arm, ...], bool]:
    """A group's values as arms, the treatment first; and whether their order was turned round."""
    slots = list(group.slots)
    if len(slots) > 2 and wanted is not None:
        slots = _two_of(slots, wanted)
    slots = _named(slots, group, comparison)
    turned = False
    if len(slots) == 2 and _second_is_treatment(slots[0], slots[1], comparison, group):
        slots.reverse()
        turned = True
    return tuple(
        Arm(
            s.name, s.value, s.unit if s.unit else ("months" if s.value is None else None),
            s.n, s.events, "not_reached" if s.value is None else None, s.low, s.high, s.level,
        )
        for s in slots
    ), turned  # fmt: skip


def _two_of(slots: list[Slot], wanted: str) -> list[Slot]:
    """Of three groups the one that an estimate names and the one that all are compared with."""
    words = set(re.findall(r"[\w/]+", wanted.lower()))
    scored = [
        (
            len(words & set(re.findall(r"[\w/]+", (s.name or "").lower())))
            - 0.1 * len((s.name or "").split()),
            -i,
        )
        for i, s in enumerate(slots[:-1])
    ]
    best = max(range(len(scored)), key=lambda i: scored[i])
    control = next((s for s in slots if is_control(s.name) and s is not slots[best]), slots[-1])
    return [slots[best], control] if scored[best][0] > 0 else slots


def _named(slots: list[Slot], group: Group, comparison: Comparison | None) -> list[Slot]:
    """Names from the sentence's comparison where the values stand without any."""
    if comparison is None or len(slots) < 2:
        return slots
    if len(slots) > 2:
        if slots[0].name is None and all(slot.name is None for slot in slots):
            slots = [replace(slots[0], name=comparison.intervention), *slots[1:]]
        return slots
    first, second = slots
    a, b = comparison.intervention, comparison.comparator
    if group.from_to:
        a, b = b, a
    if first.name is None and second.name is None:
        return [replace(first, name=a), replace(second, name=b)]
    if second.name is None and first.name is not None:
        other = b if b is not None and b.lower() != first.name.lower() else a
        if other is not None and other.lower() == first.name.lower():
            other = None
        return [first, replace(second, name=other)]
    if first.name is None and second.name is not None:
        other = a if a is not None and a.lower() != second.name.lower() else b
        if other is not None and other.lower() == second.name.lower():
            other = None
        return [replace(first, name=other), second]
    return slots


def _second_is_treatment(
    first: Slot, second: Slot, comparison: Comparison | None, group: Group
) -> bool:
    if group.from_to:
        return True
    a, b = first.name, second.name
    if a is None or b is None:
        return False
    if contains(b, a) and not contains(a, b):
        return True
    if contains(a, b):
        return False
    if is_control(a) and not is_control(b):
        return True
    if is_control(b):
        return False
    if comparison is not None and comparison.comparator and comparison.intervention:
        return (
            a.lower() in comparison.comparator.lower()
            and b.lower() in comparison.intervention.lower()
        )
    return False
