"""The need: what a question asks, as terms, with what was taken for granted and not understood."""

from typing import Literal

from probatum.evidence.base import Frozen
from probatum.evidence.population import Criterion, Prior

Intent = Literal[
    "treatment_options",
    "intervention",
    "comparison",
    "guideline_stance",
    "trial_result",
    "dose",
    "safety",
    "eligibility",
    "biomarker",
    "prognosis",
    "approval",
    "definition",
    "explanation",
    "monitoring",
    "causes",
    "symptoms",
    "diagnosis",
    "prevention",
    "interactions",
    "special_groups",
]


class Measure(Frozen):
    """A patient's figure, such as a weight or a filtration rate.

    `given` is the value as it was stated where its unit was converted, and `days_old` how long ago
    it was measured, where that is known.
    """

    name: str
    value: str
    unit: str
    given: str | None = None
    days_old: int | None = None


class PatientFacts(Frozen):
    """What a patient file added to the need, and what of it nothing here decides by.

    `told` are the facts as shown. `conditions`, `settings`, `line`, `criteria`, `prior`, `groups`
    and `not_groups` are those that the question had not stated itself; without them the need is
    again what was asked. `unknown` counts entries that the vocabulary does not know, by kind.
    """

    told: tuple[tuple[str, str], ...] = ()
    sex: Literal["female", "male"] | None = None
    measures: tuple[Measure, ...] = ()
    conditions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    line: str | None = None
    criteria: tuple[Criterion, ...] = ()
    prior: tuple[Prior, ...] = ()
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    comorbidities: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()


FiledKind = Literal["condition", "intervention"]


class FiledName(Frozen):
    """A condition or treatment that no vocabulary has and that held texts are filed under.

    `works` counts those among the texts looked at; `start` and `end` are its place in the question,
    both 0 of one that a follow-up took over.
    """

    name: str
    kind: FiledKind
    works: int
    start: int
    end: int


class PremiseText(Frozen):
    """A clause that the question takes for granted, with its place in the question."""

    text: str
    start: int
    end: int


class Emergency(Frozen):
    """A sign of an emergency in the question, and what to say first."""

    id: str
    words: str
    clinician: str
    patient: str


class Need(Frozen):
    """What is asked.

    `confidence` is 1.0 when every content word of the question was understood; `parts` counts the
    questions in it, whose intents are the main one and those in `also`, and `asked` has their
    words where there are several. `not_groups` are groups
    that the patient is known not to belong to; `patient` is there when a patient file was given.
    `carried` are the names of what a follow-up took over and leaves unsaid.
    """

    question: str
    intent: Intent
    also: tuple[Intent, ...] = ()
    parts: int = 1
    asked: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    line: str | None = None
    subtypes: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    biomarkers: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    bodies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    endpoints: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    filed: tuple[FiledName, ...] = ()
    carried: tuple[str, ...] = ()
    prior: tuple[Prior, ...] = ()
    ruled_out: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    patient: PatientFacts | None = None
    premises: tuple[PremiseText, ...] = ()
    emergency: Emergency | None = None
    declined: str | None = None
    corrected_words: tuple[tuple[str, str], ...] = ()
    not_understood: tuple[str, ...] = ()
    confidence: float = 1.0

    @property
    def in_full(self) -> str:
        """The question with what a follow-up leaves unsaid: texts are searched by words alone."""
        return f"{', '.join(self.carried)}: {self.question}" if self.carried else self.question
