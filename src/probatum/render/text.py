"""The answer for a terminal, from 40 to 120 columns, with or without colour.

Nothing is ever cut off: a table whose columns would become too narrow is printed as one block a
row instead.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from probatum.evidence.answer import Answer
from probatum.evidence.statement import Namer
from probatum.render.arrange import page
from probatum.render.card import ReferenceView
from probatum.render.characters import plain
from probatum.render.forest import in_order
from probatum.render.forest_scale import scale_of
from probatum.render.forest_strip import forest_axis, forest_strip
from probatum.render.names import Named
from probatum.render.terminal import SOFT, STRONG, Printer, show, written
from probatum.render.text_table import cell_words, cited, print_table
from probatum.render.view import (
    AlgorithmView,
    FigureView,
    Line,
    Page,
    SectionView,
    StanceView,
)

_URGENT, _WARN = "bold red", "bold yellow"
_ASIDE = "dim strike"


def answer_text(
    answer: Answer, name: Namer | None = None, *, width: int = 80, colour: bool = False
) -> str:
    """The whole answer as text. `colour` is for a terminal whose user did not set NO_COLOR."""
    view = page(answer, Named(name))
    return written(lambda console: _AnswerPrinter(console).page(view), width, colour=colour)


def print_answer(answer: Answer, name: Namer | None = None) -> None:
    """Print it on this process's terminal."""
    show(lambda width, colour: answer_text(answer, name, width=width, colour=colour))


class _AnswerPrinter(Printer):
    """Prints an answer, part by part."""

    def page(self, page: Page) -> None:
        self.first(page)
        for section in page.sections:
            self.section(section)
        self.last(page)

    def first(self, page: Page) -> None:
        self.say(page.question, STRONG)
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
            self.say(cited(line), STRONG)
            if line.origin:
                self.say(line.origin, SOFT, indent=2)
            self.say(f"About: {line.about}", SOFT, indent=2)

    def section(self, section: SectionView) -> None:
        self.heading(section.title)
        for statement in section.statements:
            self.say(statement)
        for stance in section.stances:
            self.stance(stance)
        if section.table:
            print_table(self, section.table)
        if section.figure:
            self.figure(section.figure)
        for line in section.lines:
            self.item(cited(line), "✕" if line.aside else "•", style=_ASIDE if line.aside else "")
            if line.aside:
                self.say(f"Does not fit: {'; '.join(line.aside)}.", indent=2)
            if line.origin:
                self.say(line.origin, SOFT, indent=2)
        if section.algorithm:
            self.algorithm(section.algorithm)

    def stance(self, stance: StanceView) -> None:
        edition = f", {stance.edition}" if stance.edition != "–" else ""
        self.item(f"{stance.body}{edition}: {stance.state.upper()}", stance.mark, style=STRONG)
        self.say(stance.statement, indent=2)
        for line in stance.lines:
            self.item(cited(line), indent=2)
        if stance.superseded_by:
            self.say(f"Superseded by {stance.superseded_by}.", indent=2)

    def figure(self, figure: FigureView) -> None:
        self.say(figure.title, STRONG)
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
                self.say(axis, SOFT, indent=2)
            self.say(f"← {plain(figure.figure.left)}", SOFT, indent=2)
            self.say(f"→ {plain(figure.figure.right)}", SOFT, indent=2)
        self.say(" ".join(figure.notes), SOFT)
        self.blank()

    def algorithm(self, algorithm: AlgorithmView) -> None:
        self.say(algorithm.title, STRONG)
        for step in algorithm.steps:
            here = " (on this patient's path)" if step.on_path else ""
            if step.state and not step.on_path:
                here = f" ({step.state})"
            out = step.state_code == "excluded"
            style = _ASIDE if out else STRONG
            self.item(f"{step.condition}{here}", f"{step.number}.", style=style)
            if step.why:
                self.say(f"because: {step.why}", indent=3)
            if step.missing:
                self.say(f"to be known: {step.missing}", indent=3)
            for line in step.then:
                self.item(cited(line), "→", 3)
            if step.next:
                self.say(f"then step {step.next}", SOFT, 3)

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
        self.say(f"Library {page.snapshot}: {page.held}. Answer {page.answer_id}.", SOFT)
        self.blank()
        self.say(page.notice)

    def reference(self, reference: ReferenceView) -> None:
        bullet = f"[{reference.number}]"
        self.item(reference.line, bullet)
        inset = len(bullet) + 1
        state = f"{reference.currency_mark} {reference.currency}"
        if reference.replaced_by:
            state += f", replaced by {reference.replaced_by}"
        self.say(f"{reference.type} · {reference.depth} · {state}", SOFT, inset)
        addresses = [link.value for link in reference.links if link.kind == "url"]
        found = [
            link.value if link.kind == "nct" else f"{link.label} {link.value}"
            for link in reference.links
            if link.kind != "url"
        ]
        if found:
            self.say(" · ".join(found), SOFT, inset)
        for address in addresses:
            # An address is never folded: a terminal opens it only when it is whole.
            self.console.print(Text(" " * inset + address, style=SOFT), soft_wrap=True)
