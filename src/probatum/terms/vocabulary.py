"""Terms, their names and their hierarchy.

A name that is missed, or read as another name, puts evidence about one disease or drug into an
answer about another. So names are data with a hierarchy, the longest name wins, spelling variants
are equal by construction, and typing errors are forgiven only where one reading is nearest.
"""

from collections.abc import Iterable

from probatum.terms.hierarchy import Hierarchy
from probatum.terms.mentions import Matcher, Mention
from probatum.terms.name_index import NameIndex
from probatum.terms.term import Relation, Term, VocabularyError


class Vocabulary:
    """All terms in use, with their hierarchy, and the matcher over their names."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, Term] = {}
        self._names = NameIndex()
        self._add(terms)

    # -- building ---------------------------------------------------------------------------

    def extended(self, terms: Iterable[Term]) -> "Vocabulary":
        """A new vocabulary with more terms; this one stays as it is."""
        larger = Vocabulary(())
        larger._terms = dict(self._terms)
        larger._names = self._names.copy()
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
            self._names.add(term)
        self._hierarchy = Hierarchy({id: term.parents for id, term in self._terms.items()})
        circular = self._hierarchy.first_cycle(term.id for term in added)
        if circular is not None:
            raise VocabularyError(f"{circular!r} is its own ancestor")
        self._matcher = Matcher(self._names)

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
        return self._names.readings(text)

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
        return self._matcher.match(text, kinds, typos)
