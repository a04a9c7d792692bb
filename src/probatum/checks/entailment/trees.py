"""Trained weights that any machine can use: trees of yes-or-no questions, and a softmax.

The training is done elsewhere, with libraries that the program does not need; what ships is the
list of questions. A tree's node is [feature, threshold, left, right], left where the value is at
most the threshold; a leaf is [-1, value].
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Label = Literal["supported", "contradicted", "not_enough_information"]
LABELS: tuple[Label, ...] = ("supported", "contradicted", "not_enough_information")


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees for the three labels, and how sharp their sum is to be taken."""

    names: tuple[str, ...]
    start: tuple[float, ...]
    rate: float
    trees: tuple[tuple[Any, ...], ...]  # one tuple a label
    scale: tuple[float, ...]
    shift: tuple[float, ...]

    def scores(self, values: Sequence[float]) -> list[float]:
        """The log-odds of each label before calibration."""
        found = []
        for begin, own in zip(self.start, self.trees, strict=True):
            found.append(begin + self.rate * sum(_leaf(tree, values) for tree in own))
        return found

    def probabilities(self, values: Sequence[float]) -> list[float]:
        """The calibrated probability of each label, in the order of LABELS."""
        scores = self.scores(values)
        return softmax(
            [
                s * scale + shift
                for s, scale, shift in zip(scores, self.scale, self.shift, strict=True)
            ]
        )


def _leaf(tree: Any, values: Sequence[float]) -> float:
    at = 0
    while True:
        node = tree[at]
        if node[0] < 0:
            return float(node[1])
        at = node[2] if values[node[0]] <= node[1] else node[3]


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores to probabilities that sum to 1."""
    most = max(scores)
    parts = [math.exp(score - most) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]


@cache
def _held() -> dict[str, Any]:
    content = files("probatum.checks.entailment").joinpath("data/trees.json").read_text("utf-8")
    held: dict[str, Any] = json.loads(content)
    return held


@cache
def shipped(name: Literal["near", "whole"]) -> Trees:
    """The weights that ship, trained by scripts/entailment/train.py: for texts that are read
    whole, and for longer ones, whose sentences are chosen."""
    return trees_of(_held(), name)


def trees_of(held: Mapping[str, Any], name: str) -> Trees:
    """The weights of a file by their name in it."""
    own = held[name]
    return Trees(
        tuple(held["names"]),
        tuple(own["start"]),
        own["rate"],
        tuple(tuple(trees) for trees in own["trees"]),
        tuple(own["scale"]),
        tuple(own["shift"]),
    )
