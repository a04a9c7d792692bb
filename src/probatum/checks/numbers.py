"""Every number of a sentence is a number of one anchored record, with all that belongs to it.

It compares value, unit, comparator, role, endpoint, arm, severity grade, time point, analysis,
follow-up and subgroup (D2). An interval and a P value must be those of the estimate they follow.

It cannot see numbers in words beyond twelve, nor a wrong number that another field of the same
record happens to hold with the same unit and place in the sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from probatum.checks import context
from probatum.checks.actions import actions
from probatum.checks.anchored import records_of
from probatum.checks.arms import Named, arms_of, named_arms
from probatum.checks.clusters import (
    Cluster,
    agrees,
    clusters_of,
    comparable,
    is_follow_up,
    role_fits,
    same_size,
    unit_fits,
)
from probatum.checks.computed import computed
from probatum.checks.copies import moved_number
from probatum.checks.endpoints import ENDPOINTS, governing
from probatum.checks.held import Held, Value
from probatum.checks.outcome import conflicting, failed, not_applicable, partial, passed
from probatum.checks.reading import Reading, read
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.record import ArmValue, Result, Study
from probatum.terms.quantities import Quantity, unit_is_time
from probatum.terms.vocabulary import Mention, Vocabulary

NAME = "numbers"
_CHOICE = re.compile(r"\+?\s*(?:or|to|-|–|/)\s*", re.IGNORECASE)
_AGAINST = re.compile(
    r"\s*,?\s*(?:v\.?|vs\.?|versus|against|compared (?:with|to)|over)\s+(?:the\s+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a value does not belong to a record; a conflict when the record holds another."""

    reason: str
    conflict: bool


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
    sentence = _Sentence(reading, quantities)
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


class _Sentence:
    """A draft's text with what is worked out once for all its clusters."""

    def __init__(self, reading: Reading, quantities: Sequence[Quantity]) -> None:
        self.reading = reading
        self.quantities = quantities
        self.measured = [
            q
            for q in quantities
            if q.role in ("value", "rd", "n", "hr", "rr", "or") and not is_follow_up(reading, q)
        ]
        self.places = [q.start for q in self.measured]
        self._arms: dict[tuple[str, str], dict[int, int | None]] = {}
        self._named: dict[str, tuple[Named, ...]] = {}

    def arm(self, quantity: Quantity, held: Held, part: str) -> int | None:
        """The arm that the text gives this value, seen from one result."""
        record = held.record
        assert isinstance(record, Result)  # noqa: S101 - the caller's contract
        key = (record.id, part)
        if key not in self._arms:
            own = [v for v in held.values if v.part == part]
            like = [q for q in self.measured if any(_same_kind(v, q) for v in own)]
            like = [q for q in like if q.role not in ("hr", "rr", "or")]
            named = self.named(held)
            given = arms_of(self.reading, like, named, record.arms)
            self._arms[key] = {q.start: arm for q, arm in zip(like, given, strict=True)}
        return self._arms[key].get(quantity.start)

    def named(self, held: Held) -> tuple[Named, ...]:
        """Where the text names an arm of this result."""
        record = held.record
        assert isinstance(record, Result)  # noqa: S101 - the caller's contract
        if record.id not in self._named:
            self._named[record.id] = named_arms(self.reading, record.arms, held.library)
        return self._named[record.id]


def _same_kind(value: Value, quantity: Quantity) -> bool:
    return value.role not in ("ci_low", "ci_high", "ci_level") and unit_fits(value.unit, quantity)


def _best(
    cluster: Cluster, records: Sequence[Held], sentence: _Sentence, used: list[Held]
) -> Fault | None:
    """None when one record holds the whole cluster; else the most telling fault."""
    faults: list[Fault] = []
    for held in records:
        fault = (
            _in_result(cluster, held, sentence)
            if isinstance(held.record, Result)
            else _in_text(cluster, held, sentence)
        )
        if fault is None:
            used.append(held)
            return None
        faults.append(fault)
    faults.sort(key=lambda f: not f.conflict)
    return faults[0] if faults else Fault(f"{cluster.head.text} is in no anchored record", False)


# -- typed results ------------------------------------------------------------------------------


