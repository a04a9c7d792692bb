"""One figure of a sentence: a label, a value, an interval, a P value or a group's size."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Sort = Literal["label", "value", "interval", "spread", "p", "size", "not_reached"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; which fields are filled depends on its sort.

    A value has `value` and `unit` ("%", "months", "deaths", None); `hyphen` says "5-year", `ranged`
    "10-20%". An interval has bounds and perhaps a level; `marked` says that words name it. A label
    has `name` (a type of estimate).
    """

    sort: Sort
    start: int
    end: int
    value: Decimal | None = None
    unit: str | None = None
    family: str | None = None
    hyphen: bool = False
    ranged: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None
    marked: bool = False
    name: str = ""
    words: str = ""
    n: int | None = None
    events: int | None = None
