"""A text as its stems in order, with the cues among them: what turns it, and what is denied."""

import re
from dataclasses import dataclass
from functools import lru_cache

from probatum.checks.entailment.cues import cues, key
from probatum.terms.words import STOPWORDS, words

NULL = re.compile(
    r"\bnot? (?:statistically )?(?:significant|differ)|\bno (?:\w+ ){0,3}(?:difference|effect|association"  # noqa: E501
    r"|evidence|change|benefit|correlation|improvement|impact|relationship)"
    r"|\bdid not (?:\w+ )?(?:differ|affect|improve|reduce|increase|change|show)|non-?significant",
    re.IGNORECASE,
)
# Words behind a denial that it may bear on, and words around a direction that it may be of.
_DENIED, _AROUND = 6, 4


@dataclass(frozen=True, slots=True)
class Stemmed:
    """Stems in order, the families of cues of each, and the places behind a denial."""

    keys: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    denied: frozenset[int]

    def count(self, family: str) -> float:
        """How many words are of a family of cues."""
        return float(sum(family in kind for kind in self.kinds))


@lru_cache(maxsize=4096)
def stemmed(text: str) -> Stemmed:
    """The text read."""
    known = cues()
    keys = tuple(key(word.text) if word.text.isalpha() else word.norm for word in words(text))
    kinds = tuple(
        frozenset(name for name, family in known.families.items() if each in family)
        for each in keys
    )
    denied: set[int] = set()
    for at, kind in enumerate(kinds):
        if "negators" in kind or keys[at] in ("no", "not", "nor"):
            denied.update(range(at + 1, min(at + 1 + _DENIED, len(keys))))
    return Stemmed(keys, kinds, frozenset(denied))


def content(each: str) -> bool:
    """Whether a stem says something by itself."""
    return each not in STOPWORDS and len(each) > 1


def signs(read: Stemmed) -> list[tuple[int, int]]:
    """Places of words of more (+1) and less (-1), turned round where they are denied."""
    found = []
    for at, kind in enumerate(read.kinds):
        sign = ("up" in kind) - ("down" in kind)
        if sign:
            found.append((at, -sign if at in read.denied else sign))
    return found


def directions(told: Stemmed, text: Stemmed) -> tuple[int, int]:
    """Words of more and less that stand beside the same words in both: agreeing, and opposed."""
    theirs = [(_beside(text, place), sign) for place, sign in signs(text)]
    same = opposed = 0
    for at, sign in signs(told):
        around = {each for each in _beside(told, at) if content(each)}
        best, best_sign = 0, 0
        for beside, other in theirs:
            met = len(around & beside)
            if met > best:
                best, best_sign = met, other
        if best:
            same += sign == best_sign
            opposed += sign != best_sign
    return same, opposed


def _beside(read: Stemmed, at: int) -> set[str]:
    return {*read.keys[max(0, at - _AROUND) : at], *read.keys[at + 1 : at + 1 + _AROUND]}


def denials(told: Stemmed, text: Stemmed) -> tuple[int, int]:
    """Shared words that only the text denies, and that only the claim denies."""
    shared = {each for each in told.keys if content(each)} & set(text.keys)
    in_claim = {told.keys[at] for at in told.denied} & shared
    in_text = {text.keys[at] for at in text.denied} & shared
    return len(in_text - in_claim), len(in_claim - in_text)


def opposites(told: Stemmed, text: Stemmed) -> int:
    """Words of the claim that a word of the text shuts out."""
    held = set(text.keys)
    return sum(a in told.keys and b in held and a not in held for a, b in cues().opposites)
