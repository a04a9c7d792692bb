"""One group's value with what belongs to it: its own interval, its size, its name."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Slot:
    """A group's value with what belongs to it: its own interval, its size, its name."""

    start: int
    end: int
    value: Decimal | None
    unit: str | None
    family: str | None
    n: int | None = None
    events: int | None = None
    name: str | None = None
    index: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None
