"""The library in memory: records, editions and vocabulary with the lookups an answer needs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from probatum.evidence.answer import LibraryState
from probatum.evidence.claim import Anchor
from probatum.evidence.record import Record, Result, Study
from probatum.evidence.source import Currency, Depth, Edition, Source, SourceType, depth_of
from probatum.evidence.statement import statement
from probatum.library import store
from probatum.library.documents import HeldDocuments
from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.names import identifiers, names
from probatum.library.search import Search
from probatum.library.searchable import searchable
from probatum.library.subjects import Subjects
from probatum.packs.model import Manifest, Pack, PackAlgorithm
from probatum.terms.general import general_vocabulary
from probatum.terms.vocabulary import Vocabulary

# Works whose new edition stands for all of the old one; a trial's later paper adds to the earlier.
_REPLACED_WHOLE = frozenset(
    (
        SourceType.GUIDELINE,
        SourceType.LABEL,
        SourceType.AGENCY_DECISION,
        SourceType.SYSTEMATIC_REVIEW,
        SourceType.PATIENT_INFORMATION,
    )
)


@dataclass(frozen=True, eq=False)
class Library:
    """Everything held. Immutable; the same snapshot gives the same answers.

    Compared by identity, so that what is derived from a library can be remembered beside it.
    """

    snapshot: str
    packs: tuple[Pack, ...]
    vocabulary: Vocabulary
    documents: HeldDocuments = field(default_factory=lambda: HeldDocuments(None), repr=False)
    folder: Path | None = None
    _statements: dict[str, str] = field(default_factory=dict, repr=False)
    _told: dict[date | None, Mapping[str, tuple[Currency, str | None]]] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def open(cls, folder: Path | None = None) -> "Library":
        """The library in `folder` (default: the user's), created from the shipped packs if new."""
        place = folder or store.default_folder()
        snapshot, packs = store.read(place)
        return cls.of(packs, snapshot, HeldDocuments.open(place), place)

    @classmethod
    def of(
        cls,
        packs: Iterable[Pack],
        snapshot: str = "memory",
        documents: HeldDocuments | None = None,
        folder: Path | None = None,
    ) -> "Library":
        """A library of the given packs and documents; without these, only packs and no file."""
        held = tuple(packs)
        terms = [term for pack in held for term in pack.terms]
        texts = documents or HeldDocuments(None)
        if texts.content:
            snapshot = sha256(f"{snapshot} {texts.content}".encode()).hexdigest()[:16]
        return cls(snapshot, held, general_vocabulary().extended(terms), texts, folder)

    @cached_property
    def search(self) -> Search:
        """The search over the held texts."""
        return Search.open(searchable(self.folder or Path()), self.documents, self.vocabulary)

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        """What each pack is."""
        return tuple(pack.manifest for pack in self.packs)

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Every record that may become a claim, by id."""
        return {record.id: record for pack in self.packs for record in pack.records}

    @cached_property
    def algorithms(self) -> tuple[PackAlgorithm, ...]:
        """The decision paths of all packs."""
        return tuple(algorithm for pack in self.packs for algorithm in pack.algorithms)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for pack in self.packs for source in pack.sources}

    @cached_property
    def editions(self) -> Mapping[str, Edition]:
        """Editions by id."""
        return {e.id: e for source in self.sources.values() for e in source.editions}

    @cached_property
    def _source_of(self) -> Mapping[str, Source]:
        return {e.id: source for source in self.sources.values() for e in source.editions}

    def source_of(self, edition: str) -> Source:
        """The work that an edition is a version of; KeyError for one that is not held."""
        if edition in self._source_of:
            return self._source_of[edition]
        document = self.documents.document(edition)
        if document is None:
            raise KeyError(edition)
        return document.as_source()

    def edition(self, edition: str) -> Edition | None:
        """An edition of a pack's source or of a held document, or None."""
        if edition in self.editions:
            return self.editions[edition]
        document = self.documents.document(edition)
        return document.as_edition() if document else None

    def text(self, edition: str) -> str | None:
        """The held text of an edition; None where only records of it are held."""
        return self.documents.text(edition)

    def document(self, edition: str) -> HeldDocument | None:
        """What is known of an edition whose text is held."""
        return self.documents.document(edition)

    def texts_of(self, edition: str) -> tuple[HeldDocument, ...]:
        """Held documents that are the same work as a pack's edition, by their identifiers."""
        return tuple(
            document
            for name in identifiers(self.editions[edition])
            for document in self.documents.known_as(name)
        )

    def quote(self, passage: HeldPassage, start: int, end: int) -> Anchor:
        """An anchor to part of a held passage, by offsets of the edition's held text."""
        return Anchor(
            source=passage.document.source,
            edition=passage.document.edition,
            locator=passage.locator(start),
            quote=passage.slice(start, end),
            start=start,
            end=end,
        )

    def _told_of(self, edition: str, as_of: date | None) -> tuple[Currency, str | None]:
        """What held documents and the operator's marks say of a pack's edition."""
        if as_of not in self._told:
            every = {id: names(each, self.source_of(id)) for id, each in self.editions.items()}
            self._told[as_of] = self.documents.told_of(every, as_of)
        return self._told[as_of].get(edition, (Currency.CURRENT, None))

    @cached_property
    def studies(self) -> Mapping[str, Study]:
        """Study records by id."""
        return {r.id: r for r in self.records.values() if isinstance(r, Study)}

    @cached_property
    def subjects(self) -> Subjects:
        """What each record is about."""
        return Subjects.of(self.records.values(), self.studies, self.vocabulary)

    @cached_property
    def results_of(self) -> Mapping[str, tuple[Result, ...]]:
        """The results of each study."""
        found: dict[str, list[Result]] = defaultdict(list)
        for record in self.records.values():
            if isinstance(record, Result) and record.study:
                found[record.study].append(record)
        return {study: tuple(results) for study, results in found.items()}

    @cached_property
    def _superseding(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for edition in self.editions.values():
            for older in edition.supersedes:
                found[older].append(edition.id)
        return {older: tuple(newer) for older, newer in found.items()}

    def name(self, term: str) -> str:
        """The display name of a term; an id that no vocabulary holds is shown as it is."""
        return self.vocabulary.get(term).name if term in self.vocabulary else term

    def short(self, term: str) -> str:
        """The short display name of a term ("FDA"): its short form, first abbreviation or name."""
        if term not in self.vocabulary:
            return term
        held = self.vocabulary.get(term)
        return held.short or next(iter(held.abbreviations), held.name)

    def statement(self, record_id: str) -> str:
        """The text that anchors to a record slice."""
        if record_id not in self._statements:
            self._statements[record_id] = statement(self.records[record_id], self.name)
        return self._statements[record_id]

    def anchor(self, record_id: str, quote: str | None = None) -> Anchor:
        """An anchor to the record's whole statement, or to a quote found in it (else KeyError)."""
        record = self.records[record_id]
        text = self.statement(record_id)
        words = text if quote is None else quote
        start = text.find(words)
        if start < 0:
            raise KeyError(f"{record_id}: the statement does not hold {quote!r}")
        return Anchor(
            source=self.source_of(record.edition).id,
            edition=record.edition,
            locator=record.locator or "curated record",
            quote=words,
            start=start,
            end=start + len(words),
            record=record_id,
        )

    def depth(self, record: Record) -> Depth:
        """How deeply the record's source was read."""
        return depth_of(record.checked, self.source_of(record.edition).type)

    def known_by(self, edition_id: str, as_of: date | None) -> bool:
        """Whether the edition had surely appeared by that day.

        An edition with a year only counts from the last day of that year, and one without a year
        is not known to have existed on any past day: nothing is quoted before it surely existed.
        """
        if as_of is None:
            return True
        edition = self.edition(edition_id)
        if edition is None:
            raise KeyError(edition_id)
        if edition.date:
            return edition.date <= as_of
        return edition.year is not None and edition.year < as_of.year

    def replaced_by(self, edition_id: str, as_of: date | None = None) -> str | None:
        """The edition that supersedes this one, if it had appeared by `as_of`."""
        if edition_id not in self.editions:
            document = self.documents.document(edition_id)
            known = self.documents.currency([document], as_of) if document else {}
            return known.get(edition_id, (None, None))[1]
        if told := self._told_of(edition_id, as_of)[1]:
            return told
        newer = [e for e in self._superseding.get(edition_id, ()) if self.known_by(e, as_of)]
        return max(newer, key=lambda e: self.editions[e].year or 0) if newer else None

    def current(self, record: Record, as_of: date | None = None) -> bool:
        """Whether nothing newer replaces the record.

        An edition that was superseded as a whole (a guideline) takes its records with it; a trial's
        interim publication keeps those of its results that no later analysis replaced, which is why
        records name their own successor.
        """
        edition = self.editions[record.edition]
        if edition.retracted and (as_of is None or edition.retracted <= as_of):
            return False
        if self._told_of(record.edition, as_of)[0] in (Currency.RETRACTED, Currency.SUPERSEDED):
            return False
        successor = record.superseded_by
        if successor and self.known_by(self.records[successor].edition, as_of):
            return False
        if self.source_of(record.edition).type not in _REPLACED_WHOLE:
            return True
        return self.replaced_by(record.edition, as_of) is None

    def currency(self, edition_id: str, as_of: date | None = None) -> Currency:
        """Whether the edition is still the one to quote."""
        if edition_id not in self.editions:
            document = self.documents.document(edition_id)
            if document is None:
                raise KeyError(edition_id)
            return self.documents.currency([document], as_of)[edition_id][0]
        edition = self.editions[edition_id]
        if edition.retracted and (as_of is None or edition.retracted <= as_of):
            return Currency.RETRACTED
        told = self._told_of(edition_id, as_of)[0]
        if told is not Currency.CURRENT:
            return told
        if self.replaced_by(edition_id, as_of):
            return Currency.INTERIM if edition.interim else Currency.SUPERSEDED
        if edition.corrected_by:
            return Currency.CORRECTED
        return Currency.CURRENT if edition.year or edition.date else Currency.UNKNOWN

    @cached_property
    def state(self) -> LibraryState:
        """Counts and snapshot id for the answer document."""
        sources, passages = self.documents.counts()
        return LibraryState(
            snapshot=self.snapshot,
            sources=len(self.sources) + sources,
            passages=passages,
            records=len(self.records),
        )
