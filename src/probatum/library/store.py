"""The library's file: an SQLite database built from packs, replaced whole and never half-written.

Packs are the truth and the file is derived from them: when their bytes change, or the program that
wrote it had another schema, the file is built anew beside the old one and moved into its place, so
that a crash leaves either the old library or the new one.
"""

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from pydantic import ValidationError

from probatum.evidence.base import ProbatumError
from probatum.packs.loader import fingerprint, load_pack, shipped_packs
from probatum.packs.model import Pack

SCHEMA_VERSION = "1"
FILE_NAME = "library.sqlite"
_STALE_SECONDS = 3600


class LibraryError(ProbatumError):
    """A library that cannot be opened or built, with the remedy."""


def default_folder() -> Path:
    """Where the library lies unless told otherwise: the user's data folder of this platform."""
    if value := os.environ.get("PROBATUM_LIBRARY"):
        return Path(value).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "probatum"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "probatum"
    # The XDG base directory specification: empty or relative counts as not set.
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (data if data.is_absolute() else Path.home() / ".local" / "share") / "probatum"


def build(folder: Path, packs: Iterable[Path]) -> None:
    """Build the library file in `folder` from pack folders; raises PackError on a bad pack."""
    folders = tuple(packs)
    loaded = [load_pack(path) for path in folders]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".library-", suffix=".sqlite", dir=folder)
    except OSError as error:
        raise LibraryError(
            f"{folder}: the library cannot be written here ({error.strerror}); "
            "name another folder with --library or PROBATUM_LIBRARY"
        ) from error
    os.close(handle)
    _sweep(folder)
    try:
        _write(Path(name), loaded, fingerprint(folders))
        Path(name).replace(folder / FILE_NAME)
    finally:
        Path(name).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what builds that were killed left behind; a running build is younger than an hour."""
    for left in folder.glob(".library-*.sqlite*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()


def _write(path: Path, packs: list[Pack], packs_hash: str) -> None:
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
            connection.execute("CREATE TABLE pack (id TEXT PRIMARY KEY, content TEXT NOT NULL)")
            connection.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                [("schema", SCHEMA_VERSION), ("packs", packs_hash)],
            )
            connection.executemany(
                "INSERT INTO pack VALUES (?, ?)",
                [(pack.manifest.id, pack.model_dump_json(by_alias=True)) for pack in packs],
            )
    finally:
        connection.close()


def read(folder: Path) -> tuple[str, tuple[Pack, ...]]:
    """The snapshot id and the packs of the library in `folder`; builds it when absent or stale."""
    folders = shipped_packs()
    wanted = fingerprint(folders)
    found = _stamp(folder)
    if found != (SCHEMA_VERSION, wanted):
        build(folder, folders)
    try:
        packs = _packs(folder / FILE_NAME)
    except (sqlite3.DatabaseError, ValidationError):
        # Damaged although its stamp is right: what is derived can be derived again.
        build(folder, folders)
        packs = _packs(folder / FILE_NAME)
    return wanted[:16], packs


def _packs(path: Path) -> tuple[Pack, ...]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT content FROM pack ORDER BY id").fetchall()
    return tuple(Pack.model_validate_json(content) for (content,) in rows)


def _stamp(folder: Path) -> tuple[str, str] | None:
    path = folder / FILE_NAME
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return None
    return meta.get("schema", ""), meta.get("packs", "")
