"""The held records that a draft is anchored to."""

from probatum.checks.held import Held, held
from probatum.checks.view import View
from probatum.evidence.claim import Draft


def records_of(draft: Draft, view: View) -> tuple[Held, ...]:
    """The anchored records that exist, each once; what does not exist is for the anchors check."""
    ids = dict.fromkeys(a.record for a in draft.anchors if a.record in view.library.records)
    return tuple(held(record, view.library) for record in ids if record is not None)
