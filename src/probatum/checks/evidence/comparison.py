"""A claim beside a text: both as units, laid onto each other, with what each name may stand for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from probatum.checks.evidence.alignment import Alignment, align
from probatum.checks.evidence.equals import in_words_of
from probatum.checks.evidence.lexicon import any_alike, is_ordinary, usual_abbreviations
from probatum.checks.evidence.naming import term_key
from probatum.checks.evidence.selection import Sentence, keys, select, split
from probatum.checks.evidence.units import Unit, read_units, without_repeats
from probatum.checks.reading import stem
from probatum.terms.abbreviations import find_abbreviations
from probatum.terms.sentences import sentences
from probatum.terms.term import Term
from probatum.terms.vocabulary import Vocabulary
from probatum.terms.words import words

# Abbreviations are looked for in this much of a text; they are defined where they are first used.
_DEFINED_WITHIN = 50_000
Short = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Comparison:
    """All that the checks look at."""

    claim: str
    text: str
    vocabulary: Vocabulary
    alignment: Alignment
    # The sentences of the text that were read, best first, and the span of each in the units.
    sentences: tuple[Sentence, ...]
    spans: tuple[tuple[int, int], ...]

    @cached_property
    def held(self) -> frozenset[str]:
        """The keys of the units of the text that were read."""
        return frozenset(unit.key for unit in self.alignment.text)

    @cached_property
    def home(self) -> tuple[int, int]:
        """The span of the sentence onto which most of the claim is laid."""
        used = self.alignment.used
        return max(
            self.spans,
            key=lambda span: sum(span[0] <= place < span[1] for place in used),
            default=(0, 0),
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems and numbers of the whole text."""
        return frozenset[str]().union(*(sentence.words for sentence in split(self.text)))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The ids of the terms that the sentences read name."""
        return frozenset(unit.term.id for unit in self.alignment.text if unit.term is not None)

    def names(self, term: Term) -> "tuple[Name, ...]":
        """Each name of a term, as it is compared."""
        return _names(self.vocabulary.surface_forms(term.id), _Held(term))

    def holds(self, unit: Unit) -> bool:
        """Whether the text has this unit anywhere, under this name or another."""
        if unit.key in self.held:
            return True
        if unit.kind in ("number", "denial", "versus"):
            return False
        if unit.term is not None:
            same = (form for form in self.names(unit.term) if form.key == unit.key)
            if any(form.stems <= self.stems for form in same):
                return True
        parts = unit.stems
        if parts and all(part in self.stems for part in parts):
            return True
        return unit.kind == "word" and any_alike(unit.key, self.stems)


def compare(claim: str, text: str, vocabulary: Vocabulary) -> Comparison:
    """Read a claim and the sentences of a text that it may rest on, and lay them together."""
    chosen = select(keys(claim), text)
    short = dict(usual_abbreviations()) | _abbreviations(text[:_DEFINED_WITHIN])
    # A claim's own definition counts only for what the text does not call so.
    short |= {k: v for k, v in _abbreviations(claim).items() if k not in text}
    mine: list[Unit] = []
    for start, end in sentences(claim):
        mine += [_moved(unit, start) for unit in read_units(claim[start:end], vocabulary)]
    theirs: list[Unit] = []
    spans: list[tuple[int, int]] = []
    for sentence in chosen:
        units = read_units(text[sentence.start : sentence.end], vocabulary)
        moved = _expanded(text, [_moved(unit, sentence.start) for unit in units], short)
        spans.append((len(theirs), len(theirs) + len(moved)))
        theirs += moved
    mine = in_words_of(_expanded(claim, mine, short), theirs)
    alignment = align(mine, spans, theirs)
    return Comparison(claim, text, vocabulary, alignment, tuple(chosen), tuple(spans))


def _moved(unit: Unit, by: int) -> Unit:
    return replace(unit, start=unit.start + by, end=unit.end + by) if by else unit


def _abbreviations(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for short, long, _, _ in find_abbreviations(text):
        parts = tuple(stem(token.text) for token in words(long) if token.norm not in _LOOSE)
        if parts and not _DENIED.search(long):
            found.setdefault(short, parts)
    return found


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a term: its key, and the stems of its words."""

    key: str
    stems: frozenset[str]


@dataclass(frozen=True)
class _Held:
    """A term as a cache key, by its id alone."""

    term: Term

    def __hash__(self) -> int:
        return hash(self.term.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.term.id == self.term.id


@lru_cache(maxsize=8192)
def _names(forms: tuple[str, ...], held: _Held) -> tuple[Name, ...]:
    return tuple(
        Name(term_key(held.term, form), frozenset(stem(token.text) for token in words(form)))
        for form in forms
    )


_DENIED = re.compile(r"\b(?:no|not|non|without)\b", re.IGNORECASE)
_LOOSE = frozenset(("the", "a", "an", "of", "and", "in", "for", "to", "with", "on"))


def _expanded(text: str, units: Sequence[Unit], short: Short) -> list[Unit]:
    """A short form and its long form, which a text defines, under one key."""
    if not short:
        return list(units)
    longs = {long: f"<{' '.join(long)}>" for long in short.values()}
    first = {long[0] for long in longs}
    result: list[Unit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        known = short.get(unit.text) or (
            short.get(unit.text[:-1]) if unit.text[-1:] == "s" else None
        )
        taken = 1
        if known is not None:
            unit = replace(unit, key=longs[known], kind="term", stems=known)
        elif unit.stems and unit.stems[0] in first:
            parts: tuple[str, ...] = ()
            for end in range(at, min(len(units), at + 10)):
                if not units[end].stems:
                    break
                parts += units[end].stems
                if parts in longs:
                    last = units[end]
                    unit = replace(
                        unit, end=last.end, key=longs[parts], kind="term", stems=parts, term=None
                    )
                    taken = end - at + 1
        result.append(unit)
        at += taken
    return without_repeats(text, result)


def is_named(unit: Unit) -> bool:
    """Whether a unit names something rather than describes it: a drug, a gene, a trial."""
    if unit.kind == "code":
        return not unit.text.isdigit()
    return unit.kind == "term" or (unit.kind == "word" and not is_ordinary(unit.key))
