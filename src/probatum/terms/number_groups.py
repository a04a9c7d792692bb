"""What numbers that stand together give each other: bounds their value's unit, pairs one unit.

In "11.7 v 8.5 months (95% CI 7.0 to 10.2)" only one number has its unit beside it; read alone, the
others would be bare, and a bound would pass for a value.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from probatum.terms.numbers import Number, decimal_of
from probatum.terms.quantity_patterns import (
    BRACKET,
    CI,
    SHARED_ROLES,
    VERSUS,
    VERSUS_ARMS,
    Role,
)


def with_intervals(plain: str, numbers: list[Number]) -> list[Number]:
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
        low, high_value = decimal_of(found_bracket["low"]), decimal_of(found_bracket["high"])
        if low is None or high_value is None or not low <= number.value <= high_value:
            continue
        if number.role in ("hr", "or", "rr", "rd") or (
            number.role == "value" and number.unit is not None and "." in found_bracket["low"]
        ):
            unit = number.unit
            mark(found_bracket, "low", "ci_low", unit)
            mark(found_bracket, "high", "ci_high", unit)
    return result


def _bounded_unit(plain: str, numbers: Sequence[Number], before: int) -> str | None:
    """Unit of the value just before an interval: "11.7 months (95% CI 10.3-13.5)"."""
    last = next((n for n in reversed(numbers) if n.end <= before), None)
    if last is None or before - last.end > 4 or last.role != "value":
        return None
    return last.unit


def with_shared(plain: str, numbers: list[Number]) -> list[Number]:
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


def _linked(plain: str, this: Number, following: Number) -> bool:
    gap = plain[this.end : following.start].rstrip("≥≤<>=~ ") + " "
    if this.bare:
        return re.fullmatch(r" (?:or|to|and) ", gap) is not None
    if VERSUS.fullmatch(gap):
        return True
    fractional = "." in plain[this.start : this.stop]
    return fractional and VERSUS_ARMS.fullmatch(gap) is not None
