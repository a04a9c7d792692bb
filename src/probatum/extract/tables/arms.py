"""A group's value out of the cells that are its own: count and share, mean and spread, interval."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from probatum.extract.result import Arm
from probatum.extract.tables import words as said
from probatum.extract.tables.figures import Figures, figures, interval
from probatum.extract.tables.grid import Column, Grid, Row
from probatum.terms.units import canonical_unit


def arms_of(table: Grid, row: Row, columns: Sequence[Column]) -> tuple[Arm, ...]:
    names = list(dict.fromkeys(column.arm for column in columns))
    found = []
    for name in names:
        mine = [c for c in columns if c.arm == name]
        if (arm := arm_in(table, row, name, mine)) is not None:
            found.append(arm)
    return tuple(found)


def arm_in(
    table: Grid, row: Row, name: str, columns: Sequence[Column], size: int | None = None
) -> Arm | None:
    """One group's value, from one cell or from cells of their own for mean, SD, n and share."""
    arm: Arm | None = None
    n = size or table.size(name)
    for column in columns:
        cell = row.cells[column.at]
        read = figures(cell.text) if not cell.empty else None
        if read is None:
            bounds = interval(cell.text) if arm is not None and not cell.empty else None
            if bounds and arm is not None and arm.low is None:
                arm = replace(arm, low=bounds[0], high=bounds[1])
            continue
        if arm is None:
            arm = arm_of(table, row, column, name, n, read)
        else:
            arm = _joined(arm, column, read)
    return arm


def _joined(arm: Arm, column: Column, read: Figures) -> Arm:
    """An arm with a second cell: the spread of its mean, or the share of its count."""
    kind = said.second_figure(column.measure)
    if read.value is None:
        return arm
    if kind == "sd" and arm.sd is None:
        return replace(arm, sd=read.value)
    if said.is_percent(column.measure) and arm.unit != "%":
        events = arm.events if arm.events is not None else _whole(arm.value)
        return replace(arm, value=read.value, unit="%", events=events)
    if said.is_count(column.measure) and arm.unit == "%" and arm.events is None:
        return replace(arm, events=_whole(read.value))
    return arm


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() else None


def arm_of(
    table: Grid, row: Row, column: Column, name: str, n: int | None, read: Figures
) -> Arm | None:
    if read.not_reached:
        return Arm(name, None, None, n, state="not_reached")
    if said.second_figure(column.measure) in ("sd", "se") and "mean" not in column.measure.lower():
        return None
    n = read.n if read.n is not None else n
    kind = said.second_figure(row.label, column.measure, column.header, row.group, table.title,
                              table.notes)  # fmt: skip
    if read.second is not None and read.value is not None:
        value, unit, events, sd = _pair(row, column, n, read, kind)
    else:
        value, unit, events, sd = _single(row, column, n, read)
    if kind == "se":
        sd = None
    unit = unit or _unit(f"{row.group} {row.label}") or _unit(column.header)
    return Arm(name, value, unit, n, events, None, read.low, read.high, read.ci_level, sd)


_Meaning = tuple[Decimal | None, str | None, int | None, Decimal | None]


def _pair(row: Row, column: Column, n: int | None, read: Figures, kind: str | None) -> _Meaning:
    """Value, unit, events and SD of a figure with another in brackets, which is of this kind."""
    value, second, unit = read.value, read.second, read.unit
    if value is None or second is None:
        return value, unit, read.events, read.sd
    sd = second if kind == "sd" else None
    if unit == "%" and _names_spread(row, column):
        return value, unit, read.events, sd
    if read.second_percent or kind == "percent" or _is_share(value, second, n):
        return second, "%", _whole(value), None
    if kind == "events" or (unit == "%" and _whole(second) is not None):
        return value, "%", _whole(second), None
    return value, unit, read.events, sd


def _single(row: Row, column: Column, n: int | None, read: Figures) -> _Meaning:
    """Value, unit, events and SD of a figure that stands alone, or with its own spread."""
    value, unit, events = read.value, read.unit, read.events
    if events is None and unit is None and value is not None:
        count = said.is_count(row.label) or said.is_count(column.measure or column.header)
        if said.is_percent(row.label, column.measure, column.header) and not count:
            unit = "%"
        elif count and (whole := _whole(value)) is not None and (n is None or whole <= n):
            events, unit = whole, "patients"
    return value, unit, events, read.sd


def _names_spread(row: Row, column: Column) -> bool:
    """Whether the nearest words say that a share is a mean of shares: "Mean % (SD)"."""
    return said.second_figure(row.label, column.measure, column.header) in ("sd", "se")


def _is_share(value: Decimal, second: Decimal, n: int | None) -> bool:
    """Whether the second number is the first one's share of the group, within rounding."""
    return (
        n is not None
        and n > 0
        and value == value.to_integral_value()
        and 0 <= value <= n
        and abs(100 * value / n - second) <= 1
    )


def _unit(label: str) -> str | None:
    """The unit that a label names in brackets or between commas: "Weight, kg, mean (SD)"."""
    words = said.plain(label)
    inside = [piece.partition(")")[0] for piece in words.split("(")[1:]]
    for piece in (*inside, *(part.partition("(")[0].strip() for part in words.split(",")[1:])):
        if piece and len(piece) <= 30 and (unit := canonical_unit(piece)):
            return unit
    return None


def level_in(text: str) -> Decimal | None:
    plain = said.plain(text)
    at = plain.find("%")
    digits = plain[max(0, at - 2) : at] if at >= 2 else ""
    return Decimal(digits) if digits.isdigit() and "CI" in plain.upper() else None
