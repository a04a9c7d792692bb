"""What belongs to an estimate's value: its interval and its P value, and no other's.

Between a value and its own interval stand brackets and commas, or a few words of what it is of; a
second value between them takes what follows.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from probatum.extract.prose.figure import Figure

# Farther than this behind its value an interval or a P value belongs to something else.
_BETWEEN: Final = 110
# "HR, 0.56; 0.35-0.90": bounds that no word and no bracket marks.
_UNMARKED: Final = re.compile(
    r"[;,]\s?(?P<low>\d?\.\d+|\d+\.\d+)\s?(?:-|to)\s?(?P<high>\d?\.\d+|\d+\.\d+)(?=\s?[;,)\]])"
)


def unmarked(plain: str, figure: Figure) -> tuple[Decimal, Decimal, int] | None:
    """The bounds right behind a value that they enclose, and where they end."""
    found = _UNMARKED.match(plain, figure.end)
    if found is None or figure.value is None:
        return None
    low, high = Decimal(found["low"]), Decimal(found["high"])
    return (low, high, found.end()) if low <= figure.value <= high else None


def _inside(figure: Figure, bounds: Figure) -> bool:
    """Whether a value lies in an interval."""
    value, low, high = figure.value, bounds.low, bounds.high
    return value is not None and low is not None and high is not None and low <= value <= high


def own_interval(plain: str, figures: Sequence[Figure], index: int) -> int | None:
    """The index of the interval that bounds a value, looking past P values and group sizes."""
    figure = figures[index]
    for at in range(index + 1, min(index + 4, len(figures))):
        other = figures[at]
        if other.sort in ("value", "label", "not_reached"):
            if other.hyphen or (other.sort == "value" and other.family in ("time", "counted")):
                continue  # "0.67 for 5-year survival (95% CI ...)"
            return None
        if other.sort != "interval":
            continue
        gap = plain[figure.end : other.start]
        if not other.marked:
            near = re.fullmatch(r"\s?[(\[]\s?", gap) is not None
            return at if near and _inside(figure, other) else None
        if len(gap) <= _BETWEEN and ". " not in gap:
            return at
        return None
    return None


def own_p(plain: str, figures: Sequence[Figure], after: int, figure: Figure) -> int | None:
    """The P value that follows before any other value; none of interaction or heterogeneity."""
    last = figures[after]
    for at in range(after + 1, min(after + 4, len(figures))):
        other = figures[at]
        if other.sort == "p":
            if is_of_something_else(other, plain):
                continue
            gap = plain[last.end : other.start]
            return at if len(gap) <= _BETWEEN and ". " not in gap else None
        if other.sort in ("size", "interval"):
            continue
        if other.sort == "value" and (other.hyphen or other.family == "time"):
            continue
        return None
    return None


_TESTS_ELSE: Final = ("interaction", "heterogen", "homogene", "baseline", "subgroup")


def is_of_something_else(p: Figure, plain: str) -> bool:
    """Whether a P value tests an interaction or heterogeneity and not the result beside it."""
    around = p.name + " " + plain[p.end : p.end + 30].lower().split(";")[0]
    before = plain[max(0, p.start - 40) : p.start].lower()
    return any(word in around for word in _TESTS_ELSE) or any(
        word in before.rpartition(";")[2].rpartition(")")[2] for word in _TESTS_ELSE
    )
