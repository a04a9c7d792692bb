"""What is held, in words: the rows of the sources page."""

from collections.abc import Iterable
from dataclasses import dataclass

from probatum.engine import SourceRow
from probatum.render.characters import plain
from probatum.render.cite import Link, links
from probatum.render.names import Words
from probatum.render.words import CURRENCIES, CURRENCY_MARKS, RIGHTS, TYPES


@dataclass(frozen=True)
class SourceView:
    """An edition as a person reads it."""

    edition: str
    title: str
    label: str
    type: str
    body: str | None
    year: str | None
    currency: str
    currency_code: str
    currency_mark: str
    replaced_by: str | None
    licence: str
    rights: str
    records: str
    links: tuple[Link, ...]
    topics: tuple[str, ...]


def source_view(row: SourceRow, words: Words) -> SourceView:
    """The row in words."""
    return SourceView(
        edition=row.edition,
        title=plain(row.title),
        label=plain(row.label),
        type=TYPES[row.type],
        body=words.name(row.body) if row.body else None,
        year=str(row.year) if row.year else None,
        currency=CURRENCIES[row.currency],
        currency_code=row.currency.value,
        currency_mark=CURRENCY_MARKS[row.currency],
        replaced_by=row.replaced_by,
        licence=plain(row.licence),
        rights=RIGHTS[row.tier],
        records=f"{row.records} {'record' if row.records == 1 else 'records'}",
        links=links(row.identifiers),
        topics=tuple(words.name(topic) for topic in row.read_topics),
    )


def matching(rows: Iterable[SourceRow], words: str) -> list[SourceRow]:
    """Rows that hold every word of the filter somewhere, letter case aside."""
    wanted = plain(words).casefold().split()
    found = []
    for row in rows:
        values = (
            row.title,
            row.label,
            row.body or "",
            str(row.year or ""),
            row.edition,
            TYPES[row.type],
            CURRENCIES[row.currency],
            *row.identifiers.present().values(),
        )
        text = " ".join(values).casefold()
        if all(word in text for word in wanted):
            found.append(row)
    return found
