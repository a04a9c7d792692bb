"""Whether anything was written since: a mark of the database and the library, told in microseconds.

Two marks that are equal mean that between them nobody wrote, in this process or in any other. The
mark says nothing of what was written: whoever sees another one reads everything anew.
"""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from probatum.library.catalogue import FILE_NAME as CATALOGUE
from probatum.library.store import default_folder
from probatum.site.engine import library_folder, when_replaced

Stamp = tuple[int, ...]
# Of one file: how often it was opened here, SQLite's count of commits by others, and the stamps of
# the file and of its write-ahead log.
Seen = tuple[int, int, Stamp, Stamp]
NOTHING: Seen = (0, 0, (), ())
# Of the engine, the database and the library.
Mark = tuple[int, Seen, Seen]


def _stamp(path: Path) -> Stamp:
    """What tells one state of a file from another; empty where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@dataclass
class Watched:
    """An SQLite file on a connection that is kept and never writes.

    `PRAGMA data_version` on it gives another number once any other connection has committed, be it
    of this process (https://www.sqlite.org/pragma.html#pragma_data_version). The stamps tell of
    what was done to the file without SQLite: it was replaced, or somebody tampers with its bytes.
    """

    path: Path
    _connection: sqlite3.Connection | None = None
    _file: Stamp = ()
    _opened: int = 0

    def seen(self) -> Seen | None:
        """The state of the file; None when it cannot be told, as while SQLite mends it."""
        try:
            return self._seen()
        except (OSError, sqlite3.Error):
            self.close()
            return None

    def _seen(self) -> Seen:
        file = _stamp(self.path)
        if not file:
            self.close()
            return NOTHING
        if self._connection is None or self._file != file[:2]:
            self.close()
            self._connection = self._open()
            self._file = file[:2]
            self._opened += 1
        ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
        return self._opened, version, file, _stamp(self.path.with_name(f"{self.path.name}-wal"))

    def _open(self) -> sqlite3.Connection:
        address = f"{self.path.resolve().as_uri()}?mode=ro"
        # Whoever would have to wait for another process reads everything anew instead.
        return sqlite3.connect(
            address, uri=True, timeout=0, isolation_level=None, check_same_thread=False
        )

    def close(self) -> None:
        """Give the file back; the next look opens it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass
class Unchanged:
    """What pages are made of: the board's database, the library's texts and the engine on them.

    The packs are the engine's own, read when it is opened; the policy and the settings are those
    that the process began with.
    """

    database: Watched
    library: Watched
    _engines: list[int] = field(default_factory=lambda: [0])

    def __post_init__(self) -> None:
        """Count the engines from now on."""
        engines = self._engines

        def another() -> None:
            engines[0] += 1

        when_replaced.append(another)

    @classmethod
    def of_settings(cls) -> "Unchanged | None":
        """That of this site; None on PostgreSQL, which tells nobody that something was written."""
        default = settings.DATABASES["default"]
        if not default["ENGINE"].endswith("sqlite3"):
            return None
        folder = library_folder() or default_folder()
        return cls(Watched(Path(default["NAME"])), Watched(folder / CATALOGUE))

    def mark(self) -> Mark | None:
        """The state of all of it now; None when it cannot be told."""
        engine = self._engines[0]
        database = self.database.seen()
        library = self.library.seen()
        if database is None or database == NOTHING or library is None:
            return None
        return engine, database, library

    def close(self) -> None:
        """Give the files back."""
        self.database.close()
        self.library.close()
