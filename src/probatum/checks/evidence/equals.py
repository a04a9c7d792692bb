"""Numbers that say the same though they are written otherwise.

0.64 and 64%, "about 12 months" of 11.7, "more than 10%" of 15%, 25% of "3 of 12": a true claim may
restate a figure so, and a checker that compares keys alone would call it invented. A number is only
ever read as one that the text has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from probatum.checks.evidence.units import Unit, quantity_key
from probatum.terms.quantities import Quantity
from probatum.terms.units import in_base

_SHARE = Decimal(100)
# Beside these a figure is no share: "HR 0.62", "95% CI".
_RATIO = frozenset(("ratio", "interval", "hazard", "odd", "odds", "ci", "hr"))


def in_words_of(claim: Sequence[Unit], text: Sequence[Unit]) -> list[Unit]:
    """The claim's units, its restated numbers under the keys of the text."""
    held = {unit.key for unit in text}
    if all(unit.kind != "number" or unit.key in held for unit in claim):
        return list(claim)
    theirs = [unit for unit in text if unit.quantity is not None]
    result: list[Unit] = []
    for at, unit in enumerate(claim):
        key = None
        if unit.kind == "number" and unit.key not in held and unit.quantity is not None:
            beside = {part for other in claim[max(0, at - 1) : at + 2] for part in other.stems}
            keys = _equals(unit.quantity, theirs, share=beside.isdisjoint(_RATIO))
            key = next((k for k in keys if k in held), None)
        result.append(replace(unit, key=key) if key else unit)
    return result


def _equals(own: Quantity, theirs: Sequence[Unit], *, share: bool) -> Iterator[str]:
    if share:
        yield from _as_share(own)
    for unit in theirs:
        other = unit.quantity
        assert other is not None  # noqa: S101 - chosen so by the caller
        bounded = own.comparator != "=" and other.comparator == "="
        if (own.approx and _rounded(own, other)) or (bounded and _satisfied(own, other)):
            yield unit.key
    if own.unit == "%" and own.comparator == "=":
        for one, two in pairwise(theirs):
            if _is_share(own, one.quantity, two.quantity):
                yield one.key


def _as_share(own: Quantity) -> Iterator[str]:
    """A fraction below one as a percentage, and the other way round."""
    if own.role not in ("value", "rd"):
        return
    if own.unit is None and 0 < own.value < 1:
        yield quantity_key(replace(own, value=own.value * _SHARE, unit="%"))
    elif own.unit == "%":
        yield quantity_key(replace(own, value=own.value / _SHARE, unit=None))


def _rounded(own: Quantity, other: Quantity) -> bool:
    """Whether the other number is this one to the places that this one is given with."""
    mine, dimension = in_base(own.value, own.unit)
    theirs, of = in_base(other.value, other.unit)
    if dimension != of or own.comparator != other.comparator:
        return False
    exponent = own.value.normalize().as_tuple().exponent
    step, _ = in_base(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0), own.unit)
    return abs(mine - theirs) <= abs(step) / 2


def _satisfied(own: Quantity, other: Quantity) -> bool:
    """Whether a bound holds of a value: "more than 10%" of 15%."""
    mine, dimension = in_base(own.value, own.unit)
    theirs, of = in_base(other.value, other.unit)
    if dimension != of or own.role != other.role or dimension is None:
        return False
    return {
        ">": theirs > mine, ">=": theirs >= mine, "<": theirs < mine, "<=": theirs <= mine,
    }[own.comparator]  # fmt: skip


def _is_share(own: Quantity, one: Quantity | None, two: Quantity | None) -> bool:
    """Whether a percentage is the first count of the second, to the places that it has."""
    if one is None or two is None or one.unit not in (None, "patients"):
        return False
    if two.unit not in (None, "patients") or not 0 < one.value <= two.value:
        return False
    share = one.value / two.value * _SHARE
    exponent = own.value.as_tuple().exponent
    places = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return share.quantize(places) == own.value.quantize(places)
