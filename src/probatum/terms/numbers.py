"""Numbers of a text, each with the unit, comparator and role that its own words give it.

Digits that belong to a name (KEYNOTE-826, CTLA-4) are no number, and digits that only their whole
expression explains (a date, "q3w", "AUC 5") are read with it. What a number takes from the numbers
around it is for `number_groups`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from probatum.terms.quantity_patterns import (
    ADJECTIVES,
    AFTER,
    APPROX,
    AUC,
    BEFORE,
    DATE,
    DAY,
    EVERY,
    EVERY_SHORT,
    LIST_MARK,
    MASKED,
    NUMBER,
    ORDINAL,
    RATIOS,
    VERSION,
    WORDS,
    Comparator,
    Role,
)
from probatum.terms.units import canonical_unit, unit_is_time, unit_table


@dataclass(frozen=True, slots=True)
class Number:
    """A number in folded text while its meaning is being gathered."""

    start: int
    stop: int  # past the digits
    end: int  # past the unit, where one follows
    value: Decimal
    unit: str | None = None
    comparator: Comparator = "="
    role: Role = "value"
    approx: bool = False
    bare: bool = False  # a number word, which counts only with a unit


def numbers_of(plain: str) -> list[Number]:
    """The numbers of a folded text in order, none of them inside a name or an address."""
    taken = [(m.start(), m.end()) for m in MASKED.finditer(plain)]
    # What a whole expression explains is read first, and then taken for what follows.
    numbers = _special(plain, taken)
    numbers += _ordinary(plain, taken)
    return sorted(numbers, key=lambda number: number.start)


def decimal_of(digits: str) -> Decimal | None:
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        return None


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < stop and begin < end for begin, stop in taken)


def _special(plain: str, taken: list[tuple[int, int]]) -> list[Number]:
    """Numbers that only their whole expression explains: versions, dates, q3w, AUC 5, day 1."""
    numbers: list[Number] = []
    for pattern, read in (
        (VERSION, _read_version),
        (DATE, _read_date),
        (EVERY_SHORT, _read_every),
        (AUC, _read_auc),
        (DAY, _read_day),
    ):
        for found in pattern.finditer(plain):
            if not _overlaps(taken, *found.span()):
                numbers += read(found)
                taken.append(found.span())
    return numbers


def _group(
    found: re.Match[str], group: int | str, unit: str | None = None, role: Role = "value"
) -> Number:
    start, stop = found.span(group)
    return Number(start, stop, stop, Decimal(found.group(group).replace(",", "")), unit, "=", role)


def _read_version(found: re.Match[str]) -> list[Number]:
    return [_group(found, 1, role="version")]


def _read_date(found: re.Match[str]) -> list[Number]:
    return [] if found.lastgroup is None else [_group(found, found.lastgroup, role="year")]


def _read_every(found: re.Match[str]) -> list[Number]:
    unit = canonical_unit(found.group(3).lower())
    first = _group(found, 1, unit, "interval")
    if found.group(2) is None:
        return [replace(first, start=found.start(), stop=found.end(), end=found.end())]
    return [first, replace(_group(found, 2, unit, "interval"), end=found.end())]


def _read_auc(found: re.Match[str]) -> list[Number]:
    return [_group(found, found.lastindex or 1, "AUC")]


def _read_day(found: re.Match[str]) -> list[Number]:
    return [_group(found, 2, "days", "ordinal")]


def _ordinary(plain: str, taken: Sequence[tuple[int, int]]) -> list[Number]:
    numbers: list[Number] = []
    covered = 0
    for found in NUMBER.finditer(plain):
        start, stop = found.span()
        if start < covered or _overlaps(taken, start, stop):
            continue
        number = _read_word(found) if found["word"] else _read_digits(plain, start, stop)
        if number is None:
            continue
        number = _with_unit(plain, number)
        if number is None:
            continue
        number = _with_role(plain, number)
        numbers.append(number)
        covered = number.end
    return numbers


def _read_word(found: re.Match[str]) -> Number:
    start, stop = found.span("word")
    return Number(start, stop, stop, WORDS[found["word"].lower()], bare=True)


def _read_digits(plain: str, start: int, stop: int) -> Number | None:
    value = decimal_of(plain[start:stop])
    before = plain[max(0, start - 24) : start]
    if value is None:
        return None
    if before.endswith("-"):
        head = before[:-1]
        if head[-1:].isalpha() and not re.search(
            r"(?:^|[^A-Za-z])(?:grades?|days?|d|cycles?|phases?|stages?|P)$", head, re.IGNORECASE
        ):
            return None  # a name: CTLA-4, COVID-19
        sign = head == "" or head[-1] in "(=<>≤≥:;,[" or (
            head[-1].isspace() and not re.search(r"[\d%)]\s*$", head)
        )  # fmt: skip
        if sign:
            return Number(start - 1, stop, stop, -value)
    return Number(start, stop, stop, value)


def _with_unit(plain: str, number: Number) -> Number | None:
    """The number with the unit that follows it; None when letters make it part of a name."""
    table = unit_table()
    at = number.stop
    after = plain[at : at + 1]
    gap = at
    adjectives = ADJECTIVES.match(plain, at)
    if adjectives is not None:
        gap = adjectives.end()
    while gap < len(plain) and gap - at < 60 and plain[gap] in " -\n":
        gap += 1
    joined = gap == at
    if plain[at:gap].count("-") > 1 or plain[at:gap].count("\n") > 1:
        gap = at
        joined = True
    unit = table.at(plain, gap)
    if unit is not None and not (unit[0] in ("L", "g", "hours") and plain[gap - 1 : gap] == "-"):
        return replace(number, unit=unit[0], end=unit[1])
    if joined and after.isalpha():
        short = re.compile(r"[A-Za-z]+").match(plain, at)
        spelling = short.group() if short is not None else ""
        if spelling.lower() in ("st", "nd", "rd", "th"):
            return replace(number, role="ordinal", end=at + 2)
        if spelling.lower() in table.short:
            return replace(number, unit=table.short[spelling.lower()], end=at + len(spelling))
        if spelling.lower() == "x":
            return replace(number, unit="fold", end=at + 1)
        return None
    if after == "-" and plain[at + 1 : at + 2].isalpha() and not number.bare:
        # "3-way", "5-FU": part of a word, unless a range in words follows ("3-or 4")
        return (
            None if plain[at + 1 : at + 3].isupper() or number.stop - number.start == 1 else number
        )
    return number


def _with_role(plain: str, number: Number) -> Number:
    before = plain[max(0, number.start - 100) : number.start]
    number, before = _with_comparator(plain, number, before)
    if number.role != "value":
        return number
    role: Role | None = next((role for role, pattern in RATIOS if pattern.search(before)), None)
    unit = number.unit
    if role is not None and (
        unit is None or (role == "rd" and unit.startswith("p")) or unit == "%"
    ):
        if role == "n":
            return replace(number, role="n", unit="patients", comparator="=")
        if unit is None or role == "rd":
            return replace(number, role=role)
    if unit == "patients":
        return replace(number, role="n")
    if (
        unit is None
        and LIST_MARK.match(plain, number.stop)
        and not before.rpartition("\n")[2].strip()
    ):
        return replace(number, role="ordinal")
    if unit is None and ORDINAL.search(before):
        day = re.search(r"\bdays?[ -]*$", before, re.IGNORECASE)
        return replace(number, role="ordinal", unit="days" if day else None)
    if unit is None and _is_year(plain, number):
        return replace(number, role="year")
    if unit is not None and unit_is_time(unit) and EVERY.search(before):
        return replace(number, role="interval")
    return number


def _is_year(plain: str, number: Number) -> bool:
    digits = plain[number.start : number.stop]
    return len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) < 2100


def _with_comparator(plain: str, number: Number, before: str) -> tuple[Number, str]:
    """The number with its comparator, and what stands before the comparator."""
    approx = APPROX.search(before)
    if approx is not None:
        number = replace(number, approx=True)
        before = before[: approx.start()]
    for comparator, pattern in BEFORE:
        found = pattern.search(before)
        if found is not None:
            return replace(number, comparator=comparator), before[: found.start()]
    for comparator, pattern in AFTER:
        found = pattern.match(plain, number.end) or pattern.match(plain, number.stop)
        if found is not None and (number.unit is None or found.group() != "+"):
            return replace(number, comparator=comparator), before
    return number, before
