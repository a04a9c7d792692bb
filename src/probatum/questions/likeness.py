"""How likely two questions ask for the same thing, from 0 to 1.

A few measures, each of which a person could check, weighed by a logistic function: the runs of four
letters that both have (which sees through endings and slips of the pen), the words of each that the
other says in its own way, the little words that give a question its shape, and whether they ask for
the same kind of answer. With the extra `dense` a small language model says how near they are in
meaning as well; without it a question in wholly other words is not recognised. Fitted by
scripts/related/fit.py, which says on what; how often it is right is in bench/related.py.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from probatum.library.query_types import asked
from probatum.questions.data_files import load
from probatum.questions.same_words import content_words, little_words, said_in

if TYPE_CHECKING:
    from probatum.library.dense_model import Embedder

# A longer text is read to here only; a question of a few sentences is shorter.
MOST_CHARACTERS = 4_000
# Letters in a run, after McNamee and Mayfield 2004 (doi:10.1023/B:INRT.0000009441.78971.be): four
# serve English best.
_RUN = 4
_PART = re.compile(r"[^a-z0-9]+")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class _Read:
    """What is compared of a question."""

    runs: frozenset[str]
    kinds: frozenset[str]
    content: frozenset[str]
    little: frozenset[str]


@lru_cache(maxsize=4096)
def _read(text: str) -> _Read:
    plain = f" {_PART.sub(' ', text.lower()).strip()} "
    sentences = [each for each in _SENTENCE.split(text) if each.strip()]
    asking = [each for each in sentences if "?" in each] or sentences[-1:]
    kinds = {kind.id for each in asking for kind in asked(each.strip())}
    return _Read(
        frozenset(plain[at : at + _RUN] for at in range(len(plain) - _RUN + 1)),
        frozenset(kinds),
        content_words(text),
        little_words(text),
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of what either has that both have (Jaccard)."""
    return len(one & other) / (len(one | other) or 1)


def measures(one: str, other: str) -> dict[str, float]:
    """What is measured of two questions without a model; the same either way round."""
    a, b = _read(one[:MOST_CHARACTERS]), _read(other[:MOST_CHARACTERS])
    said = said_in(a.content, b.content), said_in(b.content, a.content)
    return {
        "runs": _share(a.runs, b.runs),
        "least_said": min(said),
        "most_said": max(said),
        "little_words": _share(a.little, b.little),
        "same_kind": float(bool(a.kinds & b.kinds)),
        "other_kind": float(bool(a.kinds and b.kinds and not a.kinds & b.kinds)),
    }


@dataclass(frozen=True)
class Likeness:
    """The judge of two questions; `embedder` None goes by words alone."""

    embedder: "Embedder | None" = None

    def scores(self, question: str, candidates: Sequence[str]) -> list[float]:
        """How likely each candidate asks what the question asks, in the order given."""
        if not candidates:
            return []
        near = self._nearness(question, candidates)
        weights = _weights("words" if near is None else "meaning")
        found = []
        for at, candidate in enumerate(candidates):
            values = measures(question, candidate)
            if near is not None:
                values["nearness"] = near[at]
            found.append(_chance(values, weights))
        return found

    def _nearness(self, question: str, candidates: Sequence[str]) -> list[float] | None:
        if self.embedder is None:
            return None
        texts = [text[:MOST_CHARACTERS] or " " for text in (question, *candidates)]
        vectors = self.embedder.passages(texts)
        return [float(vectors[0] @ vector) for vector in vectors[1:]]


@cache
def _weights(name: str) -> dict[str, float]:
    data: dict[str, dict[str, float]] = load("likeness.yaml")
    return data[name]


def _chance(values: dict[str, float], weights: dict[str, float]) -> float:
    """The logistic function of the weighed measures; `start` is no measure and counts as it is."""
    total = sum(weight * values.get(name, 1.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-total))


@cache
def likeness(dense: bool | None = None) -> Likeness:
    """The judge; `dense` None takes the language model where its extra is installed.

    True raises DenseError where it is not.
    """
    from probatum.library.dense_model import DenseError, embedder

    if dense is False:
        return Likeness()
    try:
        return Likeness(embedder())
    except DenseError:
        if dense:
            raise
        return Likeness()
