"""Values of a sentence with what hangs on them: an estimate, its interval and its P value.

All parts of one estimate must come from one record; an interval moved from another estimate looks
right to any check that takes numbers one by one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from probatum.checks.held import Value
from probatum.checks.reading import Reading
from probatum.terms.quantities import Quantity
from probatum.terms.units import in_base

HANGING = frozenset({"ci_low", "ci_high", "ci_level", "p"})
_HEADS = frozenset({"value", "rd", "hr", "rr", "or"})
# Roles that fix what is measured; the others are told apart by unit and context.
STRICT = frozenset({"hr", "rr", "or", "p", "grade", "ci_low", "ci_high", "ci_level"})
_FOLLOW_BEFORE = re.compile(r"\bfollow(?:ed|ing)?[- ]?(?:up)?[^\d.;]{0,40}$", re.IGNORECASE)
_FOLLOW_AFTER = re.compile(r"^[^\d.;,]{0,12}\bfollow(?:ed)?[- ]?up\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A value with the bounds and P value that follow it."""

    head: Quantity
    hanging: tuple[Quantity, ...] = ()


def clusters_of(reading: Reading, quantities: Sequence[Quantity]) -> tuple[Cluster, ...]:
    """The quantities in order, each bound or P value with the value before it."""
    heads: list[tuple[Quantity, list[Quantity]]] = []
    last: list[Quantity] | None = None
    within = (0, 0)
    for quantity in quantities:
        sentence = reading.sentence(quantity.start)
        if quantity.role in HANGING and last is not None and sentence == within:
            last.append(quantity)
            continue
        hanging: list[Quantity] = []
        heads.append((quantity, hanging))
        if quantity.role in _HEADS:
            last, within = hanging, sentence
    return tuple(Cluster(head, tuple(hanging)) for head, hanging in heads)


def is_follow_up(reading: Reading, quantity: Quantity) -> bool:
    """Whether the text calls this value a follow-up time."""
    before = reading.text[max(0, quantity.start - 60) : quantity.start]
    after = reading.text[quantity.end : quantity.end + 40]
    return bool(_FOLLOW_BEFORE.search(before) or _FOLLOW_AFTER.match(after))


def same_size(value: Decimal, unit: str | None, quantity: Quantity) -> bool:
    """Whether a held number with its unit is the number of the text, after exact conversion."""
    if unit is None or quantity.unit is None or unit == quantity.unit:
        return value == quantity.value
    if quantity.role in STRICT:
        return value == quantity.value
    return in_base(value, unit) == in_base(quantity.value, quantity.unit)


def role_fits(role: str, quantity: Quantity) -> bool:
    """Whether a number may be told in this role: a hazard ratio is never an odds ratio."""
    if role in STRICT or quantity.role in STRICT:
        return role == quantity.role
    return True


def unit_fits(unit: str | None, quantity: Quantity) -> bool:
    """Whether the units can be the same; a missing unit is not "months"."""
    if quantity.role in STRICT or unit == quantity.unit:
        return True
    if unit is None or quantity.unit is None:
        return {unit, quantity.unit} <= {None, "patients"}
    return in_base(quantity.value, unit)[1] == in_base(quantity.value, quantity.unit)[1]


def agrees(held: Value, quantity: Quantity) -> bool:
    """Whether a typed value is the number of the text: size, unit, role and comparator."""
    return (
        role_fits(held.role, quantity)
        and held.comparator == quantity.comparator
        and unit_fits(held.unit, quantity)
        and same_size(held.value, held.unit, quantity)
    )


def comparable(held: Value, quantity: Quantity) -> bool:
    """Whether a typed value is of the kind the text states, whatever its size."""
    return (
        held.part != "text"
        and role_fits(held.role, quantity)
        and held.unit == quantity.unit
        and (held.unit is not None or held.role in STRICT)
    )
