"""What is printed as current is the newest that is held (D4).

It looks at supersedes links, retractions and dates of the library, and at the words "final" and
"latest". Of a source later than the day asked about only dated steps taken by then may be told. It
cannot see a newer publication that the library does not hold.
"""

import re

from probatum.checks.anchored import records_of
from probatum.checks.held import Held
from probatum.checks.outcome import failed, not_applicable, passed
from probatum.checks.phrases import pattern
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.record import Result, Status

NAME = "currency"


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when a sentence rests on something replaced, retracted or not yet published."""
    records = records_of(draft, view)
    if not records:
        return failed(NAME, "no anchored record is held")
    for held in records:
        fault = _unusable(held, draft, view)
        if fault:
            return failed(NAME, fault)
    old = [held for held in records if not view.library.current(held.record, view.as_of)]
    if draft.role == "history":
        if not pattern("currency", "earlier").search(draft.text):
            return failed(NAME, "history must be said to be earlier, interim or replaced")
        return passed(NAME, "told as history")
    if draft.role in ("statement", "correction") and old:
        return failed(NAME, f"{old[0].record.id} was replaced by {_successor(old[0], view)}")
    if pattern("currency", "newest").search(draft.text):
        return _newest(records, view)
    if draft.role == "contrast":
        if old and not pattern("currency", "earlier").search(draft.text):
            return failed(NAME, f"{old[0].record.id} was replaced, which is not said")
        return not_applicable(NAME, "a contrast states nothing as current") if old else _fine()
    return _fine()


def _fine() -> CheckResult:
    return passed(NAME, "nothing newer is held")


def _unusable(held: Held, draft: Draft, view: View) -> str | None:
    edition = held.edition
    if edition.retracted and (view.as_of is None or edition.retracted <= view.as_of):
        return f"{edition.id} was retracted"
    if not view.library.known_by(edition.id, view.as_of) and not _told_since(held, draft, view):
        return f"{edition.id} had not appeared by {view.as_of}"
    return None


# A date as status records hold it: 2021, 2021-09 or 2021-09-20.
_DATE = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b")


def _told_since(held: Held, draft: Draft, view: View) -> bool:
    """Whether a later source is quoted for nothing but steps that an agency had taken by then."""
    if draft.role != "history" or not isinstance(held.record, Status):
        return False
    taken = held.record.steps_by(view.as_of)
    said = " ".join(step.text for step in taken)
    later = [s for s in held.record.history if s not in taken and s.text not in said]
    told = set(_DATE.findall(draft.text.replace(held.record.population.text, "")))
    return (
        bool(told)
        and told <= {step.date for step in taken}
        and not any(step.text in draft.text for step in later)
    )


def _successor(held: Held, view: View) -> str:
    newer = held.record.superseded_by or view.library.replaced_by(held.edition.id, view.as_of)
    return newer or "a newer edition"


def _newest(records: tuple[Held, ...], view: View) -> CheckResult:
    """Something is called final, latest, current or updated: one of the records must be that."""
    for held in records:
        if not view.library.current(held.record, view.as_of):
            continue
        if not isinstance(held.record, Result):
            if view.library.replaced_by(held.edition.id, view.as_of) is None:
                return _fine()
        elif held.record.analysis != "interim" or "final" in (held.record.analysis_label or ""):
            return _fine()
    return failed(NAME, "called final or latest, but no anchored record is")
