"""Every claim rests on words that are held: the slice of the statement equals the quote.

It sees whether source, edition and record exist, belong together and hold the quoted words. It
cannot see whether the words support the sentence; the other checks do.
"""

from probatum.checks.outcome import failed, passed
from probatum.checks.view import View
from probatum.evidence.claim import Anchor, CheckResult, Draft

NAME = "anchors"


def check(draft: Draft, view: View) -> CheckResult:
    """Fail with the first anchor that points to nothing, or to other words."""
    if not draft.anchors:
        return failed(NAME, "the sentence has no anchor")
    for anchor in draft.anchors:
        fault = _fault(anchor, view)
        if fault:
            return failed(NAME, fault)
    count = len(draft.anchors)
    return passed(NAME, f"{count} quote{'s' if count > 1 else ''} found where the anchors point")


def _fault(anchor: Anchor, view: View) -> str | None:
    library = view.library
    if anchor.edition not in library.editions:
        return f"no edition {anchor.edition} is held"
    if library.source_of(anchor.edition).id != anchor.source:
        return f"edition {anchor.edition} is not of source {anchor.source}"
    if anchor.record is None:
        return f"the anchor to {anchor.edition} names no record"
    record = library.records.get(anchor.record)
    if record is None:
        return f"no record {anchor.record} is held"
    if record.edition != anchor.edition:
        return f"record {anchor.record} is not from edition {anchor.edition}"
    if library.statement(anchor.record)[anchor.start : anchor.end] != anchor.quote:
        return f"the quote does not stand at that place of record {anchor.record}"
    return None
