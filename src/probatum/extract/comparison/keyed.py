"""Words of a text with the key by which one is compared with another.

A prompt says "complications", the report "complicated"; both must meet. So a key is the word in one
spelling, cut to its first letters, which is coarse but the same on both sides.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from probatum.terms.words import STOPWORDS, normal

_WORD: Final = re.compile(r"[^\W\d_]+|\d+(?:[.,·]\d+)*")
# Letters kept: "hospital" meets "hospitalised", and "complication" does not meet "compliance".
_KEPT: Final = 7


@dataclass(frozen=True, slots=True)
class Keyed:
    """A word: its place, its characters and its key."""

    start: int
    end: int
    text: str
    key: str


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The key of one word or number."""
    if word[0].isdigit():
        return word.replace(",", "")
    return normal(word)[:_KEPT]


def keyed_words(text: str, start: int = 0, end: int | None = None) -> list[Keyed]:
    """The words and numbers of a stretch in order; ``text[w.start:w.end] == w.text``."""
    stop = len(text) if end is None else end
    return [
        Keyed(m.start(), m.end(), m[0], key_of(m[0])) for m in _WORD.finditer(text, start, stop)
    ]


def content_keys(text: str) -> dict[str, str]:
    """Keys of the words that carry meaning, each with the word, in order."""
    return {word.key: word.text for word in keyed_words(text) if word.text.lower() not in STOPWORDS}
