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

from probatum.extract.prose.arm_groups import groups
from probatum.extract.prose.arm_names import names_a_group
from probatum.extract.prose.arm_words import are_two_arms
from probatum.extract.prose.assemble import Unit, pair
from probatum.extract.prose.assignments import assigned
from probatum.extract.prose.carried import Carried
from probatum.extract.prose.changes import changes
from probatum.extract.prose.choice import choose
from probatum.extract.prose.comparisons import (
    Comparison,
    comparison,
    complete,
    favoured,
    second_named,
    subject,
)
from probatum.extract.prose.context import follow_up, population, timepoint
from probatum.extract.prose.deaths import resolved
from probatum.extract.prose.endpoint_names import Mention
from probatum.extract.prose.endpoints import mentions
from probatum.extract.prose.estimates import RATIOS, Estimate, estimates
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.figures import figures
from probatum.extract.prose.group_sizes import with_sizes
from probatum.extract.prose.lone_values import lone_values, together
from probatum.extract.prose.neighbours import join_neighbours
from probatum.extract.prose.phrases import Chosen
from probatum.extract.prose.second_bounds import second_bounds
from probatum.extract.prose.shared_names import share_names
from probatum.extract.prose.shared_times import of_the_next
from probatum.extract.prose.text import Prose, Sentence, prose, unmarked
from probatum.extract.prose.tuples import in_line
from probatum.extract.prose.unnamed import outcome_unnamed
from probatum.extract.result import ExtractedResult

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
    share_names(ready.plain, units)
    joined = join_neighbours(units)
    around: dict[int, Chosen | None] = {}
    for unit in joined:
        unit.chosen = unit.chosen or outcome_unnamed(ready, unit, around)
    found = with_sizes(ready, in_line(ready, joined))
    if not marks.kept_before:
        return found
    return [replace(each, start=marks.start(each.start), end=marks.end(each.end)) for each in found]


def _units(ready: Prose, sentence: Sentence, state: Carried) -> list[Unit]:
    before, state.lone = state.lone, []
    if not ready.has_figures(sentence):
        state.passed.append(sentence)
        return []
    met = follow_up(ready, sentence)
    if met is not None:
        state.follow_up, state.follow_up_at = met[0], sentence.index
    seen = figures(ready, sentence)
    found = _estimates(ready, sentence, seen, state)
    taken = frozenset(index for each in found for index in each.used)
    values = groups(ready.plain, seen, taken, sentence.start, sentence.end, ready.arm_words)
    if not values:
        state.lone = lone_values(ready, sentence, seen, taken)
    units = pair(ready.plain, found, values)
    if not units:
        state.passed.append(sentence)
        return together(before, state.lone, [], sentence)
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
        unit.sentence, unit.clause = sentence, clause
        unit.comparison = _turned(ready, sentence, unit, sides)
        unit.following = units[place + 1].start if place + 1 < len(units) else sentence.end
        unit.chosen = _chosen(ready, sentence, unit, named, state, previous, units[-1].end)
        clause = max(clause, unit.end)
        if unit.chosen is not None and unit.chosen.end is not None:
            previous = unit.chosen
            # What was named behind one result is not the end point of the next.
            if unit.chosen.start is not None and unit.end <= unit.chosen.start < unit.following:
                clause = max(clause, unit.chosen.end)
        if unit.estimate is None and unit.chosen is None and not _told(ready, sentence, unit):
            continue
        if unit.chosen is not None:
            state.chosen = replace(unit.chosen, start=None, end=None)
        _place(ready, sentence, unit, state, kept[-1] if kept else None)
        kept.append(unit)
        if unit.group is not None and len(unit.group.slots) == 2:
            first, second = (slot.name for slot in unit.group.slots)
            if first and second:
                state.comparison = Comparison(first, second, 0, 0)
    return kept + together(before, state.lone, kept, sentence)


# "an increase with the second drug (10% v 2%)": the group that stands before the bracket is the
# one whose value comes first in it.
_JUST_BEFORE: Final = r"\b(?:with|in|for|on|among)\s+(?:the\s+)?{}(?:\s+(?:group|arm))?\s*[(\[]\s*$"


def _turned(
    ready: Prose, sentence: Sentence, unit: Unit, sides: Comparison | None
) -> Comparison | None:
    """The sides of a comparison in the order of a bracket that only the second one leads to."""
    group = unit.group
    if sides is None or not sides.intervention or not sides.comparator or group is None:
        return sides
    if len(group.slots) != 2 or any(slot.name for slot in group.slots):
        return sides
    before = ready.plain[sentence.start : unit.start]
    second = re.escape(sides.comparator)
    if re.search(_JUST_BEFORE.format(second), before, re.IGNORECASE) is None:
        return sides
    if re.search(rf"\b{re.escape(sides.intervention)}\b", before, re.IGNORECASE):
        return sides
    return replace(sides, intervention=sides.comparator, comparator=sides.intervention)


# How many there were in each group, and what they were like before, is no outcome.
_PUT_IN_GROUPS: Final = re.compile(
    r"\b(?:randomi[sz]|assign|allocat|enrol|includ|recruit|analy[sz]|evaluat|eligible|divided"
    r"|consent|screened|complet)",
    re.IGNORECASE,
)
_BEFORE_TREATMENT: Final = re.compile(r"\b(?:baseline|aged?|characteristics)\b", re.IGNORECASE)


def _told(ready: Prose, sentence: Sentence, unit: Unit) -> bool:
    """Whether values of groups whose end point no words name are a result all the same.

    They are where a P value compares them, where both groups are the text's own, or where both are
    called groups and the sentence doesn't tell how people came into them.
    """
    known = ready.arm_words
    group = unit.group
    if group is None:
        return False
    if _BEFORE_TREATMENT.search(ready.plain, sentence.start, sentence.end) is not None:
        return False
    if group.p is not None:
        return True
    names = [slot.name for slot in group.slots]
    said = ready.plain[unit.start : min(unit.end + 60, sentence.end)]
    return (
        are_two_arms(known, names[0], names[-1]) or (all(names) and names_a_group(said))
    ) and _PUT_IN_GROUPS.search(ready.plain, sentence.start, sentence.end) is None


def _estimates(
    ready: Prose, sentence: Sentence, seen: list[Figure], state: Carried
) -> list[Estimate]:
    ratios = estimates(ready.plain, seen, state.label)
    ratios += second_bounds(ready.plain, seen, ratios)
    for figure in seen:
        if figure.sort == "label" and figure.name in (*RATIOS, "SMD"):
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
    return resolved(ready, chosen, named, state)


def _place(
    ready: Prose, sentence: Sentence, unit: Unit, state: Carried, before: Unit | None
) -> None:
    """When the outcome was measured, and in whom."""
    end = unit.end
    if unit.chosen is not None and unit.chosen.end is not None:
        end = max(end, unit.chosen.end)
    unit.when = timepoint(
        ready, sentence, unit.clause, unit.start, end, min(unit.following, end + 40)
    )
    if unit.when is None or (unit.group is not None and unit.group.start > unit.start):
        unit.when = of_the_next(ready.plain, unit, before) or unit.when
    if unit.when is None and sentence.index - state.follow_up_at <= 1:
        unit.when = state.follow_up
    unit.people = population(ready, sentence, unit.clause, unit.start, end)


def _has_ratio(found: Sequence[Estimate]) -> bool:
    return any(each.type in ("HR", "RR", "OR") for each in found)
