"""Words and sentences of a text, folded so that spelling does not hide a name.

A name must be found whether it is typed "tumour" or "tumor", "PD‑L1" with a non-breaking hyphen or
"α" for alpha, and every hit must still point at the characters the reader sees. So folding keeps a
map back to the original offsets, and all that is compared is the folded form.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

_GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_HYPHENS: Final = frozenset("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
_APOSTROPHES: Final = frozenset("\u2019\u2018\u02bc\u00b4`")

# A possessive ending is no part of the word ("Crohn's"); dotted capitals are one word ("U.S."), and
# so is an optional part ("PD-(L)1", which is neither PD-1 nor PD-L1).
_WORD: Final = re.compile(
    r"(?<![^\W_])((?:[A-Z]\.){2,}(?![^\W_]))"
    r"|((?:(?<=-)\([^\W_]{1,2}\)(?=[^\W_]))?[^\W_]+)(?:'s(?![^\W_]))?|(&)"
)

STOPWORDS: Final[frozenset[str]] = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can cannot could did do does doing down during each either etc
    few for from further had has have having he her here hers him his how i if in into is it its
    itself just like may me might more most much must my need neither no nor not now of off on once
    one only or other our out over own per please same shall she should so some such than that the
    their them then there these they this those through thus to too toward under until up upon us
    versus very via vs was we were what when where whether which while who whom whose why will with
    within without would yet you your""".split()  # noqa: SIM905 (words read better as words)
)


class Token(NamedTuple):
    """A word of a text: its place, its characters there, and the form that is compared."""

    start: int
    end: int
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without accents, ligatures and typographic variety, and the way back.

    ``origin[i]`` is the index in the original text of the character that produced folded character
    ``i``; None stands for the identity, which is the common case and saves building the list.
    """

    text: str
    origin: tuple[int, ...] | None

    def start(self, index: int) -> int:
        """Original offset of a folded character."""
        return index if self.origin is None else self.origin[index]

    def end(self, index: int) -> int:
        """Original offset just past folded character ``index - 1``."""
        return index if self.origin is None else self.origin[index - 1] + 1


def fold(text: str) -> Folded:
    """Fold each character by itself, so that no offset is ever lost."""
    if text.isascii():
        return Folded(text, None)
    pieces: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        piece = character if character.isascii() else fold_character(character)
        pieces.append(piece)
        origin.extend([index] * len(piece))
    return Folded("".join(pieces), tuple(origin))


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """The plain characters that stand for one character; empty for a mark with no letter."""
    if character in _INVISIBLE:
        return ""
    if character in _HYPHENS:
        return "-"
    if character in _APOSTROPHES:
        return "'"
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    greek = [
        _GREEK[part]
        if part in _GREEK
        else _GREEK.get(part.lower(), part).capitalize()
        if part.lower() in _GREEK
        else part
        for part in plain
    ]
    return "".join(greek).replace("\u2044", "/").replace("ß", "ss").replace("ø", "o")


_FIXED: Final = {
    "centre": "center", "litre": "liter", "metre": "meter", "fibre": "fiber",
    "programme": "program", "titre": "titer", "women": "woman", "men": "man",
    "children": "child",
}  # fmt: skip
_ISE: Final = re.compile(r"([iy])s(?=e$|ed$|er$|ing$|ation$|ational$)")


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """One spelling for British and American, singular and plural.

    It is a key for comparison, not a word to show: both sides of a comparison go through it, so it
    need only be consistent ("disease" and "diseases" agree), never linguistically right.
    """
    key = word.lower()
    if len(key) < 4 or key.isdigit():
        return _FIXED.get(key, key)
    if key[-1] == "s":
        if key.endswith("ies") and len(key) > 4:
            key = key[:-3] + "y"
        elif key.endswith(("sses", "shes", "ches", "xes", "zes", "viruses")):
            key = key[:-2]
        elif key.endswith("sis"):
            # metastasis and metastases, prognosis and prognoses
            key = key[:-2] + "e"
        elif not key.endswith(("ss", "us", "is")):
            key = key[:-1]
    key = key.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf")
    if len(key) > 5:
        key = _ISE.sub(r"\1z", key.replace("our", "or"))
    key = key.replace("lling", "ling").replace("lled", "led")
    return _FIXED.get(key, key)


def words(text: str) -> list[Token]:
    """The words of a text, in order; ``text[token.start:token.end] == token.text``."""
    return words_of(text, fold(text))


def words_of(text: str, folded: Folded) -> list[Token]:
    """The words of a text that is folded already."""
    tokens = []
    origin = folded.origin
    for found in _WORD.finditer(folded.text):
        group = found.lastindex or 2
        start, end = found.span(group)
        if origin is not None:
            start, end = origin[start], origin[end - 1] + 1
        raw = found.group(group)
        if group == 1:
            raw = raw.replace(".", "")
        tokens.append(Token(start, end, text[start:end], "and" if group == 3 else normal(raw)))
    return tokens


# A full stop after these does not end a sentence.
_ABBREVIATED: Final = frozenset(
    """dr prof mr mrs ms st vs al e.g i.e eg ie etc cf ca approx fig figs no nos vol ref refs ed eds
    resp incl excl dept univ inc ltd co jr sr jan feb mar apr jun jul aug sep sept oct nov dec p pp
    ph.d m.d u.s u.k""".split()  # noqa: SIM905 (words read better as words)
)
_BREAK: Final = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_LAST_WORD: Final = re.compile(r"[\w.]+$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences, without the white space between them.

    Good for prose: decimals, initials and common abbreviations do not break a sentence, a blank
    line or a list item does. It cannot see a sentence that ends in "etc." before a capital.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        if found.group()[0] == "." and not _ends_sentence(text, start, found.start(), found.end()):
            continue
        _append(spans, text, start, found.end())
        start = found.end()
    _append(spans, text, start, len(text))
    return spans


def _ends_sentence(text: str, start: int, stop: int, end: int) -> bool:
    following = text[end:].lstrip()[:1]
    last = _LAST_WORD.search(text[max(start, stop - 20) : stop])
    if last is not None:
        word = last.group().lower()
        initial = len(word) == 1 and word.isalpha() and last.group().isupper()
        if following and (word in _ABBREVIATED or initial):
            return False
    return not (following and following.islower())


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
