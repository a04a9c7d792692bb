"""The search index's protocol: what any engine behind it must do, in plain values.

The index is derived from the catalogue and can be made again from it at any time, so it keeps ids
and words only, never the truth. A contract test suite runs against every implementation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A passage as it is indexed.

    `words` are the index terms of title, headings, text and index terms in order, as
    `analysis.Analysis.text` makes them; `terms` are vocabulary ids.
    """

    passage: int
    document: int
    words: str
    terms: tuple[str, ...]
    type: str
    body: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Terms:
    """Index terms of which any may occur, each with what its score is multiplied by."""

    weights: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of which any may occur."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand in this order, one after the other."""

    text: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The first and none of the second."""

    wanted: "Node"
    unwanted: "Node"


Node = Terms | Words | Phrase | Every | Any | Without


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage's document must be; empty and None filter nothing.

    `years` is inclusive on both sides. `terms`: any of these vocabulary ids.
    """

    types: tuple[str, ...] = ()
    body: str | None = None
    years: tuple[int | None, int | None] = (None, None)
    terms: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()


@dataclass(frozen=True, slots=True)
class Match:
    """A passage with the engine's score (higher is better; comparable within one search only)."""

    passage: int
    document: int
    score: float


class PassageIndex(Protocol):
    """An engine that finds passages by words. Searching never waits for writing."""

    def search(self, query: Node, filters: Filters, limit: int) -> list[Match]:
        """The best passages, best first; ties in the order of their ids."""
        ...

    def frequency(self, stem: str) -> int:
        """How many passages hold this stem (removed ones may count until `commit` tidies up)."""
        ...

    def count(self) -> int:
        """How many passages are indexed."""
        ...

    def add(self, entries: Iterable[IndexEntry]) -> None:
        """Take entries in; they are found after `commit`."""
        ...

    def remove(self, documents: Sequence[int]) -> None:
        """Forget every passage of these documents; they are gone after `commit`."""
        ...

    def clear(self) -> None:
        """Forget everything; true after `commit`."""
        ...

    def commit(self) -> None:
        """Make what was added and removed visible and safe from a crash, all of it or nothing."""
        ...

    def refresh(self) -> None:
        """See what another process has committed since."""
        ...

    def close(self) -> None:
        """Finish background work and give files and locks back."""
        ...
