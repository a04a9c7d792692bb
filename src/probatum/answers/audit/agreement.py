"""Whether a number told is a number held: rounded, or bounded more weakly, it is no other one."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from probatum.checks.clusters import role_fits, unit_fits
from probatum.checks.held import Value
from probatum.terms.quantities import Quantity


def compatible(value: Value, quantity: Quantity) -> bool:
    """Whether a figure may be the record's value, rounded or told by a weaker bound."""
    if not role_fits(value.role, quantity) or not unit_fits(value.unit, quantity):
        return False
    if quantity.role == "p":
        return _same_p(value, quantity)
    if value.comparator != quantity.comparator:
        return False
    if quantity.approx:
        return abs(value.value - quantity.value) * 20 <= abs(value.value)
    return _rounds(value.value, quantity.value)


def _same_p(value: Value, quantity: Quantity) -> bool:
    held_below = value.comparator in ("<", "<=")
    told_below = quantity.comparator in ("<", "<=")
    if held_below and told_below:
        return value.value <= quantity.value
    if told_below:
        return value.value < quantity.value
    if held_below:
        return quantity.value < value.value
    return _rounds(value.value, quantity.value)


def _rounds(one: Decimal, two: Decimal) -> bool:
    """Whether two numbers are one, rounded to the fewer decimals of the two."""
    places = max(min(-_exponent(one), -_exponent(two)), 0)
    step = Decimal(1).scaleb(-places)
    if abs(one) > 10**12 or abs(two) > 10**12:
        return one == two
    halves = (ROUND_HALF_UP, ROUND_HALF_EVEN)
    return any(one.quantize(step, mode) == two.quantize(step, mode) for mode in halves)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
