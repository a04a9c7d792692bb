"""Results out of tables: each row with the arms' values, the estimate and the P value of that row.

Two shapes are read: arms in columns with an end point a row, and arms in rows with an end point or
a time a column. What stands in a table of baseline characteristics is no result of treatment and is
marked `analysis="baseline"`. A table whose groups cannot be told gives nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from probatum.extract.lines import Line, tables
from probatum.extract.located import LocatedResult
from probatum.extract.tables import words as said
from probatum.extract.tables.arms_in_columns import arm_columns, as_arm, by_columns
from probatum.extract.tables.arms_in_rows import by_rows, rows_are_arms
from probatum.extract.tables.estimates import estimate_in
from probatum.extract.tables.figures import p_value
from probatum.extract.tables.grid import Grid, grid
from probatum.extract.tables.known_arms import introduced_arms, known_arms, with_sizes
from probatum.extract.tables.row_results import made_of

BASELINE: Final = "baseline"
# A time before the treatment began, and a change that is told from there and is none.
_EARLY: Final = re.compile(
    r"(?:(?:mean|median|value|score)s? )?(?:at )?(?:base-?line|pre\b|pre-?(?:test|treatment|op)"
    r"|initial|before|(?:day|week|month|year|visit|time|hour|t|d|w|wk|m|mo) ?0(?![\d.]))",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"\b(?:from|since|versus|vs\.?|against|to|than|over|with|for)(?: the| their)? base-?line\b",
    re.IGNORECASE,
)


def table_results(
    lines: Iterable[Line], introduced: frozenset[str] = frozenset()
) -> tuple[LocatedResult, ...]:
    """The results of every table in a document, in order.

    `introduced` are words that the document's prose has for its groups (`prose.arm_words`).
    """
    grids = with_sizes([made for run in tables(lines) if (made := grid(run)) is not None])
    arms = known_arms(grids) | introduced_arms(grids, introduced)
    return tuple(found for each in grids for found in _results(each, arms))


def _results(table: Grid, known: frozenset[str]) -> Iterator[LocatedResult]:
    for found in _read(table, known):
        result = found.result
        where = f"{table.title} {found.locator}"
        if result.timepoint:
            early = _EARLY.match(result.timepoint) is not None
        else:
            early = said.says("baseline", _COMPARED.sub(" ", table.title))
        if early:
            result = replace(result, analysis=BASELINE)
        yield replace(found, result=result, harm=said.says("harm", where))


def _read(table: Grid, known: frozenset[str]) -> Iterator[LocatedResult]:
    in_columns = tuple(map(as_arm, arm_columns(table, known)))
    if in_columns:
        yield from by_columns(table, in_columns)
        return
    places = rows_are_arms(table, known)
    if places:
        yield from by_rows(table, known)
    elif any(column.role == "effect" for column in table.columns):
        yield from _estimates(table)


def _estimates(table: Grid) -> Iterator[LocatedResult]:
    """Rows of a regression or of subgroups: an estimate with its interval, no group's own value."""
    model = said.says("model", table.title)
    for row in table.rows:
        for column in table.columns:
            if column.role != "effect":
                continue
            effect = estimate_in(row, column, table)
            # Without an interval, "OR" is as often a response and a difference a change.
            if effect is None or effect.ci_low is None:
                continue
            following = [c for c in table.columns if c.role == "p" and c.at > column.at]
            p = p_value(row.cells[following[0].at].text) if following else None
            made = made_of(table, row.line, row.line, row.about, "", (), replace(effect, p=p))
            if model:
                result = replace(
                    made.result, kind="association", direction="unclear", intervention=row.about
                )
                made = replace(made, result=result)
            yield made
