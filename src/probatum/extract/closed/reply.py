"""What a text's results or conclusion reply to a closed question: yes, no or maybe, and where.

The reply is weighed from named signals by a multinomial logistic regression, learned from
PubMedQA's expert-labelled questions (Jin et al. 2019, arXiv:1909.06146; MIT licence) with the
results of their abstracts, and another with their conclusions; `scripts/closed_questions.py` learns
them again. From results it is right in two of three, from conclusions in seven of ten, and more
often where it is sure (`bench/conclusions.py`), so it is told only where it is, beside the sentence
itself. It cannot argue from figures that no word or P value interprets.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp
from typing import Final, Literal

from probatum.extract.closed.question import ClosedQuestion
from probatum.extract.closed.signals import (
    MOST_CHARACTERS,
    Read,
    conclusion_signals,
    read,
    signals,
)
from probatum.terms.sentences import sentences

Says = Literal["yes", "no", "maybe"]
Part = Literal["results", "conclusion"]
SAYS: Final[tuple[Says, ...]] = ("yes", "no", "maybe")
# The label of a structured abstract's part.
_LABEL: Final = re.compile(
    r"(?:^|(?<=[.\n?!] )|(?<=\n))([A-Z][A-Za-z ,/&-]{2,60}):(?=\s)", re.MULTILINE
)
_OF_RESULTS: Final = re.compile(r"result|finding|outcome data|observation", re.IGNORECASE)
_OF_CONCLUSION: Final = re.compile(r"conclusion|interpretation", re.IGNORECASE)
_OF_PARTS: Final = re.compile(
    r"background|introduction|context|objective|purpose|aim|method|design|patients|setting|result|"
    r"finding|conclusion|discussion|interpretation|significance|limitation|funding|registration|"
    r"measure|participants|intervention|import",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each signal for each of SAYS, and from which chance on a reply is told."""

    weights: Mapping[str, tuple[float, float, float]]
    told_from: float
    right_then: float


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with the chance of each of SAYS; `text[start:end]` is the sentence nearest to it.

    `told` is whether the chance is one at which replies were right three times in four at least,
    of conclusions four times in five.
    """

    says: Says
    chances: tuple[float, float, float]
    start: int
    end: int
    told: bool

    @property
    def certainty(self) -> float:
        """The chance of what it says, 0 to 1."""
        return max(self.chances)


def reply(question: ClosedQuestion, text: str) -> Reply | None:
    """What a text's results reply; None for a text that has none.

    Of a text in labelled parts only the results are read; any other is read whole. Of one that has
    no word of the question, the question alone decides, and that is never told.
    """
    return _reply(question, text, results_of(text), signals, reply_weights())


def concluded(question: ClosedQuestion, text: str) -> Reply | None:
    """What a text's conclusion replies; None for a text without a labelled conclusion."""
    spans = _parts(text, _OF_CONCLUSION)
    return _reply(question, text, spans, conclusion_signals, conclusion_weights())


# Reviews hedge where trials tell: of 83 of them (PubMedRS-200, in bench.conclusions) what was told
# from any chance on was right in 0.72, from this chance on in 0.79. Chosen on those same 83.
_LEAST_OF_REVIEWS: Final = 0.7
RIGHT_OF_REVIEWS: Final = 0.79


def plain_reply(
    question: ClosedQuestion, text: str, *, review: bool = False
) -> tuple[Part, Reply] | None:
    """What a text replies that may be told, and by which part; None where its parts disagree.

    A labelled conclusion goes before results, because it weighs them; where either leans the other
    way nothing is told. Of a systematic review only the surer replies are.
    """
    told = _plain_reply(question, text)
    return None if told and review and told[1].certainty < _LEAST_OF_REVIEWS else told


def _plain_reply(question: ClosedQuestion, text: str) -> tuple[Part, Reply] | None:
    found, last = reply(question, text), concluded(question, text)
    if found and last and found.says != last.says and (found.told or not last.told):
        return None
    if last and last.told:
        return "conclusion", last
    return ("results", found) if found and found.told else None


def conclusion_reply(question: ClosedQuestion, text: str) -> Reply | None:
    """What a text that is all conclusion replies."""
    spans = [(0, min(len(text), MOST_CHARACTERS))]
    return _reply(question, text, spans, conclusion_signals, conclusion_weights())


def _reply(
    question: ClosedQuestion,
    text: str,
    spans: list[tuple[int, int]],
    signals_of: Callable[[ClosedQuestion, str, list[Read]], dict[str, float]],
    weights: Weights,
) -> Reply | None:
    clauses = [
        replace(clause, start=clause.start + start, end=clause.end + start)
        for start, end in spans
        for clause in read(question, text[start:end])
    ]
    results = "\n\n".join(text[start:end] for start, end in spans)
    if not results.strip():
        return None
    chances = _chances(signals_of(question, results, clauses), weights)
    best = max(range(3), key=lambda n: chances[n])
    if not clauses:
        return Reply(SAYS[best], chances, *spans[0], told=False)
    clause = _speaking(clauses, SAYS[best], question)
    start, end = next(
        ((a, b) for a, b in sentences(text[:MOST_CHARACTERS]) if a <= clause.start < b),
        (clause.start, clause.end),
    )
    told = clause.about > 0 and chances[best] >= weights.told_from
    return Reply(SAYS[best], chances, start, end, told)


def results_of(text: str) -> list[tuple[int, int]]:
    """The results of a text in labelled parts, without their labels; else all of it."""
    return _parts(text, _OF_RESULTS) or [(0, min(len(text), MOST_CHARACTERS))]


def _parts(text: str, wanted: re.Pattern[str]) -> list[tuple[int, int]]:
    """The parts of a text whose labels are wanted, without their labels."""
    labels = [m for m in _LABEL.finditer(text[:MOST_CHARACTERS]) if _OF_PARTS.search(m[1])]
    ends = [*(m.start() for m in labels[1:]), min(len(text), MOST_CHARACTERS)]
    return [
        (label.end(), end)
        for label, end in zip(labels, ends, strict=False)
        if wanted.search(label[1])
    ]


@cache
def reply_weights() -> Weights:
    """The weights that ship for results."""
    return _shipped("reply")


@cache
def conclusion_weights() -> Weights:
    """The weights that ship for conclusions."""
    return _shipped("conclusion")


def _shipped(name: str) -> Weights:
    held = json.loads(
        files("probatum.extract.closed").joinpath(f"data/{name}.json").read_text("utf-8")
    )
    weights = {name: (w[0], w[1], w[2]) for name, w in held["weights"].items()}
    return Weights(weights, held["told_from"], held["right_then"])


def _chances(named: Mapping[str, float], weights: Weights) -> tuple[float, float, float]:
    scores = [0.0, 0.0, 0.0]
    for name, value in {**named, "always": 1.0}.items():
        for n, weight in enumerate(weights.weights.get(name, ())):
            scores[n] += value * weight
    top = max(scores)
    yes, no, maybe = (exp(score - top) for score in scores)
    total = yes + no + maybe
    return yes / total, no / total, maybe / total


def _speaking(clauses: list[Read], says: Says, question: ClosedQuestion) -> Read:
    """The clause most about the question that speaks for the reply, else the one most about it."""
    wanted = {"yes": 1, "no": -1, "maybe": 0}[says] * (-1 if question.kind == "same" else 1)
    fitting = [c for c in clauses if c.about and c.worth * wanted > 0]
    return max(fitting or clauses, key=lambda c: (c.about, c.about_object))
