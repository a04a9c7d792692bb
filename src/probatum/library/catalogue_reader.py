"""Questions to the catalogue, from a process that only reads it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from probatum.library.catalogue import failure, place

# SQLite's own limit on parameters is higher; this keeps statements short.
_AT_ONCE = 500


class CatalogueReader:
    """Rows for statements; safe to use beside a writing process."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        """Read through a connection; None for a library that holds no documents."""
        self._connection = connection

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement; CatalogueError when the file cannot be read."""
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            raise failure(place(self._connection), error) from error

    def among(self, statement: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        """Rows for many values; `{}` in the statement stands for their placeholders."""
        every = list(values)
        for at in range(0, len(every), _AT_ONCE):
            part = every[at : at + _AT_ONCE]
            yield from self.rows(statement.format(",".join("?" * len(part))), part)

    def close(self) -> None:
        """Give the file back."""
        if self._connection is not None:
            self._connection.close()
