"""One measured value of a patient, brought to one unit, or a sentence that says why not.

A creatinine of 80 is a healthy one in µmol/L and not compatible with life in mg/dL: the wrong unit
is the commonest slip, so a value that cannot be true is refused and never silently converted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Final

from probatum.questions.data_files import load
from probatum.questions.facts.patient import PatientError
from probatum.questions.need import Measure

# A few digits are all that any laboratory prints; more is a typing error or an attack.
_VALUE: Final = re.compile(r"\s{0,9}(\d{1,7}(?:\.\d{1,7})?)\s{0,9}(\S.{0,39})?\s{0,9}", re.DOTALL)


@dataclass(frozen=True)
class Scale:
    """A unit as spelt, and the factor that brings a value in it to the measure's own unit."""

    name: str
    times: Decimal
    by: Decimal

    def to_own(self, value: Decimal) -> Decimal:
        """The value in the measure's own unit."""
        return value * self.times / self.by


@dataclass(frozen=True)
class Kind:
    """What can be measured: its own unit, how others come to it, and what cannot be true."""

    id: str
    name: str
    unit: str
    decimals: int
    low: Decimal
    high: Decimal
    bare: str | None
    scales: Mapping[str, Scale]
    loinc: tuple[str, ...]


@cache
def kinds() -> dict[str, Kind]:
    """Everything that can be measured, by id."""
    raw: dict[str, dict[str, Any]] = load("measures.yaml")
    return {id: _kind(id, row) for id, row in raw.items()}


def _kind(id: str, row: Mapping[str, Any]) -> Kind:
    scales: dict[str, Scale] = {}
    for name, unit in row["units"].items():
        scale = Scale(name, Decimal(unit.get("times", "1")), Decimal(unit.get("by", "1")))
        scales |= {spelling.lower(): scale for spelling in unit["spellings"]}
    return Kind(
        id,
        row["name"],
        row["unit"],
        row["decimals"],
        Decimal(row["low"]),
        Decimal(row["high"]),
        row.get("bare"),
        scales,
        tuple(row["loinc"]),
    )


def measured(id: str, text: str) -> Measure:
    """A value with its unit, as in "80 umol/L", in the measure's own unit.

    Raises PatientError for what is no number, has no known unit or cannot be true.
    """
    kind = kinds()[id]
    match = _VALUE.fullmatch(text)
    if match is None:
        raise PatientError(
            "The %(measure)s is not a number with a unit; write it as in \u201c%(example)s\u201d.",
            measure=kind.name,
            example=_example(kind),
        )
    return in_own_unit(kind, Decimal(match[1]), (match[2] or "").strip())


def in_own_unit(kind: Kind, value: Decimal, unit: str) -> Measure:
    """The value brought to the measure's own unit, and what was given where that differs."""
    spelt = re.sub(r"\s+", " ", unit).lower()
    if not spelt and kind.bare is None:
        raise PatientError(
            "The %(measure)s needs its unit: %(units)s.", measure=kind.name, units=_units(kind)
        )
    scale = kind.scales.get(spelt or str(kind.bare).lower())
    if scale is None:
        raise PatientError(
            "The unit of the %(measure)s is not known here; use %(units)s.",
            measure=kind.name,
            units=_units(kind),
        )
    own = scale.to_own(value)
    if not kind.low <= own <= kind.high:
        raise _impossible(kind, value, scale)
    step = Decimal(1).scaleb(-kind.decimals)
    converted = scale.times != scale.by
    rounded = own.quantize(step, rounding=ROUND_HALF_UP)
    if converted or rounded != own:
        own = rounded
    shown = format(own.normalize(), "f") if converted else format(own, "f")
    given = f"{format(value, 'f')} {scale.name}" if converted else None
    return Measure(name=kind.id, value=shown, unit=kind.unit, given=given)


def _impossible(kind: Kind, value: Decimal, scale: Scale) -> PatientError:
    """Why the value cannot be true, and in which other unit it could be."""
    unit = "" if scale.name in ("1", "AUC") else f" {scale.name}"
    given = f"{format(value, 'f')}{unit}"
    others = dict.fromkeys(
        other.name
        for other in kind.scales.values()
        if other.name != scale.name and kind.low <= other.to_own(value) <= kind.high
    )
    if others:
        return PatientError(
            "%(value)s as %(measure)s cannot be right; it could be in %(units)s, so please check "
            "its unit.",
            value=given,
            measure=kind.name,
            units=" or ".join(others),
        )
    return PatientError(
        "%(value)s as %(measure)s cannot be right; please check it.", value=given, measure=kind.name
    )


def _units(kind: Kind) -> str:
    return " or ".join(dict.fromkeys(scale.name for scale in kind.scales.values()))


def _example(kind: Kind) -> str:
    middle = {"age": "62", "height": "165 cm", "weight": "70 kg", "inr": "1.1", "auc": "5"}
    units = next(iter(kind.scales.values())).name
    return middle.get(kind.id, f"{format(kind.low * 10, 'f')} {units}")
