"""Where the site keeps its accounts and articles: SQLite beside the library, or PostgreSQL.

`DATABASE_URL` names another place, as `sqlite:///path` or `postgres://user:password@host/name`.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from probatum.evidence.base import ProbatumError

FILE_NAME = "site.sqlite"
# Seconds to wait for another process that is writing.
_PATIENCE = 20
_POSTGRESQL = ("postgres", "postgresql")


class DatabaseError(ProbatumError):
    """A database address that cannot be read."""


def database(folder: Path) -> dict[str, Any]:
    """Django's settings of the database; DatabaseError for an address of another kind."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return _sqlite(str(folder / FILE_NAME))
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        # Three slashes and a path within the working folder, four and an absolute one.
        path = unquote(parts.path[1:])
        if not path:
            raise DatabaseError("DATABASE_URL names no file: write sqlite:///path/to/file")
        return _sqlite(path)
    if parts.scheme in _POSTGRESQL:
        name = unquote(parts.path.lstrip("/"))
        if not name:
            raise DatabaseError("DATABASE_URL names no database: write postgres://host/name")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    # Without the address itself: it may hold a password.
    raise DatabaseError("DATABASE_URL must begin with sqlite:// or postgres://")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # A transaction that will write says so when it begins, so that two never wait for each
        # other; readers go on beside a writer.
        "OPTIONS": {
            "timeout": _PATIENCE,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
