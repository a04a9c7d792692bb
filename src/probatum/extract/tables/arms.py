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
    label = f"{row.group} {row.label}"
    hints = (row.label, column.measure, column.header, row.group, table.title, table.notes)
    if read.not_reached:
        return Arm(name, None, None, n, state="not_reached")
    if said.second_figure(column.measure) in ("sd", "se") and "mean" not in column.measure.lower():
        return None
    kind = said.second_figure(*hints)
    value, unit, events, sd = read.value, read.unit, read.events, read.sd
    if read.n is not None:
        n = read.n
    if read.second is not None and value is not None:
        if read.second_percent or kind == "percent" or _is_share(value, read.second, n):
            events = _whole(value)
            value, unit = read.second, "%"
        elif kind == "events" or (unit == "%" and _whole(read.second) is not None):
            events, unit = _whole(read.second), "%"
        elif kind == "sd":
            sd = read.second
    elif events is None and unit is None and value is not None:
        count = said.is_count(row.label) or said.is_count(column.measure or column.header)
        if said.is_percent(row.label, column.measure, column.header) and not count:
            unit = "%"
        elif count and (whole := _whole(value)) is not None and (n is None or whole <= n):
            events, unit = whole, "patients"
    unit = unit or _unit(label) or _unit(column.header)
    if kind == "se":
        sd = None
    return Arm(name, value, unit, n, events, None, read.low, read.high, read.ci_level, sd)


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
