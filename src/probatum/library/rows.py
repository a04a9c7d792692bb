"""The catalogue's rows of a document: put in, taken out, renamed, marked, lined up.

Everything here happens inside the writer's transaction. `Sums` are kept beside the rows, because
nobody could count them quickly; they go back with the transaction.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from probatum.library.catalogue import meta, set_meta
from probatum.library.editions import Held, order_of, out_of_line
from probatum.library.index import IndexEntry
from probatum.library.passage_row import pieces
from probatum.library.prepare import BEARING, Entry, Prepared

_BITS = 128
_HELD = "id, edition, digest, depth, version, date, year, superseded_by, file"


@dataclass
class Sums:
    """Ids to give next, a sum over everything held, and the number of passages held."""

    next_document: int
    next_passage: int
    content: int
    passages: int

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Sums":
        """As the catalogue has them."""
        used = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        return cls(
            next_document=used.get("document", 0) + 1,
            next_passage=used.get("passage", 0) + 1,
            content=int(meta(connection, "content", "0"), 16),
            passages=int(meta(connection, "passages", "0")),
        )

    def keep(self, connection: sqlite3.Connection) -> None:
        """Write down what cannot be told from the tables; see `HeldDocuments`."""
        set_meta(connection, "content", f"{self.content:x}")
        set_meta(connection, "passages", str(self.passages))

    def toggle(
        self, name: str, digest: str, successor: str | None, *, remove: bool = False
    ) -> None:
        """Put a fact into the sum or take it out: the same facts in any order have the same sum."""
        words = f"{name}\x1f{digest}\x1f{successor or ''}"
        part = int.from_bytes(hashlib.sha256(words.encode()).digest()[: _BITS // 8], "big")
        self.content = (self.content + (-part if remove else part)) % (1 << _BITS)


class Rows:
    """A document's rows in all tables, kept together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Of the catalogue that the connection may write."""
        self.connection = connection
        self.sums = Sums.of(connection)

    # -- documents --------------------------------------------------------------------------

    def insert(self, new: Prepared, edition: str, file: int | None) -> int:
        """Put a document in; its id."""
        sums, document = self.sums, new.document
        id, first = sums.next_document, sums.next_passage
        sums.next_document += 1
        sums.next_passage += len(new.passages)
        sums.passages += len(new.passages)
        execute, executemany = self.connection.execute, self.connection.executemany
        execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                id,
                new.source,
                edition,
                new.digest,
                None,
                document.retracted,
                document.type.value,
                document.depth.value,
                document.title,
                document.body,
                document.year,
                document.date.isoformat() if document.date else None,
                document.version,
                file,
                new.detail,
            ),
        )
        executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
            [
                (first + n, id, start, end, detail, text)
                for n, ((start, end, detail), text) in enumerate(
                    zip(new.passages, pieces(new.text, new.passages), strict=True)
                )
            ],
        )
        bearing = {(id, r.kind, r.target.lower()) for r in document.relations if r.kind in BEARING}
        if bearing:
            executemany("INSERT INTO relation VALUES (?, ?, ?)", sorted(bearing))
        names = {(f"{key}:{value}".lower(), id) for key, value in _known_as(new)}
        executemany("INSERT INTO identifier VALUES (?, ?)", sorted(names))
        sums.toggle(edition, new.digest, None)
        return id

    def entries(self, id: int, new: Prepared) -> tuple[IndexEntry, ...]:
        """The index entries of the document that was inserted last."""
        first = self.sums.next_passage - len(new.passages)
        return tuple(index_entry(new, entry, id, first + n) for n, entry in enumerate(new.entries))

    def remove(self, id: int, *, for_good: bool = False) -> None:
        """Take a document out; its file may be read again, unless it is `for_good`."""
        execute = self.connection.execute
        row = execute(
            "SELECT source, edition, digest, superseded_by, title, file, detail, "
            "(SELECT COUNT(*) FROM passage WHERE document = ?) FROM document WHERE id = ?",
            (id, id),
        ).fetchone()
        if row is None:
            return
        source, edition, digest, successor, title, file, detail, passages = row
        self.sums.passages -= passages
        self._uncount_abbreviations(json.loads(detail).get("abbreviations", ()))
        for table in ("passage", "relation", "identifier"):
            execute(f"DELETE FROM {table} WHERE document = ?", (id,))  # noqa: S608 - our own names
        execute("DELETE FROM document WHERE id = ?", (id,))
        self.unmark(edition)
        execute("INSERT INTO removed VALUES (?, ?, ?, ?, 1)", (edition, source, id, title))
        if not for_good:
            # From the beginning, which a journal entry "done" would prevent.
            execute("UPDATE file SET taken = 0, done = 0 WHERE id = ?", (file,))
        self.sums.toggle(edition, digest, successor, remove=True)
        # With the newest edition gone, the one before is the current one again.
        self.line_up(self.editions(source))

    def title(self, id: int) -> str:
        """A held document's title."""
        row = self.connection.execute("SELECT title FROM document WHERE id = ?", (id,)).fetchone()
        return str(row[0])

    # -- editions ---------------------------------------------------------------------------

    def editions(self, source: str) -> list[Held]:
        """Every held edition of a source."""
        rows = self.connection.execute(
            f"SELECT {_HELD} FROM document WHERE source = ?",  # noqa: S608 - our own names
            (source,),
        )
        return [_held(row) for row in rows]

    def line_up(self, editions: Iterable[Held]) -> None:
        """Have each edition of a source superseded by the one after it, whatever came in first."""
        for each, successor in out_of_line(editions):
            self.sums.toggle(each.edition, each.digest, each.superseded_by, remove=True)
            self.connection.execute(
                "UPDATE document SET superseded_by = ? WHERE id = ?", (successor, each.id)
            )
            self.sums.toggle(each.edition, each.digest, successor)

    def free(self, names: Iterable[str]) -> str:
        """The first of these edition ids that no held document has."""
        taken = "SELECT 1 FROM document WHERE edition = ?"
        return next(n for n in names if self.connection.execute(taken, (n,)).fetchone() is None)

    def rename(self, held: Held, names: Iterable[str]) -> None:
        """Give an edition the first of these ids that is free; its source has to be lined up."""
        name = self.free(names)
        self.sums.toggle(held.edition, held.digest, held.superseded_by, remove=True)
        self.connection.execute("UPDATE document SET edition = ? WHERE id = ?", (name, held.id))
        self.sums.toggle(name, held.digest, held.superseded_by)

    # -- marks ------------------------------------------------------------------------------

    def mark_of(self, edition: str) -> tuple[str, str | None, str | None] | None:
        """The operator's mark on an edition: state, successor, note."""
        row: tuple[str, str | None, str | None] | None = self.connection.execute(
            "SELECT state, successor, note FROM mark WHERE edition = ?", (edition,)
        ).fetchone()
        return row

    def mark(self, edition: str, state: str, successor: str | None, note: str | None) -> None:
        """Set the mark of an edition that has none."""
        self.connection.execute(
            "INSERT INTO mark VALUES (?, ?, ?, ?)", (edition, state, successor, note)
        )
        self.sums.toggle(f"mark {edition}", state, successor)

    def unmark(self, edition: str) -> None:
        """Take the mark away, if there is one."""
        mark = self.mark_of(edition)
        if mark:
            self.sums.toggle(f"mark {edition}", mark[0], mark[1], remove=True)
            self.connection.execute("DELETE FROM mark WHERE edition = ?", (edition,))

    # -- abbreviations ----------------------------------------------------------------------

    def count_abbreviations(self, documents: Iterable[Prepared]) -> None:
        """Count what the documents' abbreviations stand for, over everything held."""
        counts = Counter(pair for each in documents for pair in each.abbreviations)
        self.connection.executemany(
            "INSERT INTO abbreviation VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET documents = documents + excluded.documents",
            [(short, long.lower(), count) for (short, long), count in sorted(counts.items())],
        )

    def _uncount_abbreviations(self, pairs: Iterable[tuple[str, str]]) -> None:
        keys = [(short, long.lower()) for short, long in pairs]
        for statement in (
            "UPDATE abbreviation SET documents = documents - 1 WHERE short = ? AND long = ?",
            "DELETE FROM abbreviation WHERE short = ? AND long = ? AND documents < 1",
        ):
            self.connection.executemany(statement, keys)


def index_entry(new: Prepared, entry: Entry, document: int, passage: int) -> IndexEntry:
    """One passage as the index takes it."""
    return IndexEntry(
        passage=passage,
        document=document,
        words=entry.words,
        terms=entry.terms,
        type=new.document.type.value,
        body=new.document.body,
        year=new.document.year,
    )


def _held(row: Sequence[Any]) -> Held:
    id, edition, digest, depth, version, day, year, superseded_by, file = row
    order = order_of(version, day, year)
    return Held(id, edition, digest, depth, order, superseded_by, file or 0)


def _known_as(new: Prepared) -> Iterator[tuple[str, str]]:
    """Every name under which another work may refer to this one."""
    kind, _, value = new.source.partition(":")
    yield kind, value
    yield from new.document.identifiers.present().items()
