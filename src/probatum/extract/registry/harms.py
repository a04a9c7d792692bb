"""Adverse events out of a registry entry: how many of how many in each group, as posted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from probatum.extract.lines import Line
from probatum.extract.located import SafetyRate
from probatum.extract.result import Arm

_AFFECTED: Final = re.compile(r"(\d{1,9}) of (\d{1,9}) participants at risk")


def registry_harms(lines: Iterable[Line]) -> tuple[SafetyRate, ...]:
    """Each posted adverse event with how many of how many in each group, and the totals."""
    rows = [
        line
        for line in lines
        if line.kind == "row" and line.headings[:2] == ("Results", "Adverse events")
    ]
    found: list[SafetyRate] = []
    for path, group in groupby(rows, key=lambda line: line.headings):
        part = list(group)
        if path[2:] == ("Totals",):
            found += _totals(part)
        else:
            found += _events(part, serious=path[2:3] == ("Serious adverse events",))
    return tuple(found)


def _counted(name: str, text: str) -> Arm | None:
    found = _AFFECTED.fullmatch(text)
    return Arm(name, n=int(found.group(2)), events=int(found.group(1))) if found else None


def _totals(rows: Sequence[Line]) -> Iterator[SafetyRate]:
    columns = rows[0].columns
    for at, name in enumerate(columns):
        if not at:
            continue
        cells = [row.cells() for row in rows]
        arms = [arm for row in cells if (arm := _counted(row[0].text, row[at].text))]
        if arms:
            yield SafetyRate(
                name,
                rows[0].start,
                rows[-1].end,
                tuple(arms),
                serious=name.startswith("Serious"),
                locator=rows[0].locator,
                origin="registry",
            )


def _events(rows: Sequence[Line], *, serious: bool) -> Iterator[SafetyRate]:
    def key(row: Line) -> tuple[str, str]:
        cells = dict(zip(row.columns, (cell.text for cell in row.cells()), strict=False))
        return cells.get("Event", ""), cells.get("Organ system", "")

    for (event, _), group in groupby(rows, key=key):
        part = list(group)
        arms = []
        for row in part:
            cells = dict(zip(row.columns, (cell.text for cell in row.cells()), strict=False))
            arm = _counted(cells.get("Group", ""), cells.get("Affected", ""))
            arms += [arm] if arm else []
        if arms and event:
            yield SafetyRate(
                event,
                part[0].start,
                part[-1].end,
                tuple(arms),
                serious=serious,
                locator=part[0].locator,
                origin="registry",
            )
