"""Terms and their recognition in text.

A name that is missed, or read as another name, puts evidence about one disease or drug into an
answer about another. So names are data with a hierarchy, the longest name wins, spelling variants
are equal by construction, and typing errors are forgiven only where one reading is nearest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from probatum.terms.hierarchy import Hierarchy
from probatum.terms.misspelling import Speller
from probatum.terms.names import cased_norm, joins_of, key_of, may_split
from probatum.terms.term import KINDS, Kind, Relation, Term, VocabularyError, precedence
from probatum.terms.words import STOPWORDS, Token, fold, words, words_of

__all__ = ["KINDS", "Kind", "Mention", "Relation", "Term", "Vocabulary", "VocabularyError"]

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


_Breaks = frozenset[int]
_Index = dict[str, dict[_Breaks, tuple[Term, ...]]]


class Vocabulary:
    """All terms in use, with their hierarchy, and the matcher over their names."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, Term] = {}
        self._plain: _Index = {}
        self._cased: _Index = {}
        self._claims: dict[tuple[str, str], str] = {}
        self._longest: dict[str, int] = {}
        self._names: set[str] = set()
        self._drugs: set[str] = set()
        self._add(terms)

    # -- building ---------------------------------------------------------------------------

    def extended(self, terms: Iterable[Term]) -> "Vocabulary":
        """A new vocabulary with more terms; this one stays as it is."""
        larger = Vocabulary(())
        larger._terms = dict(self._terms)
        larger._plain = {key: dict(forms) for key, forms in self._plain.items()}
        larger._cased = {key: dict(forms) for key, forms in self._cased.items()}
        larger._claims = dict(self._claims)
        larger._longest = dict(self._longest)
        larger._names = set(self._names)
        larger._drugs = set(self._drugs)
        larger._add(terms)
        return larger

    def _add(self, terms: Iterable[Term]) -> None:
        added: list[Term] = []
        for term in terms:
            if term.id in self._terms:
                raise VocabularyError(f"two terms have the id {term.id!r}")
            self._terms[term.id] = term
            added.append(term)
        for term in added:
            for other in (*term.parents, *term.parts):
                if other not in self._terms:
                    raise VocabularyError(f"{term.id!r} refers to the unknown term {other!r}")
            for name in (term.name, *term.synonyms, *term.brands):
                tokens = words(name)
                norms = [token.norm for token in tokens]
                self._claim(term, name, norms, "".join(norms), cased=False)
                self._names.update(norms)
                if term.kind == "intervention":
                    self._drugs.update(norms)
            for name in term.abbreviations:
                tokens = words(name)
                norms = [cased_norm(token) for token in tokens]
                plain = "".join(token.norm for token in tokens)
                self._claim(term, name, norms, plain, cased=True)
        self._hierarchy = Hierarchy({id: term.parents for id, term in self._terms.items()})
        circular = self._hierarchy.first_cycle(term.id for term in added)
        if circular is not None:
            raise VocabularyError(f"{circular!r} is its own ancestor")

    def _claim(
        self, term: Term, name: str, norms: Sequence[str], plain: str, *, cased: bool
    ) -> None:
        key = "".join(norms)
        if not key:
            raise VocabularyError(f"{term.id!r} has a name without letters or digits: {name!r}")
        claim = (term.kind, f"={key}" if cased else key)
        owner = self._claims.setdefault(claim, term.id)
        if owner != term.id:
            raise VocabularyError(f"{owner!r} and {term.id!r} both claim the name {name!r}")
        breaks = frozenset(accumulate(map(len, norms[:-1])))
        forms = (self._cased if cased else self._plain).setdefault(key, {})
        terms = forms.get(breaks)
        if terms is None:
            forms[breaks] = (term,)
        elif all(known is not term for known in terms):
            forms[breaks] = tuple(sorted((*terms, term), key=precedence))
        opening = plain[:2]
        if self._longest.get(opening, 0) < len(plain):
            self._longest[opening] = len(plain)

    # -- looking up -------------------------------------------------------------------------

    def get(self, id: str) -> Term:
        """The term with this id; a VocabularyError names an id that is not held."""
        try:
            return self._terms[id]
        except KeyError:
            raise VocabularyError(f"the vocabulary has no term {id!r}") from None

    def __contains__(self, id: object) -> bool:
        return id in self._terms

    def __len__(self) -> int:
        return len(self._terms)

    def terms(self, kind: str | None = None) -> tuple[Term, ...]:
        """All terms, or those of one kind, in the order given."""
        return tuple(t for t in self._terms.values() if kind is None or t.kind == kind)

    def surface_forms(self, id: str) -> tuple[str, ...]:
        """Every name of a term: its name first, then synonyms, brands and abbreviations."""
        term = self.get(id)
        names = (term.name, *term.synonyms, *term.brands, *term.abbreviations)
        return tuple(dict.fromkeys(names))

    def readings(self, text: str) -> tuple[Term, ...]:
        """Every term, of any kind, that this whole text could name."""
        form, cased = key_of(text, cased=False), key_of(text, cased=True)
        found = {t.id: t for terms in self._plain.get(form, {}).values() for t in terms}
        found |= {t.id: t for terms in self._cased.get(cased, {}).values() for t in terms}
        return tuple(sorted(found.values(), key=precedence))

    # -- hierarchy --------------------------------------------------------------------------

    def ancestors(self, id: str) -> frozenset[str]:
        """Everything a term is a kind of, itself left out."""
        self.get(id)
        return self._hierarchy.ancestors(id)

    def descendants(self, id: str) -> frozenset[str]:
        """Everything that is a kind of this term, itself left out."""
        self.get(id)
        return self._hierarchy.descendants(id)

    def is_a(self, child: str, ancestor: str) -> bool:
        """Whether the first is the second or a kind of it."""
        return child == ancestor or ancestor in self.ancestors(child)

    def relation(self, a: str, b: str) -> Relation:
        """What b is, seen from a: a kind of a is 'narrower', what a is a kind of is 'broader'."""
        if a == b:
            return "same"
        if self.is_a(a, b):
            return "broader"
        return "narrower" if self.is_a(b, a) else "other"

    # -- matching ---------------------------------------------------------------------------

    def match(
        self, text: str, kinds: Iterable[str] | None = None, typos: bool = False
    ) -> list[Mention]:
        """The terms named in a text, in order and without overlap; longest first, then earliest.

        Where kinds share a name, the earlier of `KINDS` is read, with one exception: a name of a
        condition and of an adverse event is the adverse event when the text names another condition
        or an intervention ("hypertension on bevacizumab"). With `kinds`, only those are seen. An
        ambiguous term counts only when another term of the text, of whatever kind, supports it.
        """
        if not text:
            return []
        folded = fold(text)
        tokens = words_of(text, folded)
        wanted = None if kinds is None else frozenset([kinds] if isinstance(kinds, str) else kinds)
        shouting = _is_shouting(text, tokens)
        hits = self._settled(self._hits(text, tokens, shouting, wanted))
        if typos:
            hits = self._with_typos(text, tokens, hits, shouting, wanted)
        supported = True
        if any(term.ambiguous for hit in hits for term in hit.terms):
            everything = hits if wanted is None else self._settled(
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
        longest = self._longest
        plain, cased = self._plain, self._cased
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
        plain, cased = self._plain.get(key), self._cased.get(exact)
        if cased is None and exact[-1:] == "s" and exact[-2:-1].isupper():
            cased = self._cased.get(exact[:-1])  # plural of an abbreviation: "ICIs"
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

    @staticmethod
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

    # -- typing errors ----------------------------------------------------------------------

    @cached_property
    def _speller(self) -> Speller:
        joined = {key for key in self._plain if len(key) >= 8}
        drugs = {key for key, forms in self._plain.items() if _names_drug(forms)}
        return Speller(self._names | joined, self._drugs | drugs)

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
        return self._settled([*hits, *best])

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
                    if len(longer) <= self._longest.get(longer[:2], 0):
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


def _names_drug(forms: Mapping[_Breaks, tuple[Term, ...]]) -> bool:
    return any(term.kind == "intervention" for terms in forms.values() for term in terms)


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
