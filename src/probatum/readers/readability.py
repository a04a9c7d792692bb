"""How hard a text is to read: Flesch-Kincaid grade and SMOG, and the terms left unexplained.

Patients are handed text that its author finds easy. The formulas measure only the lengths of words
and sentences, so they catch long sentences and long words and nothing else; the terms without an
explanation are counted beside them. Names of drugs, diseases, tests, studies and bodies can't be
shortened: they count as one short word and are left to the glossary.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from math import sqrt
from typing import NamedTuple

import yaml

from probatum.evidence.base import Frozen
from probatum.library.library import Library
from probatum.readers.glossary import unexplained
from probatum.terms.words import sentences

_WORD = re.compile(r"[^\W_]+(?:['’.,·][^\W_]+)*")
_GROUP = re.compile(r"[aeiouy]+")
# One vowel letter that is silent: the final e of "dose", "-es" and "-ed" that add no sound, and
# the e before an ending ("safely", "statement").
_SILENT = re.compile(
    r"(?<=[aeiouy][^aeiouy])e$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$"
    r"|(?<![sxzcg])(?<!sh)(?<!ch)(?<![^aeiouy]l)es$"
    r"|(?<![td])(?<![^aeiouy]l)ed$"
    r"|(?<=[^aeiouy])e(?=(?:ly|ment|ments|ful|less|ness)$)"
)
# Two vowels that are spoken apart, though they stand together.
_APART = re.compile(
    r"ia(?!l$|lly$|n$|ns$|ge)|(?<=[ct])ia(?=te)|(?<![cst])ia(?=ns?$)|(?<![tscgxn])(?<!ll)io(?!u)"
    r"|(?<![tscgx])iou|(?<=[^aeiouy])iu|eo(?!p|u)|(?<![gq])ua(?!rd|rr)|(?<![gq])uou|ie(?=t)"
    r"|(?<![tc])ie(?=nc|nt)|ie(?=r$|st$)|(?<![gq])ue(?=l$|n)|ui(?=ds?$)|[ae]ing$|ying$"
    r"|rea(?=c)|crea(?!m|s)|yo(?=c)|oi(?=ng$)"
)
_SYLLABIC = re.compile(r"(?<=[aeiouy])sm$|(?<=[aeiouy])sms$|(?<=th)m$|n't$")


@cache
def _exceptions() -> dict[str, int]:
    text = files("probatum.readers").joinpath("data/syllables.yaml").read_text("utf-8")
    loaded: dict[str, int] = yaml.safe_load(text)
    return loaded


@lru_cache(maxsize=16384)
def syllables(word: str) -> int:
    """The syllables of a word by its spelling; a number counts as one, as few read it as words."""
    key = re.sub(r"[^a-z']", "", word.lower().replace("’", "'"))
    if not key or any(character.isdigit() for character in word):
        return 1
    known = _exceptions().get(key)
    if known is not None:
        return known
    if key.endswith("'s"):
        key = key[:-2]
    apart = len(_APART.findall(key)) + len(_SYLLABIC.findall(key))
    spoken = _SILENT.sub("", key) if len(_GROUP.findall(key)) > 1 else key
    return max(1, len(_GROUP.findall(spoken)) + apart)


class Counts(NamedTuple):
    """What both formulas need."""

    sentences: int
    words: int
    syllables: int
    long_words: int


def counts(text: str, exempt: frozenset[str] = frozenset()) -> Counts:
    """Sentences, words, syllables and words of three or more syllables."""
    plain = _without_names(text, exempt)
    found = [m.group() for m in _WORD.finditer(plain)]
    spoken = [syllables(word) for word in found]
    return Counts(
        sentences=max(1, len(sentences(plain))),
        words=len(found),
        syllables=sum(spoken),
        long_words=sum(count >= 3 for count in spoken),
    )


def grade(text: str, exempt: frozenset[str] = frozenset()) -> float:
    """The Flesch-Kincaid grade; 0 for a text without words."""
    found = counts(text, exempt)
    if not found.words:
        return 0.0
    # Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for
    # Navy enlisted personnel. Research Branch Report 8-75, 1975.
    return 0.39 * found.words / found.sentences + 11.8 * found.syllables / found.words - 15.59


def smog(text: str, exempt: frozenset[str] = frozenset()) -> float:
    """The SMOG grade; it was made for 30 sentences, so on a short text it is only a hint."""
    found = counts(text, exempt)
    if not found.words:
        return 0.0
    # McLaughlin GH. SMOG grading: a new readability formula. J Reading 1969;12(8):639-646.
    return 1.0430 * sqrt(found.long_words * 30 / found.sentences) + 3.1291


class Readability(Frozen):
    """Both grades and the terms that a reader meets without an explanation."""

    fk: float
    smog: float
    unexplained_terms: tuple[str, ...]


def report(text: str, library: Library) -> Readability:
    """How hard a text is, names exempt."""
    exempt = exempt_names(text, library)
    return Readability(
        fk=round(grade(text, exempt), 2),
        smog=round(smog(text, exempt), 2),
        unexplained_terms=unexplained(text, library),
    )


# An adverse event is mostly the name of a disease; the classes of events are ordinary words.
_NAMED = ("condition", "intervention", "biomarker", "body", "region", "study", "adverse_event")


def exempt_names(text: str, library: Library) -> frozenset[str]:
    """The names in a text that have no shorter word: of drugs, diseases, tests, bodies, studies."""
    found = {m.text for m in library.vocabulary.match(text, _NAMED)}
    return frozenset(found | {m.group() for m in _CAPITALS.finditer(text)})


# "SITC", "PD-L1", "KEYNOTE-826": an abbreviation is a name, spelt out in the glossary.
_CAPITALS = re.compile(r"(?<!\w)(?=[\w-]*[A-Z][\w-]*[A-Z])[\w-]+(?!\w)")


def _without_names(text: str, exempt: frozenset[str]) -> str:
    if not exempt:
        return text
    names = sorted(exempt, key=len, reverse=True)
    pattern = "|".join(re.escape(name) for name in names)
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", "it", text, flags=re.IGNORECASE)
