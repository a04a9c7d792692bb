"""What kind of work a text without a catalogue entry is, where its title says so."""

import re

from probatum.evidence.source import SourceType

_KINDS: tuple[tuple[SourceType, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        # A study about guidelines is none: "adherence to the guideline", "a review of guidelines".
        (
            SourceType.OTHER,
            r"\b(?:adherence|compliance|concordance|implementation|implementing|uptake|appraisal|"
            r"critique|comparison|survey)\b.*\bguid(?:eline|ance)",
        ),
        (SourceType.SYSTEMATIC_REVIEW, r"\b(?:systematic review|meta-?analys[ie]s)\b"),
        (
            SourceType.GUIDELINE,
            r"\bguidelines?\b|\bconsensus (?:statement|recommendations?)\b|\bposition statement\b|"
            r"\bpractice (?:parameter|bulletin|advisory)\b|\bclinical recommendations?\b|"
            r"\brecommendation statement\b",
        ),
        (SourceType.CASE_REPORT, r"\bcase (?:report|series)\b"),
    )
)
_BY_NAME = {kind.value: kind for kind in SourceType}


def type_of_title(title: str) -> SourceType:
    """The kind that a title names, else `other`."""
    return next((kind for kind, pattern in _KINDS if pattern.search(title)), SourceType.OTHER)


def type_named(name: str) -> SourceType | None:
    """The kind that a file states in a word of its own ("guideline", "Systematic review")."""
    return _BY_NAME.get("_".join(name.lower().replace("-", " ").split()))
