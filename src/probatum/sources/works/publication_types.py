"""From PubMed's words for what an article is, to the kind of work that the reader is shown.

One article carries several publication types ("Journal Article", "Multicenter Study", "Randomized
Controlled Trial"), so the table is an order: the first row that names one of them decides. Design
comes before form (a letter that reports a randomised trial is that trial), but a protocol, an
erratum or a retraction notice is never taken for the study that it speaks of. Where indexers gave
no design, `other` is the honest answer: a phase III trial need not be randomised, and a "Journal
Article" may be anything.

Words from the MeSH "Publication Characteristics" [V], of this and earlier years.
"""

import re
from collections.abc import Iterable
from typing import Final

from probatum.evidence.source import SourceType

RETRACTED: Final = "Retracted Publication"

# Kind of work, publication types, and why they stand where they stand.
_IN_ORDER: Final[tuple[tuple[SourceType, tuple[str, ...]], ...]] = (
    # Notices and plans: about a study, without its results.
    (
        SourceType.OTHER,
        (
            "Published Erratum",
            "Retraction of Publication",
            "Retraction Notice",
            "Expression of Concern",
            "Clinical Trial Protocol",
        ),
    ),
    # A guideline that rests on its own review is quoted for its recommendations.
    (
        SourceType.GUIDELINE,
        (
            "Practice Guideline",
            "Guideline",
            "Consensus Development Conference",
            "Consensus Development Conference, NIH",
            "Consensus Statement",
        ),
    ),
    # Before trials: a review of trials is sometimes indexed as a trial as well.
    (SourceType.SYSTEMATIC_REVIEW, ("Meta-Analysis", "Network Meta-Analysis", "Systematic Review")),
    # MeSH defines a pragmatic clinical trial as a randomised one.
    (SourceType.RANDOMIZED_TRIAL, ("Randomized Controlled Trial", "Pragmatic Clinical Trial")),
    # It has a control group, but not a random one: neither of the two kinds of trial shown.
    (SourceType.OTHER, ("Controlled Clinical Trial", "Equivalence Trial")),
    # Early phases without the word "randomized" seldom have a control group; see source_type().
    (
        SourceType.SINGLE_ARM_TRIAL,
        ("Clinical Trial, Phase I", "Clinical Trial, Phase II", "Clinical Trial, Phase I/II"),
    ),
    # A trial of unknown design is not observational, whatever else it is called.
    (
        SourceType.OTHER,
        (
            "Clinical Trial, Phase III",
            "Clinical Trial, Phase IV",
            "Adaptive Clinical Trial",
            "Clinical Trial",
        ),
    ),
    (SourceType.OBSERVATIONAL, ("Observational Study", "Twin Study")),
    # A case with a look at the literature is read for its case.
    (SourceType.CASE_REPORT, ("Case Reports",)),
    (SourceType.PATIENT_INFORMATION, ("Patient Education Handout",)),
    # A scoping review searches systematically but does not judge or sum up.
    (SourceType.NARRATIVE_REVIEW, ("Review", "Scoping Review", "Academic Review")),
)

# MeSH headings that indexers give to studies of that design, not to articles about it (those get
# "... as Topic"). They decide only where no publication type does.
_DESIGNS: Final = frozenset(
    {"Case-Control Studies", "Cohort Studies", "Cross-Sectional Studies", "Retrospective Studies"}
)

_RANDOMISED: Final = re.compile(r"(?<!non)(?<!non-)(?<!non )\brandomi[sz]ed", re.IGNORECASE)
_RANK: Final = {
    word: (place, kind) for place, (kind, words) in enumerate(_IN_ORDER) for word in words
}
_NONE: Final = (len(_IN_ORDER), SourceType.OTHER)


def source_type(types: Iterable[str], title: str, subjects: Iterable[str]) -> SourceType:
    """The kind of work; an early trial whose own title says "randomized" is one."""
    rank = _RANK
    place, kind = min((rank[word] for word in types if word in rank), default=_NONE)
    if kind is SourceType.SINGLE_ARM_TRIAL and _RANDOMISED.search(title):
        return SourceType.RANDOMIZED_TRIAL
    if place == _NONE[0] and not _DESIGNS.isdisjoint(subjects):
        return SourceType.OBSERVATIONAL
    return kind
