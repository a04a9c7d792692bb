"""The audit document (schema probatum.audit/1): each claim of a text with its verdict."""

from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field

from probatum.evidence.answer import LibraryState
from probatum.evidence.base import Frozen
from probatum.evidence.source import Currency, Depth

SCHEMA: Literal["probatum.audit/1"] = "probatum.audit/1"


class AuditVerdict(StrEnum):
    """What is held about a claim, the gravest first.

    None of them says that a claim is false of the world. `contradicted` says that a held record of
    the same study, endpoint and people states something else; `not_found` says nothing at all.
    """

    CONTRADICTED = "contradicted"
    POPULATION_MISMATCH = "population_mismatch"
    OUTDATED = "outdated"
    NOT_FOUND = "not_found"
    SUPPORTED = "supported"


# The verdicts that a caller must see: `probatum audit` ends with status 1 when there is one.
GRAVE = (AuditVerdict.CONTRADICTED, AuditVerdict.POPULATION_MISMATCH, AuditVerdict.OUTDATED)


class AuditEvidence(Frozen):
    """The words that a verdict rests on: of a held text, or of a record's statement.

    `start` and `end` are offsets into the held text of the edition, or into the statement of
    `record` where one is given; the slice is the quote.
    """

    model_config = ConfigDict(str_strip_whitespace=False)

    source: str
    edition: str
    title: str
    locator: str
    quote: str
    start: int
    end: int
    record: str | None = None
    depth: Depth
    currency: Currency
    replaced_by: str | None = None
    population: str | None = None
    url: str | None = None


class AuditClaim(Frozen):
    """One claim: what it says by itself, where it stands, and what is held about it.

    `text` can be read alone: what the words leave to their surroundings ("the trial", the drug of
    the heading) is named in it. `start` and `end` are offsets into the text as it was read.
    """

    model_config = ConfigDict(str_strip_whitespace=False)

    text: str
    start: int
    end: int
    verdict: AuditVerdict
    reasons: tuple[str, ...] = ()
    evidence: tuple[AuditEvidence, ...] = ()
    corrected: str | None = None
    citations: tuple[int, ...] = ()


class AuditFinding(Frozen):
    """Something wrong with the text as a whole, with the claims (counted from 0) it is about."""

    name: Literal[
        "contradiction", "double_counting", "discordance", "lone_subgroup", "citations", "review"
    ]
    detail: str
    claims: tuple[int, ...] = ()


class Audit(Frozen):
    """The audit of one text.

    `text` is the text as it was read where that is not the input itself (a web page, a PDF):
    offsets count in it. `counts` has every verdict. `limits` says what was not read or not judged.
    """

    model_config = ConfigDict(str_strip_whitespace=False)

    schema_: Literal["probatum.audit/1"] = Field(default=SCHEMA)
    id: str
    name: str
    question: str | None = None
    library: LibraryState
    summary: str
    counts: dict[str, int]
    claims: tuple[AuditClaim, ...]
    findings: tuple[AuditFinding, ...] = ()
    limits: tuple[str, ...] = ()
    characters: int
    text: str | None = None

    @property
    def grave(self) -> bool:
        """Whether a claim or the text as a whole has a fault that the caller must see."""
        return any(self.counts[verdict] for verdict in GRAVE)
