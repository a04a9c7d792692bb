"""Comparative results in a text, each as one tuple tied to its exact words.

The way of a sentence: its figures, the estimates and groups of values that they make, the end
points that it names; then each estimate gets its groups, its end point, its time and population.
What a sentence leaves out (the end point, the follow-up, the other group) is taken from the
sentences before, as a reader would.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.arm_groups import Group, groups
from probatum.extract.prose.assemble import Unit, pair, to_arms
from probatum.extract.prose.carried import Carried
from probatum.extract.prose.changes import changes
from probatum.extract.prose.choice import choose
from probatum.extract.prose.comparisons import (
    Comparison,
    assigned,
    comparison,
    complete,
    favoured,
    second_named,
    subject,
)
from probatum.extract.prose.consistency import flags
from probatum.extract.prose.context import follow_up, population, timepoint
from probatum.extract.prose.direction import direction, kind_of, said_of
from probatum.extract.prose.endpoint_names import Mention
from probatum.extract.prose.endpoints import mentions
from probatum.extract.prose.estimates import RATIOS, Estimate, estimates
from probatum.extract.prose.figures import Figure, figures
from probatum.extract.prose.neighbours import join_neighbours
from probatum.extract.prose.phrases import Chosen
from probatum.extract.prose.text import Prose, Sentence, prose, unmarked
from probatum.extract.result import Arm, Effect, ExtractedResult

_CANCER: Final = re.compile(
    r"cancer|carcinoma|tumou?r|leuk[ae]+mia|lymphoma|myeloma|sarcoma|melanoma|glioma|blastoma"
    r"|chemotherap|oncolog|metasta",
    re.IGNORECASE,
)
# Death from "the disease" is death from the one that the text last spoke of.
_OF_THE_DISEASE: Final = frozenset(
    {"disease-specific mortality", "disease-related mortality", "disease mortality",
     "cause-specific mortality", "cancer mortality"}
)  # fmt: skip
_SURVIVAL: Final = re.compile(r"\bsurvival\b|\b(?:OS|PFS|DFS|EFS)\b")
_PREVENTION: Final = re.compile(r"\b(?:screen|prevent|incidence)", re.IGNORECASE)
_NOT_A_RESULT: Final = re.compile(
    r"\b(?:margin|threshold|power|assum\w+|hypothes\w+|designed to detect|sample size)\b"
)


def find_results(text: str) -> list[ExtractedResult]:
    """All comparative results of a text in order; `text[start:end]` holds a result's figures."""
    marks = unmarked(text)
    ready = prose(marks.text)
    state = Carried()
    units: list[Unit] = []
    for sentence in ready.sentences:
        units += _units(ready, sentence, state)
    found = _in_line(ready, join_neighbours(units))
    if not marks.kept_before:
        return found
    return [
        replace(each, start=marks.start(each.start), end=marks.end(each.end)) for each in found
    ]


def _in_line(ready: Prose, units: Sequence[Unit]) -> list[ExtractedResult]:
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


def _units(ready: Prose, sentence: Sentence, state: Carried) -> list[Unit]:
    if not ready.has_figures(sentence):
        state.passed.append(sentence)
        return []
    met = follow_up(ready, sentence)
    if met is not None:
        state.follow_up, state.follow_up_at = met[0], sentence.index
    seen = figures(ready, sentence)
    found = _estimates(ready, sentence, seen, state)
    taken = frozenset(index for each in found for index in each.used)
    values = groups(ready.plain, seen, taken, sentence.start, sentence.end)
    units = pair(ready.plain, found, values)
    if not units:
        state.passed.append(sentence)
        return []
    state.look_back(ready)
    state.assigned += assigned(ready, sentence)
    named = mentions(ready, sentence)
    stated = comparison(ready, sentence)
    sides = complete(
        stated, subject(ready, sentence) or favoured(ready, sentence),
        second_named(ready, sentence), state.assigned, state.comparison,
    )  # fmt: skip
    state.comparison = sides or state.comparison
    clause = sentence.start
    kept: list[Unit] = []
    previous: Chosen | None = None
    for place, unit in enumerate(units):
        unit.sentence, unit.clause, unit.comparison = sentence, clause, sides
        unit.following = units[place + 1].start if place + 1 < len(units) else sentence.end
        unit.chosen = _chosen(ready, sentence, unit, named, state, previous, units[-1].end)
        clause = max(clause, unit.end)
        if unit.chosen is not None and unit.chosen.end is not None:
            previous = unit.chosen
            # What was named behind one result is not the end point of the next.
            if unit.chosen.start is not None and unit.end <= unit.chosen.start < unit.following:
                clause = max(clause, unit.chosen.end)
        if unit.estimate is None and unit.chosen is None:
            continue
        if unit.chosen is not None:
            state.chosen = replace(unit.chosen, start=None, end=None)
        _place(ready, sentence, unit, state)
        kept.append(unit)
        if unit.group is not None and len(unit.group.slots) == 2:
            first, second = (slot.name for slot in unit.group.slots)
            if first and second:
                state.comparison = Comparison(first, second, 0, 0)
    return kept


