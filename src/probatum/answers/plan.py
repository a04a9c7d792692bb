"""The plan of an answer: sections of drafts, before the gate has seen them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from probatum.evidence.answer import SectionKind, StepState
from probatum.evidence.claim import Draft


@dataclass(frozen=True)
class PlanCell:
    """A table cell and the draft that stands behind it; labels have none."""

    text: str
    draft: Draft | None = None


@dataclass(frozen=True)
class PlanForestRow:
    """An estimate for a forest plot with the draft that states it."""

    label: str
    study: str | None
    effect: str
    value: float
    low: float
    high: float
    ci_level: int
    draft: Draft
    favours: str
    superseded: bool


@dataclass(frozen=True)
class PlanSection:
    """A section as composed: sentences, table rows, forest rows and library statements.

    `limits` are sentences that go with the answer's limits.
    """

    kind: SectionKind
    title: str
    drafts: tuple[Draft, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[PlanCell, ...], ...] = ()
    forest: tuple[PlanForestRow, ...] = ()
    forest_sides: tuple[str, str] = ("", "")
    statements: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanStance:
    """What a body says, with the drafts that say it and a computed statement."""

    body: str
    edition: str | None
    year: int | None
    state: str
    superseded_by: str | None
    drafts: tuple[Draft, ...]
    statement: str


@dataclass(frozen=True)
class PlanStep:
    """An algorithm step with the drafts that follow from it.

    `basis` are the sentences that its condition rests on where nothing of it is shown, because the
    patient's facts lead away from it.
    """

    id: str
    if_: str
    then: tuple[Draft, ...]
    next: tuple[str, ...]
    state: StepState | None = None
    decided_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    basis: tuple[Draft, ...] = ()


@dataclass(frozen=True)
class PlanSetAside:
    """An option that does not fit the patient, with the sentence that states it and the reasons."""

    draft: Draft
    kind: Literal["regimen", "recommendation"]
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PlanAlgorithm:
    """A decision path before the gate."""

    title: str
    steps: tuple[PlanStep, ...]
    path: tuple[str, ...]


def once(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The drafts without repeated sentences, in order."""
    return tuple({draft.text: draft for draft in drafts}.values())
