"""A held edition as a text that claims can be judged by, and whether it still counts.

A claim may be word for word what an edition says and yet be out of date, because the edition was
replaced or retracted. So the state of the edition goes with its text. Of a pack's edition only
records are held; their statements, one a paragraph, are its text.
"""

from dataclasses import dataclass
from datetime import date

from probatum.evidence.base import ProbatumError
from probatum.evidence.source import Currency
from probatum.library.library import Library


class NotHeldError(ProbatumError):
    """A source id that the library does not hold."""


@dataclass(frozen=True)
class HeldSource:
    """An edition's text and state.

    `about` is what a claim may say of the work itself: title, body, edition and year. `replaced`
    are spans of the text that a later record replaced, with the record that did.
    """

    edition: str
    text: str
    about: str
    currency: Currency
    replaced_by: str | None = None
    replaced: tuple[tuple[int, int, str], ...] = ()


def held_source(id_: str, library: Library, as_of: date | None = None) -> HeldSource:
    """The edition with this id, or the newest edition of the source with it."""
    edition = _edition(id_, library)
    source = library.source_of(edition)
    held = library.edition(edition)
    words = [source.title, source.body or "", held.label if held else ""]
    if source.body and source.body in library.vocabulary:
        words.append(library.name(source.body))
    if held and held.year:
        words.append(str(held.year))
    parts, replaced = _texts(edition, library)
    return HeldSource(
        edition,
        "\n\n".join(parts),
        " ".join(word for word in words if word),
        library.currency(edition, as_of),
        library.replaced_by(edition, as_of),
        replaced,
    )


def _edition(id_: str, library: Library) -> str:
    if library.edition(id_) is not None:
        return id_
    if id_ in library.sources:
        editions = library.sources[id_].editions
        return max(editions, key=lambda e: (e.year or 0, e.id)).id
    known = library.documents.known_as(id_.lower())
    if known:
        return known[0].edition
    raise NotHeldError(f"The source {id_!r} is not held in this library.")


def _texts(edition: str, library: Library) -> tuple[list[str], tuple[tuple[int, int, str], ...]]:
    """The statements of the edition's records, then its held text."""
    parts: list[str] = []
    replaced: list[tuple[int, int, str]] = []
    at = 0
    for record in library.records.values():
        if record.edition != edition:
            continue
        text = library.statement(record.id)
        if record.superseded_by:
            replaced.append((at, at + len(text), record.superseded_by))
        parts.append(text)
        at += len(text) + 2
    whole = library.text(edition)
    if whole is None and edition in library.editions:
        same = library.texts_of(edition)
        whole = library.text(same[0].edition) if same else None
    if whole:
        parts.append(whole)
    return parts, tuple(replaced)
