"""Results out of units: the groups in order, the effect, the direction, and what doesn't fit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.arm_groups import Group
from probatum.extract.prose.assemble import Unit, to_arms
from probatum.extract.prose.comparisons import Comparison
from probatum.extract.prose.consistency import flags
from probatum.extract.prose.direction import FALLEN, direction, judged, kind_of, said_of
from probatum.extract.prose.estimates import Estimate
from probatum.extract.prose.text import Prose
from probatum.extract.result import Arm, Effect, ExtractedResult


def in_line(ready: Prose, units: Sequence[Unit]) -> list[ExtractedResult]:
    """The results of units; one that says nothing of its own goes the way of the one before it.

    "Survival was longer (HR ...), with rates of 57% v 42%": the sentence says it once.
    """
    found: list[ExtractedResult] = []
    last: Unit | None = None
    for unit in units:
        result = _result(ready, unit)
        if (
            last is not None and last.sentence is unit.sentence
            and result.kind == "comparison" and result.direction == "unclear"
            and result.effect.p is None and result.effect.ci_low is None
            and result.endpoint == found[-1].endpoint
        ):  # fmt: skip
            result = replace(result, direction=found[-1].direction)
        found.append(result)
        last = unit
    return found


# A text's kind of study is told near a result; what is farther off may be another study.
_NEAR: Final = 4000


def _around(ready: Prose, start: int) -> str:
    """The text around a place, the same stretch for neighbouring results."""
    block = start // _NEAR
    return ready.plain[max(0, block - 1) * _NEAR : (block + 2) * _NEAR]


def _result(ready: Prose, unit: Unit) -> ExtractedResult:
    start, end = unit.start, unit.end
    chosen = unit.chosen
    if chosen is not None and chosen.start is not None and chosen.end is not None:
        start, end = min(start, chosen.start), max(end, chosen.end)
    arms: tuple[Arm, ...] = ()
    if unit.group is not None:
        wanted = ready.plain[unit.estimate.value_end : unit.following] if unit.estimate else None
        arms, _ = to_arms(unit.group, unit.comparison, wanted=wanted)
        # "Pain was 12 mm versus 14 mm": the sentence's subject is no group
        about = chosen.name.lower() if chosen is not None else ""
        arms = tuple(
            replace(arm, name=None) if arm.name and arm.name.lower() == about else arm
            for arm in arms
        )
    effect = _effect(unit.estimate, unit.group, arms)
    plain = ready.plain
    # "a 39% reduction in X": the change is told right behind its figure
    told = _TOLD.match(plain, unit.end) if _is_change(unit.estimate) else None
    past = told.end() if told is not None else unit.end
    said = said_of(
        plain[min(unit.clause, unit.start) : unit.start],
        plain[unit.start : past],
        plain[past : min(max(unit.following, past), past + 120)],
        tested=effect.ci_low is not None or effect.p is not None,
    )
    words = plain[unit.clause : end]
    sentence = plain[unit.sentence.start : unit.sentence.end] if unit.sentence else words
    kind = kind_of(sentence, _around(ready, unit.start), effect, named_arms=len(arms) > 1)
    intervention, comparator = _sides(arms, unit.comparison)
    fallen = unit.group is not None and FALLEN.search(
        plain, max(0, unit.group.start - 50), unit.group.start
    )
    way = direction(said, effect, arms, chosen, kind, fallen=bool(fallen))
    if way == "unclear" and kind == "comparison":
        way = judged(sentence, intervention, comparator, chosen)
    found_flags = flags(effect, arms)
    if _OF_A_MARGIN.match(plain, unit.end):
        # this P value tests against a margin, and no interval need agree with it
        found_flags = tuple(flag for flag in found_flags if flag != "interval_against_p")
    return ExtractedResult(
        chosen.name if chosen is not None else None, start, end, effect, arms,
        way,
        _restricted(unit.people, kind, sentence, intervention), unit.when,
        intervention, comparator, kind, None, found_flags,
    )  # fmt: skip


# Who has the trait is the exposure of an association, and no population that it is restricted to.
_EXPOSED: Final = re.compile(
    r"(?:patients|women|men|participants|individuals|people|persons|those|children|adults)\s(?:with"
    r"|who had|having|who used|carrying)\b"
)


_OPENS: Final = re.compile(r"(?:In|Among|For)\s(?:the\s)?")


def _restricted(people: str | None, kind: str, sentence: str, exposure: str | None) -> str | None:
    if people is None or kind != "association" or _EXPOSED.match(people) is None:
        return people
    if exposure is not None and people.endswith(exposure):
        return None
    # "Among patients with X, Y was associated with Z": X restricts, Y is the exposure
    opens = _OPENS.match(sentence)
    return people if opens is not None and sentence.startswith(people, opens.end()) else None


_OF_A_MARGIN: Final = re.compile(r"\s(?:for|of)\s(?:the\s)?non-?inferiority")
_TOLD: Final = re.compile(r"[^.,;()]{1,60}")


def _is_change(estimate: Estimate | None) -> bool:
    return estimate is not None and estimate.type in ("other", "RD") and estimate.label_end is None


def _effect(estimate: Estimate | None, group: Group | None, arms: tuple[Arm, ...]) -> Effect:
    if estimate is None:
        timed = any(
            arm.unit and arm.unit.rstrip("s") in ("month", "year", "week", "day") for arm in arms
        )
        p = group.p if group is not None else None
        if timed:
            return Effect("other", p=p, label="medians compared")
        return Effect("rate", p=p)
    p = estimate.p
    if (
        p is None
        and group is not None
        and group.p is not None
        and (group.p_end is not None and group.p_end <= estimate.start)
    ):
        p = group.p
    return Effect(
        estimate.type,
        estimate.value,
        estimate.level,
        estimate.low,
        estimate.high,
        p,
        estimate.label,
    )


def _sides(arms: tuple[Arm, ...], stated: Comparison | None) -> tuple[str | None, str | None]:
    names = [arm.name for arm in arms]
    if len(names) >= 2 and names[0] and names[-1]:
        return names[0], names[-1]
    if stated is None:
        return (names[0] if names else None), None
    return (names[0] if names and names[0] else stated.intervention), stated.comparator
