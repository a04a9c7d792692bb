"""The catalogue: every document held, with its text and passages, in one SQLite file.

It is the truth; the search index is derived from it. WAL mode lets many processes read while one
writes, and a batch is either whole in it or not at all, whatever happens to the process.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from probatum.evidence.base import ProbatumError

FILE_NAME = "documents.sqlite"
# Told by SQLite itself (PRAGMA user_version); a larger number was written by a newer program.
SCHEMA_VERSION = 1

# Text and detail stand last in their rows: SQLite then reads a description without the text.
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, settings TEXT NOT NULL,
    format TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
    UNIQUE (sha256, name, settings)
);
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, edition TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL, superseded_by TEXT, retracted INTEGER NOT NULL DEFAULT 0,
    type TEXT NOT NULL, depth TEXT NOT NULL, title TEXT NOT NULL, body TEXT, year INTEGER,
    date TEXT, version TEXT, file INTEGER REFERENCES file, detail TEXT NOT NULL
);
CREATE INDEX document_of_source ON document (source);
CREATE INDEX document_of_file ON document (file);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES document,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, detail TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX passage_of_document ON passage (document);
CREATE TABLE relation (document INTEGER NOT NULL REFERENCES document, kind TEXT NOT NULL,
    target TEXT NOT NULL, PRIMARY KEY (target, kind, document)) WITHOUT ROWID;
CREATE INDEX relation_of_document ON relation (document);
CREATE TABLE identifier (value TEXT NOT NULL, document INTEGER NOT NULL REFERENCES document,
    PRIMARY KEY (value, document)) WITHOUT ROWID;
CREATE INDEX identifier_of_document ON identifier (document);
CREATE TABLE abbreviation (short TEXT NOT NULL, long TEXT NOT NULL, documents INTEGER NOT NULL,
    PRIMARY KEY (short, long)) WITHOUT ROWID;
CREATE TABLE mark (edition TEXT PRIMARY KEY, state TEXT NOT NULL, successor TEXT, note TEXT)
    WITHOUT ROWID;
CREATE TABLE removed (edition TEXT NOT NULL, source TEXT NOT NULL, document INTEGER NOT NULL,
    title TEXT NOT NULL, indexed INTEGER NOT NULL);
"""
SCHEMA = tuple(part.strip() for part in _SCHEMA.split(";\n") if part.strip())


class CatalogueError(ProbatumError):
    """A catalogue that cannot be opened or written, with the remedy."""


def connect(folder: Path, *, write: bool = False) -> sqlite3.Connection | None:
    """A connection to the catalogue in `folder`; None where there is none yet and none is made.

    Raises CatalogueError for one written by a newer program, for a damaged file, and for a folder
    that cannot be written when writing was asked for.
    """
    path = folder / FILE_NAME
    if not write and not path.is_file():
        return None
    try:
        connection = _to_write(path) if write else _to_read(path)
        try:
            version = _version(connection, path)
            if version == 0 and not write:
                # Made a moment ago, or by a process that was killed before it wrote anything.
                connection.close()
                return None
            if write:
                _ready(connection)
        except BaseException:
            connection.close()
            raise
    except sqlite3.DatabaseError as error:
        raise failure(path, error) from error
    return connection


def _to_write(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, timeout=30, isolation_level=None)


def _to_read(path: Path) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=30, check_same_thread=False)
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError:
        connection.close()
        # A medium that cannot be written cannot hold the files that WAL needs beside the library.
        # Anywhere else "immutable" would read a file that another process changes.
        if os.access(path.parent, os.W_OK):
            raise
        if _waiting(path):
            raise CatalogueError(
                f"{path}: a process was stopped while it wrote this library, and what it wrote "
                "last cannot be read here; open it once where it can be written."
            ) from None
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True, check_same_thread=False)
    connection.execute("PRAGMA mmap_size=1073741824")
    return connection


def _waiting(path: Path) -> bool:
    """Whether there are changes that have not been taken over into the file itself."""
    wal = path.with_name(f"{path.name}-wal")
    return wal.is_file() and wal.stat().st_size > 0


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise CatalogueError(
            f"{path}: written by a newer version of the program (its layout is {version}, this "
            f"program knows {SCHEMA_VERSION}); update the program or name another library."
        )
    return version


def _ready(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    # With WAL a killed process loses nothing that was committed; a power cut may lose the last
    # commits (`settle` says from when on not) but never leaves a broken file.
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-65536")
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        with transaction(connection):
            for statement in SCHEMA:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def failure(path: Path, error: sqlite3.Error) -> CatalogueError:
    """What SQLite says of the catalogue at `path`, as a sentence with the remedy."""
    words = str(error)
    if "readonly" in words or "unable to open" in words:
        return CatalogueError(
            f"{path}: the library cannot be written here ({words}); "
            "name another folder with --library or PROBATUM_LIBRARY."
        )
    if "full" in words:
        return CatalogueError(
            f"{path}: the disk is full; what was added before is kept. Make room and go on."
        )
    if "disk I/O" in words:
        return CatalogueError(
            f"{path}: the disk could not be read or written ({words}); what was added before is "
            "kept. Look at the disk, its room and its limits, and go on."
        )
    if "locked" in words:
        return CatalogueError(
            f"{path}: another process is writing to this library; try again when it is done."
        )
    return CatalogueError(
        f"{path}: the library's file is damaged ({words}); "
        "restore it from an export, or remove it and add the documents again."
    )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; a fault of the disk or the file is a CatalogueError."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk may have ended the transaction by itself, also when it was to be kept.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.DatabaseError as error:
        raise failure(place(connection), error) from error


def place(connection: sqlite3.Connection) -> Path:
    """The file that a connection reads."""
    try:
        return Path(connection.execute("PRAGMA database_list").fetchone()[2])
    except sqlite3.Error:
        return Path(FILE_NAME)


def settle(connection: sqlite3.Connection) -> None:
    """Make what was committed so far safe from a power cut too.

    To be called before the index is committed: an index that knew documents which the catalogue
    has lost would find them under ids that are given to others later.
    """
    connection.execute("PRAGMA synchronous=FULL")
    try:
        with transaction(connection):
            set_meta(connection, "settled", meta(connection, "content", "0"))
    finally:
        connection.execute("PRAGMA synchronous=NORMAL")


def meta(connection: sqlite3.Connection, key: str, default: str = "") -> str:
    """A setting of the library."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else default


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a setting of the library."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
