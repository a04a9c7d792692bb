"""Asking a service: politely, guarded, with patience that ends.

What a service sends is never trusted: its size, type and time are limited, a redirect is followed
on the same host only, and an answer that breaks off counts as none. No message names the address
that was asked, as its parameters may hold a key.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

from probatum.sources.live.errors import (
    ChangedError,
    LiveError,
    NotThereError,
    OfflineError,
    RefusedError,
    StoppedError,
    TooMuchError,
)
from probatum.sources.live.pace import PACE, Pace
from probatum.sources.live.services import Service, agent, identification, service
from probatum.sources.live.settings import LiveSettings
from probatum.sources.web.addresses import AddressError, UnreachableError
from probatum.sources.web.exchange import (
    BrokenOffError,
    Deadline,
    Doors,
    Reply,
    TooLargeError,
    asked,
)

JSON: Final = ("application/json", "text/json")
XML: Final = ("text/xml", "application/xml")
# Bytes of one answer after decompression. The registry's entries with results are the largest that
# are asked for: the longest known here have about 20 MB.
MOST_BYTES: Final = 40_000_000
Query = Sequence[tuple[str, str]]

_REDIRECTS: Final = 3
_RANDOM: Final = random.SystemRandom()
_MOVED: Final = frozenset((301, 302, 303, 307, 308))
# Worth asking again (RFC 9110, sections 15.5.9, 15.6; RFC 6585 for 429).
_AGAIN: Final = frozenset((408, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds: for a step, an answer, a pause, and for everything."""

    attempts: int
    step: float
    answer: float
    first_pause: float
    longest_pause: float
    in_all: float


# Somebody waits for an answer.
BRIEF: Final = Patience(3, 8.0, 12.0, 0.5, 4.0, 25.0)
# Nobody does.
LONG: Final = Patience(6, 30.0, 300.0, 1.0, 120.0, float("inf"))


