"""Figures of one result that do not fit together: named, never repaired.

A report may print an estimate outside its own interval or a percentage that is not its count. Which
of the two is the misprint no program can know, so both stay as printed and the flag says so.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from probatum.extract.result import Arm, Effect

_RATIO: Final = frozenset({"HR", "RR", "OR"})
# A share may be rounded to whole numbers, up or down: half a unit, and a little for the count.
_ROUNDING: Final = Decimal("0.6")
_CONVENTIONAL_P: Final = Decimal("0.05")  # ICH E9, section 5.5: the conventional two-sided level


def flags(effect: Effect, arms: Sequence[Arm]) -> tuple[str, ...]:
    """What does not fit, as short fixed names in a fixed order."""
    found = []
    low, high, value = effect.ci_low, effect.ci_high, effect.value
    if low is not None and high is not None:
        if low > high:
            found.append("interval_reversed")
        elif value is not None and not low <= value <= high:
            found.append("estimate_outside_interval")
        if _against_p(effect, low, high):
            found.append("interval_against_p")
    if any(_not_its_count(arm) for arm in arms):
        found.append("percent_against_count")
    return tuple(found)


def _against_p(effect: Effect, low: Decimal, high: Decimal) -> bool:
    """A 95 % interval that leaves out the null goes with P below .05, and the other way round."""
    if effect.p is None or effect.ci_level not in (None, Decimal(95)):
        return False
    found = re.fullmatch(r"([=<>≤≥]{1,2})(\d*\.?\d+)", effect.p)
    if found is None:
        return False
    sign, p = found[1], Decimal(found[2])
    null = Decimal(1) if effect.type in _RATIO else Decimal(0)
    if effect.type == "other":
        return False
    holds = low <= null <= high
    # A bound that is printed as the null itself may be rounded to it.
    if null in (low, high):
        return False
    small = (sign in ("<", "≤", "<=") and p <= _CONVENTIONAL_P) or (
        sign == "=" and p < _CONVENTIONAL_P
    )
    large = (sign in (">", "≥") and p >= _CONVENTIONAL_P) or (sign == "=" and p > _CONVENTIONAL_P)
    return (holds and small) or (not holds and large)


def _not_its_count(arm: Arm) -> bool:
    if arm.unit != "%" or arm.value is None or arm.events is None or not arm.n:
        return False
    share = Decimal(100 * arm.events) / Decimal(arm.n)
    return abs(share - arm.value) > _ROUNDING
