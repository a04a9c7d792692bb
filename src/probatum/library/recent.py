"""What recent answers understood, so that a follow-up can refer to one by id.

Only the opaque context token is kept (term ids); never the question, which may name a person.
"""

import sqlite3
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
    return connection


def remember(folder: Path | None, answer_id: str, context: str) -> None:
    """Keep the context of an answer; on a library that cannot be written it is simply not kept."""
    try:
        with closing(_open(folder)) as connection, connection:
            connection.execute("DELETE FROM answer WHERE id = ?", (answer_id,))
            connection.execute(
                "INSERT INTO answer (id, context) VALUES (?, ?)", (answer_id, context)
            )
            connection.execute(
                "DELETE FROM answer WHERE number <= (SELECT MAX(number) FROM answer) - ?", (_KEPT,)
            )
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
