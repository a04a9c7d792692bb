"""Records: findings curated by hand, where the source's own text may not be shipped.

Every kind of finding of the design is one model here; `Record` is their union, told apart by
`kind`. Values are kept as read, as decimals; a value nobody has read is not written at all.
"""

import datetime
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from probatum.evidence.base import Frozen
from probatum.evidence.population import Population
from probatum.evidence.source import Checked

Analysis = Literal["interim", "final", "primary", "updated", "subgroup", "exploratory", "post_hoc"]


class Finding(Frozen):
    """What every record states: where it was read, how, about whom and about what.

    `plain` is the curator's wording for a patient: same facts, same numbers, shorter words.
    `caution` is a short sentence that must be shown whenever the finding is (cross-trial
    comparison, older table); `note` is for curators and is never printed.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    edition: str
    population: Population
    interventions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    checked: Checked
    locator: str | None = None
    read_at: tuple[str, ...] = ()
    superseded_by: str | None = None
    via: str | None = None
    plain: str | None = None
    caution: str | None = None
    note: str | None = None


class Strength(Frozen):
    """A grade in the issuing body's own system; systems are never converted into each other."""

    system: str
    grade: str | None = None
    direction: Literal["for", "against", "neither"] = "for"


class Recommendation(Finding):
    """What a body says should or may be done, in our words."""

    kind: Literal["recommendation"] = "recommendation"
    body: str
    text: str
    strength: Strength | None = None


class ArmValue(Frozen):
    """One arm's value in a result; `value` is None where it was not reached or not reported."""

    name: str
    interventions: tuple[str, ...] = ()
    role: Literal["experimental", "control", "single"]
    n: int | None = None
    events: int | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ci_level: int | None = None
    state: Literal["not_reached", "not_reported"] | None = None


class Effect(Frozen):
    """A comparison of two arms: ratio or difference with its interval, as published.

    `p` keeps the published form ("<0.001"); `margin` is that of a non-inferiority test.
    """

    type: Literal["HR", "RR", "OR", "RD", "MD", "SMD"]
    value: Decimal | None = None
    ci_level: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    p: str | None = None
    p_kind: Literal["superiority", "non_inferiority"] = "superiority"
    margin: Decimal | None = None

    @model_validator(mode="after")
    def _estimate_inside_its_interval(self) -> Self:
        known = self.value is not None and self.low is not None and self.high is not None
        if known and not self.low <= self.value <= self.high:  # type: ignore[operator]
            raise ValueError(f"{self.type} {self.value} lies outside {self.low} to {self.high}")
        return self

    @property
    def no_difference(self) -> Decimal:
        """The value at which neither arm does better: 1 of a ratio, 0 of a difference."""
        return Decimal(1 if self.type in ("HR", "RR", "OR") else 0)


class Result(Finding):
    """A number from a study as one tuple: endpoint, arms, unit, population, analysis, follow-up.

    `measure` says what the arm values are; `grade` is the severity threshold of an adverse event as
    published ("≥3", "any"); a wrong grade is another result, not a detail (defect D2).
    """

    kind: Literal["result"] = "result"
    study: str | None = None
    endpoint: str
    measure: Literal["median", "mean", "proportion", "none"]
    unit: str | None = None
    timepoint: str | None = None
    grade: str | None = None
    subgroup: str | None = None
    arms: tuple[ArmValue, ...] = ()
    effect: Effect | None = None
    analysis: Analysis
    analysis_label: str | None = None
    follow_up_months: Decimal | None = None
    data_cutoff: str | None = None
    assessed_by: str | None = None
    explanation: str | None = None


class Component(Frozen):
    """One drug of a regimen. Components that share `choice` are alternatives to each other."""

    intervention: str
    amount: Decimal | None = None
    unit: str | None = None
    route: str | None = None
    schedule: str | None = None
    cap: str | None = None
    optional: bool = False
    choice: str | None = None
    detail: str | None = None


class Regimen(Finding):
    """Drugs, doses, schedule and duration, with the studies that tested it."""

    kind: Literal["regimen"] = "regimen"
    name: str
    components: tuple[Component, ...]
    cycle_days: int | None = None
    duration: str | None = None
    reductions: str | None = None
    selection: str | None = None
    studies: tuple[str, ...] = ()