def _estimates(
    ready: Prose, sentence: Sentence, seen: list[Figure], state: Carried
) -> list[Estimate]:
    ratios = estimates(ready.plain, seen, state.label)
    for figure in seen:
        if figure.sort == "label" and figure.name in RATIOS:
            state.label = figure.name
    ratios = [r for r in ratios if r.label != "percent reduction" or not _has_ratio(ratios)]
    if _NOT_A_RESULT.search(ready.plain, sentence.start, sentence.end):
        # what a trial was planned to show has no interval
        ratios = [r for r in ratios if r.low is not None or r.p is not None]
    taken = frozenset(index for each in ratios for index in each.used)
    others = changes(
        ready.plain, seen, taken, sentence.start, sentence.end, ratios=_has_ratio(ratios)
    )
    return sorted([*ratios, *others], key=lambda r: r.start)


def _chosen(
    ready: Prose,
    sentence: Sentence,
    unit: Unit,
    named: list[Mention],
    state: Carried,
    previous: Chosen | None,
    units_end: int,
) -> Chosen | None:
    inside = None
    if unit.estimate is not None and unit.estimate.label_end is not None:
        inside = (unit.estimate.label_start or 0, unit.estimate.value_start)
    # Words between the groups' values may name what happened: "2 of 18 developed depression".
    last = unit.start
    if unit.group is not None:
        last = max(last, unit.group.slots[-1].start)
    if unit.estimate is not None:
        last = max(last, unit.estimate.start)
    chosen = choose(
        ready, sentence, named, (unit.clause, unit.start, last, unit.end), inside, state.chosen,
        told=unit.estimate.hint if unit.estimate is not None else None,
        within=(unit.estimate.value_end, unit.estimate.end) if unit.estimate is not None else None,
        previous=previous, units_end=units_end,
        of_groups=[slot.name for slot in unit.group.slots] if unit.group is not None else (),
    )  # fmt: skip
    return _resolved(ready, chosen, named, state)


def _place(ready: Prose, sentence: Sentence, unit: Unit, state: Carried) -> None:
    """When the outcome was measured, and in whom."""
    end = unit.end
    if unit.chosen is not None and unit.chosen.end is not None:
        end = max(end, unit.chosen.end)
    unit.when = timepoint(
        ready, sentence, unit.clause, unit.start, end, min(unit.following, end + 40)
    )
    if unit.when is None and sentence.index - state.follow_up_at <= 1:
        unit.when = state.follow_up
    unit.people = population(ready, sentence, unit.clause, unit.start, end)


# A text's kind of study is told near a result; what is farther off may be another study.
_NEAR: Final = 4000


def _around(ready: Prose, start: int) -> str:
    """The text around a place, the same stretch for neighbouring results."""
    block = start // _NEAR
    return ready.plain[max(0, block - 1) * _NEAR : (block + 2) * _NEAR]


def _on_mortality(state: Carried) -> bool:
    """Whether the text speaks of death from one disease, so that "mortality" is of that."""
    last = state.chosen.name if state.chosen is not None else ""
    return last.endswith(" mortality") and not last.startswith("all-cause")


def _has_ratio(found: Sequence[Estimate]) -> bool:
    return any(each.type in ("HR", "RR", "OR") for each in found)


def _resolved(
    ready: Prose, chosen: Chosen | None, named: list[Mention], state: Carried
) -> Chosen | None:
    """Death among people treated for cancer is overall survival; elsewhere it is mortality."""
    if chosen is None:
        return None
    for mention in named:
        if not mention.weak and mention.name.endswith((" incidence", " mortality")):
            state.disease = mention.name.rpartition(" ")[0]
    if chosen.weak and chosen.name == "all-cause mortality" and _on_mortality(state):
        return state.chosen
    if chosen.name in _OF_THE_DISEASE and state.disease is not None:
        return replace(chosen, name=f"{state.disease} mortality")
    for ending in (" incidence", " mortality"):
        if chosen.name.endswith(ending) and chosen.name not in _OF_THE_DISEASE:
            state.disease = chosen.name.removesuffix(ending)
    if chosen.name != "mortality":
        return chosen
    if (_CANCER.search(ready.plain) or _SURVIVAL.search(ready.plain)) and not _PREVENTION.search(ready.plain):
        return replace(chosen, name="overall survival", more_is_good=True, hazard=True)
    return chosen


def _result(ready: Prose, unit: Unit) -> ExtractedResult:
    start, end = unit.start, unit.end
    chosen = unit.chosen
    if chosen is not None and chosen.start is not None and chosen.end is not None:
        start, end = min(start, chosen.start), max(end, chosen.end)
    arms: tuple[Arm, ...] = ()
    if unit.group is not None:
        wanted = ready.plain[unit.estimate.value_end : unit.following] if unit.estimate else None
        arms, _ = to_arms(unit.group, unit.comparison, wanted=wanted)
    effect = _effect(unit.estimate, unit.group, arms)
    plain = ready.plain
    said = said_of(
        plain[min(unit.clause, unit.start) : unit.start],
        plain[unit.start : unit.end],
        plain[unit.end : min(max(unit.following, unit.end), unit.end + 120)],
    )
    words = plain[unit.clause : end]
    sentence = plain[unit.sentence.start : unit.sentence.end] if unit.sentence else words
    kind = kind_of(sentence, _around(ready, unit.start), effect, named_arms=len(arms) > 1)
    intervention, comparator = _sides(arms, unit.comparison)
    return ExtractedResult(
        chosen.name if chosen is not None else None, start, end, effect, arms,
        direction(said, effect, arms, chosen, kind),
        unit.people, unit.when, intervention, comparator, kind, None, flags(effect, arms),
    )  # fmt: skip


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
