"""The terminal that an answer or an audit is printed on."""

import io
import os
import shutil
import sys
from collections.abc import Callable

from rich.console import Console

NARROWEST, WIDEST = 40, 120


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
