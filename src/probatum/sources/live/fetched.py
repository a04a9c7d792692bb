"""What came from a service, and the folder where it is kept as it came.

A file appears under its name only when it is whole; what is held of it can be compared with it
later.
"""

import gzip
import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from probatum.sources.live.errors import LiveError

FOLDER = "fetched"
_LOG = "fetched.jsonl"
_SAFE = re.compile(r"[^\w.@-]")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file from a service: works in a format that is read here, checked to be whole.

    `works` are the ids of the sources in it, `licence` is what the service says of their text where
    the file itself says nothing.
    """

    service: str
    name: str
    content: bytes
    format: str
    works: tuple[str, ...]
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A work that a service has: the id of its source, its version where the search tells it.

    `key` is what the service fetches it by, where that is not in the id.
    """

    id: str
    version: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the works to fetch, how many there are in all, what was asked for."""

    works: tuple[Work, ...]
    total: int
    sent: tuple[str, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held already, as the library tells it: by work, its versions; by file, whether kept.

    `full_text` is whether a work's full text is held.
    """

    versions: Callable[[str], frozenset[str]] = lambda _: frozenset()
    full_text: Callable[[str], bool] = lambda _: False
    kept: Callable[[str, str], bool] = lambda _, __: False

    def has(self, work: Work) -> bool:
        """Whether this version of the work is held."""
        return work.version is not None and work.version in self.versions(work.id)


class Shelf:
    """The folder of fetched files in a library's folder."""

    def __init__(self, library: Path) -> None:
        """The shelf of the library in this folder."""
        self.folder = library / FOLDER

    def path(self, service: str, name: str) -> Path:
        """Where a file is kept."""
        return self.folder / service / f"{_SAFE.sub('_', name)}.gz"

    def kept(self, service: str, name: str) -> bool:
        """Whether a file is there."""
        return self.path(service, name).is_file()

    def keep(self, fetched: Fetched) -> Path:
        """Keep a file, whole or not at all, and note when it came."""
        path = self.path(fetched.service, fetched.name)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # The same bytes for the same content: no time, no name.
            part.write_bytes(gzip.compress(fetched.content, mtime=0))
            part.replace(path)
            self._note(fetched, path)
        except OSError as error:
            raise LiveError(
                f"{self.folder}: what was fetched cannot be kept here ({error.strerror})."
            ) from error
        finally:
            part.unlink(missing_ok=True)
        return path

    def _note(self, fetched: Fetched, path: Path) -> None:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "service": fetched.service,
            "file": f"{path.parent.name}/{path.name}",
            "sha256": hashlib.sha256(fetched.content).hexdigest(),
            "works": fetched.works,
            "licence": fetched.licence,
        }
        with (self.folder / _LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
