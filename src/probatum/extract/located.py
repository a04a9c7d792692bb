"""Where a finding of a document stands: its spans of the held text and a place for a person."""

from dataclasses import dataclass
from typing import Literal

from probatum.extract.result import Arm, ExtractedResult

Span = tuple[int, int]
Origin = Literal["prose", "table", "registry"]


@dataclass(frozen=True, slots=True)
class LocatedResult:
    """A result with where it stands in the held text of a document.

    The first of `spans` is that of the values; the others are the caption, the rows of the arms and
    whatever else its words come from. `result.start` and `result.end` are around the values. `harm`
    marks a result on adverse events.
    """

    result: ExtractedResult
    locator: str
    origin: Origin
    spans: tuple[Span, ...]
    harm: bool = False


@dataclass(frozen=True, slots=True)
class SafetyRate:
    """How often a harm occurred in each group; `text[start:end]` holds the figures.

    `grade` is the severity as published ("≥3", "3-4", "any"), None where none is given: a rate of
    any grade read as severe, or the other way about, is another finding. Each arm has the share in
    `value` with its `unit` (in per cent) where it is printed, and `events` among `n` people.
    `serious` is a regulator's category and not a grade; `related` says that only harms put down to
    the treatment were counted.
    """

    event: str
    start: int
    end: int
    arms: tuple[Arm, ...]
    grade: str | None = None
    serious: bool = False
    related: bool = False
    locator: str = "text"
    origin: Origin = "prose"