def _in_result(cluster: Cluster, held: Held, sentence: _Sentence) -> Fault | None:
    head = cluster.head
    if _at_least_half(held, head, sentence.reading):
        head = replace(head, comparator="=")
        cluster = Cluster(head, cluster.hanging)
    matches = [v for v in held.values if agrees(v, head)]
    if not matches:
        near = any(comparable(v, head) for v in held.values)
        return Fault(f"{head.text} is not in {held.record.id}", near)
    fault: Fault | None = None
    for value in matches:
        reason = _hanging(cluster, value, held) or _surroundings(head, value, held, sentence)
        if reason is None:
            return None
        conflict = value.part != "text"
        if fault is None or (conflict and not fault.conflict):
            fault = Fault(f"{head.text} {reason} ({held.record.id})", conflict)
    return fault


def _at_least_half(held: Held, head: Quantity, reading: Reading) -> bool:
    """ "Half lived 11.7 months or longer" is the median, told plainly."""
    record = held.record
    if head.comparator != ">=" or head.role != "value" or head.unit is None:
        return False
    if not isinstance(record, Result) or record.measure != "median":
        return False
    return re.search(r"\bhalf\b", reading.text, re.IGNORECASE) is not None


def _hanging(cluster: Cluster, value: Value, held: Held) -> str | None:
    for quantity in cluster.hanging:
        part = "effect" if quantity.role == "p" else value.part
        own = [v for v in held.values if v.role == quantity.role and v.part == part]
        if quantity.role != "p":
            own = [v for v in own if v.arm == value.arm]
        if not any(agrees(v, quantity) for v in own):
            return f"does not go with {quantity.text}"
    return None


def _surroundings(head: Quantity, value: Value, held: Held, sentence: _Sentence) -> str | None:
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    reading = sentence.reading
    follow_up = is_follow_up(reading, head)
    if value.part == "follow_up" or follow_up:
        return None if value.part in ("follow_up", "text") and follow_up else "is no follow-up time"
    if value.part == "text":
        return _untied_remark(head, held, sentence)
    if value.part not in ("arm", "effect", "size", "events"):
        return None
    if value.part == "size":
        return _wrong_arm(head, value, held, sentence)
    if value.part == "effect" and _compared_backwards(head, held, sentence):
        return "compares the arms the other way round"
    vocabulary = held.library.vocabulary
    return (
        context.wrong_endpoint(reading, head.start, sentence.places, record, vocabulary)
        or context.wrong_grade(reading, head, sentence.places, held)
        or context.wrong_timepoint(reading, head.start, record)
        or context.unnamed_subgroup(reading, held)
        or context.wrong_analysis(reading, head.start, held)
        or (_wrong_arm(head, value, held, sentence) if value.arm is not None else None)
    )


def _untied_remark(head: Quantity, held: Held, sentence: _Sentence) -> str | None:
    """A number of an explanation or caution is told of another drug than there."""
    reason = None
    for reading in held.remarks:
        for own in reading.quantities:
            if own.value == head.value and own.unit == head.unit:
                reason = _untied(head, own, reading, sentence, held.library.vocabulary)
                if reason is None:
                    return None
    return reason