class _AgainError(Exception):
    """A try that failed in a way that may pass; `pause` is what the service asked for."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass
class Client:
    """Asks services, for one look-up or sync. Safe to use from several threads."""

    settings: LiveSettings
    patience: Patience = LONG
    stop: threading.Event = field(default_factory=threading.Event)
    doors: Doors = field(default_factory=Doors)
    pace: Pace = PACE
    told: Callable[[str], None] = lambda _: None
    _begun: float = field(default_factory=time.monotonic)

    def service(self, id: str) -> Service:
        """A service as it is asked here."""
        return service(id, self.settings)

    def get(
        self,
        id: str,
        path: str,
        query: Query = (),
        kinds: Sequence[str] = JSON,
        most: int = MOST_BYTES,
    ) -> bytes:
        """The body of an answer of one of these types; a LiveError says why there is none."""
        asked_of = self.service(id)
        parameters = (*query, *identification(id, self.settings))
        address = asked_of.base + path
        if parameters:
            address += "?" + urlencode(parameters)
        for attempt in range(1, self.patience.attempts + 1):
            try:
                return self._once(asked_of, address, kinds, most)
            except _AgainError as problem:
                self._pause(asked_of, problem, attempt)
        raise LiveError(f"{asked_of.title} was not of use.")  # the last pause has raised

    def _once(self, asked_of: Service, address: str, kinds: Sequence[str], most: int) -> bytes:
        for _ in range(_REDIRECTS + 1):
            moved = self._exchanged(asked_of, address, kinds, most)
            if isinstance(moved, bytes):
                return moved
            address = _same_host(asked_of, address, moved)
        raise RefusedError(f"{asked_of.title} redirects the request in a circle.")

    def _exchanged(
        self, asked_of: Service, address: str, kinds: Sequence[str], most: int
    ) -> bytes | str:
        """The body, or where the answer has moved to."""
        parts = urlsplit(address)
        deadline = Deadline(min(self.patience.answer, self._left(asked_of)), self.patience.step)
        doors = self.doors if asked_of.own else replace(self.doors, public=lambda _: True)
        headers = {
            "User-Agent": agent(self.settings),
            "Accept": ", ".join(kinds),
            "Accept-Encoding": "gzip, identity",
            "Connection": "close",
        }
        self._wait(asked_of)
        try:
            with asked(parts, headers, deadline, doors) as reply:
                return self._read(asked_of, reply, kinds, most)
        except UnreachableError as error:
            raise OfflineError(
                f"{asked_of.title} cannot be reached: {_inner(error)}. "
                "Without a network everything but live look-ups works."
            ) from error
        except TooLargeError as error:
            raise TooMuchError(
                f"{asked_of.title} sends more than {most / 1_000_000:g} MB at once."
            ) from error
        except BrokenOffError as error:
            raise _AgainError(_inner(error)) from error
        except AddressError as error:
            raise RefusedError(f"{asked_of.title} was not asked: {_inner(error)}.") from error

    def _read(
        self, asked_of: Service, reply: Reply, kinds: Sequence[str], most: int
    ) -> bytes | str:
        title, status = asked_of.title, reply.status
        self._keep_to_its_limits(asked_of, reply)
        if status in _MOVED and (moved := reply.header("Location")):
            return moved
        if status in _AGAIN:
            raise _AgainError(f"it answers with status {status}", _retry_after(reply))
        if status in (404, 410):
            raise NotThereError(f"{title} has nothing under this name.")
        if status in (401, 403):
            raise RefusedError(
                f"{title} refuses the request (status {status}): a key may be wrong, or this "
                "address has asked too much."
            )
        if status != 200:
            raise RefusedError(f"{title} does not take the request (status {status}).")
        if reply.kind not in kinds:
            raise ChangedError(
                f"{title} sends {reply.kind or 'no type'} where {kinds[0]} was asked for; a "
                "sign-in page or proxy may stand between."
            )
        return reply.content(most)

    def _wait(self, asked_of: Service) -> None:
        try:
            self.pace.wait(asked_of.base, asked_of.spacing, self.stop, self._left(asked_of))
        except StoppedError as error:
            raise StoppedError(f"{asked_of.title} was not asked further: {error}.") from error

    def _left(self, asked_of: Service) -> float:
        left = self._begun + self.patience.in_all - time.monotonic()
        if left <= 0:
            raise StoppedError(
                f"{asked_of.title} did not answer within {self.patience.in_all:.0f} seconds."
            )
        return left

    def _pause(self, asked_of: Service, problem: _AgainError, attempt: int) -> None:
        """Wait before the next try, or give up in a sentence."""
        title = asked_of.title
        if problem.pause is not None and problem.pause > self.patience.longest_pause:
            raise RefusedError(
                f"{title} asks to wait {problem.pause:.0f} seconds before the next request."
            )
        if attempt == self.patience.attempts:
            raise LiveError(f"{title} was asked {attempt} times in vain: {problem}.")
        # Doubled each time, and spread so that many programs don't come back at once.
        pause = self.patience.first_pause * 2 ** (attempt - 1) * _RANDOM.uniform(0.75, 1.25)
        pause = min(max(pause, problem.pause or 0.0), self.patience.longest_pause)
        self.told(f"{title}: {problem}; asking again in {pause:.1f} s.")
        self.pace.hold(asked_of.base, pause)

    def _keep_to_its_limits(self, asked_of: Service, reply: Reply) -> None:
        """Crossref tells with each answer how many requests it takes in how many seconds."""
        number = reply.header("X-Rate-Limit-Limit") or ""
        interval = (reply.header("X-Rate-Limit-Interval") or "").rstrip("s")
        if number.isdecimal() and interval.isdecimal() and 0 < int(number[:6]) < 100_000:
            spacing = min(int(interval[:4]) / int(number[:6]), self.patience.longest_pause)
            if spacing > asked_of.spacing:
                self.pace.hold(asked_of.base, spacing)


def _inner(error: Exception) -> str:
    """A sentence as part of another."""
    text = str(error).rstrip(".")
    return text[:1].lower() + text[1:] if text.startswith("The ") else text


def _same_host(asked_of: Service, address: str, moved: str) -> str:
    """Where a redirect leads, if that is the same host."""
    target = urljoin(address, moved)
    here, there = urlsplit(address), urlsplit(target)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise RefusedError(f"{asked_of.title} redirects to another host, which is not followed.")
    return target


def _retry_after(reply: Reply) -> float | None:
    """Seconds that the service asks to wait: a number, or a date (RFC 9110, section 10.2.3)."""
    value = (reply.header("Retry-After") or "").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
