"""Where a curated record and the held text of the same work give different numbers.

Either may be wrong: a curator's slip, or a text that is another version of the work. Neither is
hidden: the record's claim stands, the text's sentence is quoted beside it, and the answer says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from probatum.answers.gather import Evidence
from probatum.answers.quotes import Quotation
from probatum.checks.endpoints import ENDPOINTS
from probatum.checks.held import RATIO_ROLES
from probatum.checks.reading import read
from probatum.evidence.record import Result
from probatum.library.held import HeldDocument, HeldPassage
from probatum.library.library import Library


@dataclass(frozen=True)
class Disagreement:
    """A record's estimate, and the sentence of its work's held text that gives another."""

    record: Result
    quotation: Quotation


def disagreements(evidence: Evidence, shown: Iterable[str]) -> tuple[Disagreement, ...]:
    """For the results shown, by record id: each that its work's held text contradicts."""
    library = evidence.library
    if library.documents.content is None:
        return ()
    found: dict[tuple[str, int, int], Disagreement] = {}
    for id in dict.fromkeys(shown):
        record = library.records.get(id)
        if not isinstance(record, Result) or not _comparable(record):
            continue
        for document in library.texts_of(record.edition):
            quotation = _other_estimate(record, document, library)
            if quotation is not None:
                anchor = quotation.anchor
                place = (anchor.edition, anchor.start, anchor.end)
                found.setdefault(place, Disagreement(record, quotation))
    return tuple(found.values())


def _comparable(record: Result) -> bool:
    """An estimate of the whole study: a subgroup's sentence is not told apart from the others."""
    return record.effect is not None and record.effect.value is not None and not record.subgroup


def _other_estimate(record: Result, document: HeldDocument, library: Library) -> Quotation | None:
    """The first sentence with another estimate for the endpoint, if none gives the record's."""
    assert record.effect is not None  # noqa: S101 - the caller has looked
    other: Quotation | None = None
    role = RATIO_ROLES[record.effect.type]
    for passage, start, end in _sentences(document, library):
        reading = read(passage.slice(start, end), library)
        values = [q.value for q in reading.quantities if q.role == role]
        if not values or record.endpoint not in reading.terms(*ENDPOINTS):
            continue
        if record.effect.value in values:
            return None
        if other is None:
            other = Quotation(library.quote(passage, start, end), 1.0, 0)
    return other


def _sentences(document: HeldDocument, library: Library) -> Iterator[tuple[HeldPassage, int, int]]:
    for passage in library.documents.of_document(document):
        for start, end in passage.passage.sentences:
            yield passage, start, end


def said(found: Iterable[Disagreement], library: Library) -> list[str]:
    """A sentence for the limits about each."""
    sentences = []
    for each in found:
        record = each.record
        study = library.name(record.study) if record.study else "a study"
        title = library.source_of(each.quotation.anchor.edition).title
        sentences.append(
            f"{study}, {library.name(record.endpoint)}: the curated record and the held text of "
            f"\u201c{title}\u201d give different numbers; both are shown."
        )
    return sentences
