"""No claim says that something does not exist (D5).

A record proves what it says, never what nobody has written: "no guideline exists" may only mean
that none was found. What is silent or not held is said by computed statements about the library,
which are not claims. "No dose reduction", "did not show a difference" and "not approved" are
findings and pass. It cannot see absence told without these words ("guidelines ignore this").
"""

from probatum.checks.outcome import failed, passed
from probatum.checks.phrases import pattern
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft

NAME = "absence"


def check(draft: Draft, view: View) -> CheckResult:
    """Fail when the text says that something does not exist or is the only one."""
    for family, reason in (
        ("absent", "says that something does not exist"),
        ("only", "says that something is the only one"),
    ):
        found = pattern("absence", family).search(draft.text)
        if found:
            return failed(NAME, f'"{found.group()}" {reason}')
    return passed(NAME, "nothing is said not to exist")
