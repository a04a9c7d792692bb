"""The axis of a forest plot, for the picture and for the terminal.

Ratios stand on a logarithmic axis, so that 0.5 and 2 are equally far from no difference.
"""

import math
from collections.abc import Sequence
from decimal import Decimal

from probatum.evidence.answer import ForestRow
from probatum.evidence.base import Frozen
from probatum.evidence.statement import EFFECT_NAMES

# A row names its effect by code or in words; both must find the same axis.
CODES = {name: code for code, name in EFFECT_NAMES.items()} | {code: code for code in EFFECT_NAMES}
RATIOS, DIFFERENCES = ("HR", "RR", "OR"), ("RD", "MD", "SMD")
_NICE = (1.0, 2.0, 5.0)
_FINE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0)


def effect_code(row: ForestRow) -> str:
    """The effect's code; one that is not known stays as it is, and gets no axis."""
    return CODES.get(row.effect.strip(), row.effect.strip())


class Scale(Frozen):
    """An axis from `low` to `high`; `at` gives a value's place between 0 and 1."""

    logarithmic: bool
    low: float
    high: float

    @property
    def no_effect(self) -> float:
        """One for ratios, nought for differences."""
        return 1.0 if self.logarithmic else 0.0

    def at(self, value: float) -> float:
        """The place on the axis, held inside it: an interval may run past its end."""
        if not self.logarithmic:
            share = (value - self.low) / (self.high - self.low)
        elif value <= 0:
            share = 0.0
        else:
            low, high = math.log(self.low), math.log(self.high)
            share = (math.log(value) - low) / (high - low)
        return min(1.0, max(0.0, share))

    def ticks(self, most: int) -> list[float]:
        """Round values inside the axis, the line of no effect always among them."""
        if self.logarithmic:
            wide = [n * 10.0**power for power in range(-6, 7) for n in _NICE]
            candidates = list(_FINE) if self.high / self.low < 40 else wide
            powers = [10.0**power for power in range(-6, 7)]
        else:
            step = 10.0 ** math.floor(math.log10((self.high - self.low) / 4))
            span = range(math.floor(self.low / step), math.ceil(self.high / step) + 1)
            candidates = [index * step for index in span]
            powers = [self.low, self.high]
        inside = [value for value in candidates if self.low <= value <= self.high]
        if len(inside) > 4 * most:
            inside = [value for value in powers if self.low <= value <= self.high]
        return _spaced(inside, self, most)


def _spaced(values: Sequence[float], scale: Scale, most: int) -> list[float]:
    """The values that keep their distance from each other, nearest to no effect first."""
    middle = scale.at(scale.no_effect)
    kept = [scale.no_effect]
    for value in sorted(values, key=lambda each: abs(scale.at(each) - middle)):
        if all(abs(scale.at(value) - scale.at(other)) >= 1 / most for other in kept):
            kept.append(value)
    return sorted(kept)


def scale_of(rows: Sequence[ForestRow]) -> Scale | None:
    """The axis that holds all rows; None where there is none: mixed or unknown effects.

    A ratio on an axis of differences would put the line of no effect at nought.
    """
    kinds = {effect_code(row) for row in rows}
    if kinds and kinds <= set(RATIOS):
        positive = [v for row in rows for v in (row.low, row.value, row.high) if v > 0] or [1.0]
        low, high = min([*positive, 0.8]), max([*positive, 1.25])
        room = (high / low) ** 0.06
        return Scale(logarithmic=True, low=low / room, high=high * room)
    # Differences in different units share no axis either.
    if len(kinds) != 1 or not kinds <= set(DIFFERENCES):
        return None
    values = [v for row in rows for v in (row.low, row.value, row.high)] + [0.0]
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or 1.0
    return Scale(logarithmic=False, low=low - room, high=high + room)


def tick_label(value: float) -> str:
    """A tick as short as it can be said."""
    return format(Decimal(str(round(value, 6))).normalize(), "f")
