"""The held records that a claim could be about, nearest first.

A library holds hundreds of records and a page some sixty claims; comparing all with all would take
a minute. So records are found through the terms that they share with the claim, weighed by how
much each kind of term ties the two together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from probatum.answers.audit.context import Said
from probatum.checks.endpoints import ENDPOINTS, fits
from probatum.checks.held import Held, held, typed_terms
from probatum.checks.reading import Reading, read
from probatum.evidence.record import Record, Result
from probatum.library.library import Library

# What a shared term says: the study is the evidence itself, a setting is shared by half the pack.
_WEIGHTS: Mapping[str, float] = {
    "study": 6.0,
    "body": 4.0,
    "intervention": 3.0,
    "adverse_event": 3.0,
    "endpoint": 2.5,
    "biomarker": 2.0,
    "region": 2.0,
    "subtype": 1.5,
    "condition": 1.0,
    "group": 0.5,
    "line": 0.5,
    "setting": 0.25,
}
# What stands near counts less than what the claim says, and what is far less again.
_NEAR, _FAR = 0.6, 0.2
# A figure that both hold.
_FIGURE = 1.5
# Records looked at for one claim; of the studies among the first, their results as well.
MOST = 40
_TOP = 12


@dataclass(frozen=True)
class Shelf:
    """The records of a library by the terms they are about."""

    library: Library
    _by_term: Mapping[str, frozenset[str]] = field(repr=False)

    @classmethod
    def of(cls, library: Library) -> "Shelf":
        """The shelf of a library."""
        found: dict[str, set[str]] = defaultdict(set)
        vocabulary = library.vocabulary
        for record in library.records.values():
            terms = set(typed_terms(record)) | set(library.source_of(record.edition).conditions)
            study = library.studies.get(getattr(record, "study", None) or "")
            if study is not None and not isinstance(record, Result):
                terms |= {study.id}
            for term in list(terms):
                if term in vocabulary:
                    # A record on a drug is also one on its class.
                    terms |= vocabulary.ancestors(term)
            for term in terms:
                found[term].add(record.id)
        return cls(library, {term: frozenset(ids) for term, ids in found.items()})

    def on(self, term: str) -> tuple[Record, ...]:
        """The records that have the term, or a kind of it, in their fields."""
        return tuple(self.library.records[id] for id in sorted(self._by_term.get(term, ())))

    def near(self, said: Said, most: int = MOST) -> tuple[Held, ...]:
        """The records nearest to a claim."""
        reading = read(said.text, self.library)
        weighed: dict[str, float] = defaultdict(float)
        named: set[str] = set()
        for mention in reading.mentions:
            if mention.term.id not in named:
                named.add(mention.term.id)
                self._add(weighed, mention.term.id, _WEIGHTS.get(mention.term.kind, 0.0))
        for terms, share in ((said.near, _NEAR), (said.far, _FAR)):
            for kind, ids in terms.items():
                for id in ids:
                    if id not in named:
                        named.add(id)
                        self._add(weighed, id, share * _WEIGHTS.get(kind, 0.0))
        figures = {
            q.value
            for q in reading.quantities
            if q.start >= said.own and q.role not in ("ci_level", "ordinal", "grade")
        }
        if figures and weighed:
            best = sorted(weighed, key=lambda id: (-weighed[id], id))[: 3 * most]
            for id in best:
                weighed[id] += _FIGURE * len(figures & _values(held(id, self.library)))
        order = sorted(weighed, key=lambda id: (-weighed[id], id))
        order = list(dict.fromkeys((*order[:most], *self._results(order[:_TOP], reading))))
        most = len(order)
        return tuple(held(id, self.library) for id in order[:most] if weighed[id] >= 1.0)

    def _results(self, nearest: Iterable[str], reading: Reading) -> tuple[str, ...]:
        """What the studies among the nearest records found on the end points named."""
        named = reading.terms(*ENDPOINTS)
        studies = [id for id in nearest if id in self.library.studies]
        return tuple(
            result.id
            for study in studies
            for result in self.library.results_of.get(study, ())
            if any(fits(term, result.endpoint, self.library.vocabulary) for term in named)
        )

    def _add(self, weighed: dict[str, float], term: str, weight: float) -> None:
        if not weight:
            return
        ids = self._by_term.get(term, frozenset())
        if term in self.library.vocabulary:
            ids |= self._kin(term)
        for id in ids:
            weighed[id] += weight

    def _kin(self, term: str) -> frozenset[str]:
        """The records on an event whose name ends another's: thromboembolism, where venous
        thromboembolism is asked for."""
        vocabulary = self.library.vocabulary
        asked = vocabulary.get(term)
        if asked.kind != "adverse_event":
            return frozenset()
        found: set[str] = set()
        for other, ids in self._by_term.items():
            if other in vocabulary and vocabulary.get(other).kind == "adverse_event":
                names = sorted((asked.name, vocabulary.get(other).name), key=len)
                if names[1].endswith(f" {names[0]}"):
                    found |= ids
        return frozenset(found)


def _values(record: Held) -> frozenset[Decimal]:
    if record.values:
        return frozenset(v.value for v in record.values)
    return frozenset(q.value for q in record.statement.quantities)
