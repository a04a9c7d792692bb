"""A result sentence as tokens, each with the kinds of word it is.

What is measured, in whom and how much can be told from small words around them ("was", "in the",
"group", "%") better than from the rare ones inside, so every token is sorted into kinds by lists.
Works on running text and on text whose tokens are already set apart by spaces.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from probatum.extract.comparison.lists import word_list

_TOKEN: Final = re.compile(
    r"vs\.|[<>=≤≥]{1,2}|\+/-"
    r"|[-−–+]?\.?\d+(?:[.,·/:]\d+)*+(?:(?:\+/-|±|[-–−])\d+(?:[.,·]\d+)*+)*+(?![^\W\d_])"
    r"|[^\W_]+(?:[-'’/.+][^\W_]+)*+|\S"
)
_NUMBER: Final = re.compile(r"[-−–+]?\.?\d")
_DIGIT: Final = re.compile(r"\d")
OPENING: Final = frozenset("([")
CLOSING: Final = frozenset(")]")
# Where statistics of a comparison begin: what follows, to the end of the bracket, is no measure.
_STATISTIC: Final = frozenset(
    {"p", "hazard", "odds", "confidence", "hr", "rr", "or", "ci", "log-rank"}
)


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for kind, words in word_list("kinds").items():
        for word in words:
            table.setdefault(word, []).append(kind)
    return {word: tuple(kinds) for word, kinds in table.items()}


@lru_cache(maxsize=16384)
def kinds_of(word: str) -> tuple[str, ...]:
    """The kinds of a word; a capital A names a group and is no article."""
    lower = word.lower()
    kinds = list(_kinds().get(lower, ())) if word != "A" else []
    if _NUMBER.match(word):
        kinds.append("number")
    if not any(c.isalnum() for c in word):
        kinds.append("punct" + word[:3])
    if "-" in lower and not kinds:
        if "number_word" in _kinds().get(lower.partition("-")[0], ()):
            kinds.append("number_word")
        if lower.endswith("-treated"):
            kinds.append("group")
    return tuple(kinds)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sentence, as columns; places are offsets in the given text.

    `forms` are lower case with every digit as 0; `first` is each token's chief kind; `depth` counts
    open brackets; `statistics` marks tokens that belong to a P value, a ratio or an interval.
    """

    places: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    forms: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    first: tuple[str, ...]
    depth: tuple[int, ...]
    statistics: tuple[bool, ...]

    def form(self, at: int) -> str:
        """The form at a place, "^" outside the sentence."""
        return self.forms[at] if 0 <= at < len(self.forms) else "^"

    def kind(self, at: int) -> str:
        """The chief kind at a place, "^" outside the sentence."""
        return self.first[at] if 0 <= at < len(self.first) else "^"


def split_tokens(text: str) -> list[str]:
    """The forms of a whole text, for counting: lower case with every digit as 0."""
    return [_DIGIT.sub("0", word.lower()) for word in _TOKEN.findall(text)]


def read_tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of a stretch of text."""
    found = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, start, end or len(text))]
    words = tuple(word for _, _, word in found)
    forms = tuple(_DIGIT.sub("0", word.lower()) for word in words)
    kinds = tuple(kinds_of(word) for word in words)
    return Tokens(
        tuple((a, b) for a, b, _ in found),
        words,
        forms,
        tuple(frozenset(each) for each in kinds),
        tuple(each[0] if each else _shape(word) for each, word in zip(kinds, words, strict=True)),
        _depths(words),
        _statistics(words, forms),
    )


def _shape(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "CAPS"
    return "Cap" if word[:1].isupper() else "w"


def _depths(words: Sequence[str]) -> tuple[int, ...]:
    depth, depths = 0, []
    for word in words:
        depth -= word in CLOSING
        depths.append(depth)
        depth += word in OPENING
    return tuple(depths)


def _statistics(words: Sequence[str], forms: Sequence[str]) -> tuple[bool, ...]:
    inside, marks = False, []
    depth = 0
    for at, (word, form) in enumerate(zip(words, forms, strict=True)):
        following = forms[at + 1] if at + 1 < len(forms) else ""
        later = forms[at + 2] if at + 2 < len(forms) else ""
        if (
            (form in _STATISTIC and form not in ("or", "p"))
            or (form == "p" and following[:1] in ("<", ">", "=", "≤", "≥", ":", "v"))
            or (word == "OR" and following[:1] in ("=", ",", ":", "0"))
            or (form == "relative" and following == "risk")
            or (word == "95" and {following, later} & {"ci", "confidence"})
        ):
            inside = True
        if (inside and (word in CLOSING or word == ";" or form in ("versus", "vs", "vs."))) or (
            inside and form == "and" and depth == 0
        ):
            inside = False
        depth += (word in OPENING) - (word in CLOSING)
        marks.append(inside)
    return tuple(marks)
