"""Whether a number of a sentence is a figure of one typed result, with all that belongs to it."""

import re
from dataclasses import replace
from itertools import pairwise

from probatum.checks import context
from probatum.checks.clusters import Cluster, agrees, comparable, is_follow_up
from probatum.checks.held import Held, Value
from probatum.checks.reading import Reading
from probatum.checks.told import Fault, Sentence
from probatum.checks.wording import untied
from probatum.evidence.record import Result
from probatum.terms.quantities import Quantity

_AGAINST = re.compile(
    r"\s*,?\s*(?:v\.?|vs\.?|versus|against|compared (?:with|to)|over)\s+(?:the\s+)?", re.IGNORECASE
)


def in_result(cluster: Cluster, held: Held, sentence: Sentence) -> Fault | None:
    """None when the result has this value in this company; else why not."""
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


def _surroundings(head: Quantity, value: Value, held: Held, sentence: Sentence) -> str | None:
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


def _untied_remark(head: Quantity, held: Held, sentence: Sentence) -> str | None:
    """A number of an explanation or caution is told of another drug than there."""
    reason = None
    for reading in held.remarks:
        for own in reading.quantities:
            if own.value == head.value and own.unit == head.unit:
                reason = untied(head, own, reading, sentence, held.library.vocabulary)
                if reason is None:
                    return None
    return reason


def _compared_backwards(head: Quantity, held: Held, sentence: Sentence) -> bool:
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


def _wrong_arm(head: Quantity, value: Value, held: Held, sentence: Sentence) -> str | None:
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
