"""The likeliest labels of a sentence's stretches: groups, outcomes and measures.

A semi-Markov model (Sarawagi & Cohen 2004): each stretch has a score from what is seen of it, each
label one from the label before, and the best division of the sentence is found exactly.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from probatum.extract.comparison.segments import Segment, candidates
from probatum.extract.comparison.sentence_tokens import Tokens
from probatum.extract.comparison.sights import seen

_STATES: Final = 4
_NEVER: Final = -1e9


@dataclass(frozen=True, slots=True)
class TagWeights:
    """Weights by what is seen, and by the label before (0 for none) and the label."""

    seen: Mapping[str, float]
    follows: Sequence[Sequence[float]]


@cache
def tag_weights() -> TagWeights:
    """The weights that ship."""
    text = files("probatum.extract.comparison").joinpath("data/tagging.json").read_text("utf-8")
    held = json.loads(text)
    return TagWeights(held["seen"], held["follows"])


def tagged(tokens: Tokens, weights: TagWeights | None = None) -> list[Segment]:
    """The stretches of the best division, in order."""
    held = weights or tag_weights()
    ends: list[list[tuple[Segment, float]]] = [[] for _ in range(len(tokens.words) + 1)]
    for segment in candidates(tokens):
        score = sum(held.seen.get(name, 0.0) for name in seen(tokens, segment))
        ends[segment.last].append((segment, score))
    best = [[0.0, _NEVER, _NEVER, _NEVER]]
    back: list[list[tuple[int, int, Segment | None]]] = [[(0, 0, None)] * _STATES]
    for at in range(1, len(ends)):
        scores = list(best[at - 1])
        ways: list[tuple[int, int, Segment | None]] = [
            (at - 1, state, None) for state in range(_STATES)
        ]
        for segment, score in ends[at]:
            before = best[segment.first]
            for state in range(_STATES):
                total = before[state] + held.follows[state][segment.label] + score
                if total > scores[segment.label]:
                    scores[segment.label] = total
                    ways[segment.label] = (segment.first, state, segment)
        best.append(scores)
        back.append(ways)
    found: list[Segment] = []
    at = len(ends) - 1
    state = max(range(_STATES), key=lambda each: best[at][each])
    while at > 0:
        came, state, chosen = back[at][state]
        if chosen is not None:
            found.append(chosen)
        at = came
    return found[::-1]