def _compared_backwards(head: Quantity, held: Held, sentence: _Sentence) -> bool:
    """ "B versus A: hazard ratio" of a ratio of A to B."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    start, end = sentence.reading.sentence(head.start)
    inside = [n for n in sentence.named(held) if start <= n.start < end]
    return any(
        record.arms[one.arm].role == "control"
        and record.arms[two.arm].role == "experimental"
        and _AGAINST.fullmatch(sentence.reading.text[one.end : two.start])
        for one, two in pairwise(inside)
    )


def _wrong_arm(head: Quantity, value: Value, held: Held, sentence: _Sentence) -> str | None:
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    if len(record.arms) < 2 or value.arm is None:
        return None
    told = sentence.arm(head, held, value.part)
    if told == value.arm:
        return None
    own = record.arms[value.arm]
    if value.part != "arm" and told in (None, -1):
        return None
    if told is None:
        return None if own.role != "control" else f"is of {own.name}, which is not named"
    return f"is of {own.name}, which the sentence does not say of it"


# -- records in words ---------------------------------------------------------------------------


def _in_text(cluster: Cluster, held: Held, sentence: _Sentence) -> Fault | None:
    for quantity in (cluster.head, *cluster.hanging):
        fault = _quantity_in_text(quantity, held, sentence)
        if fault is not None:
            return fault
    return None


def _quantity_in_text(quantity: Quantity, held: Held, sentence: _Sentence) -> Fault | None:
    reason = None
    near = False
    for reading in held.readings:
        for own in reading.quantities:
            if not role_fits(own.role, quantity) or not unit_fits(own.unit, quantity):
                continue
            near = near or (own.unit == quantity.unit and own.unit is not None)
            if own.comparator != quantity.comparator:
                continue
            if not same_size(own.value, own.unit, quantity):
                continue
            # A study's design names endpoints beside numbers that are not theirs.
            terms, in_study = held.library.vocabulary, isinstance(held.record, Study)
            reason = _untied(quantity, own, reading, sentence, terms, in_study)
            if reason is None:
                return _wrong_size(quantity, held, sentence)
    if reason is not None:
        return Fault(f"{quantity.text} {reason} ({held.record.id})", True)
    return Fault(f"{quantity.text} is not in {held.record.id}", near)


def _wrong_size(quantity: Quantity, held: Held, sentence: _Sentence) -> Fault | None:
    """The size of one arm of a study is told as that of another."""
    record = held.record
    if not isinstance(record, Study) or quantity.value not in {arm.n for arm in record.arms}:
        return None
    arms = [
        ArmValue(name=a.name, interventions=a.interventions, role="single") for a in record.arms
    ]
    sizes = [q for q in sentence.quantities if q.role == "n" or q.unit is None]
    sizes = [q for q in sizes if q.value in {arm.n for arm in record.arms}]
    if quantity not in sizes:
        return None
    named = named_arms(sentence.reading, arms, held.library)
    given = dict(zip(sizes, arms_of(sentence.reading, sizes, named, arms), strict=True))
    told = given.get(quantity)
    if told is None or told < 0 or record.arms[told].n == quantity.value:
        return None
    return Fault(f"{quantity.text} is not the size of {arms[told].name} ({record.id})", True)


def _untied(
    quantity: Quantity,
    own: Quantity,
    reading: Reading,
    sentence: _Sentence,
    terms: Vocabulary,
    in_study: bool = False,
) -> str | None:
    """The value belongs to another drug, event, grade or action than in the record's words."""
    said_in = sentence.reading
    if quantity.role == "grade":
        sets = {g.grades for g in context.grades_of(reading)}
        if context.grade_around(said_in, quantity) not in sets:
            return "is not the grade of the record"
    reason = _other_action(quantity, said_in, reading)
    if reason:
        return reason
    for kinds in (("intervention",), ENDPOINTS):
        if kinds == ("intervention",) and not _is_dose(quantity):
            continue
        if kinds == ENDPOINTS and (in_study or not _is_measure(quantity)):
            continue
        told, held = said_in.of_kind(*kinds), reading.of_kind(*kinds)
        if len({m.term.id for m in told}) < 2 or not held:
            continue
        mine = governing(said_in, quantity.start, told, [q.start for q in said_in.quantities])
        theirs = governing(reading, own.start, held, [q.start for q in reading.quantities])
        if mine is not None and theirs is not None and not _may_name(mine, theirs, terms):
            return f"belongs to {theirs.text}, not to {mine.text}"
    return None


def _other_action(quantity: Quantity, told: Reading, held: Reading) -> str | None:
    """The value stands with an action (withhold, stop) that the record does not take."""
    start, end = context.clause(told, quantity.start)
    said = actions(told.text[start:end])
    own = actions(held.text)
    if said and own and not said & own:
        return f"goes with {'/'.join(sorted(own))}, not with {'/'.join(sorted(said))}"
    return None


def _is_dose(quantity: Quantity) -> bool:
    if quantity.role == "ordinal":
        return quantity.unit is not None
    if quantity.unit is None or quantity.unit == "patients":
        return False
    return not unit_is_time(quantity.unit)


def _is_measure(quantity: Quantity) -> bool:
    return quantity.role == "value" and quantity.unit is not None


def _may_name(told: Mention, held: Mention, vocabulary: Vocabulary) -> bool:
    return vocabulary.is_a(held.term.id, told.term.id)


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
