"""Words of effect, negation, advice and action say what the record says.

A result's words are compared with its ratio, its interval and its arms' values, by the endpoint's
polarity; a recommendation, an approval or a safety rule with the record's own words and fields.

It cannot see irony, a comparison with something that is not an arm, or an effect told without any
of the words in `data/direction.yaml`.
"""

import re
from functools import lru_cache

from probatum.checks.actions import actions
from probatum.checks.anchored import records_of
from probatum.checks.copies import lost_denial
from probatum.checks.effects import result_fault
from probatum.checks.held import Held
from probatum.checks.negation import negation_fault
from probatum.checks.outcome import conflicting, not_applicable, passed
from probatum.checks.phrases import families, pattern
from probatum.checks.reading import Reading, read
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.record import Recommendation, Result, SafetyRule, Status

NAME = "direction"
_NOT_IN = re.compile(r"\bnot\s+(?:(?:in|about|for|from|of)\s+)?(?:the\s+)?$", re.IGNORECASE)


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when the sentence points another way than its records."""
    reading = read(draft.text, view.library)
    records = records_of(draft, view)
    results = [held for held in records if isinstance(held.record, Result)]
    texts = [held for held in records if not isinstance(held.record, Result)]
    fault = result_fault(reading, results, texts) if results else None
    asked_aside = _without_the_asked(draft, reading, view)
    fault = fault or _text_fault(asked_aside, texts, bool(results))
    fault = fault or lost_denial(asked_aside, records)
    if fault:
        return conflicting(NAME, fault)
    if not records:
        return not_applicable(NAME, "no anchored record is held")
    return passed(NAME, "effect, negation and advice are the records'")


def _without_the_asked(draft: Draft, reading: Reading, view: View) -> Reading:
    """A contrast may say "not in X" of the condition asked about; that denies no finding."""
    if draft.role != "contrast" or view.need is None:
        return reading
    asked = {*view.need.conditions, *view.need.settings}
    text = draft.text
    for mention in reading.of_kind("condition", "setting"):
        if mention.term.id in asked:
            before = _NOT_IN.search(text[: mention.start])
            if before:
                text = text[: before.start()] + " " * len(before.group()) + text[mention.start :]
    return reading if text == draft.text else read(text, view.library)


def _text_fault(reading: Reading, records: list[Held], with_results: bool) -> str | None:
    if not records:
        return None
    statuses = [held for held in records if isinstance(held.record, Status)]
    fault = _status(reading, statuses) if statuses else None
    advice = [held for held in records if isinstance(held.record, Recommendation)]
    if advice and not fault:
        fault = _stance(reading, advice)
    rules = [held for held in records if not isinstance(held.record, Status)]
    if rules and not fault:
        fault = _orders(reading, rules)
    if fault or with_results:
        return fault
    return negation_fault(reading, records)


@lru_cache(maxsize=4096)
def stance(text: str) -> str | None:
    """ "for" or "against", as a text puts it; None when it says neither."""
    against = pattern("stance", "against")
    said_against = against.search(text) is not None
    said_for = pattern("stance", "for").search(against.sub(" ", text)) is not None
    if said_against:
        return "both" if said_for else "against"
    return "for" if said_for else None


def _stance(reading: Reading, records: list[Held]) -> str | None:
    told = stance(reading.text)
    if told is None:
        return None
    held: set[str] = set()
    for record in records:
        own = record.record
        if isinstance(own, Recommendation):
            said = {stance(wording.text) for wording in record.wordings}
            held |= {s for s in said if s is not None}
            if own.strength is not None and own.strength.direction != "neither":
                held.add(own.strength.direction)
    if not held or "both" in held or told in held:
        return None
    if told == "both":
        told = "against" if "against" not in held else "for"
        if told == "for" and "against" in held:
            return None
    return f"the sentence is {told}, {records[0].record.id} is {'/'.join(sorted(held))}"


def approval_states(text: str) -> set[str]:
    """The states of approval that a text asserts."""
    found: set[str] = set()
    for state in ("not_approved", "withdrawn", "accelerated"):
        text, count = pattern("stance", state).subn(" ", text)
        if count:
            found.add(state)
    if pattern("stance", "approved").search(text):
        found.add("approved")
    return found


def _status(reading: Reading, records: list[Held]) -> str | None:
    told = approval_states(reading.text)
    if not told:
        return None
    states = {held.record.state for held in records if isinstance(held.record, Status)}
    may: set[str] = set(states)
    for held in records:
        may |= approval_states(held.statement.text)
    # "accelerated approval" is one name: the second word asserts nothing more.
    if "accelerated" in told & states:
        told.discard("approved")
    if not told <= may:
        said = "/".join(sorted(told - may))
        return f"the sentence says {said}, the record {'/'.join(sorted(states))}"
    if not told & states and not pattern("currency", "earlier").search(reading.text):
        return f"the status is {'/'.join(sorted(states))}"
    return None


def _orders(reading: Reading, records: list[Held]) -> str | None:
    told = actions(reading.text)
    if not told:
        return None
    held: set[str] = set()
    for record in records:
        for own in record.readings:
            held |= actions(own.text)
        if isinstance(record.record, SafetyRule):
            held.add(record.record.action)
    if not held & {family for family, _ in families("orders")} or told <= held:
        return None
    return f"the sentence says {'/'.join(sorted(told - held))}, the record {'/'.join(sorted(held))}"
