"""Every name of the terms, by the key that all ways of writing it share.

A name may be claimed once among the terms of a kind: where two terms claimed it, which of them a
text means would be chance.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from probatum.terms.names import cased_norm, key_of
from probatum.terms.term import Term, VocabularyError, precedence
from probatum.terms.words import words

# A name of so many letters is also known when its words are run together.
_LONG = 8
# Where the words of a name meet, as places in its key.
Breaks = frozenset[int]
Names = dict[str, dict[Breaks, tuple[Term, ...]]]


class NameIndex:
    """The terms behind each name, for the matcher."""

    def __init__(self) -> None:
        """No names yet. Abbreviations are in `cased`, by a key that keeps their capitals.

        `longest` gives, for the two letters a key opens with, the length of the longest such key.
        """
        self.plain: Names = {}
        self.cased: Names = {}
        self.longest: dict[str, int] = {}
        self._claims: dict[tuple[str, str], str] = {}
        self._words: set[str] = set()
        self._drugs: set[str] = set()

    def copy(self) -> "NameIndex":
        """An index of the same names, to which others can be added."""
        other = NameIndex()
        other.plain = {key: dict(forms) for key, forms in self.plain.items()}
        other.cased = {key: dict(forms) for key, forms in self.cased.items()}
        other.longest = dict(self.longest)
        other._claims = dict(self._claims)
        other._words = set(self._words)
        other._drugs = set(self._drugs)
        return other

    def add(self, term: Term) -> None:
        """Take in the names of a term; VocabularyError where another term has one of them."""
        for name in (term.name, *term.synonyms, *term.brands):
            norms = [token.norm for token in words(name)]
            self._claim(term, name, norms, "".join(norms), cased=False)
            self._words.update(norms)
            if term.kind == "intervention":
                self._drugs.update(norms)
        for name in term.abbreviations:
            tokens = words(name)
            norms = [cased_norm(token) for token in tokens]
            plain = "".join(token.norm for token in tokens)
            self._claim(term, name, norms, plain, cased=True)

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
        forms = (self.cased if cased else self.plain).setdefault(key, {})
        terms = forms.get(breaks)
        if terms is None:
            forms[breaks] = (term,)
        elif all(known is not term for known in terms):
            forms[breaks] = tuple(sorted((*terms, term), key=precedence))
        opening = plain[:2]
        if self.longest.get(opening, 0) < len(plain):
            self.longest[opening] = len(plain)

    def readings(self, text: str) -> tuple[Term, ...]:
        """Every term, of any kind, that this whole text could name."""
        form, cased = key_of(text, cased=False), key_of(text, cased=True)
        found = {t.id: t for terms in self.plain.get(form, {}).values() for t in terms}
        found |= {t.id: t for terms in self.cased.get(cased, {}).values() for t in terms}
        return tuple(sorted(found.values(), key=precedence))

    def spellings(self) -> set[str]:
        """The words of names, and the longer names without their gaps."""
        return self._words | {key for key in self.plain if len(key) >= _LONG}

    def drug_spellings(self) -> set[str]:
        """Those that name an intervention, or are a word of one's name."""
        return self._drugs | {key for key, forms in self.plain.items() if _names_drug(forms)}


def _names_drug(forms: Mapping[Breaks, tuple[Term, ...]]) -> bool:
    return any(term.kind == "intervention" for terms in forms.values() for term in terms)
