"""How often and for how long something is given: "Q3W", "thrice a week", "6 cycles of 21 days".

A registry entry and a statement about it seldom use the same words for one schedule, so both are
read as hours: of the interval between two doses, and of the whole.
"""

import re
from functools import lru_cache

from probatum.checks.registry.amount import NUMBER_WORDS

_DAY, _WEEK, _MONTH = 24.0, 168.0, 730.5
_UNITS = {"hour": 1.0, "day": _DAY, "week": _WEEK, "wk": _WEEK, "month": _MONTH, "year": 8766.0}
_PERIODS = {
    "hourly": 1.0, "daily": _DAY, "nightly": _DAY, "weekly": _WEEK, "fortnightly": 2 * _WEEK,
    "monthly": _MONTH, "yearly": 8766.0, "annually": 8766.0,
}  # fmt: skip
# Short forms of prescriptions (ISMP and USP lists): the interval in hours.
_SHORT = {"qd": _DAY, "od": _DAY, "qod": 2 * _DAY, "bid": 12.0, "tid": 8.0, "qid": 6.0, "qw": _WEEK}
_N = rf"(\d{{1,3}}|{'|'.join(NUMBER_WORDS)})"
_UNIT = r"(hour|day|week|wk|month|year)s?"
_EVERY = re.compile(
    rf"\b(?:every|each|per)\s+(?:(other|second)\s+|{_N}[- ]?)?{_UNIT}\b", re.IGNORECASE
)
_TIMES = re.compile(
    rf"\b(?:(once|twice|thrice)|{_N}\s+(?:times|doses|sessions|treatments))\s*[- ]?"
    rf"(?:(?:a|an|per|each|every)\s+(?:{_N}\s+)?{_UNIT}\b|(daily|weekly|monthly|nightly|fortnightly)\b)",
    re.IGNORECASE,
)
_PERIOD = re.compile(rf"(?<![\w-])(?:{'|'.join(_PERIODS)})\b", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:q\.?d|o\.?d|q\.?o\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?w)\b", re.I)
_Q = re.compile(r"\bq\.?(\d{1,2})\s?(h|d|w|m|wk|weeks?|days?|months?)\b", re.IGNORECASE)
_LETTERS = {"h": 1.0, "d": _DAY, "w": _WEEK, "m": _MONTH}
_CYCLE_LENGTH = re.compile(
    rf"\b{_N}[- ]{_UNIT}(?:ly)?\s+(?:treatment )?(?:cycle|course)s?\b"
    rf"|\b(?:cycle|course)s?\s+(?:\w+\s+){{0,3}}?(?:of|every|lasting|repeats? every)"
    rf"\s+{_N}\s?{_UNIT}\b"
    rf"|\brepeats?\s+every\s+{_N}\s?{_UNIT}\b",
    re.IGNORECASE,
)
_CYCLES = re.compile(
    rf"\b{_N}\s+(?:\w+\s+)?(?:cycle|course)s?\b|\b(?:cycle|course)s?\s+(?:\d{{1,2}}\s?(?:-|–|to)\s?)?(\d{{1,2}})\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    rf"\b(?:for|over|lasting|lasts?|up to|during|total of|period of|duration of|until|through)\s+"
    r"(?:(?:an?|the|up to|total of|at least|about|approximately|consecutive)\s+){0,3}?"
    rf"{_N}\s?-?\s?(?:consecutive\s+)?{_UNIT}\b",
    re.IGNORECASE,
)
# What is said of the same dose once more, in hours that may differ by a rounding.
_ROOM = 0.03


@lru_cache(maxsize=4096)
def intervals(text: str) -> frozenset[float]:
    """The hours between two doses, for each schedule that a text names."""
    found: set[float] = set()
    taken: list[tuple[int, int]] = []
    for match in _TIMES.finditer(text):
        often = {"once": 1, "twice": 2, "thrice": 3}.get((match[1] or "").lower())
        number = often or _number(match[2])
        period = _PERIODS[match[5].lower()] if match[5] else _hours(match[3], match[4])
        if number:
            found.add(period / number)
            taken.append(match.span())
    for match in _EVERY.finditer(text):
        if not _inside(match.start(), taken):
            found.add(2 * _UNITS[match[3].lower()] if match[1] else _hours(match[2], match[3]))
    for match in _PERIOD.finditer(text):
        if not _inside(match.start(), taken):
            found.add(_PERIODS[match[0].lower()])
    found.update(_SHORT[m[0].lower().replace(".", "")] for m in _INITIALS.finditer(text))
    found.update(int(m[1]) * _LETTERS[m[2][0].lower()] for m in _Q.finditer(text))
    return frozenset(round(each, 2) for each in found if each)


@lru_cache(maxsize=4096)
def durations(text: str) -> frozenset[float]:
    """The hours that a treatment lasts, as told and as the cycles add up to."""
    found = {_hours(match[1], match[2]) for match in _LASTING.finditer(text)}
    lengths = cycle_lengths(text)
    found.update(number * length for number in cycles(text) for length in lengths)
    return frozenset(round(each, 2) for each in found if each)


def cycle_lengths(text: str) -> frozenset[float]:
    """The hours of a cycle."""
    found = set()
    for match in _CYCLE_LENGTH.finditer(text):
        groups = [each for each in match.groups() if each]
        found.add(_hours(groups[0], groups[1]))
    return frozenset(found)


def cycles(text: str) -> frozenset[int]:
    """How many cycles a text speaks of: "4 cycles", "cycles 8-10"."""
    return frozenset(_number(m[1] or m[2]) for m in _CYCLES.finditer(text))


def among(one: float, others: frozenset[float]) -> bool:
    """Whether one length of time is one of the others, give or take a rounding."""
    return any(abs(one - other) <= _ROOM * max(one, other) for other in others)


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _number(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else NUMBER_WORDS.get(text.lower(), 0)


def _hours(number: str | None, unit: str) -> float:
    return (_number(number) or 1) * _UNITS[unit.lower()]
