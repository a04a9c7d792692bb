"""The answer document, field for field as others build on it (schema probatum.answer/1)."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from probatum.evidence.base import Frozen
from probatum.evidence.claim import Claim
from probatum.evidence.source import Currency, Depth, Identifiers, SourceType

SCHEMA = "probatum.answer/1"

SectionKind = Literal[
    "guidelines",
    "regimens",
    "evidence",
    "biomarkers",
    "algorithm",
    "safety",
    "monitoring",
    "prognosis",
    "caveats",
    "changes",
    "definitions",
    "quotes",
    "library",
]


class ReaderName(StrEnum):
    """Who the words are chosen for."""

    CLINICIAN = "clinician"
    TRAINEE = "trainee"
    PATIENT = "patient"


class AnswerStatus(StrEnum):
    """How the question was dealt with."""

    ANSWERED = "answered"
    CORRECTED_PREMISE = "corrected_premise"
    PARTIAL = "partial"
    DECLINED = "declined"
    URGENT = "urgent"


class LibraryState(Frozen):
    """What was held when the answer was made; the snapshot id makes it reproducible."""

    snapshot: str
    sources: int
    passages: int
    records: int


class Premise(Frozen):
    """Something the question takes for granted, and what the library says of it."""

    text: str
    verdict: Literal["supported", "contradicted", "not_enough_information"]
    claim: str | None = None


class Understood(Frozen):
    """What was understood of the question, as term ids, and how surely."""

    intent: str
    conditions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    line: str | None = None
    interventions: tuple[str, ...] = ()
    biomarkers: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    patient: dict[str, str] = Field(default_factory=dict)
    premises: tuple[Premise, ...] = ()
    confidence: float = 1.0
    not_understood: tuple[str, ...] = ()


class Cell(Frozen):
    """A table cell; `claim` is None for statements about the library and for labels."""

    text: str
    claim: str | None = None


class Table(Frozen):
    """Rows of cells under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @model_validator(mode="after")
    def _rows_fit_the_columns(self) -> Self:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table must have one cell a column")
        return self


class ForestRow(Frozen):
    """One estimate of a forest plot; rows with the same `study` are not independent."""

    label: str
    study: str | None
    effect: str
    value: float
    low: float
    high: float
    ci_level: int
    claim: str
    favours: Literal["experimental", "control", "neither"]
    superseded: bool = False


class Figure(Frozen):
    """The data behind a picture; how it is drawn is the renderer's business."""

    kind: Literal["forest"] = "forest"
    title: str
    left: str
    right: str
    rows: tuple[ForestRow, ...]


class Section(Frozen):
    """A titled part of the answer; `statements` are computed sentences about the library."""

    id: str
    kind: SectionKind
    title: str
    claims: tuple[str, ...] = ()
    table: Table | None = None
    figure: Figure | None = None
    statements: tuple[str, ...] = ()


class Reference(Frozen):
    """A cited edition; it exists only because a claim's anchor points to it."""

    number: int
    source: str
    edition: str
    type: SourceType
    title: str
    body: str | None = None
    authors: str | None = None
    citation: str | None = None
    year: int | None = None
    identifiers: Identifiers
    depth: Depth
    currency: Currency
    replaced_by: str | None = None


class GuidelineStance(Frozen):
    """What a body says on the question: says, silent (held and read) or not held."""

    body: str
    edition: str | None
    year: int | None
    state: Literal["says", "silent", "not_held"]
    superseded_by: str | None = None
    claims: tuple[str, ...] = ()
    statement: str


class StepState(StrEnum):
    """How the facts given bear on a step: they lead to it, away from it, or do not decide it."""

    MET = "met"
    OPEN = "open"
    EXCLUDED = "excluded"
    JUDGEMENT = "judgement"


class AlgorithmStep(Frozen):
    """One decision: when it applies, what follows, and where to go on.

    With a patient file, `state` says how the facts bear on it, `decided_by` which of them decided
    and `missing` which would have to be known; a step that only a person can judge is `judgement`.
    """

    id: str
    if_: str
    then: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    state: StepState | None = None
    decided_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Algorithm(Frozen):
    """Decisions in order; `path` is given only when patient facts choose one."""

    title: str
    steps: tuple[AlgorithmStep, ...]
    path: tuple[str, ...] = ()


class SetAside(Frozen):
    """An option that is held and does not fit the patient: its claim, and each reason why."""

    claim: str
    kind: Literal["regimen", "recommendation"]
    name: str
    reasons: tuple[str, ...]


class Answer(Frozen):
    """Everything shown for one question and one reader."""

    schema_: str = SCHEMA
    id: str
    library: LibraryState
    question: str
    reader: ReaderName
    region: str | None = None
    as_of: str
    model: str | None = None
    created: str
    elapsed_ms: int
    status: AnswerStatus
    reason: str | None = None
    understood: Understood
    applies_to: str | None = None
    does_not_apply_to: str | None = None
    bottom_line: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    claims: dict[str, Claim] = Field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    guidelines: tuple[GuidelineStance, ...] = ()
    algorithm: Algorithm | None = None
    set_aside: tuple[SetAside, ...] = ()
    missing_facts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    review: str = "not_reviewed"
    updated: str | None = None
    notice: str
    question_id: str | None = None

    @model_validator(mode="after")
    def _cites_and_is_cited(self) -> Self:
        """No reference without a citation, no citation without a reference, no unknown claim id."""
        numbers = {reference.number for reference in self.references}
        cited = {number for claim in self.claims.values() for number in claim.citations}
        if numbers != cited:
            raise ValueError(f"references {sorted(numbers)} and citations {sorted(cited)} differ")
        used = set(self.bottom_line)
        for section in self.sections:
            used.update(section.claims)
            if section.table:
                used.update(cell.claim for row in section.table.rows for cell in row if cell.claim)
            if section.figure:
                used.update(row.claim for row in section.figure.rows)
        for stance in self.guidelines:
            used.update(stance.claims)
        for step in self.algorithm.steps if self.algorithm else ():
            used.update(step.then)
        used.update(p.claim for p in self.understood.premises if p.claim)
        used.update(option.claim for option in self.set_aside)
        if used != set(self.claims):
            raise ValueError(
                f"claims shown and claims given differ: {sorted(used ^ set(self.claims))}"
            )
        return self
