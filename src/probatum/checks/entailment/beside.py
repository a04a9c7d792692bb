"""What the sentences beside the best one say: the next best, the first, and the last.

An abstract's title and its last sentences tell the result in short, often in other words than the
sentence that shares most with a claim; where they turn the claim round, it is hardly true.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as Keys

from probatum.checks.entailment.passage import Passage
from probatum.checks.entailment.stemmed import (
    NULL,
    Stemmed,
    denials,
    directions,
    opposites,
    stemmed,
)

_PLACES = ("next", "title", "end")
NAMES: tuple[str, ...] = (
    *(
        f"{place}_{what}"
        for place in _PLACES
        for what in ("held", "same", "opposed", "null", "turned")
    ),
    "all_same", "all_opposed", "all_null", "all_turned",
)  # fmt: skip
# Sentences weighed together, best first, and how many of the last may be the conclusion.
_TOGETHER, _LAST = 3, 2


def beside(
    told: Stemmed,
    found: Sequence[Passage],
    ranked: Sequence[Passage],
    share: Callable[[Keys[str]], float],
) -> dict[str, float]:
    """The numbers of NAMES; `share` is the part of the claim's rarer words that a sentence has."""
    values = dict.fromkeys(NAMES, 0.0)
    if not found:
        return values
    last = max(found[-_LAST:], key=lambda passage: passage.score)
    chosen = (ranked[1] if len(ranked) > 1 else None, found[0], last)
    known: dict[int, dict[str, float]] = {}

    def said_of(passage: Passage) -> dict[str, float]:
        if passage.start not in known:
            known[passage.start] = _said(told, passage, share)
        return known[passage.start]

    for place, passage in zip(_PLACES, chosen, strict=True):
        if passage is not None:
            for name, value in said_of(passage).items():
                values[f"{place}_{name}"] = value
    for passage in ranked[:_TOGETHER]:
        said = said_of(passage)
        for name in ("same", "opposed", "null", "turned"):
            values[f"all_{name}"] += said["held"] * said[name]
    return values


def _said(told: Stemmed, passage: Passage, share: Callable[[Keys[str]], float]) -> dict[str, float]:
    text = stemmed(passage.text)
    same, opposed = directions(told, text)
    turned = opposed + sum(denials(told, text)) + opposites(told, text)
    return {
        "held": share(set(text.keys)),
        "same": float(same),
        "opposed": float(opposed),
        "null": float(NULL.search(passage.text) is not None),
        "turned": float(min(turned, 3)),
    }
