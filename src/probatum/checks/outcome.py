"""How a check reports: the contract's result, and two kinds of failure the verdict needs.

A claim whose record holds another value is contradicted; one with a number that no record holds is
only unproved. The contract's result has no field for that, so the difference is kept as a subclass
that serialises as the contract says.
"""

from probatum.evidence.claim import CheckResult, Outcome


class Conflict(CheckResult):
    """A failure in which a held record says something else."""


class Partial(CheckResult):
    """A failure in which some of the sentence is held and the rest is not."""


def passed(name: str, detail: str) -> CheckResult:
    """Everything the check looks at is as the records say."""
    return CheckResult(name=name, outcome=Outcome.PASS, detail=detail)


def failed(name: str, detail: str) -> CheckResult:
    """Something is not as the records say, or not in them."""
    return CheckResult(name=name, outcome=Outcome.FAIL, detail=detail)


def conflicting(name: str, detail: str) -> Conflict:
    """A held record says otherwise."""
    return Conflict(name=name, outcome=Outcome.FAIL, detail=detail)


def partial(name: str, detail: str) -> Partial:
    """Part of it is held, part of it is not."""
    return Partial(name=name, outcome=Outcome.FAIL, detail=detail)


def not_applicable(name: str, detail: str) -> CheckResult:
    """The sentence has nothing of what the check looks at."""
    return CheckResult(name=name, outcome=Outcome.NOT_APPLICABLE, detail=detail)
