"""How often a host is asked: one line of requests for each host, for all threads of a process."""

import threading
import time
from typing import Final

from probatum.sources.live.errors import StoppedError


class Pace:
    """When each host may be asked next."""

    def __init__(self) -> None:
        """Nobody was asked yet."""
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, spacing: float, stop: threading.Event, most: float) -> None:
        """Wait for this host's turn; StoppedError when stopped, or when it takes longer than most.

        `spacing` and `most` are in seconds.
        """
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(host, now))
            if turn - now > most:
                raise StoppedError("its turn comes too late")
            self._next[host] = turn + spacing
        if stop.wait(max(0.0, turn - now)):
            raise StoppedError("the look-up was stopped")

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host nothing for some seconds."""
        with self._lock:
            later = time.monotonic() + seconds
            self._next[host] = max(later, self._next.get(host, later))


# One for the process: a service counts requests by address, not by thread.
PACE: Final = Pace()
