"""The words of a text as the search index compares them.

What a reader types and what an author wrote must meet: "tumours" and "tumor", "β" and "beta",
"PD-L1" and "PDL1", "CD4" and "CD4+". One function makes the terms of passages, of queries and of
what is ranked again, so that the three can never disagree; the index itself only splits at spaces.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from probatum.terms.words import STOPWORDS, fold_character

# A line of analysed text is a sentence: nothing is near anything else across its end.
BREAK: Final = "\n"

# A short compound with a number is one name however it is written ("PD-L1", "IL-6", "HIF-1alpha").
_PIECE: Final = re.compile(
    r"[a-z]{1,5}-[a-z]?\d{1,3}[a-z]{0,5}(?![^\W_])|[^\W_]+|[.!?;:]?\n+|[.!?;:](?=\s)"
)
_POSSESSIVE: Final = re.compile(r"(?<=[^\W_])'s(?![^\W_])")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
# Longer runs of letters and digits are sequences and links, not words.
_LONGEST: Final = 80
_ISE: Final = re.compile(r"([iy])s(?=e$|es$|ed$|er$|ing$|ation$|ational$)")


class _Folding(dict[int, str]):
    """A translation table that folds each character the first time it is met."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code)) if code > 127 else chr(code)
        if len(self) < 65_536:
            self[code] = folded
        return folded


_FOLDING: Final = _Folding()


def american(word: str) -> str:
    """One spelling for British and American: a key for comparison, not a word to show."""
    if len(word) < 4 or not word.isalpha():
        return word
    word = word.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf")
    if len(word) > 5:
        word = _ISE.sub(r"\1z", word.replace("our", "or"))
    return word.replace("lling", "ling").replace("lled", "led")


class Analysis:
    """Texts to terms. `stem` takes one lower-case word; what it returns must hold no space."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        """Remember the stems of words met before: texts repeat their words."""

        @lru_cache(maxsize=262_144)
        def of_word(word: str) -> str:
            if not word[0].isalnum():
                return BREAK
            if len(word) > _LONGEST:
                return ""
            if "-" in word:
                parts = word.split("-")
                return " ".join((*map(of_word, parts), "".join(parts)))
            if word in STOPWORDS:
                return word
            term = stem(american(word)) or word
            if word.isalpha() or word.isdigit():
                return term
            extra = [part for part in _LETTERS.findall(word) if part not in STOPWORDS]
            return " ".join((term, *extra))

        self._of_word = of_word

    def text(self, text: str) -> str:
        """The terms of a text in order, spaces between them, a line for each sentence.

        Stop words stay, since a phrase may hold them; see `content`.
        """
        plain = (text if text.isascii() else text.translate(_FOLDING)).lower()
        if "'" in plain:
            plain = _POSSESSIVE.sub("", plain)
        made = " ".join(map(self._of_word, _PIECE.findall(plain)))
        return made.replace(" \n ", "\n")

    def terms(self, text: str) -> list[str]:
        """The terms of a text in order."""
        return self.text(text).split()

    def content(self, text: str) -> list[str]:
        """The terms that say what a text is about; all of them where it holds nothing else."""
        terms = self.terms(text)
        return [term for term in terms if term not in STOPWORDS] or terms


@cache
def analysis() -> Analysis:
    """The analysis that this program's index is made with: stems by Snowball's English stemmer."""
    import tantivy

    stemmer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )

    def stem(word: str) -> str:
        return next(iter(stemmer.analyze(word)), word)

    return Analysis(stem)
