"""What the statistics beside a comparison say: P values and intervals around no effect.

A difference in words counts only where the numbers let it: "lower (P = 0.42)" is no difference.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

# The usual threshold (Fisher 1925, kept by ICH E9 as the two-sided 5 %).
_LEVEL: Final = Decimal("0.05")
_P: Final = re.compile(
    r"(?<![\w])p(?:s|[\s-]{0,3}values?)?(?:\s?\([^()]{1,20}\))?"
    r"(?:\s{0,2}(?:of|was|were|is|for trend))?"
    r"\s{0,3}([<>=≤≥⩽⩾]{1,2}|<=|>=|less than|greater than|to|,)?\s{0,3}"
    r"(\d{0,2}\s?[.·,]\s?\d{1,8}|[01](?![\d.]))(\s?[x×]\s?10)?",
    re.IGNORECASE,
)
_INTERVAL: Final = re.compile(
    r"(?:CI|confidence interval|interval)s?\)?[\s\])]{0,3}[:=,;]?\s{0,2}"
    r"(?:of|was|from|=|:)?\s{0,2}[\[(]?\s?"
    r"([-−–]?\s?\d{1,6}(?:[.·]\d{1,6})?)\s?%?\s?(?:to|,|;|-|–|—|−|and)\s?([-−–]?\s?\d{1,6}(?:[.·]\d{1,6})?)",
    re.IGNORECASE,
)
_RATIO: Final = re.compile(
    r"\b(?:a?ORs?|a?RRs?|a?HRs?|IRR|(?:odds|risk|hazards?|rate|relative) (?:ratio|risk)s?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PValue:
    """A P value in a text and whether it is below the usual threshold."""

    start: int
    end: int
    significant: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval; `side` is 1 above no effect, -1 below, 0 around it."""

    start: int
    end: int
    side: int
    ratio: bool


def _number(text: str) -> Decimal | None:
    plain = text.replace("·", ".").replace(",", ".").replace(" ", "")
    plain = plain.replace("−", "-").replace("–", "-")
    try:
        return Decimal("0" + plain if plain.startswith(".") else plain)
    except InvalidOperation:
        return None


def p_values(text: str, start: int = 0, end: int | None = None) -> list[PValue]:
    """All P values of a stretch in order."""
    found: list[PValue] = []
    for m in _P.finditer(text, start, len(text) if end is None else end):
        value = _number(m[2])
        if value is None or value > 1:
            continue
        sign = (m[1] or "=").lower()
        if m[3]:
            significant = True
        elif sign in (">", ">=", "≥", "⩾", "greater than"):
            significant = False
        elif "<" in sign or sign in ("≤", "⩽", "less than"):
            significant = value <= _LEVEL
        else:
            significant = value <= _LEVEL
        found.append(PValue(m.start(), m.end(), significant))
    return found


def intervals(text: str, start: int = 0, end: int | None = None) -> list[Interval]:
    """All confidence intervals of a stretch in order; a ratio's is measured against 1."""
    found: list[Interval] = []
    for m in _INTERVAL.finditer(text, start, len(text) if end is None else end):
        low, high = _number(m[1]), _number(m[2])
        if low is None or high is None:
            continue
        if low > high:
            high = abs(high)
            if low > high:
                continue
        ratio = bool(_RATIO.search(text, max(0, m.start() - 80), m.start())) and low >= 0
        none = Decimal(1) if ratio else Decimal(0)
        side = 1 if low > none else -1 if high < none else 0
        found.append(Interval(m.start(), m.end(), side, ratio))
    return found
