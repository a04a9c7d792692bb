"""A dose or an interval that a held regimen of the very same drugs has otherwise.

Doses differ between regimens, so a number alone proves nothing. One is called contradicted only
where the drugs named are just those of the regimen, the unit is its unit, and the other half of the
claim (the interval, or the amount) is the regimen's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.figures import Figures
from probatum.answers.audit.fit import HELD
from probatum.answers.audit.judged import Judged, where
from probatum.answers.audit.tied import distance
from probatum.checks.endpoints import governing
from probatum.checks.held import Held
from probatum.evidence.record import Component, Regimen
from probatum.library.library import Library
from probatum.terms.quantities import Quantity, find_quantities, unit_is_time


@dataclass(frozen=True, slots=True)
class _Given:
    """One drug of a regimen, as it is given there."""

    held: Held
    regimen: Regimen
    part: Component

    def at(self, time: Quantity) -> bool:
        """Whether an interval or a day is one of the drug's schedule or of the cycle."""
        own = find_quantities(self.part.schedule or "")
        if any((q.value, q.unit) == (time.value, time.unit) for q in own):
            return True
        days = {"days": 1, "weeks": 7}.get(time.unit or "")
        cycle = self.regimen.cycle_days
        return bool(
            time.role == "interval" and days and cycle is not None and time.value * days == cycle
        )


def misdosed(said: Said, figures: Figures, ours: Sequence[Held], library: Library) -> Judged | None:
    """Contradicted by the regimens of just these drugs, else None."""
    same = [
        (each, each.record)
        for each in ours
        if isinstance(each.record, Regimen)
        and library.current(each.record)
        and distance(said, each) == 0
    ]
    if not same:
        return None
    for place, cluster in enumerate(figures.clusters):
        head = cluster.head
        known = {f.held.record.id: f.fit for f in figures.fitted[place]}
        if any(known.get(each.record.id) in HELD for each, _ in same):
            continue
        parts = [
            _Given(each, record, part)
            for each, record in same
            for part in record.components
            if part.intervention == _drug(head, figures)
        ]
        if not parts:
            continue
        rival = _other_amount(head, parts, figures) or _other_interval(head, parts, figures)
        if rival is not None:
            source = where(rival.record, library)
            reason = f"{head.text} is not what is held for this regimen ({source})."
            return Judged(AuditVerdict.CONTRADICTED, (reason,), (rival,), (rival.record,))
    return None


def _drug(head: Quantity, figures: Figures) -> str | None:
    """The drug that a figure is said of: the nearest before it."""
    reading = figures.reading
    mention = governing(reading, head.start, reading.of_kind("intervention"), [head.start])
    return mention.term.id if mention is not None else None


def _other_amount(head: Quantity, parts: Sequence[_Given], figures: Figures) -> Held | None:
    """A regimen that gives the drug in this unit, at the interval told, in another amount."""
    if head.unit is None or unit_is_time(head.unit) or head.unit in ("%", "patients"):
        return None
    alike = [given for given in parts if given.part.unit == head.unit]
    if not alike or any(given.part.amount == head.value for given in alike):
        return None
    times = [c.head for c in figures.clusters if c.head.role in ("interval", "ordinal")]
    mine = [t for t in times if t.start > head.start][:1]
    for given in alike:
        if mine and any(given.at(time) for time in mine):
            return given.held
    return None


def _other_interval(head: Quantity, parts: Sequence[_Given], figures: Figures) -> Held | None:
    """A regimen that gives the drug in the amount told, at another interval."""
    if head.role != "interval":
        return None
    before = [c.head for c in figures.clusters if c.head.start < head.start and c.head.unit]
    if not before:
        return None
    amount = before[-1]
    for given in parts:
        part = given.part
        told = part.amount == amount.value and part.unit == amount.unit
        regular = any(q.role == "interval" for q in find_quantities(part.schedule or ""))
        if told and regular and not given.at(head):
            return given.held
    return None
