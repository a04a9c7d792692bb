"""A copy of the accounts and articles in one file, taken while the site runs, and put back.

For SQLite. PostgreSQL has tools of its own that do this better.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from probatum.evidence.base import ProbatumError
from probatum.review.log import Entry, verify

_TABLES = frozenset(("auth_user", "board_article", "board_version", "board_logentry"))
_COUNTS = (
    "SELECT COUNT(*) FROM auth_user",
    "SELECT COUNT(*) FROM board_article",
    "SELECT COUNT(*) FROM board_logentry",
)
_BESIDE = ("-wal", "-shm")


class BackupError(ProbatumError):
    """A copy that cannot be made or put back, and why."""


@dataclass(frozen=True)
class Kept:
    """What a copy holds, and the articles whose log does not hold together in it."""

    accounts: int
    articles: int
    entries: int
    damaged: tuple[str, ...] = ()


def database_file() -> Path:
    """The file that the site's data lies in; BackupError when it is no file."""
    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("sqlite3"):
        raise BackupError(
            "The accounts and articles lie in PostgreSQL: use pg_dump and pg_restore for them."
        )
    return Path(default["NAME"])


def backup(file: Path) -> Kept:
    """Copy everything as it is at this moment, whoever writes meanwhile; readable by you only."""
    if file.exists():
        raise BackupError(f"{file} is there already; choose another name.")
    source = database_file()
    if not source.is_file():
        raise BackupError(f"There is nothing to copy: {source} is not there.")
    beside = file.with_name(f".{file.name}-{os.getpid()}")
    _private(beside)
    try:
        try:
            with closing(_opened(source)) as connection:
                connection.execute("VACUUM INTO ?", (str(beside),))
        except sqlite3.Error as error:
            raise BackupError(f"{source} cannot be copied ({error}).") from error
        kept = inspect(beside)
        _settle(beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return kept


def inspect(file: Path) -> Kept:
    """What a copy holds; BackupError for a file that is none, or is broken."""
    try:
        with closing(_opened(file)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not {name for (name,) in names} >= _TABLES:
                raise BackupError(f"{file} is no copy of a site.")
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            if sound != "ok":
                raise BackupError(f"{file} is damaged: {str(sound)[:200]}.")
            accounts, articles, entries = (
                connection.execute(count).fetchone()[0] for count in _COUNTS
            )
            return Kept(accounts, articles, entries, tuple(_damaged(connection)))
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"{file} cannot be read as a copy of a site ({error}).") from error


def _damaged(connection: sqlite3.Connection) -> list[str]:
    """Articles whose log was changed after it was written."""
    found = []
    for pk, slug in connection.execute("SELECT id, slug FROM board_article ORDER BY slug"):
        rows = connection.execute(
            "SELECT entry FROM board_logentry WHERE article_id = ? ORDER BY number", (pk,)
        )
        try:
            entries = [Entry.model_validate_json(row) for (row,) in rows]
        except ValueError:
            found.append(slug)
            continue
        if verify(slug, entries):
            found.append(slug)
    return found


def restore(file: Path, *, replace: bool = False) -> tuple[Kept, Path | None]:
    """Put a copy in the place of what is there, which is moved aside; where it lies now.

    The site must not be running. What a newer release wrote is refused: this one cannot read it.
    """
    kept = inspect(file)
    newer = _unknown(file)
    if newer:
        raise BackupError(f"{file} was made by a newer release ({newer}); update first.")
    target = database_file()
    if target.is_file() and not replace:
        raise BackupError(f"{target} is there already; --replace moves it aside.")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}-{os.getpid()}")
    _private(beside)
    try:
        shutil.copyfile(file, beside)
        _settle(beside)
        aside = _moved_aside(target) if target.is_file() else None
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return kept, aside


def _unknown(file: Path) -> str:
    """A migration in the copy that this release does not have; empty without any."""
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(None).disk_migrations)
    labels = {app for app, _ in known}
    with closing(_opened(file)) as connection:
        applied = connection.execute("SELECT app, name FROM django_migrations").fetchall()
    # Of an app that is not installed here nothing is read, so it does no harm.
    newer = (each for each in applied if each[0] in labels and tuple(each) not in known)
    return " ".join(next(newer, ()))


def _moved_aside(target: Path) -> Path:
    """What is there under another name, complete: what it still had beside it is written in."""
    try:
        with closing(sqlite3.connect(target, timeout=2)) as connection:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.DatabaseError:
        # It may be damaged, which is a reason to restore; its files are moved as they are.
        busy = 0
    if busy:
        raise BackupError(f"{target} is in use: stop the site and its workers first.")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = target.with_name(f"{target.name}.before-{stamp}")
    for ending in _BESIDE:
        left = target.with_name(target.name + ending)
        if left.exists():
            left.replace(aside.with_name(aside.name + ending))
    target.replace(aside)
    return aside


def _opened(file: Path) -> sqlite3.Connection:
    """Read only, so that a wrong name makes no empty file."""
    return sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True, timeout=20)


def _private(file: Path) -> None:
    """An empty file that only its owner reads: it will hold the hashes of passwords."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _settle(file: Path) -> None:
    """On the disk before it gets its name, so that a crash leaves no half copy under it."""
    with file.open("rb") as handle:
        os.fsync(handle.fileno())
