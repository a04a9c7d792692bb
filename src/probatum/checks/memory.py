"""What was worked out once about a library, kept for as long as the library lives.

An answer has some sixty claims over the same records; parsing a record's text for each of them
would cost the whole time budget. A `Library` is frozen but not hashable, so it is known by its
identity, and its memory is dropped with it.
"""

import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probatum.library.library import Library

if TYPE_CHECKING:
    from probatum.checks.held import Held
    from probatum.checks.reading import Reading

# Texts are unbounded in number, records are not.
_MOST_READINGS = 4096


@dataclass
class Memory:
    """Records as parsed, and texts as read."""

    held: dict[str, "Held"] = field(default_factory=dict)
    readings: dict[str, "Reading"] = field(default_factory=dict)

    def keep(self, text: str, reading: "Reading") -> None:
        """Remember a reading, forgetting all when there are too many."""
        if len(self.readings) >= _MOST_READINGS:
            self.readings.clear()
        self.readings[text] = reading


_memories: dict[int, Memory] = {}


def memory_of(library: Library) -> Memory:
    """The memory of this library."""
    key = id(library)
    memory = _memories.get(key)
    if memory is None:
        memory = _memories[key] = Memory()
        weakref.finalize(library, _memories.pop, key, None)
    return memory
