"""Sources and their editions: what a citation points to, and which version of it."""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from probatum.evidence.base import Frozen


class SourceType(StrEnum):
    """What kind of work a reference is; the reader sees it beside every reference."""

    GUIDELINE = "guideline"
    RANDOMIZED_TRIAL = "randomized_trial"
    SINGLE_ARM_TRIAL = "single_arm_trial"
    SUBGROUP_ANALYSIS = "subgroup_analysis"
    SYSTEMATIC_REVIEW = "systematic_review"
    NARRATIVE_REVIEW = "narrative_review"
    OBSERVATIONAL = "observational"
    CASE_REPORT = "case_report"
    LABEL = "label"
    REGISTRY = "registry"
    AGENCY_DECISION = "agency_decision"
    PATIENT_INFORMATION = "patient_information"
    OTHER = "other"


class Checked(StrEnum):
    """How a curator read a value before writing the record."""

    OFFICIAL_PAGE = "official_page"
    ABSTRACT_OR_SUMMARY = "abstract_or_summary"
    SECONDARY_TRANSCRIPTION = "secondary_transcription"
    UNCHECKED = "unchecked"


class Depth(StrEnum):
    """How deeply the cited work was read for this claim (defect D10 is hiding it)."""

    FULL_TEXT = "full_text"
    ABSTRACT = "abstract"
    LABEL = "label"
    REGISTRY = "registry"
    CURATED_RECORD = "curated_record"
    SECONDARY = "secondary"


# From the deepest reading to the shallowest.
_DEEPEST_FIRST = (
    Depth.FULL_TEXT,
    Depth.LABEL,
    Depth.REGISTRY,
    Depth.CURATED_RECORD,
    Depth.ABSTRACT,
    Depth.SECONDARY,
)


def shallowest(depths: Iterable[Depth]) -> Depth:
    """The shallowest of some readings: what rests on several is as deep as that one."""
    return max(depths, key=_DEEPEST_FIRST.index)


class Currency(StrEnum):
    """Whether an edition is still the one to quote."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    INTERIM = "interim"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    UNKNOWN = "unknown"


class RightsTier(StrEnum):
    """What may be done with a source's text: open, cache and quote, private licensed, link only."""

    OPEN = "A"
    QUOTE = "B"
    PRIVATE = "C"
    LINK = "D"


class Rights(Frozen):
    """The licence of a source's text; records restate facts and are not bound by it."""

    tier: RightsTier = RightsTier.LINK
    licence: str = "not stated"


class Identifiers(Frozen):
    """How the work is found elsewhere; at least one is expected of every cited edition."""

    pmid: str | None = Field(default=None, pattern=r"^\d{1,8}$")
    pmcid: str | None = Field(default=None, pattern=r"^PMC\d+$")
    doi: str | None = Field(default=None, pattern=r"^10\.\S+$")
    nct: str | None = Field(default=None, pattern=r"^NCT\d{8}$")
    url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    other: str | None = None

    def present(self) -> dict[str, str]:
        """The identifiers that are given, by name."""
        return {key: value for key, value in self.model_dump().items() if value}


class Edition(Frozen):
    """One version of a source.

    `read_topics` names what of it a curator has read: only about those can the edition be called
    silent; about anything else it is "not held" (defect D5).
    """

    id: str
    label: str
    year: int | None = None
    date: datetime.date | None = None
    citation: str | None = None
    authors: str | None = None
    identifiers: Identifiers = Identifiers()
    interim: bool = False
    supersedes: tuple[str, ...] = ()
    retracted: datetime.date | None = None
    corrected_by: str | None = None
    read_topics: tuple[str, ...] = ()
    read_at: tuple[str, ...] = ()
    note: str | None = None


class Source(Frozen):
    """A citable work with its editions, oldest first."""

    id: str
    type: SourceType
    title: str
    body: str | None = None
    conditions: tuple[str, ...] = ()
    rights: Rights = Rights()
    editions: tuple[Edition, ...]

    @model_validator(mode="after")
    def _has_an_edition(self) -> Self:
        if not self.editions:
            raise ValueError(f"source {self.id} has no edition")
        return self


def depth_of(checked: Checked, source_type: SourceType) -> Depth:
    """How deep the reading behind a curated record went.

    News about an agency's decision is a secondary reading of that decision, while the summary of a
    trial or guideline counts as its abstract; a page of the issuing body itself is a curated record
    (or the label or registry entry, where that is what the page is).
    """
    if checked is Checked.OFFICIAL_PAGE:
        return {
            SourceType.LABEL: Depth.LABEL,
            SourceType.REGISTRY: Depth.REGISTRY,
        }.get(source_type, Depth.CURATED_RECORD)
    if checked is Checked.ABSTRACT_OR_SUMMARY and source_type not in (
        SourceType.LABEL,
        SourceType.AGENCY_DECISION,
    ):
        return Depth.ABSTRACT
    return Depth.SECONDARY
