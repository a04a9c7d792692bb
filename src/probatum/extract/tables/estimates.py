"""The estimate of a comparison and its P value, from the columns that hold them."""

from collections.abc import Sequence
from dataclasses import replace

from probatum.extract.result import Arm, Effect
from probatum.extract.tables.arms import level_in
from probatum.extract.tables.figures import figures, interval, p_value
from probatum.extract.tables.grid import Column, Grid, Row


def effect_of(
    table: Grid, row: Row, arms: Sequence[Arm], mine: Sequence[Column], *, alone: bool
) -> Effect:
    """The row's estimate and P value; the arms beside each other where it has no estimate."""
    last = max(column.at for column in mine)
    p = estimate = None
    for column in table.columns:
        if column.role == "label":
            continue
        cell = row.cells[column.at]
        near = alone or column.at > last
        if column.role == "p" and p is None and near and not cell.empty:
            p = p_value(cell.text)
        elif column.role == "effect" and estimate is None and near and not cell.empty:
            estimate = estimate_in(row, column, table)
    if estimate is not None:
        return replace(estimate, p=estimate.p or p)
    if any(arm.unit in ("%", "patients") or arm.events is not None for arm in arms):
        return Effect("rate", p=p)
    return Effect("other", p=p, label=compared(row, mine, table))


def compared(row: Row, columns: Sequence[Column], table: Grid) -> str:
    words = f"{row.label} {' '.join(c.measure for c in columns)} {table.title}".casefold()
    if "median" in words:
        return "medians compared"
    return "means compared" if "mean" in words or "±" in row.line.text else "values compared"


def estimate_in(row: Row, column: Column, table: Grid) -> Effect | None:
    read = figures(row.cells[column.at].text)
    if read is None or read.value is None or column.effect is None:
        return None
    low, high, level = read.low, read.high, read.ci_level
    if low is None:
        beside = column.at + 1
        is_interval = beside < len(table.columns) and table.columns[beside].role == "interval"
        if is_interval and (bounds := interval(row.cells[beside].text)):
            low, high = bounds
            level = level or level_in(table.columns[beside].header)
    if low is not None:
        level = level or level_in(column.header)
    return Effect(column.effect, read.value, level, low, high)
