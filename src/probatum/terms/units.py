"""The unit table: spellings of units, their canonical names and their conversions.

"q3w" and "every 21 days" are one interval and "g" and "mg" are not one unit; a check that compares
bare numbers cannot tell, so every quantity carries a canonical unit and conversions are exact.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from probatum.terms.number_text import fold_numbers
from probatum.terms.reading import load_yaml

# In the table a space, optional or not, stands for a space, a hyphen or nothing.
_GAP: Final = re.compile(r" \??")
_NO_SLASH: Final = "(?! ?/ ?[A-Za-z1])"


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit; `factor` converts to the base of its dimension."""

    name: str
    dimension: str | None
    factor: Decimal
    counts: bool


@dataclass(frozen=True)
class UnitTable:
    """All units and one pattern that finds the longest unit at a place in folded text."""

    units: dict[str, Unit]
    pattern: re.Pattern[str]
    groups: tuple[str, ...]
    short: dict[str, str]

    def at(self, text: str, position: int) -> tuple[str, int] | None:
        """Canonical unit spelt at a position, and where it ends."""
        found = self.pattern.match(text, position)
        if found is None and "/" in text[position : position + 40]:
            found = _loose(self.pattern.pattern).match(text, position)
        if found is None or found.lastgroup is None:
            return None
        return self.groups[int(found.lastgroup[1:])], found.end()


@lru_cache(maxsize=1)
def unit_table() -> UnitTable:
    """The shipped table, read once."""
    raw: dict[str, dict[str, Any]] = load_yaml(
        files("probatum.terms").joinpath("data/units.yaml").read_text("utf-8")
    )["units"]
    units: dict[str, Unit] = {}
    spellings: list[tuple[str, str]] = []
    short: dict[str, str] = {}
    for name, row in raw.items():
        units[name] = Unit(
            name, row.get("dimension"), Decimal(str(row.get("factor", 1))), "plain_number" in row
        )
        spellings.extend((pattern, name) for pattern in row["names"])
        short |= dict.fromkeys(row.get("short", ()), name)
    # The first alternative that fits wins, so longer spellings come first.
    spellings.sort(key=lambda pair: -len(pair[0]))
    body = "|".join(
        f"(?P<u{index}>{_GAP.sub('[ -]?', pattern)})"
        for index, (pattern, _) in enumerate(spellings)
    )
    # "mg/kg" is not the unit of "mg/kg/day": look first for a unit that no "/x" follows.
    pattern = re.compile(f"(?:{body})(?![A-Za-z0-9^]){_NO_SLASH}", re.IGNORECASE)
    return UnitTable(units, pattern, tuple(name for _, name in spellings), short)


@lru_cache(maxsize=1)
def _loose(pattern: str) -> re.Pattern[str]:
    """The pattern for "200 mg/cycle", where what follows the slash is no part of a unit."""
    return re.compile(pattern.replace(_NO_SLASH, ""), re.IGNORECASE)


def canonical_unit(text: str) -> str | None:
    """The canonical name of a unit however it is written; None when it is not one."""
    folded = fold_numbers(text).text.strip()
    table = unit_table()
    if folded in table.short:
        return table.short[folded]
    found = table.at(folded, 0)
    return found[0] if found is not None and found[1] == len(folded) else None


def unit_is_time(unit: str) -> bool:
    """Whether a canonical unit measures time."""
    return unit_table().units[unit].dimension in ("time", "calendar")


def in_base(value: Decimal, unit: str | None) -> tuple[Decimal, str | None]:
    """A value in the base of its unit's dimension, and what it may be compared with."""
    known = unit_table().units.get(unit) if unit is not None else None
    if known is None or known.dimension is None:
        return value, unit
    return value * known.factor, known.dimension
