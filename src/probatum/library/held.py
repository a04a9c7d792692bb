"""What is held, as values: an edition with all that is known of it, and a passage of its text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from probatum.evidence.source import (
    Depth,
    Edition,
    Identifiers,
    Rights,
    RightsTier,
    Source,
    SourceType,
)
from probatum.library.passage_row import passage_of
from probatum.sources.passages import Passage


@dataclass(frozen=True)
class HeldDocument:
    """An edition that is held with its text (which is read apart)."""

    id: int
    source: str
    edition: str
    type: SourceType
    depth: Depth
    title: str
    body: str | None
    year: int | None
    date: date | None
    version: str | None
    superseded_by: str | None
    retracted: bool
    written: str

    @cached_property
    def detail(self) -> Mapping[str, Any]:
        """What has no column of its own, read when asked for: of a hundred found, few are."""
        known: dict[str, Any] = json.loads(self.written)
        return known

    @cached_property
    def rights(self) -> Rights:
        """The licence as it was read or told; text of no stated licence stays with its operator."""
        tier = RightsTier(self.detail.get("tier", RightsTier.PRIVATE))
        return Rights(tier=tier, licence=self.detail.get("licence", "not stated"))

    @cached_property
    def identifiers(self) -> Identifiers:
        """How the work is found elsewhere."""
        return Identifiers(**self.detail.get("identifiers", {}))

    @property
    def known_as(self) -> tuple[str, ...]:
        """Every name under which another work may refer to this one, in lower case."""
        names = [self.source, *(f"{k}:{v}" for k, v in self.identifiers.present().items())]
        return tuple(dict.fromkeys(name.lower() for name in names))

    @property
    def authors(self) -> str | None:
        """The authors in one line, three at most."""
        names = self.detail.get("authors", ())
        shown = ", ".join(names[:3])
        return (f"{shown}, et al." if len(names) > 3 else shown) or None

    def as_edition(self) -> Edition:
        """The edition as citations show it."""
        return Edition(
            id=self.edition,
            label=self.detail.get("label") or self.version or str(self.year or "undated"),
            year=self.year,
            date=self.date,
            citation=self.detail.get("container"),
            authors=self.authors,
            identifiers=self.identifiers,
        )

    def as_source(self) -> Source:
        """The work with this one edition."""
        return Source(
            id=self.source,
            type=self.type,
            title=self.title or self.source,
            body=self.body,
            rights=self.rights,
            editions=(self.as_edition(),),
        )


@dataclass(frozen=True)
class HeldPassage:
    """A passage with its words; offsets are those of the edition's held text."""

    id: int
    document: HeldDocument
    start: int
    end: int
    detail: str
    text: str

    @cached_property
    def passage(self) -> Passage:
        """Its sentences and headings, read when asked for: of a hundred found, few are."""
        return passage_of(self.start, self.end, self.detail)

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading path at its start."""
        return self.passage.runs[0].headings if self.passage.runs else ()

    def slice(self, start: int, end: int) -> str:
        """Part of its words, by offsets of the held text."""
        return self.text[start - self.start : end - self.start]

    def locator(self, at: int | None = None) -> str:
        """Where a person finds it: page and heading path; else what of the work is held."""
        return locator(self.passage, self.document.depth, self.start if at is None else at)


def locator(passage: Passage, depth: Depth, at: int) -> str:
    """Page and heading path at an offset of the held text, in words."""
    run = next((run for run in reversed(passage.runs) if run.start <= at), None)
    parts = []
    if run is not None and run.page is not None:
        parts.append(f"p. {run.page}")
    if run is not None and run.headings:
        parts.append(" \u203a ".join(run.headings))
    if not parts or depth is Depth.ABSTRACT:
        parts.insert(0, depth.value.replace("_", " "))
    return ", ".join(parts)
