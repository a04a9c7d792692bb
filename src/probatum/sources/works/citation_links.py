"""How PubMed says that articles are tied: corrections, retractions, comments, updates.

The XML names the tie by a RefType, the tagged text by a field; both say where the notice or the
other article is found. Reference lists ("Cites") and data sets are no ties between editions.
"""

from typing import Final

from probatum.evidence.document import Relation, RelationKind
from probatum.sources.layout.text import clean

# RefType, tag in MEDLINE text, what it makes of this article, and what to add for a person.
# National Library of Medicine, "MEDLINE/PubMed XML element descriptions", CommentsCorrections.
_TIES: Final[tuple[tuple[str, str, tuple[RelationKind, ...], str], ...]] = (
    ("RetractionIn", "RIN", ("retracted_by",), ""),
    ("RetractionOf", "ROF", ("retracts",), ""),
    ("ErratumIn", "EIN", ("corrected_by",), ""),
    ("ErratumFor", "EFR", ("corrects",), ""),
    ("UpdateIn", "UIN", ("updated_by",), ""),
    ("UpdateOf", "UOF", ("updates",), ""),
    ("CommentIn", "CIN", ("commented_on_by",), ""),
    ("CommentOn", "CON", ("comments_on",), ""),
    ("ExpressionOfConcernIn", "ECI", ("concern_raised_by",), ""),
    ("ExpressionOfConcernFor", "ECF", ("concerns",), ""),
    ("RepublishedIn", "RPI", ("republished_by",), ""),
    ("RepublishedFrom", "RPF", ("republishes",), ""),
    ("ReprintIn", "", ("republished_by",), "reprint"),
    ("ReprintOf", "", ("republishes",), "reprint"),
    # The second publication takes the place of the first, and says that it was wrong.
    ("CorrectedandRepublishedIn", "CRI", ("corrected_by", "republished_by"), ""),
    ("CorrectedandRepublishedFrom", "CRF", ("corrects", "republishes"), ""),
    ("RetractedandRepublishedIn", "RRI", ("retracted_by", "republished_by"), ""),
    ("RetractedandRepublishedFrom", "RRF", ("retracts", "republishes"), ""),
    # Part of it stands, so it is not a retracted work.
    ("PartialRetractionIn", "PRIN", ("corrected_by",), "partial retraction"),
    ("PartialRetractionOf", "PROF", ("corrects",), "partial retraction"),
    ("SummaryForPatientsIn", "SPIN", ("commented_on_by",), "summary for patients"),
    ("OriginalReportIn", "ORI", ("comments_on",), "original report"),
)
_BY_TYPE: Final = {name: (kinds, note) for name, _, kinds, note in _TIES}
_BY_TAG: Final = {tag: name for name, tag, _, _ in _TIES if tag}


def ref_type(tag: str) -> str | None:
    """The RefType that a field of MEDLINE text stands for."""
    return _BY_TAG.get(tag)


def ties(ref_type: str, pmid: str, citation: str, remark: str = "") -> tuple[Relation, ...]:
    """The relations of one CommentsCorrections entry; none for a mere reference.

    The target is the other's PMID, or the citation as it is written where it has none, so that a
    retraction printed outside PubMed is not lost.
    """
    known = _BY_TYPE.get(ref_type)
    if known is None:
        return ()
    kinds, meaning = known
    citation = clean(citation)
    note = "; ".join(part for part in (meaning, citation, clean(remark)) if part) or None
    if pmid.isascii() and pmid.isdecimal():
        target = f"pmid:{pmid}"
    elif citation or note:
        target = f"citation:{citation or note}"
    else:
        return ()
    return tuple(Relation(kind, target, note) for kind in kinds)
