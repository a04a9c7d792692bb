"""What the settings say about background work, read and checked once.

Standing orders for `sync` lie in a file of the operator's, a line each, as they would be typed:
`pubmed "cervical cancer[mh]"`. The queue names a line by its hash.
"""

import shlex
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from probatum.evidence.base import ProbatumError

SOURCES = ("pubmed", "trials", "labels", "pmc")
# From once a minute to once a week.
_MOST_MINUTES = 7 * 24 * 60
_MOST_PORT = 65_535
_MOST_BYTES = 200_000


class ScheduleError(ProbatumError):
    """A setting of background work that cannot be used."""


@dataclass(frozen=True)
class Order:
    """One line of the file: where to fetch from, and ids or a search."""

    subject: str
    source: str
    words: tuple[str, ...]


def minutes(text: str) -> int:
    """Minutes between two rounds of the watch."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST_MINUTES):
        raise ScheduleError(
            f"PROBATUM_WATCH_MINUTES takes a whole number from 1 to {_MOST_MINUTES}."
        )
    return int(text)


def port(text: str) -> int:
    """The port of the mail server."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= _MOST_PORT):
        raise ScheduleError(f"PROBATUM_EMAIL_PORT takes a number from 1 to {_MOST_PORT}.")
    return int(text)


def services(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The services that re-checks ask, none by default: no network is touched unasked."""
    from probatum.sources.live.connectors import chosen

    return tuple(chosen(text, known)) if text.strip() else ()


def orders(path: Path) -> tuple[Order, ...]:
    """The standing orders in a file; ScheduleError names the line that cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ScheduleError(f"{path}: at most {_MOST_BYTES:,} bytes are taken.")
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        kind = type(error).__name__
        raise ScheduleError(
            f"{path}, which PROBATUM_SYNC names, cannot be read ({kind})."
        ) from error
    return tuple(
        _order(path, number, line.strip())
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.lstrip().startswith("#")
    )


def _order(path: Path, number: int, line: str) -> Order:
    try:
        source, *words = shlex.split(line)
    except ValueError as error:
        raise ScheduleError(f"{path}, line {number}: a quote is not closed.") from error
    if source not in SOURCES or not words:
        raise ScheduleError(
            f"{path}, line {number}: write one of {', '.join(SOURCES)}, then ids or a search."
        )
    return Order(sha256(line.encode()).hexdigest()[:16], source, tuple(words))
