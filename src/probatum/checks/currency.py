"""What is printed as current is the newest that is held (D4).

It looks at supersedes links, retractions and dates of the library, and at the words "final" and
"latest". It cannot see a newer publication that the library does not hold.
"""

from probatum.checks.anchored import records_of
from probatum.checks.held import Held
from probatum.checks.outcome import failed, not_applicable, passed
from probatum.checks.phrases import pattern
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.record import Result

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
    if not view.library.known_by(edition.id, view.as_of):
        return f"{edition.id} had not appeared by {view.as_of}"
    return None


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
