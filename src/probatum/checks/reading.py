"""A text as the checks read it: terms, quantities, dates, sentences and words, found once.

A draft and the record behind it are read by the same code, so that a spelling or a way of writing a
number can never make the two differ.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from probatum.checks.dates import Dated, find_dates
from probatum.checks.memory import memory_of, remember
from probatum.library.library import Library
from probatum.terms.mentions import Mention
from probatum.terms.quantities import Quantity, find_quantities
from probatum.terms.words import Token, normal, sentences, words

# "11.7 v 8.5 months" compares; "v 2.1" would be a version. The sign is swapped, offsets stay.
_VERSUS = re.compile(r"(?<=[\w%)] )[vV](?=\.? [\d.])")
_BETWEEN = re.compile(r"\s*(?:v\.?|vs\.?|versus|and|or|to|against|compared (?:with|to))\s+", re.I)
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\(?\d{1,2}[.)]\s")
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = re.compile(r"(?:ations?|ments?|ingly|ing|edly|ed|ly|es|e|ion|ive|s)$")


@dataclass(frozen=True)
class Reading:
    """What a text says, as far as it can be read without understanding; each part when asked for.

    Most texts of a record are only ever asked for their words, and finding terms is the dearest.
    """

    text: str
    library: Library = field(repr=False)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The terms named, in order."""
        return tuple(self.library.vocabulary.match(self.text))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities, without dates, list numbers and the digits of names."""
        return _quantities(self)

    @property
    def dates(self) -> tuple[Dated, ...]:
        """Dates and years, in order."""
        return find_dates(self.text)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The spans of the sentences."""
        return tuple(sentences(self.text))

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words, in order."""
        return tuple(words(self.text))

    def terms(self, *kinds: str) -> frozenset[str]:
        """Ids of the terms named, of the given kinds or of all."""
        return frozenset(m.term.id for m in self.mentions if not kinds or m.term.kind in kinds)

    def of_kind(self, *kinds: str) -> tuple[Mention, ...]:
        """Mentions of the given kinds, in order."""
        return tuple(m for m in self.mentions if m.term.kind in kinds)

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence around a place."""
        for start, end in self.sentences:
            if start <= place < end:
                return start, end
        return 0, len(self.text)


def read(text: str, library: Library) -> Reading:
    """The reading of a text in the words of this library."""
    memory = memory_of(library)
    known = memory.readings.get(text)
    if known is None:
        known = remember(memory.readings, text, Reading(text, library))
    return known


def _quantities(reading: Reading) -> tuple[Quantity, ...]:
    found = quantities_of(reading.text)
    if not found:
        return ()
    skipped = [(d.start, d.end) for d in reading.dates]
    # "grade 3-4 adverse events" is a name whose digits do count.
    skipped += [(m.start, m.end) for m in reading.mentions if m.term.kind != "adverse_event"]
    skipped += [m.span() for m in _LIST_NUMBER.finditer(reading.text)]
    return tuple(
        q
        for q in found
        if q.role not in ("year", "version")
        and not any(start <= q.start and q.end <= end for start, end in skipped)
    )


@lru_cache(maxsize=8192)
def quantities_of(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, with "v" between two values read as a comparison."""
    found = find_quantities(_VERSUS.sub("|", text))
    for index in range(len(found) - 2, -1, -1):
        this, following = found[index], found[index + 1]
        alike = this.unit is None and this.role == following.role == "value"
        if alike and following.unit and _BETWEEN.fullmatch(text[this.end : following.start]):
            found[index] = replace(this, unit=following.unit)
    return tuple(found)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude key under which the forms of one word agree; both sides go through it."""
    key = normal(word)
    if len(key) <= 4:
        return key
    short = _ENDINGS.sub("", key)
    return (short if len(short) >= 3 else key).rstrip("e")


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word) for word in _WORD.findall(text))
