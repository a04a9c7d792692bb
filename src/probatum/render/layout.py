"""A page of an answer turned into the blocks that are put on paper.

The order is that of the page; nothing is left out but pictures, whose numbers stand in a table.
"""

from dataclasses import replace

from probatum.render.card import ReferenceView
from probatum.render.forest import notes
from probatum.render.paper import (
    BOLD,
    ITALIC,
    STRUCK,
    Block,
    Front,
    Grid,
    Heading,
    Item,
    Items,
    Paper,
    Run,
    Runs,
    Words,
    Work,
    Works,
)
from probatum.render.view import (
    AlgorithmView,
    Line,
    Page,
    SectionView,
    StanceView,
    StepView,
    TableView,
)


def _shares(columns: tuple[str, ...], rows: tuple[tuple[Runs, ...], ...]) -> tuple[float, ...]:
    """Wide columns for long cells: the square root of the longest, so that short ones stay legible.

    A column is at least as wide as the longest word of its header asks for.
    """
    found = []
    for at, column in enumerate(columns):
        longest = max((sum(len(run.text) for run in row[at]) for row in rows), default=0)
        header = max((len(word) for word in column.split()), default=1)
        found.append(round(max(min(longest, 400) ** 0.5, header**0.75, 2.0), 2))
    return tuple(found)


def _grid(caption: str, columns: tuple[str, ...], rows: tuple[tuple[Runs, ...], ...]) -> Grid:
    return Grid(caption, columns, rows, _shares(columns, rows))


def _plain(text: str, look: str = "") -> Runs:
    return (Run(text, look),)


