"""States and events in words, for the pages."""

from dataclasses import dataclass

from probatum.render.words import review_words
from probatum.review.events import (
    Assigned,
    ChangesRequested,
    Decided,
    Declared,
    Drafted,
    Reopened,
    Signed,
    Submitted,
    Taken,
    Withdrawn,
)
from probatum.review.log import Entry
from probatum.review.standing import Standing
from probatum.review.states import State

REOPENED = "reopened"
_STEPS = ("Draft", "Submitted", "Under review", "Approved")
_AT = {
    State.DRAFT: 0,
    State.SUBMITTED: 1,
    State.UNDER_REVIEW: 2,
    State.CHANGES_REQUESTED: 2,
    State.APPROVED: 3,
}
SENTENCES = {
    "draft": "This is a draft. Nobody has reviewed it.",
    "submitted": "Nobody has reviewed this version. It waits for review.",
    "under_review": "This version is unreviewed: its review is under way and not signed.",
    "changes_requested": "This version is unreviewed: a reviewer asked its authors for changes.",
    "reopened": "Its approval no longer counts: this version is to be reviewed again.",
    "superseded": "A later version has taken the place of this one.",
    "withdrawn": "This article was withdrawn.",
    "damaged": "The record of this article does not hold together, so nothing counts as reviewed.",
}
CHOICES = {"approve": "approved", "amend": "asked for other words for", "reject": "rejected"}


@dataclass(frozen=True)
class Step:
    """A step of the way to approval: done, current or still to come."""

    name: str
    code: str


@dataclass(frozen=True)
class Happened:
    """An entry of the log in words."""

    number: int
    at: str
    who: str
    what: str
    detail: str
    hash: str


def code_of(standing: Standing) -> str:
    """The status of a version for the page: its state, or that its approval has ended."""
    waits = (State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED)
    if standing.was_approved and standing.state in waits:
        return REOPENED
    return standing.state.value


def status_words(code: str) -> str:
    """The status in words."""
    return review_words(code)


def steps(standing: Standing) -> tuple[Step, ...]:
    """The way to approval; empty for what left it."""
    at = _AT.get(standing.state)
    if at is None:
        return ()
    names = list(_STEPS)
    if standing.state is State.CHANGES_REQUESTED:
        names[2] = "Changes requested"
    if standing.needed > 1:
        names[3] = f"Approved ({standing.needed} signatures)"
    codes = ["done"] * at + ["current"] + ["todo"] * (len(names) - at - 1)
    return tuple(Step(name, code) for name, code in zip(names, codes, strict=True))


def day(at: str) -> str:
    """The day of a time, in UTC."""
    return at[:10]


def minute(at: str) -> str:
    """The time to the minute, in UTC."""
    return f"{at[:16].replace('T', ' ')} UTC"


def happened(entry: Entry) -> Happened:
    """An entry in words. What was found of drafts is said as well: nothing is left out."""
    what, detail = _what(entry)
    return Happened(entry.number, minute(entry.at), entry.name, what, detail, entry.hash)


def _what(entry: Entry) -> tuple[str, str]:
    event = entry.event
    version = f"version {event.version}"
    match event:
        case Drafted():
            base = f" from version {event.based_on}" if event.based_on else ""
            return f"began {version}{base}", ""
        case Submitted():
            return f"submitted {version}", f"Content {event.content[:16]}…"
        case Taken():
            return f"began the review of {version}", ""
        case Declared():
            said = (
                "declared a conflict of interest"
                if event.conflict
                else ("declared no conflict of interest")
            )
            return f"{said} with {version}", event.statement
        case Assigned():
            if event.reviewer is None:
                return f"took back who was asked to review {version}", ""
            return f"asked {event.name or event.reviewer} to review {version}", ""
        case Decided():
            detail = "; ".join(part for part in (event.reason or "", event.comment) if part)
            proposed = f" Proposed: {event.proposed}" if event.proposed else ""
            what = f"{CHOICES[event.choice]} claim {event.claim} of {version}"
            return what, f"{detail}{proposed}".strip()
        case ChangesRequested():
            return f"asked for changes to {version}", event.comment
        case Signed():
            return f"signed {version}", f"{event.statement} Content {event.content[:16]}…"
        case Reopened():
            gone = f" Withdrawn: {', '.join(event.withdrawn)}." if event.withdrawn else ""
            return f"reopened {version}", event.detail + gone
        case Withdrawn():
            return f"withdrew {version}", event.reason
