"""States and events in words, for the pages."""

from dataclasses import dataclass

from probatum.render.language import Told, told
from probatum.render.language import day as told_day
from probatum.render.language import minute as told_minute
from probatum.render.words import review_words
from probatum.review.events import (
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
_STEPS = Told({0: "Draft", 1: "Submitted", 2: "Under review", 3: "Approved"})
_AT = {
    State.DRAFT: 0,
    State.SUBMITTED: 1,
    State.UNDER_REVIEW: 2,
    State.CHANGES_REQUESTED: 2,
    State.APPROVED: 3,
}
SENTENCES = Told(
    {
        "draft": "This is a draft. Nobody has reviewed it.",
        "submitted": "Nobody has reviewed this version. It waits for review.",
        "under_review": "This version is unreviewed: its review is under way and not signed.",
        "changes_requested": (
            "This version is unreviewed: a reviewer asked its authors for changes."
        ),
        "reopened": "Its approval no longer counts: this version is to be reviewed again.",
        "superseded": "A later version has taken the place of this one.",
        "withdrawn": "This article was withdrawn.",
        "damaged": (
            "The record of this article does not hold together, so nothing counts as reviewed."
        ),
    }
)
CHOICES = Told({"approve": "Approved", "amend": "Asked for other words", "reject": "Rejected"})
_DECIDED = Told(
    {
        "approve": "approved claim %(claim)s of version %(version)s",
        "amend": "asked for other words for claim %(claim)s of version %(version)s",
        "reject": "rejected claim %(claim)s of version %(version)s",
    }
)


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
    names = list(_STEPS.values())
    if standing.state is State.CHANGES_REQUESTED:
        names[2] = told("Changes requested")
    if standing.needed > 1:
        names[3] = told("Approved (%(number)s signatures)") % {"number": standing.needed}
    codes = ["done"] * at + ["current"] + ["todo"] * (len(names) - at - 1)
    return tuple(Step(name, code) for name, code in zip(names, codes, strict=True))


def day(at: str) -> str:
    """The day of a time, in UTC."""
    return told_day(at[:10])


def minute(at: str) -> str:
    """The time to the minute, in UTC."""
    return told_minute(at)


def happened(entry: Entry) -> Happened:
    """An entry in words. What was found of drafts is said as well: nothing is left out."""
    what, detail = _what(entry)
    return Happened(entry.number, minute(entry.at), entry.name, what, detail, entry.hash)


def _what(entry: Entry) -> tuple[str, str]:
    event = entry.event
    values = {"version": event.version}
    match event:
        case Drafted() if event.based_on:
            words = told("began version %(version)s from version %(base)s")
            return words % {**values, "base": event.based_on}, ""
        case Drafted():
            return told("began version %(version)s") % values, ""
        case Submitted():
            return told("submitted version %(version)s") % values, _content(event.content)
        case Taken():
            return told("began the review of version %(version)s") % values, ""
        case Declared():
            if event.conflict:
                words = told("declared a conflict of interest with version %(version)s")
            else:
                words = told("declared no conflict of interest with version %(version)s")
            return words % values, event.statement
        case Decided():
            detail = "; ".join(part for part in (event.reason or "", event.comment) if part)
            proposed = f" {told('Proposed:')} {event.proposed}" if event.proposed else ""
            words = _DECIDED[event.choice] % {**values, "claim": event.claim}
            return words, f"{detail}{proposed}".strip()
        case ChangesRequested():
            return told("asked for changes to version %(version)s") % values, event.comment
        case Signed():
            detail = f"{event.statement} {_content(event.content)}"
            return told("signed version %(version)s") % values, detail
        case Reopened():
            gone = f" {told('Withdrawn:')} {', '.join(event.withdrawn)}." if event.withdrawn else ""
            return told("reopened version %(version)s") % values, event.detail + gone
        case Withdrawn():
            return told("withdrew version %(version)s") % values, event.reason


def _content(digest: str) -> str:
    return f"{told('Content')} {digest[:16]}…"