class _Layout:
    """Blocks out of the parts of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.numbers = {reference.number for reference in page.references}

    def cited(self, line: Line) -> Runs:
        """A sentence with what stands beside it and its citations as links."""
        runs = [Run(line.text, STRUCK if line.aside else "")]
        if line.strength:
            runs.append(Run(f" ({line.strength})"))
        if line.tags:
            runs.append(Run(f" ({'; '.join(line.tags)})", ITALIC))
        if line.aside:
            runs.append(Run(f" Does not fit: {'; '.join(line.aside)}.", ITALIC))
        runs += self.marks(line.marker.label if line.marker else "")
        if line.about:
            runs.append(Run(f" About: {line.about}", ITALIC))
        if line.origin:
            runs.append(Run(f" {line.origin}", ITALIC))
        return tuple(runs)

    def marks(self, label: str) -> Runs:
        """ "1, 3" as links to the references, in brackets."""
        numbers = [int(each) for each in label.split(", ") if each.isdecimal()]
        if not numbers:
            return ()
        runs = [Run(" [")]
        for at, number in enumerate(numbers):
            # A space that does not break: the numbers of one citation stay on one line.
            runs += [Run(",\u00a0")] if at else []
            known = number if number in self.numbers else None
            runs.append(Run(str(number), number=known))
        return (*runs, Run("]"))

    def lines(self, lines: tuple[Line, ...]) -> Items:
        return Items(tuple(Item(self.cited(line)) for line in lines))

    def grid(self, table: TableView) -> Grid:
        rows = tuple(
            tuple(self.cited(Line(cell.text or "–", cell.marker, cell.tags)) for cell in row)
            for row in table.rows
        )
        return _grid(table.caption, table.columns, rows)

    def stances(self, stances: tuple[StanceView, ...], caption: str) -> Grid:
        rows = []
        for stance in stances:
            what = [Run(stance.statement)]
            for line in stance.lines:
                what += [Run("\n"), *self.cited(line)]
            if stance.superseded_by:
                what.append(Run(f"\nSuperseded by {stance.superseded_by}."))
            cells = (stance.body, stance.edition, f"{stance.mark} {stance.state}")
            rows.append((*(_plain(cell) for cell in cells), tuple(what)))
        columns = ("Body", "Edition", "Says, silent or not held", "What")
        return _grid(caption, columns, tuple(rows))

    def step(self, step: StepView) -> Item:
        runs = [Run(step.condition, STRUCK if step.state_code == "excluded" else "")]
        here = "on this patient’s path" if step.on_path else step.state
        if here:
            runs.append(Run(f" ({here})", ITALIC))
        inner = [_plain(f"Because: {step.why}")] if step.why else []
        inner += [_plain(f"To be known: {step.missing}")] if step.missing else []
        inner += [self.cited(line) for line in step.then]
        inner += [_plain(f"Then step {step.next}")] if step.next else []
        return Item(tuple(runs), tuple(inner))

    def algorithm(self, algorithm: AlgorithmView) -> list[Block]:
        steps = tuple(self.step(step) for step in algorithm.steps)
        return [Words(_plain(algorithm.title, BOLD)), Items(steps, numbered=True)]

    def section(self, section: SectionView) -> list[Block]:
        blocks: list[Block] = [Heading(section.title)]
        blocks += [Words(_plain(statement)) for statement in section.statements]
        if section.stances:
            blocks.append(self.stances(section.stances, section.title))
        if section.table:
            blocks.append(self.grid(section.table))
        if section.figure:
            blocks.append(self.grid(section.figure.table))
            said = notes(section.figure.figure, drawn=False)
            blocks.append(Words(_plain(" ".join(said), ITALIC)))
        if section.lines:
            blocks.append(self.lines(section.lines))
        if section.algorithm:
            blocks += self.algorithm(section.algorithm)
        return blocks

    def first(self) -> list[Block]:
        """What the question was taken for, and the bottom line."""
        page = self.page
        blocks: list[Block] = []
        if page.status_code != "answered":
            said = (Run(f"{page.status}.", BOLD), Run(f" {page.reason}" if page.reason else ""))
            blocks.append(Words(said, boxed=True))
        elif page.reason:
            blocks.append(Words(_plain(page.reason)))
        for premise in page.premises:
            runs = _plain(f"Taken for granted: “{premise.text}” – {premise.verdict}. ")
            blocks.append(Words(runs + (self.cited(premise.line) if premise.line else ())))
        if page.bottom_line:
            blocks.append(Heading("Bottom line"))
            blocks += [Words(self.cited(line)) for line in page.bottom_line]
        for label, text in (
            ("Applies to: ", page.applies_to),
            ("Does not apply to: ", page.does_not_apply_to),
            ("Not understood in the question: ", ", ".join(page.not_understood)),
        ):
            if text:
                blocks.append(Words((Run(label, BOLD), Run(text))))
        return blocks

    def last(self) -> list[Block]:
        page = self.page
        blocks: list[Block] = []
        for title, texts in (
            ("Limits of this answer", page.limits),
            ("Related questions", page.related),
        ):
            if texts:
                points = tuple(Item(_plain(text)) for text in texts)
                blocks += [Heading(title), Items(points)]
        updated = f" Evidence last updated {page.updated}." if page.updated else ""
        blocks.append(Heading("About this document"))
        blocks.append(
            Words(
                _plain(
                    f"{page.review}.{updated} As of {page.as_of}. In words for a "
                    f"{page.reader.lower()}. Library {page.snapshot}: {page.held}. "
                    f"Answer {page.answer_id}."
                )
            )
        )
        blocks.append(Words(_plain(page.notice)))
        if page.references:
            works = tuple(Work(each.number, _reference(each)) for each in page.references)
            blocks += [Heading("References"), Works(works)]
        return blocks


def _reference(reference: ReferenceView) -> Runs:
    state = reference.currency
    if reference.replaced_by:
        state += f", replaced by {reference.replaced_by}"
    runs = [Run(reference.line), Run(f" {reference.type}; {reference.depth}; ", ITALIC)]
    runs.append(Run(f"{state}.", BOLD if reference.currency_code == "retracted" else ITALIC))
    for at, link in enumerate(reference.links):
        runs.append(Run("; " if at else " "))
        words = link.value if link.kind == "url" else f"{link.label} {link.value}"
        runs.append(Run(words, address=link.address))
    return tuple(runs)


def paper(page: Page, front: Front | None = None) -> Paper:
    """The page on paper; with a front it is an article, and its status comes before all else."""
    layout = _Layout(page)
    blocks = [*layout.first(), *(b for each in page.sections for b in layout.section(each))]
    blocks += layout.last()
    if front is None:
        status = Words(_plain(f"{page.review}.", BOLD), boxed=True)
        foot = page.review
        return Paper(page.question, page.review, foot, page.as_of, (status, *blocks))
    said = (Run(f"{front.status}.", BOLD), Run(f" {front.sentence}"))
    head: list[Block] = [Words(said, boxed=True)]
    if front.lines:
        head.append(Items(tuple(Item(_plain(line)) for line in front.lines)))
    address = (Run(" "), Run(front.address, address=front.address)) if front.address else ()
    tail = (Heading("Cite this"), Words((Run(front.cite), *address)))
    made = Paper(page.question, front.status, front.foot, front.date, (*head, *blocks))
    return replace(made, blocks=(*made.blocks, *tail))