class SafetyRule(Finding):
    """When to hold, stop, reduce, monitor or avoid, in our words; one rule a record."""

    kind: Literal["safety_rule"] = "safety_rule"
    action: Literal[
        "monitor", "withhold", "discontinue", "reduce", "avoid", "prevent", "inform", "dose_limit"
    ]
    events: tuple[str, ...] = ()
    text: str


class Eligibility(Finding):
    """Who a study let in and kept out."""

    kind: Literal["eligibility"] = "eligibility"
    study: str
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


class Band(Frozen):
    """Points that a score gives for a range of an input.

    A band with both ends holds its ends; a band with one end does not hold it ("below 2", "2 to 3",
    "above 3"), which is how published scores write their tables.
    """

    points: int
    low: Decimal | None = None
    high: Decimal | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a band of points needs a low or a high end")
        return self

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band."""
        if self.low is None:
            return self.high is not None and value < self.high
        if self.high is None:
            return value > self.low
        return self.low <= value <= self.high


class Input(Frozen):
    """One input of a formula with the range in which the formula may be used.

    With `bands` the input counts by its points; `states` are words for the grades 0, 1, 2, … of an
    input that is told in words.
    """

    id: str
    name: str
    unit: str
    low: Decimal
    high: Decimal
    cap: Decimal | None = None
    bands: tuple[Band, ...] = ()
    states: tuple[str, ...] = ()


class ResultClass(Frozen):
    """The name of a range of results, such as the class of a score; it holds both ends."""

    name: str
    low: Decimal
    high: Decimal


class Formula(Frozen):
    """A published formula: `expression` over input ids with + - * / ** sqrt(), min() and max().

    `sex` is set where a formula holds for one sex only. `gives` is the id of the input for which
    other formulas may take the result, so that a chain of formulas is written down in the pack.
    """

    name: str
    expression: str
    display: str
    inputs: tuple[Input, ...]
    unit: str
    decimals: int = 0
    sex: Literal["female", "male"] | None = None
    gives: str | None = None
    classes: tuple[ResultClass, ...] = ()


class Definition(Finding):
    """What a term means or how a test is read; may carry a formula."""

    kind: Literal["definition"] = "definition"
    term: str
    text: str
    formula: Formula | None = None


class Event(Frozen):
    """A dated step in the history of a status; the date as precise as it was read (2018-06)."""

    date: str
    text: str

    def taken_by(self, day: datetime.date) -> bool:
        """Whether the step had surely been taken by that day: a month counts once it is over."""
        last = day.isoformat()[: len(self.date)]
        return self.date <= last if len(self.date) == len(day.isoformat()) else self.date < last


class Status(Finding):
    """What a regulator has decided about an intervention for a population in a region."""

    kind: Literal["status"] = "status"
    agency: str
    region: str
    state: Literal["approved", "accelerated", "not_approved", "withdrawn"]
    date: str | None = None
    indication: str
    history: tuple[Event, ...] = ()
    as_of: datetime.date | None = None

    def steps_by(self, day: datetime.date | None) -> tuple[Event, ...]:
        """The steps that had surely been taken by a day; all of them without one."""
        return tuple(step for step in self.history if day is None or step.taken_by(day))


class StudyArm(Frozen):
    """An arm as randomised or enrolled, with its treatment in words."""

    name: str
    interventions: tuple[str, ...] = ()
    n: int | None = None
    treatment: str | None = None


class Study(Finding):
    """A study's design, so that its results can be read: phase, size, arms, primary endpoint."""

    kind: Literal["study"] = "study"
    name: str
    aliases: tuple[str, ...] = ()
    nct: str | None = Field(default=None, pattern=r"^NCT\d{8}$")
    phase: str | None = None
    design: str
    randomised: bool
    n: int | None = None
    arms: tuple[StudyArm, ...] = ()
    primary_endpoint: str | None = None


Record = Annotated[
    Recommendation | Result | Regimen | SafetyRule | Eligibility | Definition | Status | Study,
    Field(discriminator="kind"),
]
