"""No claim says that it was reviewed, approved or is accurate (D6).

Review is a state computed from signatures over one exact version; a sentence that says so is false
on every page nobody signed. A record's own sentence ("the list was last reviewed in December")
passes word for word. It cannot see praise in other words.
"""

from probatum.checks.anchored import records_of
from probatum.checks.outcome import failed, passed
from probatum.checks.phrases import pattern
from probatum.checks.reading import read
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft

NAME = "attestation"


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when the text attests review, endorsement or accuracy."""
    found = pattern("attestation", "attested").search(draft.text)
    if found and not _is_the_records(found.start(), draft, view):
        return failed(NAME, f'"{found.group()}" attests what only a signed review may')
    return passed(NAME, "attests nothing")


def _is_the_records(place: int, draft: Draft, view: View) -> bool:
    start, end = read(draft.text, view.library).sentence(place)
    return any(held.says(draft.text[start:end]) for held in records_of(draft, view))
