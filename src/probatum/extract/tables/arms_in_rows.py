"""Tables whose rows are groups: an end point or a time a column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from probatum.extract.located import LocatedResult
from probatum.extract.result import Effect
from probatum.extract.tables import words as said
from probatum.extract.tables.arms import arm_in
from probatum.extract.tables.estimates import compared
from probatum.extract.tables.figures import p_value
from probatum.extract.tables.grid import Column, Grid, Row
from probatum.extract.tables.row_results import made_of


def rows_are_arms(table: Grid, known: frozenset[str]) -> bool:
    """Whether the rows are groups: two or more of their labels are known to be."""
    named = [found for row in table.rows if (found := _arm_in(row, known))]
    keys = {said.arm_key(row.label) for row in named}
    return len(keys) > 1


def _names_arm(label: str, known: frozenset[str]) -> bool:
    key = said.arm_key(label)
    return bool(label) and (
        key in known
        or (len(key) > 3 and sum(each.startswith(key) for each in known) == 1)
        or said.size(label) is not None
        or (said.says("group", label) and len(label) <= 60)
    )


def by_rows(table: Grid, known: frozenset[str]) -> Iterator[LocatedResult]:
    """Rows that are groups of one end point; each column is a time or an end point of its own.

    The group may stand in the row's last label or, with the end point behind it, in its first.
    """
    runs: dict[str, list[Row]] = {}
    last = ""
    for row in table.rows:
        if said.is_whole("p", row.label):
            if last in runs:
                runs[last].append(row)
            continue
        named = _arm_in(row, known)
        if named is None:
            continue
        last = named.group
        key = said.arm_key(named.label)
        if any(said.arm_key(each.label) == key for each in runs.get(last, ())):
            yield from _run(table, runs.pop(last))
        runs.setdefault(last, []).append(named)
    for rows in runs.values():
        yield from _run(table, rows)


def _arm_in(row: Row, known: frozenset[str]) -> Row | None:
    """The row with its group as its label and its end point as what stands above."""
    if _names_arm(row.label, known):
        return row
    above, _, first = row.group.rpartition(": ")
    if _names_arm(first, known):
        words = ": ".join(filter(None, (above, row.label)))
        return replace(row, label=first, group=words)
    return None


def _run(table: Grid, rows: Sequence[Row]) -> Iterator[LocatedResult]:
    groups = [row for row in rows if not said.is_whole("p", row.label)]
    tests = [row for row in rows if said.is_whole("p", row.label)]
    if len(groups) < 2:
        return
    held = [
        column
        for column in table.columns
        if column.role in ("arm", "end point") and not _is_size(column, table)
    ]
    for about, time in dict.fromkeys((column.about, column.time) for column in held):
        mine = [column for column in held if (column.about, column.time) == (about, time)]
        arms = tuple(
            arm
            for row in groups
            if (arm := arm_in(table, row, said.arm_name(row.label), mine, said.size(row.label)))
        )
        if len(arms) < 2:
            continue
        p = next((p for row in tests if (p := p_value(row.cells[mine[0].at].text))), None)
        p = p or _p_beside(table, groups, mine[-1])
        endpoint = ": ".join(filter(None, (groups[0].group, about)))
        rate = any(arm.unit in ("%", "patients") or arm.events is not None for arm in arms)
        label = None if rate else compared(groups[0], mine, table)
        effect = Effect("rate" if rate else "other", p=p, label=label)
        places = [row.line for row in rows]
        first = min(places, key=lambda line: line.start)
        final = max(places, key=lambda line: line.end)
        yield made_of(table, first, final, endpoint, time, arms, effect)


def _is_size(column: Column, table: Grid) -> bool:
    """Whether a column tells how many there are in each row's group, which is no end point.

    Beside a share of the same time it counts events.
    """
    last = column.header.rpartition(" / ")[2]
    if not said.is_whole("size", last) or said.is_percent(last):
        return False
    beside = [
        other
        for other in table.columns
        if (other.time, other.about) == (column.time, column.about) and other is not column
    ]
    return not any(said.is_percent(other.measure) for other in beside)


def _p_beside(table: Grid, rows: Sequence[Row], column: Column) -> str | None:
    """The P value in the column just right of the values, or in the only P column."""
    every = [each for each in table.columns if each.role == "p"]
    beside = [each for each in every if each.at == column.at + 1]
    for each in beside or (every if len(every) == 1 else []):
        for row in rows:
            if found := p_value(row.cells[each.at].text):
                return found
    return None
