"""A record's standing among others: strength of recommendation, design, recency.

It is the same in every answer, and every answer orders all of its records by it.
"""

from probatum.evidence.record import Recommendation, Result
from probatum.evidence.source import SourceType
from probatum.library.library import Library
from probatum.terms.remembered import remembered

# Designs from strongest to weakest for questions of treatment, after OCEBM 2011, treatment column.
_DESIGNS = (
    SourceType.SYSTEMATIC_REVIEW,
    SourceType.RANDOMIZED_TRIAL,
    SourceType.GUIDELINE,
    SourceType.AGENCY_DECISION,
    SourceType.LABEL,
    SourceType.SINGLE_ARM_TRIAL,
    SourceType.SUBGROUP_ANALYSIS,
    SourceType.OBSERVATIONAL,
    SourceType.REGISTRY,
    SourceType.NARRATIVE_REVIEW,
    SourceType.PATIENT_INFORMATION,
    SourceType.CASE_REPORT,
    SourceType.OTHER,
)


@remembered("library", 65_536)
def standing(record_id: str, library: Library) -> tuple[int, int, int, str]:
    """What a held record is ordered by, the first first: strength, design, recency, id."""
    record = library.records[record_id]
    strength = 1
    if isinstance(record, Recommendation) and record.strength:
        strength = {"for": 0, "against": 1, "neither": 2}[record.strength.direction]
    design = _DESIGNS.index(library.source_of(record.edition).type)
    if isinstance(record, Result) and record.subgroup:
        design += len(_DESIGNS)
    return strength, design, -(library.editions[record.edition].year or 0), record_id
