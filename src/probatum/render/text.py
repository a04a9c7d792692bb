"""The answer for a terminal, from 40 to 120 columns, with or without colour.

Nothing is ever cut off: a table whose columns would become too narrow is printed as one block a
row instead.
"""

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from probatum.evidence.answer import Answer
from probatum.evidence.statement import Namer
from probatum.render.arrange import page
from probatum.render.card import ReferenceView
from probatum.render.characters import plain
from probatum.render.forest import forest_axis, forest_strip, in_order, scale_of
from probatum.render.names import Named
from probatum.render.terminal import show, written
from probatum.render.view import (
    AlgorithmView,
    CellView,
    FigureView,
    Line,
    Page,
    SectionView,
    StanceView,
    TableView,
)

# A row may be this many lines high before the table is printed as blocks instead.
_TALLEST = 7
# What a table holds where there is nothing to say.
NOTHING = ("", "-", "–")
_URGENT, _WARN, _STRONG, _SOFT, _HEAD = "bold red", "bold yellow", "bold", "dim", "bold cyan"
_ASIDE = "dim strike"


def answer_text(
    answer: Answer, name: Namer | None = None, *, width: int = 80, colour: bool = False
) -> str:
    """The whole answer as text. `colour` is for a terminal whose user did not set NO_COLOR."""
    view = page(answer, Named(name))
    return written(lambda console: _Printer(console).page(view), width, colour=colour)


def print_answer(answer: Answer, name: Namer | None = None) -> None:
    """Print it on this process's terminal."""
    show(lambda width, colour: answer_text(answer, name, width=width, colour=colour))


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


