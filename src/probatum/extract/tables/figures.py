"""The figures of one table cell: a count and its share, a mean and its spread, an estimate and its
interval, a P value.

A cell such as "12 (27.3)" says something else under "n (%)" than under "mean (SD)", so the words of
its row, column and caption decide what the second number is; where they don't, it stays unread
rather than guessed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from probatum.terms.number_text import fold_numbers

Second = Literal["percent", "events", "sd", "interval", "range", "unknown"]

_N = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12})(?:\.\d{1,12})?|[-+]?\.\d{1,12}"
# What may follow a figure without changing it: marks of significance and of footnotes.
_MARKS = r"(?:\s?[*†‡§¶#ǂ]{1,4}|\+{1,3}|\s?[a-eʰ-˸ᴬ-ᶿ]{1,2}(?![A-Za-z])|\s?\^\d)?"
_UNIT = r"(?P<unit>\s?(?:%|months?|mo|weeks?|days?|years?|h|hours?)?)"
_FIRST: Final = re.compile(rf"\s*(?P<value>{_N}){_UNIT}{_MARKS}\s*")
_OF: Final = re.compile(r"\s*(?:/|of|out of)\s*(?P<n>\d{1,3}(?:,\d{3})+|\d{1,9})\s*(?!\d)")
_SPREAD: Final = re.compile(rf"\s*(?:±|\+/-|\+-)\s*(?P<spread>{_N})\s*%?{_MARKS}\s*")
_PAIR: Final = re.compile(
    rf"\s*[(\[]\s*(?:(?P<level>\d\d(?:\.\d)?)\s?%\s?(?:CI|CrI)[\s,:]*|(?:CI|IQR|range)[\s,:]*)?"
    rf"(?P<low>{_N})\s*%?\s*(?:to|-|,|;|~)\s*(?P<high>{_N})\s*%?\s*[)\]]{_MARKS}\s*"
)
_SINGLE: Final = re.compile(
    rf"\s*[(\[]\s*(?P<sign>±|\+/-|n\s?=|SD\s?=?:?)?\s*(?P<second>{_N})\s*(?P<percent>%)?"
    rf"\s*[)\]]{_MARKS}\s*"
)
_BARE_PAIR: Final = re.compile(
    rf"\s*(?P<low>{_N})\s*%?\s*(?:to|-|;|,|~)\s*(?P<high>{_N})\s*%?{_MARKS}\s*"
)
_P: Final = re.compile(
    rf"\s*(?:[Pp]\s*(?:-?\s?values?)?)?\s*(?P<sign>[<>=≤≥]{{0,2}})\s*(?P<value>{_N})"
    rf"(?:\s?[eE]\s?(?P<power>-?\d{{1,2}})|\s?[x*]\s?10\^?(?P<ten>-?\d{{1,2}}))?{_MARKS}\s*"
)
_NOT_REACHED: Final = re.compile(r"\s*(?:NR|not reached|NE|not (?:estimable|evaluable))\s*", re.I)
_INEQUALITY: Final = {"<=": "≤", ">=": "≥", "=<": "≤", "=>": "≥", "": "="}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one cell says. `second` is what stands in brackets after the first figure."""

    value: Decimal | None = None
    unit: str | None = None
    n: int | None = None
    events: int | None = None
    sd: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ci_level: Decimal | None = None
    not_reached: bool = False
    second: Decimal | None = None
    second_percent: bool = False


def number(text: str) -> Decimal:
    """A number as a decimal, without its thousands separators."""
    return Decimal(text.replace(",", ""))


def figures(text: str) -> Figures | None:
    """The figures of a cell; None when it holds anything else as well.

    What stands in brackets alone, without a word that says what it is, comes as `second`.
    """
    plain = fold_numbers(text).text
    if len(plain) > 80:
        return None
    if _NOT_REACHED.fullmatch(plain):
        return Figures(not_reached=True)
    first = _FIRST.match(plain)
    if first is None:
        return None
    value, unit = number(first["value"]), first["unit"].strip() or None
    at = first.end()
    if at == len(plain):
        return Figures(value, unit)
    if found := _SPREAD.fullmatch(plain, at):
        return Figures(value, unit, sd=number(found["spread"]))
    if found := _PAIR.fullmatch(plain, at):
        level = Decimal(found["level"]) if found["level"] else None
        return Figures(
            value, unit, low=number(found["low"]), high=number(found["high"]), ci_level=level
        )
    if found := _SINGLE.fullmatch(plain, at):
        second = number(found["second"])
        if found["sign"] and not found["sign"].startswith("n"):
            return Figures(value, unit, sd=second)
        return Figures(value, unit, second=second, second_percent=bool(found["percent"]))
    if found := _OF.match(plain, at):
        return _fraction(plain, value, int(number(found["n"])), found.end())
    return _shared_count(plain, value, unit, at)


def _fraction(plain: str, value: Decimal, n: int, at: int) -> Figures | None:
    """ "12/44" or "12/44 (27.3%)": how many of how many."""
    if value != value.to_integral_value() or not 0 <= value <= n:
        return None
    events = int(value)
    if at == len(plain):
        return Figures(n=n, events=events)
    share = _SINGLE.fullmatch(plain, at)
    if share is not None:
        return Figures(number(share["second"]), "%", n=n, events=events)
    return None


def _shared_count(plain: str, value: Decimal, unit: str | None, at: int) -> Figures | None:
    """ "27.3% (12/44)": a share with the count behind it."""
    inside = plain[at:].strip()
    if inside[:1] not in "([" or inside[-1:] not in ")]":
        return None
    inner = figures(inside[1:-1]) if len(inside) > 2 and inside[1] not in "([" else None
    if inner is None or inner.events is None or inner.value is not None:
        return None
    return Figures(value, unit or "%", n=inner.n, events=inner.events)


def p_value(text: str) -> str | None:
    """A P value as "<.001" or "=.03"; None when the cell is none.

    The digits stay as printed but for the zero before the point, as everywhere in results.
    """
    plain = fold_numbers(text).text
    found = _P.fullmatch(plain) if len(plain) <= 40 else None
    if found is None:
        return None
    digits = found["value"].replace(",", "")
    power = found["power"] or found["ten"]
    value = number(digits)
    if power:
        value = value.scaleb(int(power))
        digits = format(value, "f")
    if not 0 <= value <= 1:
        return None
    sign = _INEQUALITY.get(found["sign"], found["sign"])
    return f"{sign}{digits.removeprefix('0') if digits.startswith('0.') else digits}"


def interval(text: str) -> tuple[Decimal, Decimal] | None:
    """The bounds in a cell that holds nothing but an interval ("0.56–0.80", "(0.56, 0.80)")."""
    plain = fold_numbers(text).text
    if len(plain) > 60:
        return None
    found = _PAIR.fullmatch(plain) or _BARE_PAIR.fullmatch(plain)
    if found is None:
        return None
    low, high = number(found["low"]), number(found["high"])
    return (low, high) if low <= high else None
