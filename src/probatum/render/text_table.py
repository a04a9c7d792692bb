"""A table for a terminal; where its columns would be too narrow, a block for each row."""

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from probatum.render.terminal import STRONG, Printer
from probatum.render.view import CellView, Line, TableView

# A row may be this many lines high before the table is printed as blocks instead.
_TALLEST = 7
# What a table holds where there is nothing to say.
_NOTHING = ("", "-", "–")


def cited(line: Line) -> str:
    """The sentence with its grade, its tags and its citation numbers."""
    words = line.text
    if line.strength:
        words += f" ({line.strength})"
    if line.tags:
        words += f" [{'; '.join(line.tags)}]"
    if line.marker:
        words += f" [{line.marker.label.replace(', ', ',')}]"
    return words


def cell_words(cell: CellView) -> str:
    """A cell's text with its tags and citation numbers."""
    return cited(Line(cell.text, cell.marker, cell.tags))


def _width_needed(texts: Sequence[str]) -> int:
    """The narrowest column that holds the longest word and keeps every cell low."""
    word = max((cell_len(word) for text in texts for word in text.split()), default=1)
    longest = max((cell_len(text) for text in texts), default=1)
    return max(word, -(-longest * 5 // (4 * _TALLEST)), 3)


def print_table(printer: Printer, table: TableView) -> None:
    """The table, as wide as the console."""
    rows = [[cell_words(cell) for cell in row] for row in table.rows]
    needed = [
        _width_needed([column, *(row[at] for row in rows)])
        for at, column in enumerate(table.columns)
    ]
    # One blank inside and one between columns; what is left goes to those that want it.
    room = printer.console.width - sum(needed) - 2 * len(needed)
    if room < 0:
        _blocks(printer, table, rows)
        return
    drawn = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        show_lines=False,
        header_style=STRONG,
    )
    wanted = [
        max(cell_len(text) for text in (column, *(row[at] for row in rows))) - needed[at]
        for at, column in enumerate(table.columns)
    ]
    share = min(1.0, room / max(1, sum(wanted)))
    for at, column in enumerate(table.columns):
        width = needed[at] + int(wanted[at] * share)
        drawn.add_column(Text(column), overflow="fold", width=width, vertical="top")
    for index, row in enumerate(rows):
        if index:
            drawn.add_row(*[""] * len(row))
        drawn.add_row(*[Text(text, overflow="fold") for text in row])
    printer.console.print(drawn)
    printer.blank()


def _blocks(printer: Printer, table: TableView, rows: Sequence[Sequence[str]]) -> None:
    """One block a row, its cells one under the other."""
    wide = max((cell_len(column) for column in table.columns[1:]), default=0)
    column = min(wide, printer.console.width // 3)
    for row in rows:
        printer.say(row[0], STRONG)
        for name, text in zip(table.columns[1:], row[1:], strict=True):
            if text not in _NOTHING:
                printer.pair(name, text, 2, column)
        printer.blank()
