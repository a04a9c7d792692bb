"""How much a statement says: a bound and a number, in cases, percent, time or dose.

"Over 1/6 of patients", "none", "the majority", "just under 7 months" and "thrice" are all amounts;
a check that only knows digits would let each of them pass.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

NUMBER_WORDS: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1000, "dozen": 12,
}  # fmt: skip
_PARTS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
# In one base each: hours, milligrams, millimetres.
UNITS: Final = {
    "second": ("time", 1 / 3600), "minute": ("time", 1 / 60), "min": ("time", 1 / 60),
    "hour": ("time", 1.0), "hr": ("time", 1.0), "h": ("time", 1.0), "day": ("time", 24.0),
    "week": ("time", 168.0), "wk": ("time", 168.0), "fortnight": ("time", 336.0),
    "month": ("time", 730.5), "year": ("time", 8766.0), "yr": ("time", 8766.0),
    "decade": ("time", 87660.0),
    "mcg": ("mass", 1e-3), "µg": ("mass", 1e-3), "ug": ("mass", 1e-3), "microgram": ("mass", 1e-3),
    "mg": ("mass", 1.0), "milligram": ("mass", 1.0), "g": ("mass", 1e3), "gram": ("mass", 1e3),
    "kg": ("mass", 1e6), "kilogram": ("mass", 1e6),
    "mm": ("length", 1.0), "millimeter": ("length", 1.0), "millimetre": ("length", 1.0),
    "cm": ("length", 10.0), "centimeter": ("length", 10.0), "centimetre": ("length", 10.0),
    "m": ("length", 1000.0), "ml": ("volume", 1.0), "l": ("volume", 1000.0),
    "liter": ("volume", 1000.0), "gy": ("dose", 1.0), "cgy": ("dose", 0.01), "kcal": ("energy", 1.0),  # noqa: E501
    "%": ("percent", 1.0), "percent": ("percent", 1.0), "per cent": ("percent", 1.0),
    "cycle": ("cycle", 1.0), "time": ("times", 1.0), "fold": ("times", 1.0),
}  # fmt: skip
_UNIT = (
    r"(?:%|per ?cent\b|(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|fortnights?|months?"
    r"|years?|yrs?|decades?|mcg|[µu]g|micrograms?|mg|milligrams?|grams?|kilograms?|kg|mm|cm"
    r"|milli?met(?:er|re)s?|centimet(?:er|re)s?|ml|lit(?:er|re)s?|c?gy|kcal|cycles?|times|fold"
    r"|g|h|l|m)\b(?!\.\w))"
)
_BASE = r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,6})?"
_DIGITS = rf"(?<![\w.,/-])-?{_BASE}(?:\s?x\s?10\^-?\d)?"
_WORD_NUMBER = "|".join(NUMBER_WORDS)
_AMOUNT = re.compile(
    rf"(?P<fraction>(?<![\w.,/-])(\d{{1,5}})/(\d{{1,5}})(?:ths?|rds?)?(?![\w/]))"
    rf"|(?P<digits>{_DIGITS})(?:\s?[-–]?\s?(?P<unit>{_UNIT}))?(?![\w])"
    rf"|\b(?P<parts>(?:one|two|three|four|a)[- ](?:{'|'.join(_PARTS)})|half|(?<=under )a? ?tenth)\b"
    rf"|\b(?P<word>{_WORD_NUMBER})\b(?:[- ](?P<wunit>{_UNIT}))?"
    r"|\b(?P<none>none|not a single|not any|no|neither|never|without)\b"
    r"|\b(?P<all>all(?! of the)|all of the|every|each of the|entire)\b"
    r"|\b(?P<most>(?:the |a )?(?:vast )?(?:majority|lion's share)|most(?= (?:of|patients|participants|people|candidates|individuals|members)))\b"  # noqa: E501
    r"|\b(?P<some>several|multiple|various|numerous|some|a couple|a few|many)\b"
    r"|\b(?P<times>once|twice|thrice|double|triple|quadruple)\b"
    r"|\b(?P<article>an?)(?= (?:single )?(?:patient|participant|case|instance|candidate|subject))",
    re.IGNORECASE,
)
_BEFORE: tuple[tuple[str, str], ...] = (
    (r"(?:at least|a minimum of|minimum of|no (?:less|fewer) than|not less than|[≥]|> ?/?=|> or =|greater than or equal to|or more)", ">="),  # noqa: E501
    (r"(?:at most|a maximum of|up to|no more than|not more than|not exceed\w*|maximum of|[≤]|< ?/?=|< or =|less than or equal to)", "<="),  # noqa: E501
    (r"(?:more than|over|above|exceed\w*|greater than|higher than|longer than|upwards of|>)", ">"),
    (r"(?:less than|fewer than|under|below|lower than|shorter than|younger than|<)", "<"),
    (r"(?:older than)", ">"),
    (r"(?:about|around|approximately|roughly|almost|nearly|close to|~)", "~"),
)  # fmt: skip
_BOUNDS = tuple(
    (re.compile(rf"{word}\s+(?:(?:just|the|a|an|of|age|total)\s+){{0,2}}$|{word}\s*$", re.I), sign)
    for word, sign in _BEFORE
)
_JUST = re.compile(r"\bjust\s+(over|under|above|below|more than|less than)\s*$", re.IGNORECASE)
# How what stands before a number ends where any of these is found: looked for first, since most
# numbers have nothing of the kind before them.
_BOUND_ENDS = tuple(
    """least than of to more most over above under below about around approximately roughly almost
    nearly just the a an age total ≥ ≤ = > < ~""".split()  # noqa: SIM905 (words read better as words)
)
_AFTER = re.compile(
    r"\s*(?:\w+\s)?(?:\(\w+\)\s)?(?:or (more|older|over|above|greater|longer|less|younger|fewer|under|below|shorter)\b|and (over|above|older)\b|(\+))",  # noqa: E501
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(
    r"\s(?:of )?(?:the )?(?:\w+ ){0,4}(?:patients|participants|subjects|people|cohort)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a statement: `kind` is count, percent, fraction, or what its unit measures."""

    start: int
    end: int
    value: float
    kind: str
    sign: str = "="
    unit: str = ""
    of: int | None = None  # "3 of 49": the 49
    digits: bool = False

    def holds(self, found: float, tolerance: float = 0.0) -> bool:
        """Whether a figure found is what the statement says."""
        room = max(abs(self.value) * tolerance, 1e-9)
        if self.sign == "=":
            return abs(found - self.value) <= room
        if self.sign == "~":
            return abs(found - self.value) <= max(0.1 * abs(self.value), room)
        if self.sign == ">":
            return found > self.value + 1e-9
        if self.sign == "<":
            return found < self.value - 1e-9
        if self.sign == ">=":
            return found >= self.value - room
        return found <= self.value + room


