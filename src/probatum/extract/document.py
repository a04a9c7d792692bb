"""Everything that a document states as a finding, read from its prose, its tables and its record.

One reading for every format: the held text and the lines it was made of. Every span is of the held
text, so that a finding can be shown where it stands, and an answer can quote it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from probatum.evidence.document import Document
from probatum.evidence.source import SourceType
from probatum.extract.guidance.eligibility import Criterion, criteria
from probatum.extract.guidance.recommendations import (
    ExtractedRecommendation,
    is_guideline,
    recommendations,
)
from probatum.extract.guidance.regimens import Dose, doses
from probatum.extract.lines import Line, lines
from probatum.extract.located import LocatedResult, SafetyRate
from probatum.extract.prose.arm_words import arm_words
from probatum.extract.registry.harms import registry_harms
from probatum.extract.registry.results import registry_results
from probatum.extract.result import ExtractedResult
from probatum.extract.results import find_results
from probatum.extract.safety import prose_harms, table_harms
from probatum.extract.tables.results import table_results
from probatum.extract.tables.words import says

# Works cited, and what is printed around an article: nothing of it is the work's own finding.
_ASIDE: Final = re.compile(
    r"(?:references?(?: list)?|bibliography|literature cited|acknowledge?ments?|funding|"
    r"(?:conflicts?|declaration) of interests?|competing interests|author contributions?|"
    r"supplementary (?:material|data|information))[.:]?",
    re.IGNORECASE,
)
_ARMS: Final = "Arms and interventions"
# Characters from the start, where a work tells which groups it has.
_INTRODUCES: Final = 8_000
# A stretch of prose that is read at once: what is said further apart belongs to other results.
_STRETCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of one document, each kind in the order of the text."""

    results: tuple[LocatedResult, ...] = ()
    recommendations: tuple[ExtractedRecommendation, ...] = ()
    doses: tuple[Dose, ...] = ()
    eligibility: tuple[Criterion, ...] = ()
    safety: tuple[SafetyRate, ...] = ()

    def __len__(self) -> int:
        """How many findings there are."""
        kinds = (self.results, self.recommendations, self.doses, self.eligibility, self.safety)
        return sum(map(len, kinds))


def findings_of(document: Document, text: str) -> Findings:
    """The findings of a document; `text` is the held text that `lay_out` made of it."""
    guideline = document.type is SourceType.GUIDELINE or is_guideline(document.title)
    return findings(
        lines(document, text),
        text,
        registry=document.format == "ctgov",
        guideline=guideline,
        body=document.body,
    )


def findings(
    found: Iterable[Line],
    text: str,
    *,
    registry: bool = False,
    guideline: bool = False,
    body: str | None = None,
) -> Findings:
    """The findings of a held text whose lines are known.

    `registry` says that it is a ClinicalTrials.gov record, `guideline` that the work itself
    advises, and `body` who issued it.
    """
    every = tuple(line for line in found if not _aside(line))
    if registry:
        return Findings(
            registry_results(every),
            # Names of groups repeat their doses in every row of the results.
            doses=doses(line for line in every if line.headings[:1] == (_ARMS,)),
            eligibility=criteria(every),
            safety=registry_harms(every),
        )
    results = (*prose_results(every, text), *table_results(every, arm_words(text[:_INTRODUCES])))
    return Findings(
        tuple(sorted(results, key=lambda each: (each.result.start, each.result.end))),
        recommendations(every, text, guideline=guideline, body=body),
        doses(every),
        criteria(every),
        (*prose_harms(every), *table_harms(results, text)),
    )


def prose_results(found: Iterable[Line], text: str) -> Iterator[LocatedResult]:
    """The results that prose states, a stretch of one section at a time."""
    for stretch in _stretches(found):
        start, end = stretch[0].start, stretch[-1].end
        for result in find_results(text[start:end]):
            first, last = start + result.start, start + result.end
            yield LocatedResult(
                _moved(result, start),
                _line_at(stretch, first).locator,
                "prose",
                ((first, last),),
                _harm(_line_at(stretch, first)),
            )


def _moved(result: ExtractedResult, by: int) -> ExtractedResult:
    return replace(result, start=result.start + by, end=result.end + by)


def _harm(line: Line) -> bool:
    return says("harm", " ".join(line.headings))


def _line_at(stretch: Sequence[Line], at: int) -> Line:
    return next((line for line in reversed(stretch) if line.start <= at), stretch[0])


def _stretches(found: Iterable[Line]) -> Iterator[list[Line]]:
    """Paragraphs and items that follow each other under one outermost heading."""
    now: list[Line] = []
    for line in found:
        prose = line.kind in ("paragraph", "item")
        fits = now and prose and line.headings[:1] == now[0].headings[:1]
        if now and (not fits or line.end - now[0].start > _STRETCH):
            yield now
            now = []
        if prose:
            now.append(line)
    if now:
        yield now


def _aside(line: Line) -> bool:
    return any(_ASIDE.fullmatch(heading) for heading in line.headings)
