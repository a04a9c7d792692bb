"""Writing to the library: documents in, marked, removed; one process at a time.

Every change is one transaction of the catalogue. The index follows: what a killed process had not
indexed yet is indexed by the next one that may write (`catch_up`).
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from probatum.library.catalogue import (
    FILE_NAME,
    CatalogueError,
    connect,
    failure,
    meta,
    set_meta,
    transaction,
)
from probatum.library.editions import (
    Held,
    edition_id,
    order_of,
    other_ids,
    out_of_line,
    place,
)
from probatum.library.index import IndexEntry
from probatum.library.passage_row import pieces
from probatum.library.prepare import BEARING, Entry, Prepared

LOCK_NAME = "writing.lock"
# What was found about a document on its way in.
Fate = Literal["added", "replaced", "older", "unchanged"]
_BITS = 128


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document, and the entries to index when it is new."""

    source: str
    edition: str
    fate: Fate
    entries: tuple[IndexEntry, ...] = ()
    note: str | None = None


@dataclass
class Writer:
    """The one writer of a library; a context manager that holds the lock."""

    folder: Path
    connection: sqlite3.Connection = field(init=False)
    _lock: FileLock = field(init=False)
    _next_document: int = field(init=False, default=1)
    _next_passage: int = field(init=False, default=1)
    _content: int = field(init=False, default=0)
    _passages: int = field(init=False, default=0)

    def __enter__(self) -> "Writer":
        """Take the lock and open the catalogue; CatalogueError when another process writes."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(self.folder / LOCK_NAME)
            self._lock.acquire(timeout=2)
        except Timeout as error:
            raise CatalogueError(
                f"{self.folder}: another process is writing to this library; "
                "try again when it is done."
            ) from error
        except OSError as error:
            raise CatalogueError(
                f"{self.folder}: the library cannot be written here ({error.strerror}); "
                "name another folder with --library or PROBATUM_LIBRARY."
            ) from error
        try:
            connection = connect(self.folder, write=True)
            assert connection is not None  # noqa: S101 - writing makes it
            self.connection = connection
            used = dict(self.connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
            self._next_document = used.get("document", 0) + 1
            self._next_passage = used.get("passage", 0) + 1
            self._content = int(meta(connection, "content", "0"), 16)
            self._passages = int(meta(connection, "passages", "0"))
        except sqlite3.DatabaseError as error:
            self.connection.close()
            self._lock.release()
            raise failure(self.folder / FILE_NAME, error) from error
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Give the lock back; what SQLite says of the file is said to a person."""
        self.connection.close()
        self._lock.release()
        if isinstance(error, sqlite3.DatabaseError):
            raise failure(self.folder / FILE_NAME, error) from error

    # -- taking in --------------------------------------------------------------------------

    def take(
        self,
        batch: Sequence[Prepared],
        file: int | None,
        taken: int,
        *,
        done: bool = False,
        editions: Sequence[str] = (),
    ) -> list[Taken]:
        """Write a batch and how far its file has been read, in one transaction.

        `editions` are the ids that another library gave to the documents.
        """
        names = editions or [edition_id(each) for each in batch]
        with self._change():
            results = [
                self._take(each, file, name) for each, name in zip(batch, names, strict=True)
            ]
            self._count_abbreviations(batch, results)
            if file is not None:
                self.connection.execute(
                    "UPDATE file SET taken = ?, done = ? WHERE id = ?", (taken, done, file)
                )
        return results

    @contextmanager
    def _change(self) -> Iterator[None]:
        """One transaction; when it fails, also what this process knew is as before."""
        before = self._state
        try:
            with transaction(self.connection):
                yield
                self._keep_sums()
        except BaseException:
            self._state = before
            raise

    @property
    def last(self) -> int:
        """The id of the last document that was taken; ids only rise."""
        return self._next_document - 1

    def _take(self, new: Prepared, file: int | None, wanted: str) -> Taken:
        held = self._editions(new.source)
        same = next((each for each in held if each.digest == new.digest), None)
        if same is not None:
            return Taken(new.source, same.edition, "unchanged")
        edition = self._free(wanted, new)
        id = self._insert(new, edition, file)
        entries = self._entries(id, new)
        document = new.document
        depth = document.depth.value
        alike = [each for each in held if each.depth == depth]
        if not alike:
            return Taken(new.source, edition, "added", entries)
        order = order_of(new.document.version, new.document.date, new.document.year)
        current = max(alike, key=place)
        self._line_up([*alike, Held(id, edition, new.digest, depth, order, None)])
        if current.order > order:
            older = f"{edition} is older than the held {current.edition} and kept as history"
            return Taken(new.source, edition, "older", entries, older)
        note = None
        if edition != wanted:
            note = f"{wanted} was held with other content; both are kept, this one is quoted"
        elif (
            new.source.startswith("file:") and (other := self._title(current.id)) != document.title
        ):
            note = (
                f"{edition} takes the place of {current.edition}, which has another title "
                f"(\u201c{other}\u201d); if they are two works, rename a file and add it again"
            )
        return Taken(new.source, edition, "replaced", entries, note)

    def _title(self, id: int) -> str:
        row = self.connection.execute("SELECT title FROM document WHERE id = ?", (id,)).fetchone()
        return str(row[0])

    def _free(self, edition: str, new: Prepared) -> str:
        """The id, or where that is given to other content, one with part of the digest."""
        names = (edition, *other_ids(edition_id(new), new.digest))
        taken = "SELECT 1 FROM document WHERE edition = ?"
        return next(n for n in names if self.connection.execute(taken, (n,)).fetchone() is None)

    def _line_up(self, editions: Iterable[Held]) -> None:
        """Have each edition of a source superseded by the one after it, whatever came in first."""
        for each, successor in out_of_line(editions):
            self._toggle(each.edition, each.digest, each.superseded_by, remove=True)
            self.connection.execute(
                "UPDATE document SET superseded_by = ? WHERE id = ?", (successor, each.id)
            )
            self._toggle(each.edition, each.digest, successor)

    def _editions(self, source: str) -> list[Held]:
        rows = self.connection.execute(
            f"SELECT {_HELD} FROM document WHERE source = ?",  # noqa: S608 - our own names
            (source,),
        )
        return [_held(row) for row in rows]

    def _insert(self, new: Prepared, edition: str, file: int | None) -> int:
        id, document = self._next_document, new.document
        self._next_document += 1
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
        first = self._next_passage
        self._next_passage += len(new.passages)
        self._passages += len(new.passages)
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
        self._toggle(edition, new.digest, None)
        return id

    def _entries(self, id: int, new: Prepared) -> tuple[IndexEntry, ...]:
        """The index entries of the document that was inserted last."""
        first = self._next_passage - len(new.passages)
        return tuple(index_entry(new, entry, id, first + n) for n, entry in enumerate(new.entries))

    def _count_abbreviations(self, batch: Iterable[Prepared], results: Iterable[Taken]) -> None:
        counts = Counter(
            pair
            for new, result in zip(batch, results, strict=True)
            if result.fate != "unchanged"
            for pair in new.abbreviations
        )
        self.connection.executemany(
            "INSERT INTO abbreviation VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET documents = documents + excluded.documents",
            [(short, long.lower(), count) for (short, long), count in sorted(counts.items())],
        )

    # -- marking and removing ---------------------------------------------------------------

    def remove(self, ids: Sequence[int], *, for_good: bool = False) -> None:
        """Remove documents with their passages; what rested on them can be told afterwards.

        Their files may be added again, unless it is `for_good`.
        """
        with self._change():
            for id in ids:
                self._remove(id, for_good=for_good)

    def _remove(self, id: int, *, for_good: bool) -> None:
        execute = self.connection.execute
        row = execute(
            "SELECT source, edition, digest, superseded_by, title, file, "
            "(SELECT COUNT(*) FROM passage WHERE document = ?) FROM document WHERE id = ?",
            (id, id),
        ).fetchone()
        if row is None:
            return
        source, edition, digest, successor, title, file, passages = row
        self._passages -= passages
        for table in ("passage", "relation", "identifier"):
            execute(f"DELETE FROM {table} WHERE document = ?", (id,))  # noqa: S608 - our own names
        execute("DELETE FROM document WHERE id = ?", (id,))
        self._unmark(edition)
        execute("INSERT INTO removed VALUES (?, ?, ?, ?, 1)", (edition, source, id, title))
        if not for_good:
            # From the beginning, which a journal entry "done" would prevent.
            execute("UPDATE file SET taken = 0, done = 0 WHERE id = ?", (file,))
        self._toggle(edition, digest, successor, remove=True)
        # With the newest edition gone, the one before is the current one again.
        self._line_up(self._editions(source))

    def mark(
        self, edition: str, state: str | None, successor: str | None, note: str | None
    ) -> None:
        """Set an operator's mark on an edition, or take it away with state None."""
        with self._change():
            self._unmark(edition)
            if state is not None:
                self.connection.execute(
                    "INSERT INTO mark VALUES (?, ?, ?, ?)", (edition, state, successor, note)
                )
                self._toggle(f"mark {edition}", state, successor)

    def marked(self, edition: str) -> bool:
        """Whether the operator has marked an edition."""
        found = self.connection.execute("SELECT 1 FROM mark WHERE edition = ?", (edition,))
        return found.fetchone() is not None

    def _unmark(self, edition: str) -> None:
        row = self.connection.execute(
            "SELECT state, successor FROM mark WHERE edition = ?", (edition,)
        ).fetchone()
        if row:
            self._toggle(f"mark {edition}", row[0], row[1], remove=True)
            self.connection.execute("DELETE FROM mark WHERE edition = ?", (edition,))

    # -- the files' journal -----------------------------------------------------------------

    def file(self, name: str, sha256: str, settings: str, format: str) -> tuple[int, int, bool]:
        """The journal entry of a file: its id, how many items were taken, whether it is done."""
        row = self.connection.execute(
            "SELECT id, taken, done FROM file WHERE sha256 = ? AND name = ? AND settings = ?",
            (sha256, name, settings),
        ).fetchone()
        if row is None:
            with transaction(self.connection):
                cursor = self.connection.execute(
                    "INSERT INTO file (name, sha256, settings, format) VALUES (?, ?, ?, ?)",
                    (name, sha256, settings, format),
                )
            return int(cursor.lastrowid or 0), 0, False
        return row[0], row[1], bool(row[2])

    @property
    def _state(self) -> tuple[int, int, int, int]:
        """What has to go back when a transaction fails."""
        return self._next_document, self._next_passage, self._content, self._passages

    @_state.setter
    def _state(self, state: tuple[int, int, int, int]) -> None:
        self._next_document, self._next_passage, self._content, self._passages = state

    def _keep_sums(self) -> None:
        """Sums over everything held, which nobody could count quickly: see `HeldDocuments`."""
        set_meta(self.connection, "content", f"{self._content:x}")
        set_meta(self.connection, "passages", str(self._passages))

    def _toggle(
        self, edition: str, digest: str, successor: str | None, *, remove: bool = False
    ) -> None:
        """Keep the sum over everything held: the same content in any order gives the same sum."""
        words = f"{edition}\x1f{digest}\x1f{successor or ''}"
        part = int.from_bytes(hashlib.sha256(words.encode()).digest()[: _BITS // 8], "big")
        self._content = (self._content + (-part if remove else part)) % (1 << _BITS)


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


_HELD = "id, edition, digest, depth, version, date, year, superseded_by"


def _held(row: Sequence[Any]) -> Held:
    id, edition, digest, depth, version, day, year, superseded_by = row
    return Held(id, edition, digest, depth, order_of(version, day, year), superseded_by)


def _known_as(new: Prepared) -> Iterator[tuple[str, str]]:
    """Every name under which another work may refer to this one."""
    kind, _, value = new.source.partition(":")
    yield kind, value
    yield from new.document.identifiers.present().items()
