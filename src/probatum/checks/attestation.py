"""No claim says that it was reviewed, approved or is accurate (D6).

Review is a state computed from signatures over one exact version; a sentence that says so is false
on every page nobody signed. It cannot see praise in other words.
"""

from probatum.checks.outcome import failed, passed
from probatum.checks.phrases import pattern
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft

NAME = "attestation"


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when the text attests review, endorsement or accuracy."""
    found = pattern("attestation", "attested").search(draft.text)
    if found:
        return failed(NAME, f'"{found.group()}" attests what only a signed review may')
    return passed(NAME, "attests nothing")
