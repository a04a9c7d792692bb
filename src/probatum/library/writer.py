"""Writing to the library: documents in, marked, removed; one process at a time.

Every change is one transaction of the catalogue. The index follows: what a killed process had not
indexed yet is indexed by the next one that may write (`catch_up`).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from probatum.library.catalogue import FILE_NAME, CatalogueError, connect, failure, transaction
from probatum.library.editions import Held, edition_id, other_ids, place
from probatum.library.index import IndexEntry
from probatum.library.prepare import Prepared
from probatum.library.rows import Rows

LOCK_NAME = "writing.lock"
# What was found about a document on its way in: a work's first edition; one that is newer than
# those held, or older; what the same file says now, in the place of what it said before; nothing.
Fate = Literal["added", "replaced", "older", "renewed", "unchanged"]


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
    _rows: Rows = field(init=False)

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
            self._rows = Rows(connection)
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

    @contextmanager
    def _change(self) -> Iterator[None]:
        """One transaction; when it fails, also what this process knew is as before."""
        before = replace(self._rows.sums)
        try:
            with transaction(self.connection):
                yield
                self._rows.sums.keep(self.connection)
        except BaseException:
            self._rows.sums = before
            raise

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
            self._rows.count_abbreviations(
                each
                for each, result in zip(batch, results, strict=True)
                if result.fate != "unchanged"
            )
            if file is not None:
                self.connection.execute(
                    "UPDATE file SET taken = ?, done = ? WHERE id = ?", (taken, done, file)
                )
        return results

    @property
    def last(self) -> int:
        """The id of the last document that was taken; ids only rise."""
        return self._rows.sums.next_document - 1

    def _take(self, new: Prepared, file: int | None, wanted: str) -> Taken:
        rows = self._rows
        held = rows.editions(new.source)
        same = next((each for each in held if each.digest == new.digest), None)
        if same is not None:
            return Taken(new.source, same.edition, "unchanged")
        holder = next((each for each in held if each.edition == wanted), None)
        if holder is not None and file is not None:
            if self._read_again(holder, file):
                return self._renew(holder, new, file)
            if holder.file > file and not self.marked(wanted):
                # Of two files that were read at once, the later one was quicker.
                rows.rename(holder, other_ids(wanted, holder.digest))
        edition = rows.free((wanted, *other_ids(edition_id(new), new.digest)))
        id = rows.insert(new, edition, file)
        if not held:
            return Taken(new.source, edition, "added", rows.entries(id, new))
        fate, note = self._fate(new, id, wanted)
        return Taken(new.source, edition, fate, rows.entries(id, new), note)

    def _fate(self, new: Prepared, id: int, wanted: str) -> tuple[Fate, str | None]:
        """What the document inserted as `id` is among its source's editions; what is to be said."""
        every = self._rows.editions(new.source)
        self._rows.line_up(every)
        mine = next(each for each in every if each.id == id)
        others = [each for each in every if each.depth == mine.depth and each.id != id]
        if not others:
            return "added", None
        newest = max(others, key=place)
        if place(newest) > place(mine):
            why = "is older than" if newest.order > mine.order else "came before"
            history = f"{mine.edition} {why} the held {newest.edition} and kept as history"
            return "older", history
        if mine.edition != wanted:
            both = f"{wanted} was held with other content; both are kept, this one is quoted"
            return "replaced", both
        title = self._rows.title(newest.id)
        if not new.source.startswith("file:") or title == new.document.title:
            return "replaced", None
        return "replaced", (
            f"{mine.edition} takes the place of {newest.edition}, which has another title "
            f"(\u201c{title}\u201d); if they are two works, rename a file and add it again"
        )

    def _read_again(self, holder: Held, file: int) -> bool:
        """Whether an edition came in the same file, read then with other settings or otherwise."""
        same = "SELECT 1 FROM file a, file b WHERE a.id = ? AND b.id = ? AND a.sha256 = b.sha256"
        return (
            holder.file != file
            and self.connection.execute(same, (holder.file, file)).fetchone() is not None
        )

    def _renew(self, holder: Held, new: Prepared, file: int) -> Taken:
        """Put what the same file says now in the place of what it said before, marks kept."""
        rows = self._rows
        mark = rows.mark_of(holder.edition)
        rows.remove(holder.id)
        id = rows.insert(new, holder.edition, file)
        if mark:
            rows.mark(holder.edition, *mark)
        rows.line_up(rows.editions(new.source))
        return Taken(new.source, holder.edition, "renewed", rows.entries(id, new))

    # -- marking and removing ---------------------------------------------------------------

    def remove(self, ids: Sequence[int], *, for_good: bool = False) -> None:
        """Remove documents with their passages; what rested on them can be told afterwards.

        Their files may be added again, unless it is `for_good`.
        """
        with self._change():
            for id in ids:
                self._rows.remove(id, for_good=for_good)

    def mark(
        self, edition: str, state: str | None, successor: str | None, note: str | None
    ) -> None:
        """Set an operator's mark on an edition, or take it away with state None."""
        with self._change():
            self._rows.unmark(edition)
            if state is not None:
                self._rows.mark(edition, state, successor, note)

    def marked(self, edition: str) -> bool:
        """Whether the operator has marked an edition."""
        return self._rows.mark_of(edition) is not None

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
