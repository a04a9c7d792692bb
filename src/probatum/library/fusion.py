"""Two rankings of the same passages, by words and by meaning, made into one.

A convex combination of min-max-normalised scores: Bruch, Gai and Ingber, "An Analysis of Fusion
Functions for Hybrid Retrieval", ACM Transactions on Information Systems 2023,
doi:10.1145/3596512. They find it better than reciprocal rank fusion inside and outside the domain
it was tuned on, hardly dependent on how the scores are normalised, and tuned well by few examples.
"""

from collections.abc import Collection, Mapping, Sequence

Scored = tuple[int, float]


def fused(
    words: Sequence[Scored],
    meaning: Sequence[Scored],
    weight: float,
    unread: Collection[int] = (),
) -> list[Scored]:
    """Passages of both lists with a score from 0 to 1, best first, ties in the order of their ids.

    `weight` is what meaning counts for, 1 - `weight` what words do. A score by words is never
    below zero, so zero is that list's floor; the other list's floor is its own lowest score. A
    passage that only one list has scored stands at the other's floor: it was looked at and not
    found. Not so a passage in `unread`, one that has no vector yet: what it would score by meaning
    is not known, so its place by words stands for both and a half-built index hides nothing.
    """
    if not 0.0 <= weight <= 1.0:
        raise ValueError(f"a weight is a share from 0 to 1, not {weight}")
    by_words = normalised(words, floor=0.0)
    by_meaning = normalised(meaning)
    without = set(unread)
    total = {
        passage: by_words.get(passage, 0.0)
        if passage in without
        else (1.0 - weight) * by_words.get(passage, 0.0) + weight * by_meaning.get(passage, 0.0)
        for passage in {**by_words, **by_meaning}
    }
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def normalised(scored: Sequence[Scored], floor: float | None = None) -> Mapping[int, float]:
    """Each passage's score between 0, the floor (default: the lowest score), and 1, the highest.

    Where all are alike there is nothing to tell them apart by: each is 1, unless it is the floor.
    """
    if not scored:
        return {}
    scores = [score for _, score in scored]
    low = min(scores) if floor is None else min(floor, *scores)
    high = max(scores)
    if high <= low:
        return {passage: 0.0 if floor is not None else 1.0 for passage, _ in scored}
    return {passage: (score - low) / (high - low) for passage, score in scored}
