"""Finished pages in this process's memory: so many and so many bytes of them, the last used stay.

One for all kinds of them, so that one number bounds the memory. Nothing on it says for how long it
holds: whoever takes something down again knows what it was made of, and compares.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable

# Some two hundred pages of articles, or a thousand that were compressed for a browser.
_BYTES = 48_000_000
_PAGES = 4_000
# A page larger than that would push too many others off.
_SHARE = 16


class Shelf:
    """What was finished last or asked for last, by its key. Any number of threads may use it."""

    def __init__(self, most: int = _PAGES, most_bytes: int = _BYTES) -> None:
        """At most so many things, of at most so many bytes together."""
        self._most = most
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> object | None:
        """What lies there; it is then the last that leaves."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, thing: object, size: int) -> None:
        """Lay it there, in the place of what was; `size` is in bytes. Too large is not kept."""
        with self._lock:
            before = self._held.pop(key, None)
            if before:
                self._bytes -= before[1]
            if size * _SHARE > self._most_bytes:
                return
            self._held[key] = thing, size
            self._bytes += size
            while len(self._held) > self._most or self._bytes > self._most_bytes:
                self._bytes -= self._held.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Nothing lies there any more."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    @property
    def amount(self) -> tuple[int, int]:
        """How many things lie there, and of how many bytes."""
        with self._lock:
            return len(self._held), self._bytes


# The one of this process.
SHELF = Shelf()
