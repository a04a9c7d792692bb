"""The words of a text as the search index compares them.

What a reader types and what an author wrote must meet: "tumours" and "tumor", "β" and "beta",
"PD-L1" and "PDL1", "CD4" and "CD4+". One function makes the terms of passages, of queries and of
what is ranked again, so that the three can never disagree; the index itself only splits at spaces.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from probatum.terms.words import STOPWORDS, fold_character

# A line of analysed text is a sentence: nothing is near anything else across its end.
BREAK: Final = "\n"

# Inside a run of letters, digits and hyphens: a short compound with a number is one name however it
# is written ("PD-L1", "IL-6", "HIF-1alpha"); other hyphens part words.
_PIECE: Final = re.compile(r"[a-z]{1,5}-[a-z]?\d{1,3}[a-z]{0,5}(?![^\W_])|[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
# Words remembered, some tens of megabytes: those of a few hundred thousand abstracts.
_MOST_KNOWN: Final = 400_000
# Longer runs of letters and digits are sequences and links, not words.
_LONGEST: Final = 80
_ISE: Final = re.compile(r"([iy])s(?=e$|es$|ed$|er$|ing$|ation$|ational$)")
# What ends a sentence, and the sign that stands for it while the text is taken apart: string
# methods do this several times faster than a regular expression over the whole text.
_STOPS: Final = (". ", "? ", "! ", "; ", ": ", "\n")
_STOP: Final = "\x00"
_SEPARATORS: Final = str.maketrans(
    {chr(c): " " for c in range(1, 128) if not chr(c).isalnum() and chr(c) not in "-'"}
)


@lru_cache(maxsize=65_536)
def _folded(character: str) -> str:
    """A character as it is compared; what is no letter, digit, hyphen or apostrophe parts words.

    A raised digit is no part of the number or word before it ("12.5³").
    """
    plain = fold_character(character)
    kept = "".join(c if c.isalnum() or c in "-'" else " " for c in plain)
    return f" {kept}" if unicodedata.decomposition(character).startswith("<super>") else kept


def american(word: str) -> str:
    """One spelling for British and American: a key for comparison, not a word to show."""
    if len(word) < 4 or not word.isalpha():
        return word
    word = word.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf")
    if len(word) > 5:
        word = _ISE.sub(r"\1z", word.replace("our", "or"))
    return word.replace("lling", "ling").replace("lled", "led")


class _Known(dict[str, str]):
    """What a function gave for the words met before; a look into a dict costs least."""

    def __init__(self, of_word: Callable[[str], str]) -> None:
        super().__init__()
        self._of_word = of_word

    def __missing__(self, word: str) -> str:
        made = self._of_word(word)
        if len(self) < _MOST_KNOWN:
            self[word] = made
        return made


class Analysis:
    """Texts to terms. `stem` takes one lower-case word; what it returns must hold no space."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        """Remember the stems of words met before: texts repeat their words."""

        def of_piece(word: str) -> str:
            if len(word) > _LONGEST:
                return ""
            if "-" in word:
                parts = word.split("-")
                return " ".join((*map(of_piece, parts), "".join(parts)))
            if word in STOPWORDS:
                return word
            term = stem(american(word)) or word
            if word.isalpha() or word.isdigit():
                return term
            extra = [part for part in _LETTERS.findall(word) if part not in STOPWORDS]
            return " ".join((term, *extra))

        def of_word(word: str) -> str:
            """The terms of a run of letters, digits, hyphens and apostrophes."""
            if word == _STOP:
                return _STOP
            if word.isalnum():
                return of_piece(word)
            bare = word.removesuffix("'s")
            return " ".join(filter(None, map(of_piece, _PIECE.findall(bare))))

        self._of_word = _Known(of_word).__getitem__

    def text(self, text: str) -> str:
        """The terms of a text in order, spaces between them, a line for each sentence.

        Stop words stay, since a phrase may hold them; see `content`.
        """
        plain = text.lower()
        if not plain.isascii():
            # Lower case once more: a Greek letter's name is spelt with a capital.
            plain = _FOREIGN.sub(lambda found: _folded(found.group()), plain).lower()
        for stop in _STOPS:
            plain = plain.replace(stop, f" {_STOP} ")
        words = map(self._of_word, plain.translate(_SEPARATORS).split())
        made = " ".join(filter(None, words))
        while f"{_STOP} {_STOP}" in made:
            made = made.replace(f"{_STOP} {_STOP}", _STOP)
        return made.replace(f" {_STOP} ", BREAK).strip(f" {_STOP}")

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
