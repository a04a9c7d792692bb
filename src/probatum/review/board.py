"""The board's one door: an event becomes an entry when the policy and the record both allow it."""

from collections.abc import Collection
from datetime import datetime

from probatum.review.content import Content
from probatum.review.events import (
    Assigned,
    ChangesRequested,
    Decided,
    Declared,
    Drafted,
    Event,
    Reopened,
    Signed,
    Submitted,
    Taken,
    Withdrawn,
)
from probatum.review.fold import after
from probatum.review.log import Entry, next_entry
from probatum.review.people import Actor
from probatum.review.policy import Policy, Right
from probatum.review.record import Record
from probatum.review.states import MoveError

RIGHTS: dict[type, Right] = {
    Drafted: Right.DRAFT,
    Submitted: Right.SUBMIT,
    Taken: Right.TAKE,
    Declared: Right.DECLARE,
    Assigned: Right.ASSIGN,
    Decided: Right.DECIDE,
    ChangesRequested: Right.REQUEST_CHANGES,
    Signed: Right.SIGN,
    Reopened: Right.REOPEN,
    Withdrawn: Right.WITHDRAW,
}


class NotAllowedError(MoveError):
    """The person's roles do not include what they asked for."""


def propose(
    article: str, record: Record, actor: Actor, event: Event, policy: Policy, at: datetime
) -> tuple[Entry, Record]:
    """The entry for an event, and the record with it; MoveError when it is not allowed."""
    right = RIGHTS[type(event)]
    if not policy.may(actor, right, record.authors):
        raise NotAllowedError(
            "Your roles do not allow this (%(right)s).", right=right.value.replace("_", " ")
        )
    if isinstance(event, Decided) and event.reason and event.reason not in policy.reasons:
        raise MoveError("The reason must be one of %(reasons)s.", reasons=", ".join(policy.reasons))
    entry = next_entry(article, record.last, actor, event, at)
    return entry, after(record, entry)


def submission(
    version: int, content: Content, authors: Collection[str], policy: Policy
) -> Submitted:
    """The event that fixes a version, with what the policy of today asks of it."""
    return Submitted(
        version=version,
        content=content.hash,
        claims={claim: each.hash for claim, each in content.claims.items()},
        authors=tuple(sorted(authors)),
        signatures=policy.signatures_for(content.topics, content.kinds),
        policy=policy.version,
    )
