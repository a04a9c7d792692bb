"""The verdict on figures that a held record has otherwise.

Blame needs more than praise: a figure is called contradicted only where the same study and end
point are held for the same people with another value, or where the value is there with another
arm, grade or interval. A figure that is merely nowhere is not found.
"""

import re
from collections.abc import Sequence

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.figures import Figures
from probatum.answers.audit.fit import HELD, Fitted
from probatum.answers.audit.judged import Judged, newest, where
from probatum.answers.audit.people import criteria
from probatum.answers.audit.tied import studies_of
from probatum.checks.held import Held
from probatum.checks.reading import read
from probatum.evidence.record import Result
from probatum.library.library import Library

# A time at which something was measured: a value without it may be true at another time.
_AT_TIME = re.compile(
    r"\b(?:at|after|by)\s+(?:\d+|one|two|three|five|ten)\s*-?\s*(?:days?|weeks?|months?|years?)\b"
    r"|\b(?:\d+|one|two|three|five|ten)-(?:day|week|month|year)\b",
    re.IGNORECASE,
)
# A ratio after "five-year follow-up" is that of an analysis, not one at a time.
_FOLLOWED = re.compile(r"\b\w{1,10}-(?:week|month|year) follow-up\b", re.IGNORECASE)
_RATIOS = frozenset(("hr", "rr", "or"))


def blamed(said: Said, figures: Figures, ours: Sequence[Held], library: Library) -> Judged | None:
    """Contradicted by a record that surely speaks of the same, else None."""
    allowed = {each.record.id for each in ours}
    for place in range(len(figures.clusters)):
        fitted = [f for f in figures.fitted[place] if f.held.record.id in allowed]
        if any(f.fit in HELD for f in fitted):
            continue
        for judge in (_graded, _swapped, _moved, _other):
            for each in fitted:
                found = judge(said, figures, each, library)
                if found is not None:
                    return found
    return None


def _contradicted(each: Fitted, reason: str, library: Library) -> Judged:
    right = newest(each.held.record, library)
    return Judged(AuditVerdict.CONTRADICTED, (reason,), (each.held,), (right,))


def _graded(said: Said, figures: Figures, each: Fitted, library: Library) -> Judged | None:
    """The value is the record's, of another severity grade than the one told (D2)."""
    record = each.held.record
    if each.fit != "grade" or not isinstance(record, Result) or record.grade is None:
        return None
    if not any(q.role == "grade" for q in figures.reading.quantities):
        return None
    if said.terms(library, "study") - {record.study}:
        return None
    reason = (
        f"{each.cluster.head.text} is held for grade {record.grade} "
        f"({where(record, library)}), not for the grade told."
    )
    return _contradicted(each, reason, library)


def _swapped(said: Said, figures: Figures, each: Fitted, library: Library) -> Judged | None:
    """The value is the record's, but of the other arm."""
    if each.fit != "swapped" or not _same_result(said, figures, each):
        return None
    return _contradicted(each, f"{each.detail} ({where(each.held.record, library)}).", library)


def _moved(said: Said, figures: Figures, each: Fitted, library: Library) -> Judged | None:
    """The estimate is the record's, but its interval or P value is not."""
    if each.fit != "interval" or not _of_its_study(said, each):
        return None
    return _contradicted(each, f"{each.detail} ({where(each.held.record, library)}).", library)


def _other(said: Said, figures: Figures, each: Fitted, library: Library) -> Judged | None:
    """The same study, end point and people are held with another value."""
    record = each.held.record
    if each.fit != "other" or not isinstance(record, Result) or each.cluster.head.approx:
        return None
    if _restricted(said, each.held) or not _same_result(said, figures, each):
        return None
    told = said.text[said.own :]
    if each.cluster.head.role in _RATIOS:
        told = _FOLLOWED.sub("", told)
    if record.timepoint is None and _AT_TIME.search(told):
        return None
    if not library.current(record):
        return None
    reason = (
        f"{each.cluster.head.text} is not what is held for {library.name(record.endpoint)} "
        f"({where(record, library)})."
    )
    return _contradicted(each, reason, library)


def _same_result(said: Said, figures: Figures, each: Fitted) -> bool:
    """Whether the claim surely tells this very result: its study is named, or other figures fit."""
    if _of_its_study(said, each):
        return True
    return figures.tells(each.held) and figures.distinctive


def _of_its_study(said: Said, each: Fitted) -> bool:
    study = studies_of(each.held)
    if study is None:
        return False
    named = said.terms(each.held.library, "study")
    return study in named and len(named) == 1


def _restricted(said: Said, held: Held) -> bool:
    """Whether the claim is about a part of the people that the record does not single out."""
    library, population = held.library, held.record.population
    if criteria(said, library) and not population.biomarkers:
        return True
    if said.terms(library, "subtype") - set(population.subtypes):
        return True
    own = held.terms | read(getattr(held.record, "subgroup", None) or "", library).terms()
    return bool(said.terms(library, "region", "group", "biomarker") - own)
