"""Results out of tables: each row with the arms' values, the estimate and the P value of that row.

Two shapes are read: arms in columns with an end point a row, and arms in rows with an end point or
a time a column. What stands in a table of baseline characteristics is no result of treatment and is
marked `analysis="baseline"`. A table whose groups cannot be told gives nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.benefit import direction
from probatum.extract.lines import Line, tables
from probatum.extract.located import LocatedResult
from probatum.extract.prose.arm_words import are_two_arms, is_an_arm
from probatum.extract.result import Arm, Effect, ExtractedResult
from probatum.extract.tables import words as said
from probatum.extract.tables.arms import arm_in, arms_of, level_in
from probatum.extract.tables.estimates import compared, effect_of, estimate_in
from probatum.extract.tables.figures import figures, p_value
from probatum.extract.tables.grid import Column, Grid, Row, grid
from probatum.terms.units import canonical_unit

BASELINE: Final = "baseline"
_TABLE: Final = re.compile(r"^(?:Table|TABLE) \S{1,6} ?")

# A time before the treatment began, and a change that is told from there and is none.
_EARLY: Final = re.compile(
    r"(?:(?:mean|median|value|score)s? )?(?:at )?(?:base-?line|pre\b|pre-?(?:test|treatment|op)"
    r"|initial|before|(?:day|week|month|year|visit|time|hour|t|d|w|wk|m|mo) ?0(?![\d.]))",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"(?<=[a-z])s\b")
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
    grids = _with_sizes([made for run in tables(lines) if (made := grid(run)) is not None])
    arms = _known_arms(grids) | _introduced(grids, introduced)
    return tuple(found for each in grids for found in _results(each, arms))


def _introduced(grids: Iterable[Grid], words: frozenset[str]) -> frozenset[str]:
    """The headers of a table that name two or more of the groups that the prose introduces."""
    names: set[str] = set()
    for each in grids:
        told = {c.arm for c in each.columns if c.role == "end point" and not _has_unit(c.arm)}
        named = {name for name in told if is_an_arm(words, name)}
        if any(are_two_arms(words, one, other) for one in named for other in named):
            names |= {said.arm_key(name) for name in named}
    return frozenset(names)


def _with_sizes(grids: Sequence[Grid]) -> list[Grid]:
    """The tables, each with the sizes of groups that only other tables print, where these agree."""
    told: dict[str, set[int]] = {}
    for each in grids:
        for name, count in each.sizes.items():
            told.setdefault(name, set()).add(count)
    agreed = {name: counts.pop() for name, counts in told.items() if name and len(counts) == 1}
    return [replace(each, sizes={**agreed, **each.sizes}) for each in grids]


def _known_arms(grids: Iterable[Grid]) -> frozenset[str]:
    """The groups that headers of any table name with their size or as groups."""
    names = {
        said.arm_key(column.arm)
        for each in grids
        for column in each.columns
        if column.role == "arm"
    }
    return frozenset(name for name in names if name)


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
    in_columns = tuple(map(_as_arm, _arm_columns(table, known)))
    if in_columns:
        yield from _by_columns(table, in_columns)
        return
    places = _arm_labels(table, known)
    if places:
        yield from _by_rows(table, known)
    elif any(column.role == "effect" for column in table.columns):
        yield from _estimates(table)


def _arm_columns(table: Grid, known: frozenset[str]) -> tuple[Column, ...]:
    """The columns that are groups; none where only times and end points stand in the header."""
    told = [c for c in table.columns if c.role in ("arm", "end point") and c.arm]
    sure = [c for c in told if c.role == "arm" or said.arm_key(c.arm) in known]
    keys = {said.arm_key(c.arm) for c in sure}
    if len(keys) > 1:
        return tuple(sure)
    others = {said.arm_key(c.arm) for c in told} - keys
    # One group named as such ("Control") and one other beside it; or two of anything with a P.
    has_p = any(c.role in ("p", "effect") for c in table.columns)
    no_unit = not any(_has_unit(c.arm) for c in told)
    if no_unit and len(others) == 1 and keys and len(told) == len(keys | others):
        return tuple(told)
    if no_unit and not keys and len(others) == 2 and has_p and len(told) == 2:
        return tuple(told)
    return ()


def _as_arm(column: Column) -> Column:
    """A column that is a group's: the piece of its header that names it says nothing else."""
    if column.role == "arm":
        return column
    above, _, last = column.about.rpartition(" / ")
    return replace(column, about=above) if said.arm_name(last) == column.arm else column


def _has_unit(header: str) -> bool:
    inside = header.rpartition("(")[2].rstrip(") ") if "(" in header else ""
    return bool(inside and canonical_unit(inside))


def _by_columns(table: Grid, columns: Sequence[Column]) -> Iterator[LocatedResult]:
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
            before.append(_made(table, row.line, row.line, endpoint, time, arms, effect))
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


def _arm_labels(table: Grid, known: frozenset[str]) -> bool:
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


def _by_rows(table: Grid, known: frozenset[str]) -> Iterator[LocatedResult]:
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
        yield _made(table, first, final, endpoint, time, arms, effect)


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
            made = _made(table, row.line, row.line, row.about, "", (), replace(effect, p=p))
            if model:
                result = replace(
                    made.result, kind="association", direction="unclear", intervention=row.about
                )
                made = replace(made, result=result)
            yield made


def _made(
    table: Grid,
    first: Line,
    last: Line,
    endpoint: str,
    time: str,
    arms: tuple[Arm, ...],
    effect: Effect,
) -> LocatedResult:
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
