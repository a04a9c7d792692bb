"""The likeliest labels of a sentence's stretches: groups, outcomes and measures.

A semi-Markov model (Sarawagi & Cohen 2004): each stretch has a score from what is seen of it, each
pair of neighbours one from their labels and the words between, and the best division of the
sentence is found exactly. `scripts/comparison` learns the weights.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from probatum.extract.comparison.segments import Segment, candidates
from probatum.extract.comparison.sentence_tokens import Tokens
from probatum.extract.comparison.sights import seen, seen_between

STATES: Final = 4
# Tokens between two neighbours whose words count; what lies further apart goes by labels only.
WIDEST: Final = 3
_NEVER: Final = -1e9


@dataclass(frozen=True, slots=True)
class TagWeights:
    """Weights by what is seen of a stretch, and of two neighbours.

    `follows[before][label]` is for labels that stand further apart, 0 being none; `between` gives
    the same table, row after row, by what stands between neighbours that are near.
    """

    seen: Mapping[str, float]
    follows: Sequence[Sequence[float]]
    between: Mapping[str, Sequence[float]]


@cache
def tag_weights() -> TagWeights:
    """The weights that ship."""
    text = files("probatum.extract.comparison").joinpath("data/tagging.json").read_text("utf-8")
    held = json.loads(text)
    return TagWeights(held["seen"], held["follows"], held["between"])


def tagged(tokens: Tokens, weights: TagWeights | None = None) -> list[Segment]:
    """The stretches of the best division, in order."""
    held = weights or tag_weights()
    by_first: dict[int, list[Segment]] = {}
    for segment in candidates(tokens):
        by_first.setdefault(segment.first, []).append(segment)
    # The best division whose last stretch has a label and ends at a place, with the way there.
    best: dict[tuple[int, int], _Way] = {}
    far: list[_Way | None] = [_Way(0.0, None, None), None, None, None]
    for at in range(len(tokens.words) + 1):
        for label in range(1, STATES):
            _keep(far, label, best.get((at - WIDEST - 1, label)))
        if at in by_first:
            openings = _openings(tokens, at, held, best, far)
            for segment in by_first[at]:
                came = openings[segment.label]
                score = sum(held.seen.get(name, 0.0) for name in seen(tokens, segment))
                way = _Way(came.score + score, segment, came.before)
                key = segment.last, segment.label
                if key not in best or way.score > best[key].score:
                    best[key] = way
    last: _Way | None = max([_Way(0.0, None, None), *best.values()], key=lambda way: way.score)
    found: list[Segment] = []
    while last is not None and last.segment is not None:
        found.append(last.segment)
        last = last.before
    return found[::-1]


@dataclass(frozen=True, slots=True)
class _Way:
    """A division up to a stretch, and the division before it."""

    score: float
    segment: Segment | None
    before: "_Way | None"


def _keep(far: list[_Way | None], label: int, way: _Way | None) -> None:
    held = far[label]
    if way is not None and (held is None or way.score > held.score):
        far[label] = way


def _openings(
    tokens: Tokens,
    at: int,
    held: TagWeights,
    best: Mapping[tuple[int, int], _Way],
    far: Sequence[_Way | None],
) -> list[_Way]:
    """The best way to begin a stretch of each label at a place; its `before` is what it follows."""
    told = [
        [held.between[name] for name in seen_between(tokens, at - gap, at) if name in held.between]
        for gap in range(min(at, WIDEST) + 1)
    ]
    openings: list[_Way] = []
    for label in range(STATES):
        ways = [
            _Way(way.score + held.follows[before][label], None, way)
            for before, way in enumerate(far)
            if way is not None
        ]
        for gap, tables in enumerate(told):
            for before in range(1, STATES):
                way = best.get((at - gap, before))
                if way is not None:
                    step = sum(table[before * STATES + label] for table in tables)
                    ways.append(_Way(way.score + step, None, way))
        openings.append(max(ways, key=lambda each: each.score))
    return openings
