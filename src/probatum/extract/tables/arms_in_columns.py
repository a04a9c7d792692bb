"""Tables whose columns are groups: an end point a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.benefit import direction
from probatum.extract.located import LocatedResult
from probatum.extract.result import Effect
from probatum.extract.tables import words as said
from probatum.extract.tables.arms import arms_of, level_in
from probatum.extract.tables.estimates import effect_of
from probatum.extract.tables.figures import figures, p_value
from probatum.extract.tables.grid import Column, Grid, Row
from probatum.extract.tables.known_arms import has_unit
from probatum.extract.tables.row_results import made_of

_PLURAL: Final = re.compile(r"(?<=[a-z])s\b")


def arm_columns(table: Grid, known: frozenset[str]) -> tuple[Column, ...]:
    """The columns that are groups; none where only times and end points stand in the header."""
    told = [c for c in table.columns if c.role in ("arm", "end point") and c.arm]
    sure = [c for c in told if c.role == "arm" or said.arm_key(c.arm) in known]
    keys = {said.arm_key(c.arm) for c in sure}
    if len(keys) > 1:
        return tuple(sure)
    others = {said.arm_key(c.arm) for c in told} - keys
    # One group named as such ("Control") and one other beside it; or two of anything with a P.
    has_p = any(c.role in ("p", "effect") for c in table.columns)
    no_unit = not any(has_unit(c.arm) for c in told)
    if no_unit and len(others) == 1 and keys and len(told) == len(keys | others):
        return tuple(told)
    if no_unit and not keys and len(others) == 2 and has_p and len(told) == 2:
        return tuple(told)
    return ()


def as_arm(column: Column) -> Column:
    """A column that is a group's: the piece of its header that names it says nothing else."""
    if column.role == "arm":
        return column
    above, _, last = column.about.rpartition(" / ")
    return replace(column, about=above) if said.arm_name(last) == column.arm else column


def by_columns(table: Grid, columns: Sequence[Column]) -> Iterator[LocatedResult]:
    """The results of each row, one a time that the header tells."""
    columns = _one_spelling(columns)
    times = list(dict.fromkeys((column.time, column.about) for column in columns))
    before: list[LocatedResult] = []
    for row in table.rows:
        effect_label = said.effect_type(row.label) if row.label else None
        if effect_label or said.is_whole("p", row.label):
            # "HR (95% CI)" below the arms' values belongs to the row above.
            yield from _completed(table, row, before)
            before = []
            continue
        yield from before
        before = []
        for time, about in times:
            mine = [c for c in columns if (c.time, c.about) == (time, about)]
            arms = arms_of(table, row, mine)
            if len(arms) < 2:
                continue
            endpoint = f"{about}: {row.about}" if about and row.about else row.about or about
            first = (time, about) == times[0]
            effect = effect_of(table, row, arms, mine, alone=len(times) == 1 or first)
            before.append(made_of(table, row.line, row.line, endpoint, time, arms, effect))
    yield from before


def _one_spelling(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with each time as it is first spelt: "6 month" of one group is "6 months"."""
    first: dict[str, str] = {}
    return tuple(
        replace(column, time=first.setdefault(_PLURAL.sub("", column.time.casefold()), column.time))
        for column in columns
    )


def _completed(table: Grid, row: Row, before: Sequence[LocatedResult]) -> Iterator[LocatedResult]:
    """Results above with the estimate or P value that a row of its own gives them."""
    told = list(dict.fromkeys(cell.text for cell in row.cells if not cell.empty))
    said_of = told[1:] if len(told) > 1 else []
    kind = said.effect_type(row.label)
    for each in before:
        effect = each.result.effect
        read = figures(said_of[0]) if said_of and kind else None
        if len(before) == 1 and kind and read and effect.type in ("rate", "other"):
            extra = next((p for text in said_of[1:] if (p := p_value(text))), effect.p)
            effect = Effect(
                kind, read.value, read.ci_level or level_in(row.label), read.low, read.high, extra
            )
        elif len(before) == 1 and said_of and effect.p is None and said.is_whole("p", row.label):
            effect = replace(effect, p=p_value(said_of[0]))
        else:
            yield each
            continue
        result = replace(each.result, effect=effect, end=row.line.end)
        result = replace(result, direction=direction(result))
        yield replace(each, result=result, spans=((result.start, result.end), *each.spans[1:]))
