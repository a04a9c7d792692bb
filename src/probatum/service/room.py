"""Room for a few at a time, so that a few long tasks cannot take all of a process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from probatum.service.refusal import RefusedError


class Room:
    """So many at once; whoever comes later is told to come again, and does not wait."""

    def __init__(self, at_once: int, busy: str) -> None:
        """`busy` is what those are told for whom there is no room."""
        self._free = threading.BoundedSemaphore(at_once)
        self._busy = busy

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a place while the block runs; RefusedError when there is none."""
        if not self._free.acquire(blocking=False):
            raise RefusedError("busy", self._busy)
        try:
            yield
        finally:
            self._free.release()
