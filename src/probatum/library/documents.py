"""Reading the catalogue: documents and passages as values."""

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.library.catalogue import connect, failure, place
from probatum.library.catalogue_reader import CatalogueReader
from probatum.library.currency import Standing, currency, told_of
from probatum.library.held import HeldDocument, HeldPassage

# Where `listed` looks for a word; one LIKE a column is quicker than one on all of them together.
_LOOKED_AT = ("title", "edition", "body", "year", "type")
# Works looked through for the bodies to choose from.
_LOOKED_THROUGH = 5_000


class HeldDocuments(CatalogueReader):
    """Everything in the catalogue, read when asked for. Safe to use beside a writing process."""

    @classmethod
    def open(cls, folder: Path) -> "HeldDocuments":
        """The documents of the library in `folder`; CatalogueError when they cannot be read."""
        return cls(connect(folder))

    # -- counts -----------------------------------------------------------------------------

    @property
    def content(self) -> str | None:
        """A sum over everything held that is the same for the same content; None for nothing."""
        if self._connection is None:
            return None
        sum_ = self._kept("content")
        return None if sum_ == "0" else sum_

    def _kept(self, sum_: str) -> str:
        """A sum over everything held, which the writer keeps."""
        rows = self.rows("SELECT value FROM meta WHERE key = ?", (sum_,))
        return str(rows[0][0]) if rows else "0"

    @property
    def state(self) -> tuple[str, str] | None:
        """What is held and how much of it the index has; another value whenever either changes."""
        if self._connection is None:
            return None
        return self._kept("content"), self._kept("indexed")

    def counts(self) -> tuple[int, int]:
        """How many sources and passages are held."""
        sources = self.rows("SELECT COUNT(DISTINCT source) FROM document")
        return (sources[0][0] if sources else 0), self.passage_count

    @property
    def passage_count(self) -> int:
        """How many passages are held."""
        return int(self._kept("passages"))

    def editions(self) -> int:
        """How many editions are held with their text."""
        rows = self.rows("SELECT COUNT(*) FROM document")
        return int(rows[0][0]) if rows else 0

    # -- documents --------------------------------------------------------------------------

    def document(self, edition: str) -> HeldDocument | None:
        """The edition with this id, or None."""
        return next(iter(self._documents("edition = ?", (edition,))), None)

    def of_source(self, source: str) -> tuple[HeldDocument, ...]:
        """Every held edition of a source, in the order added."""
        return tuple(self._documents("source = ?", (source,)))

    def known_as(self, name: str) -> tuple[HeldDocument, ...]:
        """Every edition that goes by an identifier such as pmid:123 or doi:10.1/x."""
        where = "id IN (SELECT document FROM identifier WHERE value = ?)"
        return tuple(self._documents(where, (name.lower(),)))

    def all(self) -> Iterator[HeldDocument]:
        """Every edition, by source and edition id."""
        yield from self._documents("1 ORDER BY source, edition")

    def listed(
        self, words: Sequence[str] = (), most: int = 200
    ) -> tuple[tuple[HeldDocument, ...], int]:
        """The editions with all these words, the last added first, and how many they are.

        At most so many are given. A word may be part of the title, the edition's id, the body, the
        year or the type, or it is a whole identifier. Every edition is looked at once.
        """
        if not words or self._connection is None:
            return tuple(self._documents("1 ORDER BY id DESC LIMIT ?", (most,))), self.editions()
        where, values = _with_words(words)
        statement = f"SELECT id FROM document WHERE {where} ORDER BY id"  # noqa: S608
        last: deque[int] = deque(maxlen=most)
        found = 0
        try:
            for (id,) in self._connection.execute(statement, values):
                last.append(id)
                found += 1
        except sqlite3.DatabaseError as error:
            raise failure(place(self._connection), error) from error
        rows = self.among(f"SELECT {_COLUMNS} FROM document WHERE id IN ({{}})", last)  # noqa: S608
        documents = sorted((_document(row) for row in rows), key=lambda each: -each.id)
        return tuple(documents), found

    def bodies(self) -> tuple[str, ...]:
        """Issuing bodies of the last works added, for choosing from: not of a million works."""
        rows = self.rows(
            "SELECT DISTINCT body FROM (SELECT body FROM document ORDER BY id DESC LIMIT ?) "
            "WHERE body IS NOT NULL ORDER BY body",
            (_LOOKED_THROUGH,),
        )
        return tuple(body for (body,) in rows)

    def _documents(self, where: str, values: Sequence[object] = ()) -> Iterator[HeldDocument]:
        for row in self.rows(f"SELECT {_COLUMNS} FROM document WHERE {where}", values):  # noqa: S608
            yield _document(row)

    def text(self, edition: str) -> str | None:
        """The held text of an edition."""
        rows = self.rows(
            "SELECT p.text FROM document d LEFT JOIN passage p ON p.document = d.id "
            "WHERE d.edition = ? ORDER BY p.id",
            (edition,),
        )
        return "".join(piece or "" for (piece,) in rows) if rows else None

    # -- passages ---------------------------------------------------------------------------

    def passages(self, ids: Iterable[int]) -> dict[int, HeldPassage]:
        """Passages by id; one that is gone is left out."""
        found = list(
            self.among(
                'SELECT id, document, start, "end", detail, substr(text, start - "end") '
                "FROM passage WHERE id IN ({})",
                ids,
            )
        )
        documents = {
            row[0]: _document(row)
            for row in self.among(
                f"SELECT {_COLUMNS} FROM document WHERE id IN ({{}})",  # noqa: S608
                {row[1] for row in found},
            )
        }
        return {
            id: HeldPassage(id, documents[document], start, end, detail, text)
            for id, document, start, end, detail, text in found
            if document in documents
        }

    def of_document(
        self, document: HeldDocument, first: int = 0, most: int = -1
    ) -> tuple[HeldPassage, ...]:
        """The passages of an edition, in order: all, or so many from the `first` on (0 is one)."""
        rows = self.rows(
            "SELECT id FROM passage WHERE document = ? ORDER BY id LIMIT ? OFFSET ?",
            (document.id, most, first),
        )
        found = self.passages(id for (id,) in rows)
        return tuple(found[id] for (id,) in rows if id in found)

    def place_of(self, document: HeldDocument, at: int) -> int:
        """The number (from 0) of the edition's passage that an offset of its text lies in."""
        statement = 'SELECT COUNT(*) FROM passage WHERE document = ? AND "end" <= ?'
        rows = self.rows(statement, (document.id, at))
        return int(rows[0][0]) if rows else 0

    def around(self, edition: str, start: int, end: int) -> HeldPassage | None:
        """The passage of an edition that a span of its text lies in."""
        rows = self.rows(
            'SELECT id FROM passage WHERE start <= ? AND "end" >= ? '
            "AND document = (SELECT id FROM document WHERE edition = ?) ORDER BY id LIMIT 1",
            (start, end, edition),
        )
        found = self.passages(id for (id,) in rows)
        return next(iter(found.values()), None)

    def passage_ids(self) -> list[int]:
        """The ids of all passages, in order."""
        return [id for (id,) in self.rows("SELECT id FROM passage ORDER BY id")]

    def passage_counts(self, documents: Iterable[int]) -> dict[int, int]:
        """How many passages each document has."""
        statement = (
            "SELECT document, COUNT(*) FROM passage WHERE document IN ({}) GROUP BY document"
        )
        return {row[0]: row[1] for row in self.among(statement, documents)}

    # -- what is said of them ---------------------------------------------------------------

    def currency(
        self, documents: Iterable[HeldDocument], as_of: date | None = None
    ) -> dict[str, Standing]:
        """For each edition whether it may be quoted as current, and what replaces it.

        What appeared after `as_of` is not taken into account.
        """
        return currency(self, list(documents), as_of)

    def told_of(
        self, names: Mapping[str, Sequence[str]], as_of: date | None = None
    ) -> dict[str, Standing]:
        """What held documents and marks say of editions that go by these names; else nothing."""
        return told_of(self, names, as_of)

    def note(self, edition: str) -> str | None:
        """Why the operator marked an edition, in the operator's words; a pack's edition, too."""
        rows = self.rows("SELECT note FROM mark WHERE edition = ?", (edition,))
        return rows[0][0] if rows else None

    def removed(self) -> tuple[tuple[str, str, str], ...]:
        """Editions that were held once: edition, source, title."""
        return tuple(self.rows("SELECT edition, source, title FROM removed ORDER BY edition"))

    def long_forms(self, short: str) -> tuple[tuple[str, int], ...]:
        """What an abbreviation stands for in how many held works, the commonest first."""
        rows = self.rows(
            "SELECT long, documents FROM abbreviation WHERE short = ? "
            "ORDER BY documents DESC, long LIMIT 20",
            (short,),
        )
        return tuple((long, count) for long, count in rows)


