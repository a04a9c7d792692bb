"""The weights of a comparison's direction: whether the groups differ, and which way."""

from collections.abc import Sequence

from probatum.extract.comparison.signals import Signals
from probatum.extract.comparison.weights import Weights
from scripts.comparison.logistic import logistic

# Chosen on one half of the articles.
PENALTY = 8.0


def learn_direction(read: Sequence[Signals], labels: Sequence[str]) -> Weights:
    """The weights of whether and which way; labels as in Evidence Inference."""
    apart = [label != "no_difference" for label in labels]
    differ = logistic([{**s.differ, "bias": 1.0} for s in read], apart, PENALTY, 3)
    bias = differ.pop("bias", 0.0)
    told = [(s.way, label) for s, label in zip(read, labels, strict=True) if label[0] != "n"]
    way = logistic([s for s, _ in told], [label == "increased" for _, label in told], PENALTY, 3)
    return Weights(differ, way, bias)