class _Printer:
    """Prints a page on a console, part by part."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, text: str, style: str = "", indent: int = 0) -> None:
        self.console.print(Padding(Text(text, style=style, overflow="fold"), (0, 0, 0, indent)))

    def blank(self) -> None:
        self.console.print()

    def heading(self, text: str) -> None:
        self.blank()
        self.say(text, _HEAD)
        self.say("─" * min(self.console.width, max(cell_len(text), 3)), _SOFT)

    def item(self, text: str, bullet: str = "•", indent: int = 0, style: str = "") -> None:
        self._beside(Text(bullet), cell_len(bullet) + 1, Text(text, style=style), indent)

    def pair(self, label: str, text: str, indent: int = 0, column: int = 16) -> None:
        """A label and its text; a long label stands on a line of its own."""
        if cell_len(label) > column:
            self.say(label, _SOFT, indent)
            self.say(text, indent=indent + 2)
            return
        self._beside(Text(label, style=_SOFT), column + 2, Text(text), indent)

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

    def page(self, page: Page) -> None:
        self.first(page)
        for section in page.sections:
            self.section(section)
        self.last(page)

    def first(self, page: Page) -> None:
        self.say(page.question, _STRONG)
        if page.status_code != "answered":
            self.blank()
            style = _URGENT if page.status_code == "urgent" else _WARN
            self.item(page.status + (f": {page.reason}" if page.reason else ""), "!", style=style)
        elif page.reason:
            self.blank()
            self.say(page.reason)
        for premise in page.premises:
            if not premise.in_reason:
                self.item(f'Taken for granted: "{premise.text}" – {premise.verdict}.', "!")
            if premise.line:
                self.item(cited(premise.line), indent=2)
        if page.bottom_line:
            self.heading("Bottom line")
            self.bottom_line(page.bottom_line)
        if page.applies_to or page.does_not_apply_to:
            self.blank()
        if page.applies_to:
            self.pair("Applies to", page.applies_to, column=17)
        if page.does_not_apply_to:
            self.pair("Does not apply to", page.does_not_apply_to, column=17)
        if page.not_understood:
            self.blank()
            self.say(f"Not understood in the question: {', '.join(page.not_understood)}.")

    def bottom_line(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self.say(cited(line), _STRONG)
            if line.origin:
                self.say(line.origin, _SOFT, indent=2)
            self.say(f"About: {line.about}", _SOFT, indent=2)

    def section(self, section: SectionView) -> None:
        self.heading(section.title)
        for statement in section.statements:
            self.say(statement)
        for stance in section.stances:
            self.stance(stance)
        if section.table:
            self.table(section.table)
        if section.figure:
            self.figure(section.figure)
        for line in section.lines:
            self.item(cited(line), "✕" if line.aside else "•", style=_ASIDE if line.aside else "")
            if line.aside:
                self.say(f"Does not fit: {'; '.join(line.aside)}.", indent=2)
            if line.origin:
                self.say(line.origin, _SOFT, indent=2)
        if section.algorithm:
            self.algorithm(section.algorithm)

    def stance(self, stance: StanceView) -> None:
        edition = f", {stance.edition}" if stance.edition != "–" else ""
        self.item(f"{stance.body}{edition}: {stance.state.upper()}", stance.mark, style=_STRONG)
        self.say(stance.statement, indent=2)
        for line in stance.lines:
            self.item(cited(line), indent=2)
        if stance.superseded_by:
            self.say(f"Superseded by {stance.superseded_by}.", indent=2)

    def table(self, table: TableView) -> None:
        rows = [[cell_words(cell) for cell in row] for row in table.rows]
        needed = [
            _width_needed([column, *(row[at] for row in rows)])
            for at, column in enumerate(table.columns)
        ]
        # One blank inside and one between columns; what is left goes to those that want it.
        room = self.console.width - sum(needed) - 2 * len(needed)
        if room < 0:
            self.blocks(table, rows)
            return
        drawn = Table(
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
            show_lines=False,
            header_style=_STRONG,
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
        self.console.print(drawn)
        self.blank()

    def blocks(self, table: TableView, rows: Sequence[Sequence[str]]) -> None:
        """One block a row, its cells one under the other."""
        wide = max((cell_len(column) for column in table.columns[1:]), default=0)
        column = min(wide, self.console.width // 3)
        for row in rows:
            self.say(row[0], _STRONG)
            for name, text in zip(table.columns[1:], row[1:], strict=True):
                if text not in NOTHING:
                    self.pair(name, text, 2, column)
            self.blank()

    def figure(self, figure: FigureView) -> None:
        self.say(figure.title, _STRONG)
        rows = in_order(figure.figure.rows)
        scale = scale_of(rows)
        labels = [cell_words(row[1]) for row in figure.table.rows]
        beside = max(cell_len(label) for label in labels)
        width = self.console.width - 4
        strip = width - beside - 2 if width - beside - 2 >= 24 else width
        earlier = None
        for row, label in zip(rows, labels, strict=True):
            name = plain(row.label) + (" (superseded)" if row.superseded else "")
            again = row.study is not None and row.study == earlier
            earlier = row.study
            self.item(name + (" (same study as the row above)" if again else ""), "·")
            drawn = forest_strip(row, scale, strip) if scale else ""
            if scale and strip < width:
                self.say(f"{drawn}  {label}", indent=2)
            else:
                if scale:
                    self.say(drawn, indent=2)
                self.say(label, indent=2)
        if scale:
            for axis in forest_axis(scale, strip):
                self.say(axis, _SOFT, indent=2)
            self.say(f"← {plain(figure.figure.left)}", _SOFT, indent=2)
            self.say(f"→ {plain(figure.figure.right)}", _SOFT, indent=2)
        self.say(" ".join(figure.notes), _SOFT)
        self.blank()

    def algorithm(self, algorithm: AlgorithmView) -> None:
        self.say(algorithm.title, _STRONG)
        for step in algorithm.steps:
            here = " (on this patient's path)" if step.on_path else ""
            if step.state and not step.on_path:
                here = f" ({step.state})"
            out = step.state_code == "excluded"
            style = _ASIDE if out else _STRONG
            self.item(f"{step.condition}{here}", f"{step.number}.", style=style)
            if step.why:
                self.say(f"because: {step.why}", indent=3)
            if step.missing:
                self.say(f"to be known: {step.missing}", indent=3)
            for line in step.then:
                self.item(cited(line), "→", 3)
            if step.next:
                self.say(f"then step {step.next}", _SOFT, 3)

    def last(self, page: Page) -> None:
        if page.references:
            self.heading("References")
            for reference in page.references:
                self.reference(reference)
        if page.limits:
            self.heading("Limits of this answer")
            for limit in page.limits:
                self.item(limit)
        if page.related:
            self.heading("Related questions")
            for question in page.related:
                self.item(question)
        self.blank()
        updated = f" Evidence last updated {page.updated}." if page.updated else ""
        self.say(f"{page.review}.{updated} As of {page.as_of}.")
        self.say(f"Library {page.snapshot}: {page.held}. Answer {page.answer_id}.", _SOFT)
        self.blank()
        self.say(page.notice)

    def reference(self, reference: ReferenceView) -> None:
        bullet = f"[{reference.number}]"
        self.item(reference.line, bullet)
        inset = len(bullet) + 1
        state = f"{reference.currency_mark} {reference.currency}"
        if reference.replaced_by:
            state += f", replaced by {reference.replaced_by}"
        self.say(f"{reference.type} · {reference.depth} · {state}", _SOFT, inset)
        addresses = [link.value for link in reference.links if link.kind == "url"]
        found = [
            link.value if link.kind == "nct" else f"{link.label} {link.value}"
            for link in reference.links
            if link.kind != "url"
        ]
        if found:
            self.say(" · ".join(found), _SOFT, inset)
        for address in addresses:
            # An address is never folded: a terminal opens it only when it is whole.
            self.console.print(Text(" " * inset + address, style=_SOFT), soft_wrap=True)
