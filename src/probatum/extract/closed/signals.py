"""What in a text speaks for yes and what for no, each with a name that can be read.

Every clause is read by itself for what it bears out or denies, in words and by its P values and
intervals, and counts by how much of the question it has. What the sum means depends on the kind of
question, so each signal is also kept under that kind. Beside the clauses count how surely a
difference is told, and the words that results often have.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from probatum.extract.closed.concluding import concluding
from probatum.extract.closed.differing import differing
from probatum.extract.closed.lists import patterns
from probatum.extract.closed.question import ClosedQuestion
from probatum.extract.comparison.about import Topic, relevance, topic_of
from probatum.extract.comparison.groups import pair_of
from probatum.extract.comparison.keyed import keyed_words
from probatum.extract.comparison.statements import Clause, statements
from probatum.terms.words import STOPWORDS

# A text is read to here: some twenty abstracts.
MOST_CHARACTERS: Final = 60_000
# Kinds that ask whether there is a relation at all; a finding of none is a no to each.
_RELATIONS: Final = frozenset(
    {"difference", "association", "affect", "predict", "better", "more", "less", "worse"}
)
# Kinds that a rate speaks to: of success or mastery, and of a test's or a measure's hits.
_WORKS: Final = frozenset({"able", "enough", "plain", "need"})
_TESTS: Final = frozenset({"predict", "same"})
_RATE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)\s?(?:%|percent)")
_PLACED: Final = ("little", "well", "turns", "hedges")
# Words that reports lean on ("however", "sensitivity"); the learner keeps those met often enough.
_PLAIN: Final = re.compile(r"[a-z]{3,}")
_KEPT: Final = 7
# A single word counts less than what was read of whole clauses, of which signals are of size 1.
_OF_A_WORD: Final = 0.5
# Clauses read closely.
_BEST: Final = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A clause: how much of the question and of its object it has, and what it speaks for.

    `worth` is from -1.5 (denies) to 1.5 (bears out).
    """

    start: int
    end: int
    words: str
    about: float
    about_object: float
    worth: float
    denies: bool
    bears_out: bool


def read(question: ClosedQuestion, text: str) -> list[Read]:
    """The clauses of a text, read for one question."""
    text = text[:MOST_CHARACTERS]
    topic, object_ = topic_of(question.text), topic_of(question.object)
    found = []
    for sentence in statements(text, pair_of("", "", question.text), topic):
        for clause in sentence.clauses:
            found.append(_read(text, clause, 0.5 * sentence.about, object_))
    return found


def _read(text: str, clause: Clause, around: float, object_: Topic) -> Read:
    words = text[clause.start : clause.end]
    families = patterns("replies")
    denies = bool(families["denies"].search(words))
    alike = bool(families["alike"].search(words))
    bears_out = bool(families["bears_out"].search(words)) and not denies
    below = any(p.significant for p in clause.p_values)
    above = any(not p.significant for p in clause.p_values)
    worth = -1.0 if denies else -0.7 if alike else 0.0
    worth += 1.0 if below else 0.0
    worth -= (0.4 if below else 1.0) if above else 0.0
    worth += 0.6 if any(each.side for each in clause.intervals) else 0.0
    worth -= 0.4 if any(not each.side for each in clause.intervals) else 0.0
    worth += 0.5 if bears_out else 0.0
    keyed = keyed_words(text, clause.start, clause.end)
    return Read(
        clause.start,
        clause.end,
        words,
        clause.about + around,
        relevance(keyed, object_, clause.start, clause.end) + around,
        max(-1.5, min(1.5, worth)),
        denies or alike,
        bears_out,
    )


def signals(question: ClosedQuestion, text: str, clauses: Sequence[Read]) -> dict[str, float]:
    """All signals of a question and a text, by name."""
    named = {f"kind {question.kind}": 1.0, f"verb {question.verb}": 1.0}
    named |= {f"mark {mark}": 1.0 for mark in question.marks}
    if not clauses:
        return named
    scope = "relation" if question.kind in _RELATIONS else question.kind
    named |= {f"{scope}: {name}": value for name, value in _told(clauses).items()}
    judged = differing(question.text, text[:MOST_CHARACTERS])
    named |= judged | {f"{scope}: {name}": value for name, value in judged.items()}
    named |= {f"word {key}": _OF_A_WORD for key in _keys(text[:MOST_CHARACTERS])}
    rate = _rate(text[:MOST_CHARACTERS])
    if rate is not None:
        rates = (
            "work"
            if question.kind in _WORKS
            else "tests"
            if question.kind in _TESTS
            else "relation"
        )
        named |= {"rate": rate, f"{rates}: rate": rate}
    return named


def conclusion_signals(
    question: ClosedQuestion, text: str, clauses: Sequence[Read]
) -> dict[str, float]:
    """All signals of a question and a conclusion, by name."""
    said = concluding(text[:MOST_CHARACTERS])
    scope = "relation" if question.kind in _RELATIONS else question.kind
    return {
        **signals(question, text, clauses),
        **said,
        **{f"{scope}: {name}": value for name, value in said.items()},
    }


def _keys(text: str) -> set[str]:
    """The words of a text, cut so that their forms meet; figures and short words left out."""
    words = (word for word in set(_PLAIN.findall(text.lower())) if word not in STOPWORDS)
    return {word[:_KEPT] for word in words}


def _told(clauses: Sequence[Read]) -> dict[str, float]:
    telling = [each for each in clauses if each.worth]
    most = max(each.about for each in clauses) or 1.0
    most_object = max(each.about_object for each in clauses) or 1.0
    told = {
        "told about it": _balance(telling, [(c.about / most) ** 2 + 0.05 for c in telling]),
        "told about its object": _balance(
            telling, [(c.about_object / most_object) ** 2 + 0.05 for c in telling]
        ),
        "told anywhere": _balance(telling, [1.0] * len(telling)),
        "told last": clauses[-1].worth,
        "told nearest": max(telling, key=lambda c: c.about).worth if telling else 0.0,
        "told nearest its object": (
            max(telling, key=lambda c: c.about_object).worth if telling else 0.0
        ),
        "told nowhere": float(not telling),
        "denied": sum(c.denies for c in clauses) / len(clauses),
        "borne out": sum(c.bears_out for c in clauses) / len(clauses),
    }
    best = sorted(clauses, key=lambda c: -c.about)[:_BEST]
    for family in _PLACED:
        pattern = patterns("replies")[family]
        has = {c.start: bool(pattern.search(c.words)) for c in clauses}
        told[f"{family} near"] = float(any(has[c.start] for c in best))
        told[f"{family} anywhere"] = sum(has.values()) / len(has)
        told[f"{family} last"] = float(has[clauses[-1].start])
    return told


def _rate(text: str) -> float | None:
    """The mean rate that a text gives, -1 (none) to 1 (all); None without one."""
    rates = [share / 100 for m in _RATE.finditer(text) if (share := float(m[1])) <= 100]
    return 2 * sum(rates) / len(rates) - 1 if rates else None


def _balance(clauses: Sequence[Read], weights: Sequence[float]) -> float:
    """The weighted mean of what clauses speak for; few clauses count less."""
    total = sum(weights)
    return sum(w * c.worth for w, c in zip(weights, clauses, strict=True)) / (total + 0.3)
