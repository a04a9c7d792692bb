"""Numbers that cannot be true, or that contradict each other.

Each rule catches a slip of copying: the wrong column, the wrong row, a lost decimal point.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from probatum.evidence.record import Effect, Result, Study
from probatum.packs.model import Pack
from probatum.packs.problem import Problem, error, warning

# Analyses that report the study as a whole; two of them may not stand side by side.
_WHOLE: Final = frozenset({"interim", "primary", "final", "updated"})
_P: Final = re.compile(r"^\s*([<>=≤≥]?)\s*(0?\.\d+|0|1(?:\.0+)?)")


def number_problems(pack: Pack) -> Iterator[Problem]:
    """Impossible numbers in one result, and results that disagree."""
    studies = {record.id: record for record in pack.records if isinstance(record, Study)}
    results = [record for record in pack.records if isinstance(record, Result)]
    for result in results:
        yield from _content(result)
        yield from _arms(result, studies)
        yield from _units(result)
        if result.effect is not None and not result.explanation:
            yield from _effect(result.effect, f"record {result.id}: effect")
    yield from _disagreements(results)


def _content(result: Result) -> Iterator[Problem]:
    if not result.arms and result.effect is None:
        yield error(f"record {result.id}", "has neither arms nor an effect", "add what was read")
    if result.measure == "none" and any(arm.value is not None for arm in result.arms):
        yield error(
            f"record {result.id}: measure", "arms have values of no measure", "name the measure"
        )


def _arms(result: Result, studies: Mapping[str, Study]) -> Iterator[Problem]:
    where = f"record {result.id}: arms"
    roles = {arm.role for arm in result.arms}
    study = studies.get(result.study) if result.study else None
    single = study is not None and not study.randomised
    if "control" in roles and ("single" in roles or single):
        yield error(
            where, "a single-arm study has no control arm", "remove the arm or correct the study"
        )
    for arm in result.arms:
        if arm.events is not None and arm.n is not None and arm.events > arm.n:
            yield error(
                where, f"{arm.name} has {arm.events} events among {arm.n}", "read both again"
            )
        if arm.value is None or result.unit != "%":
            continue
        if not 0 <= arm.value <= 100:
            yield error(where, f"{arm.name} has {arm.value}%", "a share lies between 0 and 100")
        elif arm.events is not None and arm.n and abs(arm.value - _share(arm.events, arm.n)) > 1:
            yield error(
                where,
                f"{arm.name} has {arm.value}%, but {arm.events} of {arm.n} is another share",
                "read all three again",
            )


def _share(events: int, n: int) -> Decimal:
    return Decimal(100 * events) / n


def _units(result: Result) -> Iterator[Problem]:
    where = f"record {result.id}: unit"
    if not any(arm.value is not None for arm in result.arms):
        return
    if result.measure == "proportion" and result.unit != "%":
        yield error(where, f"a proportion in {result.unit!r}", 'write the unit "%"')
    if result.measure in ("median", "mean") and result.unit is None:
        yield error(where, f"a {result.measure} without a unit", "write the unit")
    if result.measure == "median" and result.unit == "%":
        yield error(where, "a median in %", "write months or the like, or measure: proportion")


def _effect(effect: Effect, where: str) -> Iterator[Problem]:
    """The interval and the P value must tell the same story about "no difference".

    The level of the interval sets the threshold, as in a 98% interval of an interim analysis. A
    bound that is printed as the null value itself may lie on either side after rounding, and a test
    of non-inferiority has another null; both are left alone.
    """
    null = effect.no_difference
    if effect.low is None or effect.high is None or effect.p is None:
        return
    if effect.p_kind != "superiority" or null in (effect.low, effect.high):
        return
    found = _P.match(effect.p)
    if found is None:
        yield warning(where, f"the P value {effect.p!r} cannot be read", "write it as in <0.001")
        return
    sign, value = found.group(1), Decimal(found.group(2))
    alpha = 1 - Decimal(effect.ci_level or 95) / 100
    excludes = not effect.low <= null <= effect.high
    above = value > alpha if sign in ("", "=") else sign in (">", "≥") and value >= alpha
    below = value < alpha if sign in ("", "=") else sign in ("<", "≤") and value <= alpha
    if (excludes and above) or (not excludes and below):
        side = "excludes" if excludes else "includes"
        yield error(
            where,
            f"the interval {effect.low} to {effect.high} {side} {null}, but P is {effect.p}",
            "read both again; if both are published so, say why in `explanation`",
        )


def _disagreements(results: list[Result]) -> Iterator[Problem]:
    groups: dict[object, list[Result]] = defaultdict(list)
    for result in results:
        if result.study is not None and result.superseded_by is None:
            groups[_question(result)].append(result)
    for group in groups.values():
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                if _differ(one, other):
                    both = {one.analysis, other.analysis} <= _WHOLE
                    yield (error if both else warning)(
                        f"record {one.id}",
                        f"says something else than {other.id!r}, and both count as current",
                        "set superseded_by on the older one, or say what tells them apart",
                    )


def _question(result: Result) -> object:
    """What a result answers; two current answers to the same question must agree."""
    population = result.population.model_dump(exclude={"text"})
    return (
        result.study,
        result.endpoint,
        result.measure,
        result.grade,
        result.subgroup,
        result.timepoint,
        result.assessed_by,
        result.interventions,
        repr(population),
        tuple(sorted(arm.name for arm in result.arms)),
    )


def _differ(one: Result, other: Result) -> bool:
    values = {arm.name: (arm.value, arm.state) for arm in one.arms}
    others = {arm.name: (arm.value, arm.state) for arm in other.arms}
    return values != others or (
        one.effect is not None
        and other.effect is not None
        and one.effect.model_dump() != other.effect.model_dump()
    )
