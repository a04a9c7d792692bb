"""One result of a table with its place: the end point, the time, the arms and the effect."""

import re
from dataclasses import replace
from typing import Final

from probatum.extract.benefit import direction
from probatum.extract.lines import Line
from probatum.extract.located import LocatedResult
from probatum.extract.result import Arm, Effect, ExtractedResult
from probatum.extract.tables import words as said
from probatum.extract.tables.grid import Grid

_TABLE: Final = re.compile(r"^(?:Table|TABLE) \S{1,6} ?")


def made_of(
    table: Grid,
    first: Line,
    last: Line,
    endpoint: str,
    time: str,
    arms: tuple[Arm, ...],
    effect: Effect,
) -> LocatedResult:
    """The result of a row, or of the rows from `first` to `last`, with its caption beside it."""
    endpoint, time = _when(table, endpoint, time)
    control = [arm.name for arm in arms if arm.name and said.says("control", arm.name)]
    tested = [arm.name for arm in arms if arm.name and not said.says("control", arm.name)]
    result = ExtractedResult(
        endpoint=endpoint or None,
        start=first.start,
        end=last.end,
        effect=effect,
        arms=arms,
        timepoint=time or None,
        intervention=tested[0] if len(tested) == 1 and len(control) == 1 else None,
        comparator=control[0] if len(control) == 1 else None,
    )
    spans = ((table.caption.start, table.caption.end),) if table.caption else ()
    return LocatedResult(
        replace(result, direction=direction(result)),
        first.locator,
        "table",
        ((first.start, last.end), *spans),
    )


def _when(table: Grid, endpoint: str, time: str) -> tuple[str, str]:
    """End point and time, where a row's label is only a time: then the caption says what it is."""
    above, _, last = endpoint.rpartition(": ")
    if not time and said.is_whole("time", last):
        endpoint, time = above, last
    return endpoint or _TABLE.sub("", table.title)[:200], time
