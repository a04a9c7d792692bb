"""Ranking the engine's best passages again, by all that their text shows.

The engine finds by BM25 alone, fast and over everything; of its best few dozen this module looks at
the words themselves. In short, a passage is worth

    bm25 + 0.2 lead + 0.2 order + 0.2 sentence + 2 answer + 2 answer in the lead

in BM25's own unit, the inverse document frequency of a term, so that no score has to be normalised
and one set of constants serves every collection. Pure functions: no engine, no files, the same
result for the same texts.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from probatum.library.analysis import BREAK, Analysis
from probatum.library.query_types import answer_terms, asked
from probatum.terms.words import STOPWORDS

# The constants were chosen once for four public sets together (claims, consumer questions,
# guideline statements, trial questions), halves of their queries apart, and lie on flat parts of
# their curves.

# How many of the engine's best are read again; 50 or 100 move no figure by more than 0.002.
DEPTH: Final = 30
# S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
# Foundations and Trends in Information Retrieval 3(4), 2009: k1 between 1.2 and 2 for whole
# documents; passages repeat a word less, so a repetition counts for less.
_K1: Final = 0.9
_B: Final = 0.75
# Words at the start of a passage (its title, heading or first sentence) say what it is about.
_LEAD_WORDS: Final = 15
_ANSWER_LEAD_WORDS: Final = 20
_LEAD: Final = 0.2
_ORDER: Final = 0.2
_SENTENCE: Final = 0.2
_ANSWER: Final = 2.0
_ANSWER_LEAD: Final = 2.0
# A short query names what it wants with each word; a long statement also holds words that any
# text on the subject has. From the first number of terms to the second the rare ones gain weight,
# up to this power of their relative idf, and a single best sentence proves less.
_SHORT: Final = 12
_LONG: Final = 32
_POWER: Final = 0.5
# What another name of something asked for is worth beside the name that was typed.
_SAME: Final = 0.2
# A pasted page is a query too; the engine's time grows with each term.
_MOST_TERMS: Final = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query asks for, in index terms.

    `terms` are its distinct terms with how often they occur, `pairs` those that follow each other;
    `answers` has a set of words for each kind of answer asked for, `asking` the terms of the query
    that only say which kind, so that the others are its subject.
    """

    terms: Mapping[str, int]
    pairs: frozenset[tuple[str, str]]
    answers: tuple[frozenset[str], ...] = ()
    asking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A query with what the index knows of its terms.

    `idf` of each term that occurs at all, and `weight` beside it (repeated, rare); `length` says
    how far the query is a long statement, from 0 to 1.
    """

    wanted: Wanted
    idf: Mapping[str, float]
    weight: Mapping[str, float]
    length: float

    def boosts(self) -> list[tuple[str, float]]:
        """What to ask the engine for: a flat union of terms, each with its boost, best first.

        Flat, and in one field: only of such a union does tantivy skip what cannot be among the
        best; a boost on a single term does not hinder that.
        """
        return [(term, self.weight[term]) for term in self.idf]


def wanted(query: str, analysis: Analysis) -> Wanted:
    """Read a query."""
    sequence = analysis.content(query)
    kinds = asked(query)
    return Wanted(
        terms=Counter(sequence),
        pairs=frozenset((a, b) for a, b in pairwise(sequence) if a != b),
        answers=answer_terms(kinds, analysis),
        asking=frozenset(
            term for kind in kinds for words in kind.asking for term in analysis.terms(words)
        ),
    )


def weighed(wanted: Wanted, passages: int, frequency: Callable[[str], int]) -> Weighed:
    """Weigh a query by the number of passages held and how many of them hold each term."""
    idf = {
        term: math.log(1.0 + (passages - held + 0.5) / (held + 0.5))
        for term in wanted.terms
        if (held := min(frequency(term), passages)) > 0
    }
    length = min(1.0, max(0.0, (len(wanted.terms) - _SHORT) / (_LONG - _SHORT)))
    most = max(idf.values(), default=1.0)
    weight = {
        # A repetition inside a query counts with diminishing return, as it does inside a passage.
        term: 2.0 * count / (count + 1.0) * (idf[term] / most) ** (_POWER * length)
        for term, count in wanted.terms.items()
        if term in idf
    }
    best = sorted(idf, key=lambda term: (-idf[term] * weight[term], term))[:_MOST_TERMS]
    return Weighed(wanted, {term: idf[term] for term in best}, {t: weight[t] for t in best}, length)


def widened(
    query: Weighed, words: Iterable[str], passages: int, frequency: Callable[[str], int]
) -> Weighed:
    """The query with words that mean the same as some of its own, each worth a fraction."""
    idf, weight = dict(query.idf), dict(query.weight)
    for term in words:
        if term in idf or len(idf) >= _MOST_TERMS:
            continue
        held = min(frequency(term), passages)
        if held:
            idf[term] = math.log(1.0 + (passages - held + 0.5) / (held + 0.5))
            weight[term] = _SAME
    return replace(query, idf=idf, weight=weight)


def scores(query: Weighed, texts: Sequence[str]) -> list[float]:
    """The worth of each passage for a query, comparable within this call only.

    `texts` are the candidates as `Analysis.text` makes them, title and headings first. A passage
    is long or short beside the other candidates: that serves as well as the mean of the whole
    index, and no index keeps that.
    """
    idf = query.idf
    answers = query.wanted.answers
    looked_for = {BREAK, *idf}.union(*answers)
    pairs = [
        (a, b, min(idf[a], idf[b])) for a, b in sorted(query.wanted.pairs) if a in idf and b in idf
    ]
    typed = {term: value for term, value in idf.items() if term in query.wanted.terms}
    subject = {t: i for t, i in typed.items() if t not in query.wanted.asking} or typed
    readings = [_read(text, looked_for) for text in texts]
    mean = max(1.0, sum(reading.length for reading in readings) / max(1, len(readings)))
    return [_score(query, reading, pairs, subject, mean) for reading in readings]


def ranked(
    query: Weighed, texts: Sequence[str], engine: Sequence[float]
) -> list[tuple[int, float]]:
    """The engine's candidates by their worth: place in the engine's list, and score; best first.

    `engine` has the engine's scores, best first, and `texts` the analysed texts of the first of
    them, up to `DEPTH`. Ties stay as the engine has them; so do the candidates without a text,
    below all that were read, with scores that go on from the lowest.
    """
    worth = scores(query, texts)
    best = sorted(enumerate(worth), key=lambda item: -item[1])
    if not best:
        return list(enumerate(engine))
    lowest, last = best[-1][1], engine[len(texts) - 1]
    rest = [
        (place, lowest * engine[place] / last if last > 0.0 else 0.0)
        for place in range(len(texts), len(engine))
    ]
    return [*best, *rest]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where the words looked for stand in a passage, counting its words but no stop words.

    `sentences` are the distinct terms looked for in each sentence that has any.
    """

    places: Mapping[str, Sequence[int]]
    sentences: Sequence[set[str]]
    length: int


