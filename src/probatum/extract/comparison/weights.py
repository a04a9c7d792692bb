"""Weights of named signals, learned from annotated comparisons and shipped as data.

Words and figures often disagree ("lower, but not significantly"), and how much each counts is a
matter of evidence, not of taste. The weights are a logistic regression's (`scripts/comparison`
learns them again): one model tells whether the groups differ, one which way.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic weights by signal; positive speaks for a difference, and for more."""

    differ: Mapping[str, float]
    way: Mapping[str, float]
    differ_bias: float


@cache
def direction_weights() -> Weights:
    """The weights that ship."""
    text = files("probatum.extract.comparison").joinpath("data/direction.json").read_text("utf-8")
    held = json.loads(text)
    return Weights(held["differ"], held["way"], held["differ_bias"])


def weighed(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of signals times weights; a signal without a weight counts nothing."""
    return sum(value * weights.get(name, 0.0) for name, value in signals.items())
