"""The words of two questions set side by side: the same, spelt alike, or meaning the same.

Who asks again in other words writes "kid" for "child" and "swollen" for "swelling". Words that mean
the same are a list made by hand; words spelt alike share most of their runs of three letters, which
sees through slips of the pen. A question in wholly other words is not recognised.
"""

from collections.abc import Iterable, Set
from functools import cache, lru_cache

from probatum.library.analysis import analysis
from probatum.questions.data_files import load
from probatum.terms.words import STOPWORDS, words

# More words than this say no more of what a question asks, and pairs of words are many.
_MOST = 120
_RUN = 3
# The project's own: below it, words that share letters are mostly other words.
_ALIKE = 0.4


@cache
def _groups() -> dict[str, str]:
    """What a stem counts as, where other words mean the same."""
    groups: dict[str, str] = {}
    for line in load("likeness_words.yaml")["same"]:
        first, *_ = line.split()
        for word in line.split():
            groups.setdefault(_stem(word), first)
    return groups


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    return next(iter(analysis().terms(word)), word)


@lru_cache(maxsize=16_384)
def _meaning(word: str) -> str:
    stem = _stem(word)
    return _groups().get(stem, stem)


@lru_cache(maxsize=16_384)
def _letters(word: str) -> frozenset[str]:
    stem = f" {_stem(word)} "
    return frozenset(stem[at : at + _RUN] for at in range(len(stem) - _RUN + 1))


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    found = dict.fromkeys(word.norm for word in words(text) if word.norm not in STOPWORDS)
    return frozenset(list(found)[:_MOST])


def little_words(text: str) -> frozenset[str]:
    """The words of a text that join the others: they tell a question's shape."""
    return frozenset(word.norm for word in words(text) if word.norm in STOPWORDS)


def said_in(one: Iterable[str], other: Set[str]) -> float:
    """The share of these words that the other text says, a word spelt alike in part.

    Words are only spelt alike from the first letter on, which is seldom the wrong one.
    """
    meanings = {_meaning(word) for word in other}
    alike: dict[str, list[str]] = {}
    for word in other:
        alike.setdefault(word[:1], []).append(word)
    shares = [
        1.0
        if _meaning(word) in meanings
        else max((_alike(word, each) for each in alike.get(word[:1], ())), default=0.0)
        for word in one
    ]
    # In a stated order, so that the sum is the same whatever order a set gives.
    return sum(sorted(shares)) / len(shares) if shares else 0.0


def _alike(one: str, other: str) -> float:
    a, b = _letters(one), _letters(other)
    share = len(a & b) / (len(a | b) or 1)
    return share if share > _ALIKE else 0.0