def amounts(text: str) -> list[Amount]:
    """Every amount of a statement, in order."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(text):
        made = _amount(text, match)
        if made is not None:
            found.append(made)
    return found


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    sign = _sign(text, start, end)
    if match["fraction"]:
        top, bottom = map(int, re.findall(r"\d+", match["fraction"]))
        if not bottom:
            return None
        if sign == "=" and bottom > 12:
            return Amount(start, end, top, "count", sign, of=bottom, digits=True)
        return Amount(start, end, 100 * top / bottom, "percent", sign, of=bottom, digits=True)
    if match["digits"]:
        value = _value(match["digits"])
        # "0.3 of the patients" is a share, not a third of a person.
        if not match["unit"] and 0 < value < 1 and _OF_PEOPLE.match(text, end):
            return Amount(start, end, 100 * value, "percent", sign, digits=True)
        return _with_unit(start, end, value, match["unit"], sign, digits=True)
    if match["word"]:
        return _with_unit(
            start, end, NUMBER_WORDS[match["word"].lower()], match["wunit"], sign, digits=False
        )
    return _in_words(match, start, end, sign)


def _in_words(match: re.Match[str], start: int, end: int, sign: str) -> Amount | None:
    if match["parts"]:
        first, _, last = match["parts"].lower().replace("-", " ").rpartition(" ")
        share = 100 * NUMBER_WORDS.get(first, 1) / _PARTS[last]
        return Amount(start, end, share, "percent", sign)
    simple: dict[str, Callable[[], Amount]] = {
        "none": lambda: Amount(start, end, 0, "count"),
        "all": lambda: Amount(start, end, 100, "percent", "~" if sign == "~" else "="),
        "most": lambda: Amount(start, end, 50, "percent", ">"),
        "some": lambda: Amount(start, end, 2, "count", ">="),
        "article": lambda: Amount(start, end, 1, "count", ">="),
    }
    for name, make in simple.items():
        if match[name]:
            return make()
    times = {"once": 1, "twice": 2, "thrice": 3, "double": 2, "triple": 3, "quadruple": 4}
    return Amount(start, end, times[match["times"].lower()], "times", sign)


def _value(text: str) -> float:
    plain = text.replace(",", "").replace(" ", "")
    if "x10^" in plain:
        number, _, power = plain.partition("x10^")
        return float(number) * 10.0 ** int(power)
    return float(plain)


def _with_unit(
    start: int, end: int, value: float, unit: str | None, sign: str, *, digits: bool
) -> Amount:
    if not unit:
        return Amount(start, end, value, "count", sign, digits=digits)
    name = unit.lower().replace("percent", "%").replace("per cent", "%")
    known = UNITS.get(name) or UNITS.get(name.rstrip("s"))
    if known is None:
        return Amount(start, end, value, "count", sign, digits=digits)
    kind, factor = known
    return Amount(start, end, value * factor, kind, sign, name, digits=digits)


def _sign(text: str, start: int, end: int) -> str:
    before = text[max(0, start - 45) : start]
    lower = before.rstrip().lower()
    if lower.endswith(_BOUND_ENDS) or "exceed" in lower:
        just = _JUST.search(before)
        if just:
            return ">" if just[1].lower() in ("over", "above", "more than") else "<"
        for pattern, sign in _BOUNDS:
            if pattern.search(before):
                return sign
    after = _AFTER.match(text, end)
    if after:
        less = (after[1] or "").lower() in ("less", "younger", "fewer", "under", "below", "shorter")
        return "<=" if less else ">="
    return "="
