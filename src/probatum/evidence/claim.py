"""Anchors, claims and the outcome of checks."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from probatum.evidence.base import Frozen
from probatum.evidence.record import Strength
from probatum.evidence.source import Depth


class Anchor(Frozen):
    """The exact words of an edition's text, or of a record, that a claim rests on.

    `start` and `end` are character offsets into the held text of the edition or, when `record` is
    given, into that record's statement. The slice equals the quote: a test and the gate see to it.
    """

    source: str
    edition: str
    locator: str
    quote: str
    start: int
    end: int
    record: str | None = None

    @model_validator(mode="after")
    def _span_fits_the_quote(self) -> Self:
        if self.start < 0 or self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError("an anchor's span must be as long as its quote, and not empty")
        return self


class Outcome(StrEnum):
    """What a check found."""

    PASS = "pass"  # noqa: S105 - the word of the contract, not a secret
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class CheckResult(Frozen):
    """One named check of one claim, with the reason in a sentence."""

    name: str
    outcome: Outcome
    detail: str


class Verdict(StrEnum):
    """What the checks say of a claim as a whole."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly_supported"
    CONTRADICTED = "contradicted"
    NOT_ENOUGH_INFORMATION = "not_enough_information"


Role = Literal["statement", "history", "contrast", "correction"]


class Draft(Frozen):
    """A sentence that wants to be printed: its words, the anchors it was given, and its role.

    `role` says what the sentence is for: a current *statement*, *history* (an interim or replaced
    value, said to be so), a *contrast* (evidence from a neighbouring population, named as such) or
    the *correction* of a premise. `form` names the sentence pattern and `focus` the record it was
    made from, so that a reader profile can say the same in other words.
    """

    text: str
    anchors: tuple[Anchor, ...]
    role: Role = "statement"
    form: str = "free"
    focus: str | None = None


class Claim(Frozen):
    """A sentence that passed the gate; without an anchor it cannot exist.

    `phrased_by` names the language model whose words it is in; null for the program's own words.
    """

    id: str
    text: str
    anchors: tuple[Anchor, ...]
    citations: tuple[int, ...]
    verdict: Verdict
    checks: tuple[CheckResult, ...]
    depth: Depth
    strength: Strength | None = None
    population: str
    role: Role = "statement"
    form: str = "free"
    focus: str | None = None
    phrased_by: str | None = None

    @model_validator(mode="after")
    def _is_anchored_and_cited(self) -> Self:
        if not self.anchors or not self.citations:
            raise ValueError(f"claim {self.id} has no anchor or no citation")
        return self
