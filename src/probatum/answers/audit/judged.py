"""What one route of judging found of a claim; `None` from a route means that it cannot tell."""

from dataclasses import dataclass

from probatum.answers.audit.document import AuditVerdict
from probatum.answers.sentences import drafts_of
from probatum.checks.held import Held
from probatum.evidence.record import Record, Result
from probatum.library.library import Library


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its reasons, the records it rests on and the record that is right instead."""

    verdict: AuditVerdict
    reasons: tuple[str, ...]
    records: tuple[Held, ...] = ()
    right: tuple[Record, ...] = ()


def newest(record: Record, library: Library) -> Record:
    """The record at the end of what superseded this one; the record itself when nothing did."""
    seen = {record.id}
    while (after := record.superseded_by or "") in library.records and after not in seen:
        record = library.records[after]
        seen.add(after)
    return record


def sentence_of(record: Record, library: Library) -> str:
    """What a record states, in the words that answers use."""
    drafts = drafts_of(record, library, "correction")
    return drafts[0].text if drafts else library.statement(record.id)


def where(record: Record, library: Library) -> str:
    """The work that a record was read from, in short: "Tewari 2022, N Engl J Med"."""
    edition = library.editions[record.edition]
    return edition.citation or f"{library.source_of(record.edition).title}, {edition.label}"


def named(record: Record, library: Library) -> str:
    """What a record is about, in short: "GOG-240, overall survival"; other kinds by their work."""
    if not isinstance(record, Result):
        return where(record, library)
    parts = [library.name(record.study) if record.study else where(record, library)]
    parts.append(library.name(record.endpoint))
    if record.subgroup:
        parts.append(record.subgroup)
    return ", ".join(parts)
