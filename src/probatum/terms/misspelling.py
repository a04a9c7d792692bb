"""Nearest words for a misspelt word.

A clinician who types "cemiplimba" must be understood; a drug that is not held must never be read as
one that is. So a guess is limited in distance, keeps the first letter for drugs, is not made for
ordinary English words, and is dropped where two words are equally near.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

from probatum.terms.words import STOPWORDS, normal

_SHORTEST: Final = 5
_TWO_ERRORS_FROM: Final = 8
_GUESSES: Final = 4


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Common English words, which are never taken for misspelt names."""
    text = files("probatum.terms").joinpath("data/ordinary_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(normal(word) for line in lines for word in line.split()) | STOPWORDS


class Speller:
    """Finds the words of names that a word may have been meant for."""

    def __init__(self, names: Iterable[str], drugs: Iterable[str]) -> None:
        self._known = frozenset(names)
        self._drugs = frozenset(drugs)
        self._by_length: dict[int, list[str]] = {}
        for name in sorted(self._known):
            if len(name) >= _SHORTEST - 1 and name.isalpha():
                self._by_length.setdefault(len(name), []).append(name)
        self._remembered: dict[str, tuple[tuple[str, int], ...]] = {}

    def nearest(self, word: str) -> tuple[tuple[str, int], ...]:
        """Words within reach and their distances, nearest first; empty when none may be meant."""
        known = self._remembered.get(word)
        if known is None:
            known = self._search(word)
            if len(self._remembered) < 4096:
                self._remembered[word] = known
        return known

    def _search(self, word: str) -> tuple[tuple[str, int], ...]:
        if len(word) < _SHORTEST or not word.isalpha():
            return ()
        if word in self._known or word in ordinary_words():
            return ()
        # Imported here: most texts have no misspelt word, and start-up time counts.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        reach = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        found: list[tuple[int, str]] = []
        for length in range(len(word) - reach, len(word) + reach + 1):
            choices = self._by_length.get(length)
            if choices:
                found.extend(
                    (int(distance), name)
                    for name, distance, _ in extract_iter(
                        word, choices, scorer=OSA.distance, score_cutoff=reach
                    )
                    if name not in self._drugs or _may_be_drug(word, name, int(distance))
                )
        found.sort()
        return tuple((name, distance) for distance, name in found[:_GUESSES])


_NOT_HEARD: Final = re.compile(r"[aeiouy]|(.)(?=\1)")


def _may_be_drug(word: str, name: str, distance: int) -> bool:
    """Whether a word two errors away may be meant for a drug.

    International names share their endings, so that two edits lead from spartalizumab to
    satralizumab and from icotinib to imatinib. People mistake vowels and doubled letters; a name
    with other consonants is another drug, perhaps one that is not held.
    """
    if name[0] != word[0]:
        return False
    return distance < 2 or _NOT_HEARD.sub("", word) == _NOT_HEARD.sub("", name)