_COLUMNS = (
    "id, source, edition, type, depth, title, body, year, date, version, superseded_by, "
    "retracted, detail"
)


def _with_words(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The condition that a document has all of the words, with its parameters."""
    parts: list[str] = []
    values: list[str] = []
    columns = " OR ".join(f"{column} LIKE ?" for column in _LOOKED_AT)
    for word in words:
        # A % or _ in the word finds more than itself, which does no harm here.
        names = [word.lower(), *(f"{kind}:{word}".lower() for kind in Identifiers.model_fields)]
        known = ",".join("?" * len(names))
        parts.append(
            f"({columns} OR id IN "  # noqa: S608
            f"(SELECT document FROM identifier WHERE value IN ({known})))"
        )
        values += [*[f"%{word}%"] * len(_LOOKED_AT), *names]
    return " AND ".join(parts), tuple(values)


def _document(row: Sequence[Any]) -> HeldDocument:
    id, source, edition, type, depth, title, body, year, day, version, newer, retracted, detail = (
        row
    )
    return HeldDocument(
        id=id,
        source=source,
        edition=edition,
        type=SourceType(type),
        depth=Depth(depth),
        title=title,
        body=body,
        year=year,
        date=date.fromisoformat(day) if day else None,
        version=version,
        superseded_by=newer,
        retracted=bool(retracted),
        written=detail,
    )
