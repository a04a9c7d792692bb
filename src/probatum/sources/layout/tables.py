"""A table's rows as they read alone: merged cells repeated, header and body told apart.

One reading for every markup that has tables: HTML and the XHTML tables of articles and drug labels
(`tr`, `td`, `th`, `thead`, …) and the OASIS tables of articles (`row`, `entry`), with or without a
namespace. A merged cell stands in each row and column that it covers, because a row is quoted
without its neighbours. Nothing is repeated without bound: a span covers at most the columns in
which some cell begins, and a table that would still grow out of all measure keeps its cells
unrepeated.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from lxml.etree import _Element

from probatum.evidence.document import Block
from probatum.sources.layout.cells import NOTHING
from probatum.sources.layout.header_rows import leading_header
from probatum.sources.layout.inline import local_name, text_of
from probatum.sources.layout.text import clean

# HTML Living Standard, "algorithm for processing rows": a colspan above 1000 is taken for 1000 and
# a rowspan above 65534 for that.
_WIDEST: Final = 1_000
_TALLEST: Final = 65_534
# How many characters repeating may add: so many, and so many times what the table has.
_SPARE: Final = 200_000
_TIMES: Final = 20

_ROWS: Final = frozenset({"tr", "row"})
_CELLS: Final = frozenset({"td", "th", "entry"})
_GROUPS: Final = frozenset({"thead", "tbody", "tfoot"})
_APART: Final = frozenset({"table", "caption", "colspec", "col", "colgroup"})


class Table(NamedTuple):
    """Header rows and body rows, each a list of cells; every row has the same number of cells.

    Exceptions: a row of which only the first cell says anything (the name of a group of rows, a
    note across the table) is a list of one, and in a table too large to repeat its merged cells
    each row has its own.
    """

    header: list[list[str]]
    body: list[list[str]]


class _Cell(NamedTuple):
    start: int
    stop: int
    text: str


def rows_of(table: _Element, text: Callable[[_Element], str] = text_of) -> Table:
    """The table's own rows, top to bottom, without empty ones; `text` reads a cell.

    Header rows are those in `thead`; without one, those at the top that look like it. If nothing
    else is there, the header rows are the body. Rows of `tfoot` come last, as they are shown.
    """
    found = sorted(_rows(table, None), key=lambda row: row[0] is not None and _is(row[0], "tfoot"))
    has_head = any(group is not None and _is(group, "thead") for group, _ in found)
    placed: list[list[_Cell]] = []
    names = _column_names(table)
    for _, rows in groupby(found, key=lambda row: id(row[0])):
        placed += _placed([row for _, row in rows], text, names)
    heads = [group is not None and _is(group, "thead") for group, _ in found]
    if not has_head:
        heads = leading_header([list(_cells(row)) for _, row in found])
    expanded = _expanded(placed, heads)
    kept = [(head, row) for head, row in zip(heads, expanded, strict=True) if any(row)]
    header = [row for head, row in kept if head]
    body = [row for head, row in kept if not head]
    return Table(header, body) if body else Table([], header)


def columns_of(header: list[list[str]]) -> tuple[str, ...]:
    """The name of each column: what its header cells say, from the top down, without repeats."""
    width = max(map(len, header), default=0)
    wide = [row for row in header if len(row) == width]
    columns = ([row[column] for row in wide if row[column]] for column in range(width))
    return tuple(" / ".join(cell for cell, _ in groupby(cells)) for cells in columns)


def row_text(cells: list[str]) -> str:
    """A row's text: cells joined by " | ", so that they can be told apart again."""
    return clean(" | ".join(cell.replace("|", "¦") or NOTHING for cell in cells))


def row_blocks(
    table: _Element,
    headings: tuple[str, ...] = (),
    code: str | None = None,
    text: Callable[[_Element], str] = text_of,
) -> list[Block]:
    """The table as blocks, row by row; a header row that names no columns is a caption.

    A row of one cell names the group of rows below it; those whose own first cell is empty say it
    again, since each is quoted alone.
    """
    header, body = rows_of(table, text)
    width = max(map(len, body), default=0)
    named = [row for row in header if len(row) == width]
    columns = columns_of(named)
    blocks = [
        Block(row_text(row), "caption", headings, code=code) for row in header if row not in named
    ]
    group = ""
    for row in body:
        cells = row
        if cells[0]:
            group = cells[0] if len(cells) == 1 else ""
        elif group:
            cells = [group, *cells[1:]]
        names = columns if len(cells) == len(columns) else ()
        blocks.append(Block(row_text(cells), "row", headings, columns=names, code=code))
    return blocks


