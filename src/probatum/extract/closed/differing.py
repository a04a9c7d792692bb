"""How surely results tell a difference, by what was learned of comparisons in trial reports.

Words that deny or bear out are counted elsewhere, each for itself. Here a whole statement is judged
as `extract.comparison` judges it, with its cues, P values, intervals and pairs of values together.
Those weights were learned on other texts and other questions (Evidence Inference), so they bring in
what a few hundred yes/no questions are too few to teach.
"""

from collections.abc import Sequence
from math import exp
from typing import Final

from probatum.extract.comparison.about import Topic, topic_of
from probatum.extract.comparison.groups import pair_of
from probatum.extract.comparison.signals import signals
from probatum.extract.comparison.statements import Sentence, statements
from probatum.extract.comparison.weights import direction_weights, weighed

# Log odds beyond this say no more; signals are of size 1.
_MOST: Final = 3.0
# A sentence without a word of the question counts so much beside one with all (squared share).
_FLOOR: Final = 0.05


def differing(question: str, text: str) -> dict[str, float]:
    """How surely a text, its end, and its sentences in the mean tell a difference, each -1 to 1.

    In the mean a sentence counts by how much of the question it has, or as one of all.
    """
    topic = topic_of(question)
    told = statements(text, pair_of("", "", question), topic)
    if not told:
        return {}
    chances = [1 / (1 + exp(-_odds([sentence], topic))) for sentence in told]
    shares = [sentence.about**2 + _FLOOR for sentence in told]
    near = sum(c * s for c, s in zip(chances, shares, strict=True)) / sum(shares)
    return {
        "differs": _odds(told, topic) / _MOST,
        "differs last": _odds(told[-1:], topic) / _MOST,
        "differs at the end": _odds(told[-2:], topic) / _MOST,
        "differs near": near - 0.5,
        "differs in the mean": sum(chances) / len(chances) - 0.5,
    }


def _odds(read: Sequence[Sentence], topic: Topic) -> float:
    weights = direction_weights()
    odds = weighed(signals(list(read), topic).differ, weights.differ) + weights.differ_bias
    return max(-_MOST, min(_MOST, odds))
