"""The sentences of a text that a claim may rest on.

A claim is compared with a handful of sentences and not with a book: comparing costs time, and a
figure found anywhere in five megabytes proves nothing. Chosen are the sentences that share the
rarest words and the numbers of the claim, until every word of it that the text has is covered.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from probatum.checks.reading import stem
from probatum.terms.sentences import sentences
from probatum.terms.words import STOPWORDS

_WORD = re.compile(r"\d+(?:[.,·]\d+)*|[^\W\d_]+")
# Sentences taken for one claim; a claim of two sentences rests on three at most, with their rivals.
_MOST = 8
# Sentences longer than this are tables or lists that lost their line ends.
_LONGEST = 1_500


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a text; ``text[start:end]`` holds it."""

    start: int
    end: int
    words: frozenset[str]


@lru_cache(maxsize=512)
def split(text: str) -> tuple[Sentence, ...]:
    """The sentences with their words; overlong ones are cut."""
    found: list[Sentence] = []
    for start, end in sentences(text):
        for first, last in _pieces(text, start, end):
            found.append(Sentence(first, last, keys(text[first:last])))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    return pieces


def keys(text: str) -> frozenset[str]:
    """The stems and numbers of a text without its stop words."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.lower() not in STOPWORDS)


def select(claim: frozenset[str], text: str) -> list[Sentence]:
    """The sentences that a claim with these words may rest on, best first."""
    every = split(text)
    if len(every) <= 3:
        return sorted(every, key=lambda s: -len(s.words & claim))
    count = Counter(word for sentence in every for word in sentence.words & claim)
    weight = {word: math.log(1 + len(every) / times) for word, times in count.items()}
    scored = [
        (sum(weight[word] for word in sentence.words & claim), -number)
        for number, sentence in enumerate(every)
    ]
    order = sorted((s for s in scored if s[0] > 0), reverse=True)[: 4 * _MOST]
    chosen = [-number for _, number in order[:3]]
    covered = frozenset[str]().union(*(every[number].words & claim for number in chosen))
    # What the best do not have, others may: the first that adds the most.
    rest = [-number for _, number in order[3:]]
    while rest and len(chosen) < _MOST and len(covered) < len(weight):
        best = max(rest, key=lambda n: sum(weight[w] for w in every[n].words & claim - covered))
        if not every[best].words & claim - covered:
            break
        rest.remove(best)
        chosen.append(best)
        covered |= every[best].words & claim
    return [every[number] for number in chosen]
