"""Which row of a dose table by weight or age is the patient's."""

import re
from collections.abc import Iterable
from decimal import Decimal

from probatum.questions.need import Measure

_RANGE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?: to (?P<high>\d+(?:\.\d+)?))? (?P<unit>lb|kg|years)\b"
)
_UNITS = {"weight_lb": "lb", "weight": "kg", "age": "years"}


def fits(text: str, measures: Iterable[Measure]) -> bool | None:
    """Whether the ranges named in a row's title hold the patient's weight, or else the age.

    None when the row names no range in the unit of any measure. Weight decides before age, as
    labels of children's medicines ask (dose by weight, otherwise by age).
    """
    given = {_UNITS[m.name]: Decimal(m.value) for m in measures if m.name in _UNITS}
    ranges = {match["unit"]: match for match in _RANGE.finditer(text)}
    for unit in _UNITS.values():
        if unit in given and unit in ranges:
            low = Decimal(ranges[unit]["low"])
            high = Decimal(ranges[unit]["high"] or ranges[unit]["low"])
            # A range ends where the next one begins: 35 lb and a half still belongs to "24 to 35".
            return low <= given[unit] < high + 1
    return None
