"""A dose or an interval that a held regimen of the very same drugs has otherwise.

Doses differ between regimens, so a number alone proves nothing. One is called contradicted only
where the drugs named are just those of the regimen, the unit is its unit, and the other half of the
claim (the interval, how often a day, the people of that weight or age; or the amount) is the
regimen's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from probatum.answers.audit.context import Said
from probatum.answers.audit.document import AuditVerdict
from probatum.answers.audit.figures import Figures
from probatum.answers.audit.fit import HELD
from probatum.answers.audit.judged import Judged, where
from probatum.answers.audit.tied import specific
from probatum.checks.endpoints import governing
from probatum.checks.held import Held
from probatum.evidence.record import Component, Regimen
from probatum.library.library import Library
from probatum.terms.quantities import Quantity, find_quantities
from probatum.terms.units import unit_is_time

# How often a day: a dose told with the regimen's own "twice daily" is told as the regimen's.
_A_DAY = re.compile(
    r"\b(?P<word>once|twice|(?:three|four|2|3|4) times)(?: (?:a|per|each|every))? ?(?:daily|day)\b",
    re.IGNORECASE,
)
_TIMES = {"once": 1, "twice": 2, "three times": 3, "four times": 4}
# Such a dose may be right for some people or at some stage of treatment, if the claim says so.
_SOME = re.compile(
    r"\b(?:kg|lbs?|weigh\w*|years?|aged?|child\w*|renal|hepatic|kidney|liver|impair\w*|reduc\w*"
    r"|adjust\w*|escalat\w*|increas\w*|start\w*|initial\w*|loading|level|cohort|with inhibitors?"
    r"|concomitant\w*|if|until|unless|then|followed)\b",
    re.IGNORECASE,
)
# "24 to 35 lb", "2 to 3 years": those whom a line of a dosing table is for.
_BAND = re.compile(
    r"\b(\d{1,3})\s?(?:to|-|–)\s?(\d{1,3})\s?(lbs?|pounds?|kg|years?|months?)\b", re.IGNORECASE
)


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
        and _of_these_drugs(said, each.record, library)
    ]
    mine = bands(said.text)
    banded = [(each, record) for each, record in same if mine and mine <= bands(record.name)]
    same = banded or same
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
        rival = _other_amount(head, parts, figures, told=bool(banded)) or _other_interval(
            head, parts, figures
        )
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


def _of_these_drugs(said: Said, record: Regimen, library: Library) -> bool:
    """Whether the claim names every drug that must be given and none that is not."""
    told = set(specific(said, library))
    free = {p.intervention for p in record.components if p.optional or p.choice is not None}
    must = {p.intervention for p in record.components} - free
    return bool(must) and must <= told <= must | free


def bands(text: str) -> frozenset[tuple[int, int, str]]:
    """The ranges of weight or age that a text is about."""
    return frozenset(
        (int(found[1]), int(found[2]), found[3].lower()[:2]) for found in _BAND.finditer(text)
    )


def _a_day(text: str) -> int | None:
    """How often a day a text first says."""
    found = _A_DAY.search(text)
    if found is None:
        return None
    word = found["word"].lower()
    return _TIMES.get(word) or int(word[0])


def _other_amount(
    head: Quantity, parts: Sequence[_Given], figures: Figures, *, told: bool
) -> Held | None:
    """A regimen that gives the drug in this unit, at the interval told, in another amount.

    `told` says that the claim is about the very people of these regimens, by weight or age.
    """
    if head.unit is None or unit_is_time(head.unit) or head.unit in ("%", "patients"):
        return None
    alike = [given for given in parts if given.part.unit == head.unit]
    if not alike or any(given.part.amount == head.value for given in alike):
        return None
    times = [c.head for c in figures.clusters if c.head.role in ("interval", "ordinal")]
    mine = [t for t in times if t.start > head.start][:1]
    text = figures.reading.text
    often = None if _SOME.search(text) else _a_day(text[head.end : head.end + 40])
    for given in alike:
        if told or (mine and any(given.at(time) for time in mine)):
            return given.held
        if often is not None and often == _a_day(given.part.schedule or ""):
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
