"""What a page or a terminal shows, as plain values: lines, tables, figures, sections, the page.

Renderers differ in how a heading or a table looks, never in what is shown or where.
"""

from dataclasses import dataclass

from probatum.evidence.answer import Figure
from probatum.render.card import Card, ReferenceView


@dataclass(frozen=True)
class Marker:
    """A citation marker: the card it opens and the numbers it shows."""

    card: str
    label: str


@dataclass(frozen=True)
class Line:
    """A sentence with its citation and what must be said beside it.

    `about` is the population of the evidence, given where the sentence stands without a table or
    section that says it: in the bottom line. `origin` is given of a quote: the work and the place
    in it. The text of a quote may have several lines. `aside` gives the reasons why an option does
    not fit the patient; it is shown struck out with them.
    """

    text: str
    marker: Marker | None
    tags: tuple[str, ...] = ()
    strength: str | None = None
    about: str | None = None
    origin: str | None = None
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class CellView:
    """A cell; of a run of cells with one claim only the last carries the marker."""

    text: str
    column: str
    marker: Marker | None
    tags: tuple[str, ...] = ()
    head: bool = False


@dataclass(frozen=True)
class TableView:
    """A table under its caption."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CellView, ...], ...]


@dataclass(frozen=True)
class FigureView:
    """A picture, what one must know to read it, and its numbers as a table."""

    title: str
    svg: str | None
    notes: tuple[str, ...]
    table: TableView
    figure: Figure


@dataclass(frozen=True)
class StanceView:
    """What one body says, in words."""

    body: str
    edition: str
    state: str
    state_code: str
    mark: str
    meaning: str
    statement: str
    superseded_by: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class StepView:
    """A step as text: its condition, what follows, where to go on, and if it lies on the path."""

    id: str
    number: int
    condition: str
    then: tuple[Line, ...]
    next: str
    on_path: bool
    state: str | None = None
    state_code: str | None = None
    why: str | None = None
    missing: str | None = None


@dataclass(frozen=True)
class AlgorithmView:
    """The decision path as a picture and as steps."""

    title: str
    svg: str
    steps: tuple[StepView, ...]
    chosen: bool


@dataclass(frozen=True)
class SectionView:
    """A part of the page."""

    id: str
    kind: str
    title: str
    lines: tuple[Line, ...]
    table: TableView | None
    figure: FigureView | None
    statements: tuple[str, ...]
    stances: tuple[StanceView, ...] = ()
    algorithm: AlgorithmView | None = None


@dataclass(frozen=True)
class PremiseView:
    """Something the question took for granted and what became of it."""

    text: str
    verdict: str
    line: Line | None
    in_reason: bool


@dataclass(frozen=True)
class Chip:
    """A piece of the understood question: what it is and how it is called."""

    label: str
    value: str


@dataclass(frozen=True)
class Page:
    """The whole answer, in the order in which it is shown."""

    question: str
    long: bool
    status: str
    status_code: str
    reason: str | None
    premises: tuple[PremiseView, ...]
    bottom_line: tuple[Line, ...]
    applies_to: str | None
    does_not_apply_to: str | None
    chips: tuple[Chip, ...]
    not_understood: tuple[str, ...]
    sections: tuple[SectionView, ...]
    cards: tuple[Card, ...]
    references: tuple[ReferenceView, ...]
    related: tuple[str, ...]
    limits: tuple[str, ...]
    notice: str
    reader: str
    reader_code: str

    review: str
    updated: str | None
    updated_day: str | None
    as_of: str
    as_of_day: str
    snapshot: str
    answer_id: str
    held: str
