"""A text prepared for reading results: one way of writing numbers, the same length, its sentences.

Every pattern works on `plain`, and every offset it finds is an offset of the text given, because
folding puts exactly one character in the place of one. Only marks of emphasis are taken out, so
that "the *BRCA1* gene" reads as words with one space between; `Marks` turns offsets back.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from probatum.extract.prose.arm_words import arm_words
from probatum.extract.prose.count_words import IN_WORDS
from probatum.terms.abbreviations import find_abbreviations
from probatum.terms.sentences import sentences

# Dashes and minus signs, spaces of any width, raised points, marks of emphasis (Markdown), primes.
_ONE_FOR_ONE: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−﹣－⁃", "-"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
                        "\u202f\u205f\u3000\u200b\u00ad\ufeff\t\r\n", " "),
        **dict.fromkeys("·∙⋅‧", "."),
        **dict.fromkeys("’‘ʼ", "'"),
        **dict.fromkeys("＜〈", "<"), **dict.fromkeys("＞〉", ">"),
        "＝": "=", "％": "%", "≦": "≤", "⩽": "≤", "≧": "≥", "⩾": "≥",
    }
)  # fmt: skip
# A raised point that stands between no digits is no point.
_LOOSE_POINT: Final = re.compile(r"(?<!\d)[·∙⋅‧]|[·∙⋅‧](?!\d)")
# The one abbreviation whose full stop would look like a sentence's end in every comparison.
# A figure may stand right behind it: "20% vs.8%".
_VERSUS: Final = re.compile(r"\bvs\.(?!\d)")
_VERSUS_FIGURE: Final = re.compile(r"\bvs\.(?=\d)")
_SPACES: Final = re.compile(r"\s+")
_BRACKETS: Final = re.compile(r"\s?\([^()]{0,300}\)|\s?\[[^\[\]]{0,300}\]")
# "two in the X group", where no digit stands.
_SPELT: Final = re.compile(IN_WORDS)
# No number, no result; most sentences end here.
_DIGIT: Final = re.compile(r"\d")
# Longer sentences are tables or lists that lost their line ends; what is read of them is bounded.
LONGEST_SENTENCE: Final = 3000


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a prose text: its offsets and its place in the order."""

    start: int
    end: int
    index: int


@dataclass(frozen=True)
class Prose:
    """A text with its folded twin and its sentences; `len(plain) == len(text)`."""

    text: str
    plain: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def abbreviations(self) -> Mapping[str, str]:
        """The text's own short forms with their long forms in small letters."""
        found: dict[str, str] = {}
        for short, long, _, _ in find_abbreviations(self.text):
            found.setdefault(short, clean(long).lower())
        return found

    @cached_property
    def unbracketed(self) -> str:
        """The plain text with everything in round or square brackets blanked, same length."""
        return _BRACKETS.sub(lambda found: " " * len(found.group()), self.plain)

    @cached_property
    def arm_words(self) -> frozenset[str]:
        """Words of the groups that the text introduces."""
        return arm_words(self.plain)

    def full_name(self, name: str) -> str | None:
        """A long form of the text that ends in these words: "neuropathy" after its full name."""
        if " " in name:
            return None
        for long in self.abbreviations.values():
            if long.endswith(f" {name}") and not _DIGIT.search(long):
                return long
        return None

    def has_figures(self, sentence: Sentence) -> bool:
        """Whether the sentence holds a digit at all, or counts of groups in words."""
        return (
            _DIGIT.search(self.plain, sentence.start, sentence.end) is not None
            or _SPELT.search(self.plain, sentence.start, sentence.end) is not None
        )


def prose(text: str) -> Prose:
    """Prepare a text."""
    plain = _LOOSE_POINT.sub(" ", text) if not text.isascii() else text
    plain = _VERSUS_FIGURE.sub("vs ", _VERSUS.sub(" vs", plain.translate(_ONE_FOR_ONE)))
    spans = []
    for start, end in sentences(text):
        for begin in range(start, end, LONGEST_SENTENCE):
            spans.append((begin, min(end, begin + LONGEST_SENTENCE)))
    return Prose(
        text, plain, tuple(Sentence(start, end, index) for index, (start, end) in enumerate(spans))
    )


# Emphasis in Markdown and footnote stars; a star between digits multiplies ("3*10").
_MARK: Final = re.compile(r"(?<!\d)\*|\*(?!\s?\d)")


@dataclass(frozen=True, slots=True)
class Marks:
    """A text without its marks of emphasis, and the way from its offsets to the whole text's."""

    text: str
    kept_before: tuple[int, ...]

    def start(self, offset: int) -> int:
        """The offset in the whole text of the character that stands here."""
        return offset + bisect_right(self.kept_before, offset)

    def end(self, offset: int) -> int:
        """The offset in the whole text past the character before this place."""
        return self.start(offset - 1) + 1 if offset else 0


def unmarked(text: str) -> Marks:
    """The text without marks of emphasis."""
    if "*" not in text:
        return Marks(text, ())
    places = [found.start() for found in _MARK.finditer(text)]
    return Marks(_MARK.sub("", text), tuple(at - index for index, at in enumerate(places)))


def clean(words: str) -> str:
    """Words as they are shown: with single spaces."""
    return _SPACES.sub(" ", words).strip()
