"""Which group and which outcome each measure of a sentence belongs to.

"19.7 % and 17.0 % for A and B, respectively" and "1.3 % in A (6 of 334) and 2 % in B" tie values in
different ways; which way holds is seen from order, distance and the small words between. What is
seen of each pair is weighed by a logistic regression's weights.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from probatum.extract.comparison.lists import word_set
from probatum.extract.comparison.segments import INTERVENTION, MEASURE, OUTCOME, Segment
from probatum.extract.comparison.sentence_tokens import Tokens

Relation = Literal["A1_RES", "A2_RES", "OC_RES"]
# A group named so is the second one though it be named first, unless both are.
_CONTROL: Final = re.compile(r"placebo|control|standard|sham", re.IGNORECASE)
_GENERAL: Final = word_set("stretches", "general")
_WORD: Final = re.compile(r"[a-z0-9/+-]+")
_TELLING: Final = word_set("stretches", "telling")
_TIME: Final = re.compile(
    r"(?=.*(?:\d|end|one|two|three|four|five|six|baseline))"
    r".*\b(?:week|month|year|day|hour|min|baseline|end of|cycle)s?\b"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A measure with the group or outcome that it belongs to."""

    head: Segment
    measure: Segment
    relation: Relation


@dataclass(slots=True)
class Layout:
    """The labelled stretches of one sentence and how they stand to each other."""

    tokens: Tokens
    segments: list[Segment]
    groups: list[Segment] = field(default_factory=list)
    outcomes: list[Segment] = field(default_factory=list)
    measures: list[Segment] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    arm: dict[Segment, int] = field(default_factory=dict)
    place: dict[Segment, int] = field(default_factory=dict)
    run: dict[Segment, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the stretches, tell arms apart by name, and find runs of measures."""
        self.segments = sorted(self.segments)
        self.groups = [s for s in self.segments if s.label == INTERVENTION]
        self.outcomes = [s for s in self.segments if s.label == OUTCOME]
        self.measures = [s for s in self.segments if s.label == MEASURE]
        for group in self.groups:
            name = self.text(group)
            same = next((i for i, n in enumerate(self.names) if _same(n, name)), None)
            if same is None:
                same = len(self.names)
                self.names.append(name)
            self.arm[group] = same
        self._find_runs()

    def text(self, segment: Segment) -> str:
        """The words of a stretch, set apart by spaces."""
        return " ".join(self.tokens.words[segment.first : segment.last])

    def _find_runs(self) -> None:
        run: list[Segment] = []
        for segment in self.segments:
            between = self.tokens.words[run[-1].last : segment.first] if run else ()
            if segment.label != MEASURE or ";" in between:
                self._close(run)
                run = []
            if segment.label == MEASURE:
                run.append(segment)
        self._close(run)

    def _close(self, run: list[Segment]) -> None:
        for place, member in enumerate(run):
            self.place[member], self.run[member] = place, len(run)

    def between(self, one: Segment, other: Segment, label: int) -> int:
        """How many stretches of a label stand between two."""
        low, high = sorted((one, other))
        return sum(
            s.label == label and low.last <= s.first and s.last <= high.first for s in self.segments
        )


def _same(one: str, other: str) -> bool:
    first, second = _key(one), _key(other)
    return first <= second or second <= first


def _key(name: str) -> set[str]:
    words = set(_WORD.findall(name.lower()))
    return words - _GENERAL or words


def pair_seen(layout: Layout, measure: Segment, head: Segment) -> set[str]:
    """What is seen of a measure beside a group or an outcome."""
    tokens = layout.tokens
    side = ">" if head > measure else "<"
    counts = [
        min(layout.between(measure, head, label), most)
        for label, most in ((MEASURE, 3), (INTERVENTION, 2), (OUTCOME, 2))
    ]
    low, high = sorted((measure, head))
    middle = tokens.forms[low.last : high.first]
    base = f"{side}m{counts[0]}i{counts[1]}o{counts[2]}"
    arms = min(len(layout.names), 3)
    seen = {"b", f"x{base}", side, f"d{side}{_distance(len(middle))}", f"na{arms}{base}"}
    seen |= {f"{side}m{counts[0]}", f"{side}i{counts[1]}", f"{side}o{counts[2]}"}
    seen.add(f"semi{';' in middle}{side}")
    if len(middle) <= 3:
        seen.add(f"{side}mid={' '.join(middle)}")
    seen |= {f"{side}w={word}" for word in set(middle) & _TELLING}
    if middle:
        seen |= {f"{side}first={middle[0]}", f"{side}last={middle[-1]}"}
    depths = (min(tokens.depth[measure.first], 2), min(tokens.depth[head.first], 2))
    seen.add(f"{side}dep{depths[0]}{depths[1]}")
    if head.label == INTERVENTION:
        return seen | _group_seen(layout, measure, head, base)
    return seen | _outcome_seen(layout, measure, head, base, middle)


def _distance(count: int) -> int:
    return count if count < 2 else next((b for b in (2, 4, 8) if count < 2 * b), 16)


def _group_seen(layout: Layout, measure: Segment, head: Segment, base: str) -> set[str]:
    rank, place = layout.arm[head], layout.place[measure]
    run, arms = min(layout.run[measure], 4), min(len(layout.names), 3)
    told = "respectively" in layout.tokens.forms
    same = rank == place
    short = min(run, 3)
    seen = {
        f"rank{min(rank, 3)}run{min(place, 3)}len{run}",
        f"eq{same}len{run}na{arms}resp{told}",
        f"eq{same}{base}rl{short}",
    }
    before: list[Segment] = []
    for group in reversed([g for g in layout.groups if g < measure]):
        if layout.arm[group] not in [layout.arm[g] for g in before]:
            before.append(group)
    after = [g for g in layout.groups if g > measure]
    seen.add(f"nprev{min(len(before), 3)}nnext{min(len(after), 3)}{base}")
    last = before[:2][::-1]
    if len(last) == 2 and head in last:
        seen.add(f"pd{last.index(head)}run{min(place, 2)}len{short}")
    following = after[:2]
    if head in following:
        seen.add(f"nn{following.index(head)}run{min(place, 2)}len{short}n{len(following)}")
    if len(layout.names) > 1:
        turn = layout.measures.index(measure) % len(layout.names) == rank
        seen.add(f"mod{turn}rl{short}eq{same}")
    return seen


def _outcome_seen(
    layout: Layout, measure: Segment, head: Segment, base: str, middle: tuple[str, ...]
) -> set[str]:
    side = base[0]
    index, count = layout.outcomes.index(head), len(layout.outcomes)
    place, run = layout.place[measure], layout.run[measure]
    time = _TIME.match(layout.text(head).lower()) is not None
    told = "respectively" in layout.tokens.forms
    near = layout.between(measure, head, OUTCOME) == 0
    measures, groups = base[2], base[4]
    seen = {
        f"time{time}{base}",
        f"oi{min(index, 2)}no{min(count, 4)}{base}",
        f"oi{min(index, 2)}eq{index == place}rl{min(run, 4)}no{min(count, 4)}resp{told}",
        f"no{min(count, 3)}{side}",
        f"ni{groups}nm{measures}{side}time{time}",
        f"{side}near{near}last{middle[-1] if middle else '-'}",
        f"{side}prevw={layout.tokens.form(head.first - 1)}",
        f"{side}nextw={layout.tokens.form(head.last)}",
        f"run{min(place, 2)}rl{min(run, 3)}{base}",
    }
    before = [o for o in layout.outcomes if o < measure]
    if before:
        later = any(o > measure for o in layout.outcomes)
        seen.add(f"lastbefore{before[-1] == head}hasafter{later}")
    return seen


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Logistic weights of what is seen, for groups and for outcomes."""

    groups: Mapping[str, float]
    outcomes: Mapping[str, float]


@cache
def link_weights() -> LinkWeights:
    """The weights that ship."""
    text = files("probatum.extract.comparison").joinpath("data/linking.json").read_text("utf-8")
    held = json.loads(text)
    return LinkWeights(held["groups"], held["outcomes"])


def linked(layout: Layout, weights: LinkWeights | None = None) -> list[Link]:
    """Each measure with one group at most and every outcome it measures."""
    held = weights or link_weights()

    def score(measure: Segment, head: Segment) -> float:
        table = held.groups if head.label == INTERVENTION else held.outcomes
        return sum(table.get(name, 0.0) for name in sorted(pair_seen(layout, measure, head)))

    of: dict[Segment, Segment] = {}
    links: list[Link] = []
    for measure in layout.measures:
        rated = [(score(measure, group), -i) for i, group in enumerate(layout.groups)]
        if rated and max(rated)[0] > 0:
            of[measure] = layout.groups[-max(rated)[1]]
    relations = _sides(layout, {layout.arm[group] for group in of.values()})
    for measure, group in of.items():
        links.append(Link(group, measure, relations[layout.arm[group]]))
    for measure in layout.measures:
        heads = [(score(measure, outcome), -i) for i, outcome in enumerate(layout.outcomes)]
        own = [each for each in heads if each[0] > 0] or sorted(heads)[-1:]
        links.extend(Link(layout.outcomes[-i], measure, "OC_RES") for _, i in own)
    return sorted(links, key=lambda link: (link.measure, link.head))


def _sides(layout: Layout, used: set[int]) -> dict[int, Relation]:
    """The first group named is the first, unless it is the control of the one after it."""
    order = sorted(used)
    if not order:
        return {}
    first: int | None = order[0]
    control = [_CONTROL.search(layout.names[arm]) is not None for arm in order[:2]]
    if control == [True, False]:
        first = order[1]
    elif len(order) == 1 and re.match(r"placebo|control", layout.names[order[0]], re.IGNORECASE):
        first = None
    return {arm: "A1_RES" if arm == first else "A2_RES" for arm in order}
