"""Every number of a sentence is a number of one anchored record, with all that belongs to it.

It compares value, unit, comparator, role, endpoint, arm, severity grade, time point, analysis,
follow-up and subgroup (D2). An interval and a P value must be those of the estimate they follow.

It cannot see numbers in words beyond twelve, nor a wrong number that another field of the same
record happens to hold with the same unit and place in the sentence.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from probatum.checks import context
from probatum.checks.anchored import records_of
from probatum.checks.clusters import (
    Cluster,
    clusters_of,
    is_follow_up,
)
from probatum.checks.computed import computed
from probatum.checks.copies import moved_number
from probatum.checks.figures import in_result
from probatum.checks.held import Held
from probatum.checks.outcome import conflicting, failed, not_applicable, partial, passed
from probatum.checks.reading import Reading, read
from probatum.checks.told import Fault, Sentence
from probatum.checks.view import View
from probatum.checks.wording import in_text
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.record import Result
from probatum.terms.quantities import Quantity

NAME = "numbers"
_CHOICE = re.compile(r"\+?\s*(?:or|to|-|–|/)\s*", re.IGNORECASE)


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when a number is not held, or is held with other company."""
    if draft.form == "formula.computed":
        return computed(draft, view)
    reading = read(draft.text, view.library)
    records = records_of(draft, view)
    quantities = unnamed_numbers(reading, records)
    date_fault = _dates(reading, records)
    if date_fault:
        return failed(NAME, date_fault)
    if not quantities:
        return not_applicable(NAME, "the sentence states no number")
    sentence = Sentence(reading, quantities)
    faults: list[Fault] = []
    good = 0
    used: list[Held] = []
    for cluster in clusters_of(reading, quantities):
        fault = _best(cluster, records, sentence, used)
        if fault is None:
            good += 1 + len(cluster.hanging)
        else:
            faults.append(fault)
    if not faults:
        faults += _follow_up(reading, quantities, used)
    if not faults:
        moved = _empty_range(reading) or moved_number(reading, records)
        faults += [Fault(moved, True)] if moved else []
    if not faults:
        return passed(NAME, f"{good} number{'s' if good > 1 else ''} held with their context")
    detail = "; ".join(dict.fromkeys(fault.reason for fault in faults))
    if any(fault.conflict for fault in faults):
        return conflicting(NAME, detail)
    return partial(NAME, detail) if good else failed(NAME, detail)


def unnamed_numbers(reading: Reading, records: Sequence[Held]) -> tuple[Quantity, ...]:
    """The quantities of a text that are not digits of a study, edition or citation."""
    spans: list[tuple[int, int]] = []
    for name in {name for held in records for name in held.names}:
        if name in reading.text:
            spans += [m.span() for m in re.finditer(re.escape(name), reading.text)]
    if not spans:
        return reading.quantities
    return tuple(
        q for q in reading.quantities if not any(s <= q.start and q.end <= e for s, e in spans)
    )


def _empty_range(reading: Reading) -> str | None:
    """ "3+ or 3+": a choice or range between equal numbers, which no source states."""
    for one, two in pairwise(reading.quantities):
        gap = reading.text[one.end : two.start]
        if (one.value, one.unit) == (two.value, two.unit) and _CHOICE.fullmatch(gap):
            return f"{reading.text[one.start : two.end]} is no range"
    return None


def _best(
    cluster: Cluster, records: Sequence[Held], sentence: Sentence, used: list[Held]
) -> Fault | None:
    """None when one record holds the whole cluster; else the most telling fault."""
    faults: list[Fault] = []
    for held in records:
        fault = (
            in_result(cluster, held, sentence)
            if isinstance(held.record, Result)
            else in_text(cluster, held, sentence)
        )
        if fault is None:
            used.append(held)
            return None
        faults.append(fault)
    faults.sort(key=lambda f: not f.conflict)
    return faults[0] if faults else Fault(f"{cluster.head.text} is in no anchored record", False)


# -- dates and follow-up ------------------------------------------------------------------------


def _dates(reading: Reading, records: Sequence[Held]) -> str | None:
    for date in reading.dates:
        known = {day for held in records for day in held.dates}
        if not any(date.fits(type(date)(0, 0, *day)) for day in known):
            return f"the date {reading.text[date.start : date.end]} is in no anchored record"
    return None


def _follow_up(
    reading: Reading, quantities: Sequence[Quantity], used: Sequence[Held]
) -> list[Fault]:
    """A follow-up time must be that of a result whose number is told beside it."""
    told = [q for q in quantities if is_follow_up(reading, q)]
    measured = [q for q in quantities if q.role in ("hr", "rr", "or", "value") and q not in told]
    if not told or not measured:
        return []
    results = {h.record.id: h.record for h in used if isinstance(h.record, Result)}
    counts = [h.record.id for h in used if isinstance(h.record, Result)]
    alone = [
        r
        for key, r in results.items()
        if r.follow_up_months in {q.value for q in told}
        and counts.count(key) <= len(told)
        and len(results) > 1
        and not any(
            other.follow_up_months == r.follow_up_months
            for other_key, other in results.items()
            if other_key != key
        )
    ]
    return [
        Fault(f"a follow-up of {context.follow_up_text(r)} stands beside other numbers", True)
        for r in alone
    ]
