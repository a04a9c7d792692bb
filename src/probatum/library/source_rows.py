"""What is held, edition by edition: of packs by their records, of texts by their passages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from probatum.evidence.source import Currency, Identifiers, RightsTier, SourceType
from probatum.library.held import HeldDocument
from probatum.library.library import Library


@dataclass(frozen=True)
class SourceRow:
    """An edition that is held, how current it is, and how much of it there is.

    `passages` counts those of its held text, `records` what was curated from it.
    """

    source: str
    edition: str
    title: str
    label: str
    type: SourceType
    body: str | None
    year: int | None
    currency: Currency
    replaced_by: str | None
    licence: str
    tier: RightsTier
    records: int
    identifiers: Identifiers
    read_topics: tuple[str, ...]
    passages: int = 0


@dataclass(frozen=True)
class Texts:
    """Some of the editions that are held with their text, and how many there are."""

    rows: tuple[SourceRow, ...]
    found: int
    held: int


def curated_rows(library: Library) -> Iterator[SourceRow]:
    """The editions that packs describe."""
    counts = Counter(record.edition for record in library.records.values())
    for source in library.sources.values():
        for edition in source.editions:
            yield SourceRow(
                source=source.id,
                edition=edition.id,
                title=source.title,
                label=edition.label,
                type=source.type,
                body=source.body,
                year=edition.year,
                currency=library.currency(edition.id),
                replaced_by=library.replaced_by(edition.id),
                licence=source.rights.licence,
                tier=source.rights.tier,
                records=counts[edition.id],
                identifiers=edition.identifiers,
                read_topics=edition.read_topics,
            )


def text_rows(library: Library, documents: Iterable[HeldDocument]) -> Iterator[SourceRow]:
    """The editions that are held with their text."""
    every = tuple(documents)
    currency = library.documents.currency(every)
    passages = library.documents.passage_counts(each.id for each in every)
    for document in every:
        state, newer = currency[document.edition]
        yield SourceRow(
            source=document.source,
            edition=document.edition,
            title=document.title or document.source,
            label=document.as_edition().label,
            type=document.type,
            body=document.body,
            year=document.year,
            currency=state,
            replaced_by=newer,
            licence=document.rights.licence,
            tier=document.rights.tier,
            records=0,
            identifiers=document.identifiers,
            read_topics=(),
            passages=passages.get(document.id, 0),
        )


def in_order(rows: Iterable[SourceRow]) -> tuple[SourceRow, ...]:
    """Rows by title, letter case aside."""
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.edition)))
