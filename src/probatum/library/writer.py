"""Writing to the library: documents in, marked, removed; one process at a time.

Every change is one transaction of the catalogue. The index follows: what a killed process had not
indexed yet is indexed by the next one that may write (`catch_up`).
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from probatum.library.catalogue import CatalogueError, connect, meta, set_meta, transaction
from probatum.library.index import IndexEntry
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


@dataclass(frozen=True, slots=True)
class Held:
    """An edition of a source that is already there."""

    id: int
    edition: str
    digest: str
    order: tuple[int, int, str]
    superseded_by: str | None


@dataclass
class Writer:
    """The one writer of a library; a context manager that holds the lock."""

    folder: Path
    connection: sqlite3.Connection = field(init=False)
    _lock: FileLock = field(init=False)
    _next_document: int = field(init=False, default=1)
    _next_passage: int = field(init=False, default=1)
    _content: int = field(init=False, default=0)

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
            used = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        except BaseException:
            self._lock.release()
            raise
        self._next_document = used.get("document", 0) + 1
        self._next_passage = used.get("passage", 0) + 1
        self._content = int(meta(connection, "content", "0"), 16)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the lock back."""
        self.connection.close()
        self._lock.release()

    # -- taking in --------------------------------------------------------------------------

    def take(
        self, batch: Sequence[Prepared], file: int | None, taken: int, *, done: bool = False
    ) -> list[Taken]:
        """Write a batch and how far its file has been read, in one transaction."""
        with transaction(self.connection):
            before = (self._next_document, self._next_passage, self._content)
            try:
                results = [self._take(each, file) for each in batch]
                self._count_abbreviations(batch, results)
                if file is not None:
                    self.connection.execute(
                        "UPDATE file SET taken = ?, done = ? WHERE id = ?", (taken, done, file)
                    )
                set_meta(self.connection, "content", f"{self._content:x}")
            except BaseException:
                self._next_document, self._next_passage, self._content = before
                raise
        return results

    def _take(self, new: Prepared, file: int | None) -> Taken:
        held = self._editions(new.source)
        same = next((each for each in held if each.digest == new.digest), None)
        if same is not None:
            return Taken(new.source, same.edition, "unchanged")
        edition = edition_id(new)
        note = None
        if any(each.edition == edition for each in held):
            note = f"{edition} was held with other content; both are kept, this one is quoted"
            edition = f"{edition}~{new.digest[:6]}"
        order = _order(new.document.version, new.document.date, new.document.year)
        newer = [each for each in held if each.order > order and each.superseded_by is None]
        current = max(newer, key=lambda each: (each.order, each.id), default=None)
        id = self._insert(new, edition, file, current.edition if current else None)
        if current is not None:
            note = f"{edition} is older than the held {current.edition} and kept as history"
            return Taken(new.source, edition, "older", self._entries(id, new), note)
        for each in held:
            if each.superseded_by is None:
                self._supersede(each, edition)
        return Taken(
            new.source, edition, "replaced" if held else "added", self._entries(id, new), note
        )

    def _editions(self, source: str) -> list[Held]:
        rows = self.connection.execute(
            "SELECT id, edition, digest, version, date, year, superseded_by FROM document "
            "WHERE source = ?",
            (source,),
        )
        return [
            Held(id, edition, digest, _order(version, date, year), superseded_by)
            for id, edition, digest, version, date, year, superseded_by in rows
        ]

    def _insert(self, new: Prepared, edition: str, file: int | None, successor: str | None) -> int:
        id, document = self._next_document, new.document
        self._next_document += 1
        execute, executemany = self.connection.execute, self.connection.executemany
        execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                id,
                new.source,
                edition,
                new.digest,
                successor,
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
                new.text,
            ),
        )
        first = self._next_passage
        self._next_passage += len(new.passages)
        executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?)",
            [
                (first + n, id, start, end, detail)
                for n, (start, end, detail) in enumerate(new.passages)
            ],
        )
        bearing = {(id, r.kind, r.target.lower()) for r in document.relations if r.kind in BEARING}
        if bearing:
            executemany("INSERT INTO relation VALUES (?, ?, ?)", sorted(bearing))
        names = {(f"{key}:{value}".lower(), id) for key, value in _known_as(new)}
        executemany("INSERT INTO identifier VALUES (?, ?)", sorted(names))
        self._toggle(edition, new.digest, successor)
        return id

    def _entries(self, id: int, new: Prepared) -> tuple[IndexEntry, ...]:
        """The index entries of the document that was inserted last."""
        first = self._next_passage - len(new.passages)
        return tuple(index_entry(new, entry, id, first + n) for n, entry in enumerate(new.entries))

    def _supersede(self, old: Held, edition: str) -> None:
        self._toggle(old.edition, old.digest, old.superseded_by, remove=True)
        self.connection.execute(
            "UPDATE document SET superseded_by = ? WHERE id = ?", (edition, old.id)
        )
        self._toggle(old.edition, old.digest, edition)

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

    def remove(self, ids: Sequence[int]) -> None:
        """Remove documents with their passages; what rested on them can be told afterwards."""
        with transaction(self.connection):
            for id in ids:
                self._remove(id)
            set_meta(self.connection, "content", f"{self._content:x}")

    def _remove(self, id: int) -> None:
        execute = self.connection.execute
        row = execute(
            "SELECT source, edition, digest, superseded_by, title, file FROM document WHERE id = ?",
            (id,),
        ).fetchone()
        if row is None:
            return
        source, edition, digest, successor, title, file = row
        for table in ("passage", "relation", "identifier"):
            execute(f"DELETE FROM {table} WHERE document = ?", (id,))  # noqa: S608 - our own names
        execute("DELETE FROM document WHERE id = ?", (id,))
        execute("DELETE FROM mark WHERE edition = ?", (edition,))
        execute("INSERT INTO removed VALUES (?, ?, ?, ?, 1)", (edition, source, id, title))
        # The file may be added again, which a journal entry "done" would prevent.
        execute("DELETE FROM file WHERE id = ?", (file,))
        self._toggle(edition, digest, successor, remove=True)
        older = execute(
            "SELECT id, edition, digest, version, date, year, superseded_by FROM document "
            "WHERE source = ? AND superseded_by = ?",
            (source, edition),
        ).fetchall()
        held = [Held(r[0], r[1], r[2], _order(r[3], r[4], r[5]), r[6]) for r in older]
        heir = max(held, key=lambda each: (each.order, each.id), default=None)
        for each in held:
            # With its newest edition gone, the one before is the current one again.
            self._toggle(each.edition, each.digest, each.superseded_by, remove=True)
            now = None if heir is None or each is heir else heir.edition
            execute("UPDATE document SET superseded_by = ? WHERE id = ?", (now, each.id))
            self._toggle(each.edition, each.digest, now)

    def mark(
        self, edition: str, state: str | None, successor: str | None, note: str | None
    ) -> None:
        """Set an operator's mark on an edition, or take it away with state None."""
        with transaction(self.connection):
            row = self.connection.execute(
                "SELECT state, successor FROM mark WHERE edition = ?", (edition,)
            ).fetchone()
            if row:
                self._toggle(f"mark {edition}", row[0], row[1], remove=True)
                self.connection.execute("DELETE FROM mark WHERE edition = ?", (edition,))
            if state is not None:
                self.connection.execute(
                    "INSERT INTO mark VALUES (?, ?, ?, ?)", (edition, state, successor, note)
                )
                self._toggle(f"mark {edition}", state, successor)
            set_meta(self.connection, "content", f"{self._content:x}")

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

    def _toggle(
        self, edition: str, digest: str, successor: str | None, *, remove: bool = False
    ) -> None:
        """Keep the sum over everything held: the same content in any order gives the same sum."""
        words = f"{edition}\x1f{digest}\x1f{successor or ''}"
        part = int.from_bytes(hashlib.sha256(words.encode()).digest()[: _BITS // 8], "big")
        self._content = (self._content + (-part if remove else part)) % (1 << _BITS)


def edition_id(new: Prepared) -> str:
    """The id of an edition: its source and what tells it from the source's other editions."""
    document = new.document
    label = document.version or document.label
    if not label:
        day = document.date.isoformat() if document.date else None
        label = day or (str(document.year) if document.year else new.digest[:8])
    return f"{new.source}@{'-'.join(label.split())}"


def index_entry(new: Prepared, entry: Entry, document: int, passage: int) -> IndexEntry:
    """One passage as the index takes it."""
    return IndexEntry(
        passage=passage,
        document=document,
        title=new.document.title,
        headings=entry.headings,
        text=new.text[entry.start : entry.end],
        extra=entry.extra,
        subjects=new.subjects,
        terms=entry.terms,
        type=new.document.type.value,
        body=new.document.body,
        year=new.document.year,
    )


def _known_as(new: Prepared) -> Iterator[tuple[str, str]]:
    """Every name under which another work may refer to this one."""
    kind, _, value = new.source.partition(":")
    yield kind, value
    yield from new.document.identifiers.present().items()


def _order(version: str | None, day: object, year: int | None) -> tuple[int, int, str]:
    """What is compared to tell the newer of two editions: the version, else the date or year."""
    if version is not None:
        number = int(version) if version.isdigit() and len(version) < 9 else 0
        return 1, number, version
    return 0, 0, str(day or year or "")
