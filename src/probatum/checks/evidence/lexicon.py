"""What single words are to the checks: sides of a contrast, alike, harmless, weakening, denying.

The lists are data (`checks/data/contrasts.yaml`, `paraphrase.yaml`), compared by stems, because a
claim may say "improvement" where its text says "improved".
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, cast

from probatum.checks.phrases import word_list
from probatum.checks.reading import stem, stems_of
from probatum.terms.misspelling import ordinary_words

CheckName = Literal["numbers", "terms", "population", "direction", "currency"]
# A prefix that turns a word into its contrary: "resectable", "unresectable".
_CONTRARY = ("un", "non", "in", "im", "ir", "il", "dis", "anti", "a")
# Prefixes of which one excludes the other: "premenopausal", "postmenopausal".
_PREFIXES = (
    ("pre", "post"), ("hyper", "hypo"), ("intra", "extra"), ("uni", "bi"), ("mono", "poly"),
    ("over", "under"), ("macro", "micro"), ("neo", ""), ("homo", "hetero"), ("endo", "exo"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contrast:
    """A family of sides that exclude each other, and the check that speaks of it."""

    name: str
    check: CheckName


@dataclass(frozen=True)
class _Lexicon:
    contrasts: tuple[Contrast, ...]
    sides: dict[str, tuple[tuple[int, int], ...]]
    alike: dict[str, frozenset[int]]
    harmless: frozenset[str]
    hedges: frozenset[str]
    boosters: frozenset[str]
    ordinary: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    families = cast("list[dict[str, Any]]", word_list("contrasts"))
    contrasts: list[Contrast] = []
    sides: dict[str, set[tuple[int, int]]] = {}
    for number, family in enumerate(families):
        contrasts.append(Contrast(family["name"], family["check"]))
        for side, members in enumerate(family["sides"]):
            for word in members:
                sides.setdefault(stem(str(word)), set()).add((number, side))
    words = word_list("paraphrase")
    alike: dict[str, set[int]] = {}
    for number, members in enumerate(words["alike"]):
        for word in members:
            alike.setdefault(stem(str(word)), set()).add(number)
    ordinary = frozenset(stem(word) for word in ordinary_words()) | stems_of(
        str(word_list("connectives")["words"])
    )
    return _Lexicon(
        tuple(contrasts),
        {word: tuple(sorted(where)) for word, where in sides.items()},
        {word: frozenset(where) for word, where in alike.items()},
        stems_of(str(words["harmless"])),
        stems_of(str(words["hedges"])),
        stems_of(str(words["boosters"])),
        ordinary,
    )


@lru_cache(maxsize=65536)
def contrast(one: str, other: str) -> Contrast | None:
    """The family of which two stems are different sides; None when they may both be true."""
    if one == other:
        return None
    lexicon = _lexicon()
    theirs = lexicon.sides.get(other, ())
    mine = lexicon.sides.get(one, ())
    if set(mine) & set(theirs):
        return None
    for family, side in mine:
        for other_family, other_side in theirs:
            if family == other_family and side != other_side:
                return lexicon.contrasts[family]
    if contrary(one, other):
        return Contrast("contrary words", "direction")
    return None


def contrary(one: str, other: str) -> bool:
    """Whether one word is the other with a prefix that turns it round, or has the rival prefix."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return False
    for prefix in _CONTRARY:
        if len(prefix) < 2 and not long.startswith("asymptom"):
            continue
        if long == prefix + short or long[: -1 or None] == prefix + short:
            return True
    for first, second in _PREFIXES:
        for left, right in ((one, other), (other, one)):
            if left.startswith(first) and right.startswith(second) and first:
                rest, tail = left[len(first) :], right[len(second) :]
                if len(rest) > 3 and rest == tail:
                    return True
    return False


@lru_cache(maxsize=65536)
def checks_of(word: str) -> frozenset[CheckName]:
    """The checks of the families that a stem belongs to."""
    lexicon = _lexicon()
    return frozenset(lexicon.contrasts[family].check for family, _ in lexicon.sides.get(word, ()))


def alike(one: str, other: str) -> bool:
    """Whether two stems may stand for each other."""
    if one == other:
        return True
    groups = _lexicon().alike
    return not groups.get(one, frozenset()).isdisjoint(groups.get(other, frozenset()))


def any_alike(one: str, others: AbstractSet[str]) -> bool:
    """Whether one of other stems may stand for a stem; most stems stand for themselves alone."""
    if one in others:
        return True
    groups = _lexicon().alike
    own = groups.get(one, frozenset())
    return bool(own) and any(not own.isdisjoint(groups.get(each, ())) for each in others)


def group_of(word: str) -> str:
    """One word for all words of its group."""
    groups = _lexicon().alike.get(word)
    return f"={min(groups)}" if groups else word


def is_harmless(word: str) -> bool:
    """Whether a claim may add this word without saying more."""
    return word in _lexicon().harmless


def is_empty(word: str) -> bool:
    """Whether a word tells nothing apart: harmless and of no family."""
    return word in _lexicon().harmless and word not in _lexicon().sides


@cache
def usual_abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Short forms of statistics and of designs that texts use without defining them."""
    usual = cast("dict[str, dict[str, str]]", word_list("paraphrase"))["usual"]
    return {short: tuple(stem(word) for word in long.split()) for short, long in usual.items()}


def is_ordinary(word: str) -> bool:
    """Whether a stem is everyday prose rather than the name of something."""
    lexicon = _lexicon()
    return word in lexicon.ordinary or word in lexicon.harmless or word in lexicon.sides


def is_hedge(word: str) -> bool:
    """Whether the word weakens what is said."""
    return word in _lexicon().hedges


def is_booster(word: str) -> bool:
    """Whether the word strengthens what is said."""
    return word in _lexicon().boosters
