"""Quantities in text: value, unit, comparator and role, with their place.

A number copied with the wrong grade, unit or bound is the commonest harmful error in an answer, and
it is invisible to a check that compares digits. So each number is read with what it measures, and
digits that belong to names (KEYNOTE-826, PD-L1) are not numbers at all.

What it cannot see: which arm or endpoint a value belongs to (that is for `extract`), values in
words beyond twelve, and fractions in words.
"""

from dataclasses import dataclass
from decimal import Decimal

from probatum.terms.number_groups import with_intervals, with_shared
from probatum.terms.number_text import fold_numbers
from probatum.terms.numbers import Number, numbers_of
from probatum.terms.quantity_patterns import Comparator, Role
from probatum.terms.units import in_base
from probatum.terms.words import Folded


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


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of a text in order; names, identifiers and addresses give none."""
    folded = fold_numbers(text)
    plain = folded.text
    numbers = with_shared(plain, with_intervals(plain, numbers_of(plain)))
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


def _as_quantity(text: str, folded: Folded, number: Number) -> Quantity:
    start, end = folded.start(number.start), folded.end(number.end)
    return Quantity(
        start, end, text[start:end], number.value, number.unit, number.comparator, number.role,
        number.approx,
    )  # fmt: skip
