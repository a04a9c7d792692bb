"""The engine that a process which goes on running answers with.

Opened once, and anew when another process has added texts, removed or marked some: an answer must
not rest on what is no longer held.
"""

import sqlite3
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from probatum.evidence.base import ProbatumError

if TYPE_CHECKING:
    from probatum.engine import Engine

# Seconds between two looks at the library, which take a fraction of a millisecond. While something
# is being added, each look finds news; opening anew so often would waste what was remembered.
_SOON = 2.0
_LATER = 60.0
# Seconds after which no request can still be using an engine that was replaced.
_GRACE = 120.0

# What rests on the engine and has to be forgotten with it.
when_replaced: list[Callable[[], None]] = []


class Current:
    """The engine in use. Any number of threads may ask for it; one at a time renews it."""

    def __init__(self, opened: Callable[[], "Engine"], clock: Callable[[], float]) -> None:
        """Nothing is opened before it is asked for."""
        self._opened = opened
        self._clock = clock
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._replaced: list[tuple[float, Engine]] = []
        self._pause = _SOON
        self._next = 0.0

    def get(self) -> "Engine":
        """The engine, renewed by the caller who comes first; others go on with the one before."""
        if self._engine is None:
            with self._lock:
                if self._engine is None:
                    self._engine = self._opened()
                    self._next = self._clock() + self._pause
        elif self._clock() >= self._next and self._lock.acquire(blocking=False):
            try:
                self._renew(self._engine)
            finally:
                self._lock.release()
        return self._engine

    @property
    def due(self) -> bool:
        """Whether the next call looks for news; never before the engine was opened."""
        return self._engine is not None and self._clock() >= self._next

    def hurry(self) -> None:
        """Look for news at the next call: something was just added."""
        self._next = 0.0

    def _renew(self, engine: "Engine") -> None:
        now = self._clock()
        while self._replaced and self._replaced[0][0] + _GRACE < now:
            self._replaced.pop(0)[1].close()
        try:
            news = engine.outdated
            if news:
                self._engine = self._opened()
        except (ProbatumError, OSError, sqlite3.Error):
            # Busy, or being moved: what is open still answers, and the next look may succeed.
            news = False
        if self._engine is not engine:
            self._replaced.append((now, engine))
            for forget in when_replaced:
                forget()
        self._pause = min(_LATER, 2 * self._pause) if news else _SOON
        self._next = self._clock() + self._pause
