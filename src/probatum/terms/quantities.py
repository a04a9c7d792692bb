"""Quantities in text: value, unit, comparator and role, with their place.

A number copied with the wrong grade, unit or bound is the commonest harmful error in an answer, and
it is invisible to a check that compares digits. So each number is read with what it measures, and
digits that belong to names (KEYNOTE-826, PD-L1) are not numbers at all.

What it cannot see: which arm or endpoint a value belongs to (that is for `extract`), values in
words beyond twelve, and fractions in words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from probatum.terms.number_text import fold_numbers
from probatum.terms.quantity_patterns import (
    ADJECTIVES,
    AFTER,
    APPROX,
    AUC,
    BEFORE,
    BRACKET,
    CI,
    DATE,
    DAY,
    EVERY,
    EVERY_SHORT,
    LIST_MARK,
    MASKED,
    NUMBER,
    ORDINAL,
    RATIOS,
    SHARED_ROLES,
    VERSION,
    VERSUS,
    VERSUS_ARMS,
    WORDS,
    Comparator,
    Role,
)
from probatum.terms.units import canonical_unit, in_base, unit_table
from probatum.terms.words import Folded

__all__ = ["Quantity", "canonical_unit", "find_quantities", "fold_numbers", "same_quantity"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written and as meant; ``given[start:end] == text``."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None
    comparator: Comparator = "="
    role: Role = "value"
    approx: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
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


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of a text in order; names, identifiers and addresses give none."""
    folded = fold_numbers(text)
    plain = folded.text
    taken = [(m.start(), m.end()) for m in MASKED.finditer(plain)]
    numbers = _special(plain, taken)
    numbers += _ordinary(plain, taken)
    numbers.sort(key=lambda n: n.start)
    numbers = _with_intervals(plain, numbers)
    numbers = _shared(plain, numbers)
    return [_as_quantity(text, folded, n) for n in numbers if not n.bare or n.unit is not None]


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities say the same: value, comparator and unit after exact conversion.

    A missing unit agrees only with a missing unit, or inside one role that fixes what is measured
    (a confidence bound, a grade); 8.5 is not 8.5 months.
    """
    if a.comparator != b.comparator:
        return False
    if a.unit is None or b.unit is None:
        fixed = a.role == b.role != "value"
        return a.value == b.value and (a.unit == b.unit or fixed)
    return in_base(a.value, a.unit) == in_base(b.value, b.unit)


def _decimal(digits: str) -> Decimal | None:
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        return None


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < stop and begin < end for begin, stop in taken)


def _special(plain: str, taken: list[tuple[int, int]]) -> list[_Number]:
    """Numbers that only their whole expression explains: versions, dates, q3w, AUC 5, day 1."""
    numbers: list[_Number] = []
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
) -> _Number:
    start, stop = found.span(group)
    return _Number(start, stop, stop, Decimal(found.group(group).replace(",", "")), unit, "=", role)


def _read_version(found: re.Match[str]) -> list[_Number]:
    return [_group(found, 1, role="version")]


def _read_date(found: re.Match[str]) -> list[_Number]:
    return [] if found.lastgroup is None else [_group(found, found.lastgroup, role="year")]


def _read_every(found: re.Match[str]) -> list[_Number]:
    unit = canonical_unit(found.group(3).lower())
    first = _group(found, 1, unit, "interval")
    if found.group(2) is None:
        return [replace(first, start=found.start(), stop=found.end(), end=found.end())]
    return [first, replace(_group(found, 2, unit, "interval"), end=found.end())]


def _read_auc(found: re.Match[str]) -> list[_Number]:
    return [_group(found, found.lastindex or 1, "AUC")]


def _read_day(found: re.Match[str]) -> list[_Number]:
    return [_group(found, 2, "days", "ordinal")]


def _ordinary(plain: str, taken: Sequence[tuple[int, int]]) -> list[_Number]:
    numbers: list[_Number] = []
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


def _read_word(found: re.Match[str]) -> _Number:
    start, stop = found.span("word")
    return _Number(start, stop, stop, WORDS[found["word"].lower()], bare=True)


def _read_digits(plain: str, start: int, stop: int) -> _Number | None:
    value = _decimal(plain[start:stop])
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
            return _Number(start - 1, stop, stop, -value)
    return _Number(start, stop, stop, value)


def _with_unit(plain: str, number: _Number) -> _Number | None:
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


def _with_role(plain: str, number: _Number) -> _Number:
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


def unit_is_time(unit: str) -> bool:
    """Whether a canonical unit measures time."""
    return unit_table().units[unit].dimension in ("time", "calendar")


def _is_year(plain: str, number: _Number) -> bool:
    digits = plain[number.start : number.stop]
    return len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) < 2100


def _with_comparator(plain: str, number: _Number, before: str) -> tuple[_Number, str]:
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


def _with_intervals(plain: str, numbers: list[_Number]) -> list[_Number]:
    """Give confidence bounds their roles, and the unit of the value they bound."""
    places = {number.start: index for index, number in enumerate(numbers)}
    places |= {n.start + 1: i for i, n in enumerate(numbers) if plain[n.start] == "-"}
    result = list(numbers)

    def mark(found: re.Match[str], group: str, role: Role, unit: str | None) -> None:
        at = found.start(group) + (1 if found[group][0] == "-" else 0)
        index = places.get(at)
        if index is not None:
            number = result[index]
            value = abs(number.value) if found[group][0] != "-" else -abs(number.value)
            result[index] = replace(
                number, role=role, unit=number.unit or unit, value=value, comparator="="
            )

    for found in CI.finditer(plain):
        if found["level"] is not None:
            mark(found, "level", "ci_level", "%")
        high = places.get(found.start("high") + (1 if found["high"][0] == "-" else 0))
        unit = result[high].unit if high is not None else None
        if unit is None:
            unit = _bounded_unit(plain, result, found.start())
        mark(found, "low", "ci_low", unit)
        mark(found, "high", "ci_high", unit)
    for number in numbers:
        found_bracket = BRACKET.match(plain, number.end)
        if found_bracket is None:
            continue
        low, high_value = _decimal(found_bracket["low"]), _decimal(found_bracket["high"])
        if low is None or high_value is None or not low <= number.value <= high_value:
            continue
        if number.role in ("hr", "or", "rr", "rd") or (
            number.role == "value" and number.unit is not None and "." in found_bracket["low"]
        ):
            unit = number.unit
            mark(found_bracket, "low", "ci_low", unit)
            mark(found_bracket, "high", "ci_high", unit)
    return result


def _bounded_unit(plain: str, numbers: Sequence[_Number], before: int) -> str | None:
    """Unit of the value just before an interval: "11.7 months (95% CI 10.3-13.5)"."""
    last = next((n for n in reversed(numbers) if n.end <= before), None)
    if last is None or before - last.end > 4 or last.role != "value":
        return None
    return last.unit


def _shared(plain: str, numbers: list[_Number]) -> list[_Number]:
    """Carry units backwards and roles forwards in "11.7 vs 8.5 months", "grade 3 or 4"."""
    result = list(numbers)
    for index in range(len(result) - 2, -1, -1):
        this, following = result[index], result[index + 1]
        if this.unit is not None or following.unit is None:
            continue
        if this.role not in ("value", "ci_low") or following.role in ("ci_level", "p", "ordinal"):
            continue
        if following.unit in ("AUC",) or not _linked(plain, this, following):
            continue
        carried = replace(this, unit=following.unit)
        if this.role == "value" and following.role in ("n", "interval"):
            carried = replace(carried, role=following.role)
        result[index] = carried
    for index in range(1, len(result)):
        before, this = result[index - 1], result[index]
        if this.role != "value" or before.role not in SHARED_ROLES or this.bare:
            continue
        gap = plain[before.end : this.start]
        if not VERSUS.fullmatch(gap) or (before.unit != this.unit and this.unit is not None):
            continue
        if before.role == "n" and gap.strip() not in ("/", "of", "out of", "and", "vs", "versus"):
            continue
        comparator = this.comparator if this.comparator != "=" else before.comparator
        if gap.strip() in ("-", "to", "/", "of", "out of"):
            comparator = this.comparator
        result[index] = replace(this, role=before.role, unit=before.unit, comparator=comparator)
    return result


def _linked(plain: str, this: _Number, following: _Number) -> bool:
    gap = plain[this.end : following.start].rstrip("≥≤<>=~ ") + " "
    if this.bare:
        return re.fullmatch(r" (?:or|to|and) ", gap) is not None
    if VERSUS.fullmatch(gap):
        return True
    fractional = "." in plain[this.start : this.stop]
    return fractional and VERSUS_ARMS.fullmatch(gap) is not None


def _as_quantity(text: str, folded: Folded, number: _Number) -> Quantity:
    start, end = folded.start(number.start), folded.end(number.end)
    return Quantity(
        start, end, text[start:end], number.value, number.unit, number.comparator, number.role,
        number.approx,
    )  # fmt: skip
