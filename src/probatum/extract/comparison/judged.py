"""Whether an outcome was higher, lower or no different with one group than with the other.

The judgement is about the value that the outcome's name counts: pain that improved was less, and
quality of life that improved was more. It comes with the sentence that says so and with the reasons
in words, so that a reader can disagree. What it cannot do: tell a difference that only a table's
layout shows, or a group that the text names by number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Final, Literal

from probatum.extract.comparison.about import Topic, topic_of
from probatum.extract.comparison.groups import Pair, pair_of
from probatum.extract.comparison.signals import Signals, best_clauses, signals
from probatum.extract.comparison.statements import READ_WHOLE, Clause, Sentence, statements
from probatum.extract.comparison.weights import direction_weights, weighed
from probatum.terms.sentences import sentences

Way = Literal["increased", "decreased", "no_difference"]
# Sentences kept of a longer text.
_KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A direction; `text[start:end]` says it.

    `certainty` is the model's own probability, 0 to 1; `reasons` are short phrases, the words read
    in quotes.
    """

    direction: Way
    start: int
    end: int
    certainty: float
    reasons: tuple[str, ...]


def judge(text: str, intervention: str, comparator: str, outcome: str) -> Judged | None:
    """The direction of the outcome under the intervention against the comparator.

    None where the text has no sentence that tells: neither a word of direction nor a figure, or, in
    a longer text, none about the outcome.
    """
    topic = topic_of(outcome)
    pair = pair_of(intervention, comparator, outcome)
    read = statements(text, pair, topic)
    told = [s for s in read if _tells(s)]
    if len(sentences(text)) > READ_WHOLE:
        read = told = chosen(told)
    if not told:
        return None
    return _judged(text, read, topic)


def chosen(read: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a longer text that most likely report the comparison, in order."""
    rated = [(strength(s), -s.start, s) for s in read if s.about > 0]
    rated.sort(key=lambda each: each[:2], reverse=True)
    return sorted((s for _, _, s in rated[:_KEPT]), key=lambda s: s.start)


def strength(sentence: Sentence) -> float:
    """How likely a sentence reports the comparison: the outcome, both groups, and a finding."""
    sides = {m.side for m in sentence.mentions}
    clauses = sentence.clauses
    return (
        3.0 * sentence.about
        + 0.5 * len(sides)
        + 0.6 * any(c.cues for c in clauses)
        + 0.6 * any(c.p_values or c.intervals for c in clauses)
        + 0.3 * any(c.pairs for c in clauses)
    )


def _tells(sentence: Sentence) -> bool:
    return any(c.cues or c.p_values or c.pairs or c.intervals or c.absent for c in sentence.clauses)


def _judged(text: str, read: list[Sentence], topic: Topic) -> Judged:
    found = signals(read, topic)
    weights = direction_weights()
    differs = weighed(found.differ, weights.differ) + weights.differ_bias
    way = weighed(found.way, weights.way)
    apart, more = _chance(differs), _chance(way)
    direction: Way
    if apart < 0.5:
        direction, certainty = "no_difference", 1 - apart
    elif more >= 0.5:
        direction, certainty = "increased", apart * more
    else:
        direction, certainty = "decreased", apart * (1 - more)
    best = best_clauses([s for s in read if _tells(s)])
    clause = _speaking(best, direction)
    sentence = next(s for s in read if s.start <= clause.start < s.end)
    return Judged(
        direction,
        sentence.start,
        sentence.end,
        round(certainty, 3),
        tuple(_reasons(text, clause)),
    )


def _chance(score: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _speaking(clauses: list[Clause], direction: Way) -> Clause:
    """Of the clauses about the outcome, one whose own words say the direction."""
    for clause in clauses:
        if direction == "no_difference":
            if any(c.family == "none" or c.denied for c in clause.cues):
                return clause
        elif any(c.sign and not c.denied for c in clause.cues) or clause.pairs:
            return clause
    return clauses[0]


def _reasons(text: str, clause: Clause) -> list[str]:
    reasons: list[str] = []
    for cue in clause.cues:
        words = text[cue.start : cue.end]
        if cue.denied:
            reasons.append(f"“{words}” is denied")
        elif cue.family == "none":
            reasons.append(f"“{words}” says no difference")
        elif cue.sign:
            group = {1: "the intervention", -1: "the comparator"}.get(cue.side, "no group named")
            reasons.append(f"“{words}” of {group}")
    for p in clause.p_values:
        level = "below" if p.significant else "above"
        reasons.append(f"“{text[p.start : p.end].strip()}” is {level} 0.05")
    for pair in clause.pairs:
        side = {1: "greater", -1: "smaller", 0: "equal"}[pair.vote]
        values = text[pair.start : pair.end]
        if len(values) <= 60:
            reasons.append(f"“{values}”: the intervention's is {side}")
    return reasons


__all__ = ["Judged", "Pair", "Signals", "Way", "judge"]
