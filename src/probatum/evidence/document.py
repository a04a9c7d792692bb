"""A work as it was read from a file: its text in blocks, and what is known about it.

Plain dataclasses rather than pydantic models: a million of them are made in one run, always by our
own parsers, and what came from outside has been cleaned before it gets here.
"""

import datetime
from dataclasses import dataclass, field
from typing import Literal

from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType

BlockKind = Literal["paragraph", "item", "caption", "row", "heading"]

RelationKind = Literal[
    "retracts",
    "retracted_by",
    "corrects",
    "corrected_by",
    "updates",
    "updated_by",
    "concerns",  # an expression of concern about the target
    "concern_raised_by",
    "comments_on",
    "commented_on_by",
    "republishes",
    "republished_by",
    "supersedes",
    "superseded_by",
    "reports",  # the registered study (NCT number) that a publication reports, or a result's paper
]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text in reading order that is never joined with another.

    `text` is clean (see `sources.text.clean`): one line, single spaces. A table's `row` is its
    cells joined by " | "; `columns` then holds the header cell of each. `headings` is the path from
    the outermost heading inwards, without the work's title; a `heading` block's own text is not
    part of its own path. `page` counts from 1. `code` is the format's own name for the section
    (a LOINC code of a label, an outcome's id), where it has one.
    """

    text: str
    kind: BlockKind = "paragraph"
    headings: tuple[str, ...] = ()
    page: int | None = None
    columns: tuple[str, ...] = ()
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How a work stands to another; `target` is a source id ("pmid:123", "nct:NCT01234567")."""

    kind: RelationKind
    target: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a work, as a parser hands it on.

    `source` is the work's id, made of the strongest identifier that the file gives: `pmid:…`,
    `pmcid:PMC…`, `nct:NCT…`, `spl:<set id>`, `fhir:<type>/<id>`, `doi:…`, else `file:<name>`.
    `version` is the format's own version ("12", "2021-03-04"), comparable within one work as text
    or number; `date` is when this version appeared, `year` at least that much of it. `subjects` are
    its index terms (MeSH, keywords) and `publication_types` the format's own words for what it is.
    `conditions` are names of diseases that the format lists as such (a registry entry's).
    """

    source: str
    title: str
    type: SourceType
    depth: Depth
    blocks: tuple[Block, ...]
    format: str
    version: str | None = None
    label: str | None = None
    date: datetime.date | None = None
    year: int | None = None
    body: str | None = None
    container: str | None = None
    authors: tuple[str, ...] = ()
    identifiers: Identifiers = field(default_factory=Identifiers)
    subjects: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    language: str | None = None
    licence: str | None = None
    tier: RightsTier | None = None
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class Deletion:
    """A file's word that a work is no longer in its collection (PubMed's DeleteCitation)."""

    source: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Part of a file that was not taken, where, and why in one sentence."""

    where: str
    reason: str


Item = Document | Deletion | Skipped
