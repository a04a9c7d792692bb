"""One claim's verdict: each route is asked in turn, and the first that can tell decides."""

from probatum.answers.audit.by_figures import by_figures
from probatum.answers.audit.by_words import by_words
from probatum.answers.audit.context import Said
from probatum.answers.audit.document import GRAVE, AuditVerdict
from probatum.answers.audit.editions import not_the_only, outdated_edition
from probatum.answers.audit.figures import figures_of
from probatum.answers.audit.judged import Judged
from probatum.answers.audit.neighbours import neighbours_only
from probatum.answers.audit.second_reading import exchanged
from probatum.answers.audit.shelf import Shelf

_NOTHING = "Nothing held says this or otherwise; that does not make it wrong."


def judge(said: Said, shelf: Shelf) -> Judged:
    """The verdict on a claim by the records held."""
    found = _first_reading(said, shelf)
    if found.verdict is AuditVerdict.SUPPORTED:
        fault = exchanged(said, found, shelf.library)
        if fault is not None:
            return Judged(AuditVerdict.NOT_FOUND, (fault,), found.records)
    return found


def _first_reading(said: Said, shelf: Shelf) -> Judged:
    library = shelf.library
    near = shelf.near(said)
    found = by_figures(said, near, library)
    if found is not None and found.verdict in (*GRAVE, AuditVerdict.SUPPORTED):
        return found
    for other in (
        not_the_only(said, library),
        outdated_edition(said, library),
        neighbours_only(said, shelf),
    ):
        if other is not None:
            return other
    if found is None and not figures_of(said, near[:1], library).clusters:
        found = by_words(said, near, library)
    return found or Judged(AuditVerdict.NOT_FOUND, (_NOTHING,))
