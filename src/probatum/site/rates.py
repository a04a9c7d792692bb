"""How often one caller may ask: so many requests in a time, each process counting for itself.

Written here because the API framework's own limiter keeps its state in one object that threads
share, and takes whatever stands in `X-Forwarded-For` for the caller's address.
"""

import ipaddress
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

from probatum.evidence.base import ProbatumError

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_FORM = re.compile(r"([0-9]{1,6})/(second|minute|hour|day)")
OFF = ("", "0", "off", "no")
# Callers that are remembered; those who have waited long enough are forgotten first.
_MOST_CALLERS = 100_000
# A household or hospital has one such network, and every address in it for the asking.
_NETWORK_BITS = 64


class RateError(ProbatumError):
    """A rate that cannot be read."""


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds, all of them at once if the caller likes."""

    number: int
    seconds: int


def rate_of(text: str, setting: str) -> Rate | None:
    """The rate of a setting such as `60/minute`; None for none. RateError names the setting."""
    if text.strip().lower() in OFF:
        return None
    found = _FORM.fullmatch(text.strip().lower())
    if found is None or int(found[1]) < 1:
        raise RateError(
            f"{setting} must be like 60/minute (second, minute, hour, day) or off, "
            f"not {text[:40]!r}."
        )
    return Rate(int(found[1]), _SECONDS[found[2]])


class Limiter:
    """Counts requests by caller, as a bucket that empties evenly (the generic cell rate algorithm).

    Of a caller one number is kept: when the requests made so far would have been due, had they
    come evenly.
    """

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody has asked yet."""
        self._spacing = rate.seconds / rate.number
        # What may be ahead of its time: all but one of the requests.
        self._ahead = rate.seconds - self._spacing
        self._clock = clock
        self._lock = threading.Lock()
        self._due: dict[str, float] = {}

    def wait(self, caller: str) -> float:
        """Seconds until this caller may ask again; 0 when this request counts and is allowed."""
        with self._lock:
            now = self._clock()
            due = max(now, self._due.get(caller, now))
            if due - now > self._ahead:
                return due - now - self._ahead
            if caller not in self._due and len(self._due) >= _MOST_CALLERS:
                self._forget(now)
            self._due[caller] = due + self._spacing
            return 0.0

    def give_back(self, caller: str) -> None:
        """One request less: it was allowed, and turned out to be no work."""
        with self._lock:
            if caller in self._due:
                self._due[caller] -= self._spacing

    def _forget(self, now: float) -> None:
        """Those who may ask as if they never had; all, when that leaves too many."""
        self._due = {caller: due for caller, due in self._due.items() if due > now}
        if len(self._due) >= _MOST_CALLERS:
            self._due.clear()


def limiter_of(setting: str) -> Limiter | None:
    """What counts for a setting such as PROBATUM_API_RATE; None where its rate is off."""
    return _limiter(getattr(settings, setting), setting)


@lru_cache(maxsize=8)
def _limiter(text: str, setting: str) -> Limiter | None:
    """This process's one counter for what the setting says."""
    rate = rate_of(text, setting)
    return Limiter(rate) if rate else None


def caller_of(request: HttpRequest) -> str:
    """Who asks, where nobody has said so: the address that the request came from.

    A server in front names the caller; it is believed where the program that listens does so.
    """
    return caller_at(request.META.get("REMOTE_ADDR", ""))


def caller_at(address: str) -> str:
    """Who asks from an address: of version 6, the network that one household has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _NETWORK_BITS), strict=False))
