"""One patient's facts, whatever they were read from: no name, no identifier, no date.

The words of conditions, drugs and results are kept only until they have been looked up in the
vocabulary; what the vocabulary does not know goes no further, so that a name that stands in a free
text can be neither printed nor written down.
"""

from typing import Literal

from probatum.evidence.base import Frozen, ProbatumError
from probatum.questions.need import Measure

Sex = Literal["female", "male"]


class PatientError(ProbatumError):
    """Patient facts that cannot be used, in one sentence that repeats no free text of theirs."""


class Patient(Frozen):
    """Facts with their units normalised; what is not stated is None or empty.

    `measures` hold age, body size and laboratory values in the units of `data/measures.yaml`.
    `ascites` is 0 none, 1 slight, 2 moderate; `encephalopathy` the grade from 0 to 4. `biomarkers`
    are a name and a result in words; `therapies` were given before, `never` were never given.
    """

    sex: Sex | None = None
    pregnant: bool | None = None
    measures: tuple[Measure, ...] = ()
    performance_status: int | None = None
    ascites: int | None = None
    encephalopathy: int | None = None
    line: str | None = None
    biomarkers: tuple[tuple[str, str], ...] = ()
    conditions: tuple[str, ...] = ()
    therapies: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing at all is stated."""
        return self == Patient()
