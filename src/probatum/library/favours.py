"""Which arm a comparison favours, from the effect, its interval and the endpoint's polarity."""

from typing import Literal

from probatum.evidence.record import Effect, Result
from probatum.terms.vocabulary import Vocabulary

Favours = Literal["experimental", "control", "neither"]


def includes_null(effect: Effect) -> bool | None:
    """Whether the interval holds the value of no effect; None when there is no interval."""
    if effect.low is None or effect.high is None:
        return None
    return effect.low <= effect.no_difference <= effect.high


def favours(record: Result, vocabulary: Vocabulary) -> Favours | None:
    """The arm that did better, "neither" when the interval includes no effect, None if unknown.

    A hazard ratio counts events, so below 1 favours the experimental arm whatever the endpoint is
    called; every other measure is read by the endpoint's polarity (more survival is good, more
    toxicity is not).
    """
    effect = record.effect
    if effect is None or effect.value is None:
        return None
    crosses = includes_null(effect)
    if crosses is None:
        return None
    if crosses:
        return "neither"
    less = effect.value < effect.no_difference
    if effect.type == "HR":
        return "experimental" if less else "control"
    polarity = vocabulary.get(record.endpoint).polarity if record.endpoint in vocabulary else None
    if polarity is None:
        return None
    return "experimental" if less == (polarity == "less_is_better") else "control"
