"""What recent answers understood and rested on: for follow-ups, and for when a source is removed.

Only the opaque context token is kept (term ids) and the editions that were cited; never the
question, which may name a person.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from probatum.library.store import default_folder

FILE_NAME = "recent.sqlite"
_KEPT = 500


def _open(folder: Path | None) -> sqlite3.Connection:
    path = (folder or default_folder()) / FILE_NAME
    connection = sqlite3.connect(path, timeout=5)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS answer "
        "(number INTEGER PRIMARY KEY, id TEXT UNIQUE, context TEXT)"
    )
    connection.execute(
        "CREATE TABLE IF NOT EXISTS rests_on (answer TEXT, edition TEXT, "
        "removed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (edition, answer)) WITHOUT ROWID"
    )
    return connection


def remember(
    folder: Path | None, answer_id: str, context: str, editions: Sequence[str] = ()
) -> None:
    """Keep the context of an answer; on a library that cannot be written it is simply not kept."""
    try:
        with closing(_open(folder)) as connection, connection:
            connection.execute("DELETE FROM answer WHERE id = ?", (answer_id,))
            connection.execute(
                "INSERT INTO answer (id, context) VALUES (?, ?)", (answer_id, context)
            )
            connection.execute("DELETE FROM rests_on WHERE answer = ?", (answer_id,))
            connection.executemany(
                "INSERT OR IGNORE INTO rests_on (answer, edition) VALUES (?, ?)",
                [(answer_id, edition) for edition in editions],
            )
            connection.execute(
                "DELETE FROM answer WHERE number <= (SELECT MAX(number) FROM answer) - ?", (_KEPT,)
            )
            connection.execute("DELETE FROM rests_on WHERE answer NOT IN (SELECT id FROM answer)")
    except sqlite3.Error:
        return


def recall(folder: Path | None, answer_id: str) -> str | None:
    """The context of an earlier answer, or None when it is not known (any more)."""
    try:
        with closing(_open(folder)) as connection:
            row = connection.execute(
                "SELECT context FROM answer WHERE id = ?", (answer_id,)
            ).fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row else None


def mark_removed(folder: Path | None, editions: Iterable[str]) -> tuple[str, ...]:
    """Mark the recent answers that rest on these editions; their ids, the newest first."""
    every = set(editions)
    try:
        with closing(_open(folder)) as connection, connection:
            connection.executemany(
                "UPDATE rests_on SET removed = 1 WHERE edition = ?",
                [(each,) for each in sorted(every)],
            )
            rows = connection.execute(
                "SELECT DISTINCT id, number, edition FROM answer JOIN rests_on ON answer = id "
                "WHERE removed = 1 ORDER BY number DESC"
            ).fetchall()
    except sqlite3.Error:
        return ()
    return tuple(dict.fromkeys(id for id, _, edition in rows if edition in every))


def removed_under(folder: Path | None, answer_id: str) -> tuple[str, ...]:
    """Editions that an earlier answer rested on and that have been removed since."""
    try:
        with closing(_open(folder)) as connection:
            rows = connection.execute(
                "SELECT edition FROM rests_on WHERE answer = ? AND removed = 1 ORDER BY edition",
                (answer_id,),
            ).fetchall()
    except sqlite3.Error:
        return ()
    return tuple(edition for (edition,) in rows)
