"""Dates in a text, as precise as they are written.

A year or a date is no measurement: it is compared with the dates of the records and editions, and
may be less precise than what is held but never more.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" if m != "may" else "may" for m in _MONTHS) + "|sept"
_ISO = re.compile(r"(?<![\d.])((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?![\d.]\d|\d)")
_WORDS = re.compile(
    rf"(?<![\w.])(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_MONTH})\.?\s+(?:(\d{{1,2}}),\s+)?((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w.,/<>=≥≤-])((?:19|20)\d\d)(?![\w%]|[.,]\d|\s*(?:mg|patients|women))")


class Dated(NamedTuple):
    """A date with its place; month and day are None where they are not written."""

    start: int
    end: int
    year: int
    month: int | None
    day: int | None

    def fits(self, held: "Dated") -> bool:
        """Whether the held date says at least as much, and the same."""
        if self.year != held.year or (self.month is not None and self.month != held.month):
            return False
        return self.day is None or self.day == held.day


@lru_cache(maxsize=4096)
def find_dates(text: str) -> tuple[Dated, ...]:
    """Every date and bare year in the text, in order."""
    if "19" not in text and "20" not in text:
        return ()
    found: list[Dated] = []
    for m in _ISO.finditer(text):
        day = int(m[3]) if m[3] else None
        if 1 <= int(m[2]) <= 12:
            found.append(Dated(m.start(), m.end(), int(m[1]), int(m[2]), day))
    for m in _WORDS.finditer(text):
        month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(m[2].lower()[:3]))
        day = int(m[1] or m[3]) if m[1] or m[3] else None
        found.append(Dated(m.start(), m.end(), int(m[4]), month, day))
    for m in _YEAR.finditer(text):
        if not any(d.start <= m.start() < d.end for d in found):
            found.append(Dated(m.start(), m.end(), int(m[1]), None, None))
    return tuple(sorted(found))
