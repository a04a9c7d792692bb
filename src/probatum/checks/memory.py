"""What was worked out once about a library, kept for as long as the library lives.

An answer has some sixty claims over the same records; parsing a record's text for each of them
would cost the whole time budget. The memory is kept in the library, so that both go together: a
table beside it would hold on to every library that was ever opened.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from probatum.evidence.claim import CheckResult
from probatum.library.library import Library

if TYPE_CHECKING:
    from probatum.checks.copies import Sentence
    from probatum.checks.held import Held
    from probatum.checks.reading import Reading

_NAME = "_checks_memory"
_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")
# Texts and drafts are unbounded in number, records are not.
_MOST = 4096


@dataclass
class Memory:
    """Records as parsed, texts as read, and what the checks found of a draft in a view.

    The checks are pure functions of draft, library, need and day, so remembering an outcome cannot
    change it; the claim's constructor examines again and finds it here.
    """

    held: dict[str, "Held"] = field(default_factory=dict)
    readings: dict[str, "Reading"] = field(default_factory=dict)
    sentences: dict[str, tuple["Sentence", ...]] = field(default_factory=dict)
    steady: dict[Hashable, tuple[CheckResult, ...]] = field(default_factory=dict)
    examined: dict[Hashable, tuple[CheckResult, ...]] = field(default_factory=dict)


def remember(kept: dict[_Key, _Value], key: _Key, value: _Value) -> _Value:
    """Keep a value, forgetting all when there are too many."""
    if len(kept) >= _MOST:
        kept.clear()
    kept[key] = value
    return value


def memory_of(library: Library) -> Memory:
    """The memory of this library, which lives in it as its own cached lookups do."""
    kept = vars(library)
    memory = kept.get(_NAME)
    if not isinstance(memory, Memory):
        memory = kept[_NAME] = Memory()
    return memory