def _read(text: str, looked_for: set[str]) -> _Reading:
    words = [word for word in text.replace(BREAK, f" {BREAK} ").split(" ") if word not in STOPWORDS]
    places: dict[str, list[int]] = {}
    sentences: list[set[str]] = []
    sentence: set[str] = set()
    for place, word in enumerate(words):
        if word not in looked_for:
            continue
        if word == BREAK:
            if sentence:
                sentences.append(sentence)
                sentence = set()
            continue
        sentence.add(word)
        if word in places:
            places[word].append(place)
        else:
            places[word] = [place]
    if sentence:
        sentences.append(sentence)
    return _Reading(places, sentences, len(words))


def _score(
    query: Weighed,
    reading: _Reading,
    pairs: Sequence[tuple[str, str, float]],
    subject: Mapping[str, float],
    mean: float,
) -> float:
    idf, places = query.idf, reading.places
    slow = _K1 * (1.0 - _B + _B * reading.length / mean)
    found = [(term, value) for term, value in idf.items() if term in places]
    bm25 = sum(
        query.weight[term] * value * _saturated(len(places[term]), slow) for term, value in found
    )
    typed = query.wanted.terms
    lead = sum(v for term, v in found if term in typed and places[term][0] < _LEAD_WORDS)
    order = sum(
        value * _saturated(times, slow)
        for a, b, value in pairs
        if a in places and b in places and (times := _following(places[a], places[b]))
    )
    sentence = max(
        (sum(idf[t] for t in each if t in idf and t in typed) for each in reading.sentences),
        default=0.0,
    )
    score = bm25 + _LEAD * lead + _ORDER * order + _SENTENCE * (1.0 - query.length) * sentence
    if query.wanted.answers and subject:
        held = sum(value for term, value in subject.items() if term in places)
        score += _answering(query, reading, slow) * held / sum(subject.values())
    return score


def _answering(query: Weighed, reading: _Reading, slow: float) -> float:
    """How far a passage speaks as an answer does; worth something only if it has the subject."""
    total = 0.0
    for words in query.wanted.answers:
        found = [reading.places[word] for word in words if word in reading.places]
        leading = sum(1 for each in found if each[0] < _ANSWER_LEAD_WORDS)
        times = sum(map(len, found))
        total += _ANSWER * _saturated(times, slow) + _ANSWER_LEAD * math.sqrt(leading)
    return total / len(query.wanted.answers)


def _saturated(times: int, slow: float) -> float:
    return times * (_K1 + 1.0) / (times + slow)


def _following(first: Sequence[int], second: Sequence[int]) -> int:
    """How often one word directly follows the other."""
    after = set(second)
    return sum(1 for place in first if place + 1 in after)