def _is(element: _Element, name: str) -> bool:
    return local_name(element) == name


def _rows(element: _Element, group: _Element | None) -> Iterator[tuple[_Element | None, _Element]]:
    """Each row of the table with its group, not those of tables inside cells."""
    for child in element:
        name = local_name(child)
        if name in _ROWS:
            yield group, child
        elif name and name not in _APART and name not in _CELLS:
            yield from _rows(child, child if name in _GROUPS else group)


def _cells(row: _Element) -> Iterator[_Element]:
    """A row's cells; anything else in it that has text counts as one."""
    for child in row:
        name = local_name(child)
        if name and (name in _CELLS or text_of(child)):
            yield child


def _column_names(table: _Element) -> dict[str, int]:
    """The places of an OASIS table's named columns."""
    specs = (each for each in table.iter() if _is(each, "colspec"))
    return {spec.get("colname", ""): place for place, spec in enumerate(specs)}


def _number(value: str | None, most: int) -> int:
    digits = (value or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(int(digits[:9]), most)


def _span(cell: _Element, names: dict[str, int]) -> tuple[int, int]:
    """How many columns and rows a cell covers; no rows means all that follow in its group."""
    if _is(cell, "entry"):
        first, last = names.get(cell.get("namest", "")), names.get(cell.get("nameend", ""))
        wide = last - first + 1 if first is not None and last is not None else 1
        more = cell.get("morerows")
        return max(1, min(wide, _WIDEST)), 1 + (_number(more, _TALLEST) if more else 0)
    wide, tall = (
        _number(cell.get("colspan"), _WIDEST),
        _number(cell.get("rowspan"), _TALLEST),
    )
    return max(1, wide), tall or _TALLEST


def _placed(
    rows: list[_Element], text: Callable[[_Element], str], names: dict[str, int]
) -> list[list[_Cell]]:
    """The cells of one group of rows at their columns, those from rows above among them."""
    hanging: list[tuple[int, _Cell]] = []  # how many rows are left, and the cell
    placed = []
    own = repeated = 0
    for row in rows:
        repeated += len(hanging)
        if repeated > _SPARE + _TIMES * own:
            hanging = []
        cells = [cell for _, cell in hanging]
        still = [(left - 1, cell) for left, cell in hanging if left > 1]
        taken = sorted((cell.start, cell.stop) for cell in cells)
        column = 0
        for element in _cells(row):
            wide, tall = _span(element, names)
            while taken and taken[0][0] <= column:
                column = max(column, taken.pop(0)[1])
            stop = min(column + wide, taken[0][0]) if taken else column + wide
            cell = _Cell(column, stop, text(element).strip())
            cells.append(cell)
            own += 1
            if tall > 1:
                still.append((tall - 1, cell))
            column = stop
        hanging = still
        placed.append(sorted(cells))
    return placed


def _expanded(placed: list[list[_Cell]], heads: list[bool]) -> list[list[str]]:
    """Rows of equal length: a cell in each column it covers, "" where none is."""
    starts = sorted({cell.start for row in placed for cell in row})
    place = {start: number for number, start in enumerate(starts)}
    has = sum(len(cell.text) + 1 for row in placed for cell in {*row})
    rows = []
    grown = len(starts) * len(placed)
    for row in placed:
        for cell in row:
            grown += len(cell.text) * (min(cell.stop - cell.start, len(starts)) - 1)
    if grown > _SPARE + _TIMES * has:
        return [[cell.text for cell in row] for row in placed]
    for head, row in zip(heads, placed, strict=True):
        full = [""] * len(starts)
        for cell in row:
            at = place[cell.start]
            while at < len(starts) and starts[at] < cell.stop:
                full[at] = cell.text
                at += 1
        told = [cell for cell in row if cell.text]
        alone = len(told) == 1 and told[0].start == 0 and (all(full) or not head)
        rows.append([told[0].text] if alone else full)
    return rows
