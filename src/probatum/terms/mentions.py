"""The terms that a text names, with their places.

The longest name wins, a name that two kinds share is read by what else the text names, and typing
errors are forgiven only where one reading is nearest: a drug that is not held must never be read as
one that is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from probatum.terms.misspelling import Speller
from probatum.terms.name_index import NameIndex
from probatum.terms.names import cased_norm, joins_of, may_split
from probatum.terms.term import Term, precedence
from probatum.terms.words import STOPWORDS, Token, fold, words_of

_LONGEST_NAME: Final = 14  # words; longer runs of words are never a name


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found in a text: ``given[start:end] == text``."""

    start: int
    end: int
    text: str
    term: Term
    exact: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A run of tokens that spells one surface form, before overlaps are settled."""

    first: int
    last: int
    start: int
    end: int
    terms: tuple[Term, ...]
    errors: int


class Matcher:
    """Finds the names of one index in texts; see `Vocabulary.match`."""

    def __init__(self, index: NameIndex) -> None:
        """The index is complete: names added to it later are not all seen."""
        self._index = index

    def match(self, text: str, kinds: Iterable[str] | None, typos: bool) -> list[Mention]:
        """The terms named in a text, in order and without overlap."""
        if not text:
            return []
        folded = fold(text)
        tokens = words_of(text, folded)
        wanted = None if kinds is None else frozenset([kinds] if isinstance(kinds, str) else kinds)
        shouting = _is_shouting(text, tokens)
        hits = _settled(self._hits(text, tokens, shouting, wanted))
        if typos:
            hits = self._with_typos(text, tokens, hits, shouting, wanted)
        supported = True
        if any(term.ambiguous for hit in hits for term in hit.terms):
            everything = hits if wanted is None else _settled(
                self._hits(text, tokens, shouting, None)
            )  # fmt: skip
            supported = any(not term.ambiguous for hit in everything for term in hit.terms[:1])
        return [
            Mention(hit.start, hit.end, text[hit.start : hit.end], term, hit.errors == 0)
            for hit, term in self._read(hits)
            if supported or not term.ambiguous
        ]

    def _read(self, hits: Sequence[_Hit]) -> list[tuple[_Hit, Term]]:
        """Choose a reading for each hit."""
        sure = {hit.terms[0].id for hit in hits if len(hit.terms) == 1 and _is_clinical(hit)}
        chosen = []
        for hit in hits:
            term = hit.terms[0]
            if term.kind == "condition" and sure - {term.id}:
                term = next((t for t in hit.terms if t.kind == "adverse_event"), term)
            chosen.append((hit, term))
        return chosen

    def _hits(
        self,
        text: str,
        tokens: Sequence[Token],
        shouting: bool,
        wanted: frozenset[str] | None,
    ) -> list[_Hit]:
        hits: list[_Hit] = []
        joins = joins_of(text, tokens)
        longest = self._index.longest
        plain, cased = self._index.plain, self._index.cased
        norms = [cased_norm(token) for token in tokens]
        for first, token in enumerate(tokens):
            limit = longest.get((token.norm if len(token.norm) > 1 else "")[:2])
            if limit is None and len(token.norm) > 1:
                continue
            limit = (limit or 99) + 1  # the plural of an abbreviation is one letter longer
            key, exact = "", ""
            breaks: list[tuple[int, int]] = []
            for last in range(first, min(len(tokens), first + _LONGEST_NAME)):
                if last > first:
                    if not joins[last]:
                        break
                    breaks.append((len(key), last))
                key += tokens[last].norm
                exact += norms[last]
                if len(key) > limit:
                    break
                # Nearly every run of words is no name, and a call for each would be half the time.
                if key not in plain and exact not in cased and exact[-1:] != "s":
                    continue
                found = self._found(key, exact, breaks, tokens, joins, shouting, wanted)
                if found:
                    hits.append(_Hit(first, last, token.start, tokens[last].end, found, 0))
        return hits

    def _found(
        self,
        key: str,
        exact: str,
        breaks: Sequence[tuple[int, int]],
        tokens: Sequence[Token],
        joins: Sequence[str],
        shouting: bool,
        wanted: frozenset[str] | None,
    ) -> tuple[Term, ...]:
        found: tuple[Term, ...] = ()
        plain, cased = self._index.plain.get(key), self._index.cased.get(exact)
        if cased is None and exact[-1:] == "s" and exact[-2:-1].isupper():
            cased = self._index.cased.get(exact[:-1])  # plural of an abbreviation: "ICIs"
        for forms, is_cased in ((plain, False), (cased, True)):
            if forms is None or (is_cased and shouting and key in STOPWORDS):
                continue
            for inside, terms in forms.items():
                if all(
                    at in inside or may_split(tokens, joins, index, is_cased)
                    for at, index in breaks
                ):
                    found += terms
        if wanted is not None:
            found = tuple(term for term in found if term.kind in wanted)
        if len(found) > 1:
            found = tuple(sorted(dict.fromkeys(found), key=precedence))
        return found

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._index.spellings(), self._index.drug_spellings())

    def _with_typos(
        self,
        text: str,
        tokens: list[Token],
        hits: list[_Hit],
        shouting: bool,
        wanted: frozenset[str] | None,
    ) -> list[_Hit]:
        """Read unmatched words as the nearest word of a name, where that completes a name.

        Only one misreading is accepted for a run of words; where two terms are equally near, none.
        """
        matched = {place for hit in hits for place in range(hit.first, hit.last + 1)}
        guesses: dict[int, tuple[tuple[str, int], ...]] = {}
        for place, token in enumerate(tokens):
            if place not in matched and (shouting or not token.text.isupper()):
                found = self._speller.nearest(token.norm)
                if found:
                    guesses[place] = found
        if not guesses:
            return hits
        joins = joins_of(text, tokens)
        misread: list[_Hit] = []
        for first in range(len(tokens)):
            self._misread_from(first, tokens, joins, guesses, wanted, misread)
        best = _unambiguous(misread)
        return _settled([*hits, *best])

    def _misread_from(
        self,
        first: int,
        tokens: Sequence[Token],
        joins: Sequence[str],
        guesses: Mapping[int, tuple[tuple[str, int], ...]],
        wanted: frozenset[str] | None,
        misread: list[_Hit],
    ) -> None:
        paths: list[tuple[str, int, tuple[tuple[int, int], ...]]] = [("", 0, ())]
        for last in range(first, min(len(tokens), first + _LONGEST_NAME)):
            if last > first and not joins[last]:
                return
            options = guesses.get(last, ((tokens[last].norm, 0),))
            grown = []
            for key, errors, breaks in paths:
                inside = (*breaks, (len(key), last)) if last > first else breaks
                for word, distance in options:
                    longer = key + word
                    if len(longer) <= self._index.longest.get(longer[:2], 0):
                        grown.append((longer, errors + distance, inside))
            if not grown:
                return
            paths = grown[:64]
            for key, errors, inside in paths:
                if errors:
                    found = self._found(key, "", inside, tokens, joins, False, wanted)
                    if found:
                        start, end = tokens[first].start, tokens[last].end
                        misread.append(_Hit(first, last, start, end, found, errors))


def _settled(hits: Iterable[_Hit]) -> list[_Hit]:
    """Hits without overlap: longest first, then fewest errors, then earliest."""
    taken: set[int] = set()
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.errors, h.start)):
        places = range(hit.first, hit.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def _is_clinical(hit: _Hit) -> bool:
    return hit.terms[0].kind in ("condition", "intervention")


def _is_shouting(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a whole text is in capitals, where "WHO" need not be the organisation."""
    return len(tokens) > 3 and text.isupper()


def _unambiguous(misread: Iterable[_Hit]) -> list[_Hit]:
    """For each run of words the nearest reading, or none where two terms are equally near."""
    runs: dict[tuple[int, int], list[_Hit]] = {}
    for hit in misread:
        runs.setdefault((hit.first, hit.last), []).append(hit)
    kept = []
    for hits in runs.values():
        least = min(hit.errors for hit in hits)
        nearest = [hit for hit in hits if hit.errors == least]
        if len({tuple(t.id for t in hit.terms) for hit in nearest}) == 1:
            kept.append(nearest[0])
    return kept
