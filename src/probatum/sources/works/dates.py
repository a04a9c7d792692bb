"""Dates as bibliographic databases write them: in parts, in words, and often without a day."""

import datetime
import re
from typing import Final

_MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Final = {name: at for at, name in enumerate(_MONTH_NAMES.split(), start=1)}
_YEAR: Final = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_WRITTEN: Final = re.compile(r"(\d{4}) ([A-Za-z]{3})[a-z]* (\d{1,2})")


def year_in(text: str | None) -> int | None:
    """The first year named in "1998 Dec-1999 Jan", "Winter 2003", "2003"."""
    found = _YEAR.search(text or "")
    return int(found[1]) if found else None


def day_of(year: str | None, month: str | None, day: str | None) -> datetime.date | None:
    """The day, where all three parts are there and name one ("2012", "Jul" or "07", "12")."""
    if not year or not month or not day:
        return None
    month, day, year = month.strip(), day.strip(), year.strip()
    try:
        number = int(month) if month.isdecimal() else _MONTHS.get(month[:3].lower(), 0)
        return datetime.date(int(year), number, int(day))
    except (ValueError, OverflowError):  # a broken file has a year of forty figures
        return None


def day_in(text: str | None) -> datetime.date | None:
    """The day in "2012 Jul 12" or "20120712"; none in "2012 Jul" or "2012 Jul 12-19"."""
    text = (text or "").strip()
    if found := _WRITTEN.fullmatch(text):
        return day_of(*found.groups())
    return day_of(text[:4], text[4:6], text[6:]) if len(text) == 8 and text.isdecimal() else None


def published(
    issue: datetime.date | None, year: int | None, online: datetime.date | None
) -> tuple[datetime.date | None, int | None]:
    """Day and year of publication from the issue's day and year and the day it went online.

    The year is the one it is cited with. An online day of another year is left out: two dates that
    disagree on one line would be read as an error.
    """
    if issue is not None:
        return issue, issue.year
    if year is None and online is not None:
        return online, online.year
    return (online if online is not None and online.year == year else None), year
