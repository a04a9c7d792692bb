"""The terminal that an answer or an audit is printed on, and how its pages look."""

import io
import os
import shutil
import sys
from collections.abc import Callable

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

NARROWEST, WIDEST = 40, 120
STRONG, SOFT, HEAD = "bold", "dim", "bold cyan"


def written(paint: Callable[[Console], None], width: int, *, colour: bool) -> str:
    """What `paint` prints, as text; Rich's markup is off, so brackets in content are content."""
    out = io.StringIO()
    paint(
        Console(
            file=out,
            width=max(NARROWEST, width),
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
    )
    # Cells are filled up to the width; the blanks at the ends of lines say nothing.
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n") + "\n"


def show(text: Callable[[int, bool], str]) -> None:
    """Print `text(width, colour)` as wide as the terminal, coloured only there; else 80 columns."""
    terminal = sys.stdout.isatty()
    # https://no-color.org: any value but the empty one switches colour off.
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = 80
    if terminal or os.environ.get("COLUMNS", "").isdigit():
        width = min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
    encoding = sys.stdout.encoding or "utf-8"
    # A terminal without the letters of a name shows a question mark rather than a traceback.
    sys.stdout.write(text(width, colour).encode(encoding, "replace").decode(encoding))


class Printer:
    """Prints on a console what every page is made of; nothing is cut off, long text is folded."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        """A text on lines of its own, folded at the width."""
        self.console.print(Padding(Text(text, style=style, overflow="fold"), (0, 0, 0, indent)))

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def heading(self, text: str) -> None:
        """The name of a part, underlined."""
        self.blank()
        self.say(text, HEAD)
        self.say("─" * min(self.console.width, max(cell_len(text), 3)), SOFT)

    def item(self, text: str, bullet: str = "•", indent: int = 0, style: str = "") -> None:
        """A text beside its mark."""
        self._beside(Text(bullet), cell_len(bullet) + 1, Text(text, style=style), indent)

    def pair(self, label: str, text: str, indent: int = 0, column: int = 16) -> None:
        """A label and its text; a long label stands on a line of its own."""
        if cell_len(label) > column:
            self.say(label, SOFT, indent)
            self.say(text, indent=indent + 2)
            return
        self._beside(Text(label, style=SOFT), column + 2, Text(text), indent)

    def _beside(self, head: Text, column: int, text: Text, indent: int) -> None:
        """A text whose lines begin at one column, with a head before the first of them.

        Two columns of a table would look the same; Rich takes many times as long to draw them.
        """
        longest = max(map(cell_len, text.plain.split("\n")))
        wide = max(1, min(longest, self.console.width - indent - column))
        # Blanks at the ends of lines carry the style too, as in a table's cell.
        lines = text.wrap(self.console, wide, justify="left", overflow="fold")
        head.pad_right(column - head.cell_len)
        drawn = Text(" " * indent).append_text(head)
        for number, line in enumerate(lines):
            if number:
                drawn.append("\n" + " " * (indent + column))
            drawn.append_text(line)
        self.console.print(drawn, soft_wrap=True)
