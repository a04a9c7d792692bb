"""The log of an article folded into its record, entry by entry.

Nothing of this is stored. What is impossible raises MoveError here, whoever asks for it: that an
author decides on or signs their own, a signature over other content, an approval while a claim is
open. What depends on roles is the policy's business, before an entry is made.
"""

from collections.abc import Iterable
from dataclasses import replace

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
from probatum.review.record import Record
from probatum.review.standing import (
    Standing,
    assignment_of,
    cause_of,
    declaration_of,
    given_of,
    signature_of,
)
from probatum.review.states import WAITING, Move, MoveError, State, must_allow


def record_of(entries: Iterable[Entry]) -> Record:
    """The record that the entries make; MoveError at the first that could not have happened."""
    record = Record()
    for entry in entries:
        record = after(record, entry)
    return record


def after(record: Record, entry: Entry) -> Record:
    """The record once the entry has happened; MoveError when it cannot happen."""
    event = entry.event
    changed: Record
    if isinstance(event, Drafted):
        changed = _drafted(record, entry, event)
    else:
        standing = record.versions.get(event.version)
        if standing is None:
            raise MoveError("There is no version %(version)s.", version=event.version)
        match event:
            case Submitted():
                changed = _submitted(record, standing, entry, event)
            case Taken():
                must_allow(Move.TAKE, standing.state)
                changed = _with(record, replace(standing, state=State.UNDER_REVIEW))
            case Declared():
                changed = _declared(record, standing, entry, event)
            case Assigned():
                changed = _assigned(record, standing, entry, event)
            case Decided():
                changed = _decided(record, standing, entry, event)
            case ChangesRequested():
                must_allow(Move.REQUEST_CHANGES, standing.state)
                _may_judge(record, standing, entry.actor)
                state = State.CHANGES_REQUESTED
                back = replace(
                    standing, state=state, asked=event.comment, signatures=(), assigned=None
                )
                changed = _with(record, back)
            case Signed():
                changed = _signed(record, standing, entry, event)
            case Reopened():
                changed = _reopened(record, standing, entry, event)
            case Withdrawn():
                must_allow(Move.WITHDRAW, standing.state)
                gone = replace(standing, state=State.WITHDRAWN, reason=event.reason)
                changed = _with(record, gone)
    return replace(changed, last=entry)


def _with(record: Record, standing: Standing) -> Record:
    return replace(record, versions={**record.versions, standing.number: standing})


def _drafted(record: Record, entry: Entry, event: Drafted) -> Record:
    if event.version != len(record.versions) + 1:
        raise MoveError(
            "The next version is %(next)s, not %(version)s.",
            next=len(record.versions) + 1,
            version=event.version,
        )
    if record.draft:
        raise MoveError("Version %(version)s is still being written.", version=record.draft.number)
    if event.based_on is not None:
        base = record.versions.get(event.based_on)
        if base is None or base.content is None:
            raise MoveError(
                "There is no version %(version)s to start from.", version=event.based_on
            )
    standing = Standing(event.version, State.DRAFT, event.based_on, entry.at, entry.actor)
    return _with(replace(record, authors=record.authors | {entry.actor}), standing)


def _submitted(record: Record, standing: Standing, entry: Entry, event: Submitted) -> Record:
    must_allow(Move.SUBMIT, standing.state)
    if not event.claims:
        raise MoveError("A version without a claim cannot be submitted.")
    versions = dict(record.versions)
    for number, older in versions.items():
        if older.state in WAITING and not older.was_approved:
            versions[number] = replace(older, state=State.SUPERSEDED)
    versions[standing.number] = replace(
        standing,
        state=State.SUBMITTED,
        content=event.content,
        claims=event.claims,
        authors=event.authors,
        needed=event.signatures,
        submitted=entry.at,
    )
    authors = record.authors | {entry.actor, *event.authors}
    return replace(record, versions=versions, authors=authors)


def _declared(record: Record, standing: Standing, entry: Entry, event: Declared) -> Record:
    must_allow(Move.DECLARE, standing.state)
    if event.conflict and not event.statement:
        raise MoveError("A conflict of interest is declared in words.")
    declarations = {**standing.declarations, entry.actor: declaration_of(entry, event)}
    # Whoever has a conflict is no longer the one who was asked.
    mine = standing.assigned is not None and standing.assigned.actor == entry.actor
    assigned = None if event.conflict and mine else standing.assigned
    return _with(record, replace(standing, declarations=declarations, assigned=assigned))


def _assigned(record: Record, standing: Standing, entry: Entry, event: Assigned) -> Record:
    must_allow(Move.ASSIGN, standing.state)
    if event.reviewer in record.authors:
        raise MoveError("Whoever wrote or changed an article does not review it.")
    declared = standing.declarations.get(event.reviewer or "")
    if declared and declared.conflict:
        raise MoveError("Whoever has declared a conflict of interest does not review the article.")
    return _with(record, replace(standing, assigned=assignment_of(entry, event)))


def _may_judge(record: Record, standing: Standing, actor: str) -> None:
    """Authors never judge their own; others only after declaring that nothing stands in the way."""
    if actor in record.authors:
        raise MoveError("Whoever wrote or changed an article does not review it.")
    declared = standing.declarations.get(actor)
    if declared is None:
        raise MoveError("Declare first whether you have a conflict of interest.")
    if declared.conflict:
        raise MoveError("Whoever has declared a conflict of interest does not review the article.")


def _decided(record: Record, standing: Standing, entry: Entry, event: Decided) -> Record:
    must_allow(Move.DECIDE, standing.state)
    _may_judge(record, standing, entry.actor)
    if standing.claims.get(event.claim) != event.claim_hash:
        raise MoveError("The decision is on words that this version does not have.")
    if event.claim in standing.withdrawn_claims:
        raise MoveError("The claim was withdrawn, so there is nothing to decide.")
    if event.choice == "reject" and not (event.reason and event.comment):
        raise MoveError("A rejection needs a reason and a comment.")
    if event.choice == "amend" and not event.proposed:
        raise MoveError("An amendment needs the words that are proposed.")
    given = given_of(entry, event)
    changed = record if event.choice == "approve" else _unsigned(record, {event.claim_hash})
    return replace(changed, decisions={**record.decisions, event.claim_hash: given})


def _unsigned(record: Record, hashes: set[str]) -> Record:
    """Who has signed has signed that every claim is approved: without that, signatures end.

    An approval that was reached stays; only what reopens a version ends it.
    """
    versions = {
        number: replace(each, signatures=())
        if each.state is State.UNDER_REVIEW and hashes & set(each.claims.values())
        else each
        for number, each in record.versions.items()
    }
    return replace(record, versions=versions)


def _signed(record: Record, standing: Standing, entry: Entry, event: Signed) -> Record:
    must_allow(Move.SIGN, standing.state)
    _may_judge(record, standing, entry.actor)
    if event.content != standing.content:
        raise MoveError("The signature is for another content than this version's.")
    if any(each.actor == entry.actor for each in standing.signatures):
        raise MoveError("You have signed this version already.")
    left = record.unresolved(standing.number)
    if left:
        claims = ", ".join(left[:5])
        if len(left) == 1:
            raise MoveError("1 claim is not approved yet (%(claims)s).", claims=claims)
        raise MoveError(
            "%(number)s claims are not approved yet (%(claims)s).", number=len(left), claims=claims
        )
    signatures = (*standing.signatures, signature_of(entry, event))
    if len(signatures) < standing.needed:
        return _with(record, replace(standing, signatures=signatures))
    versions = {
        number: replace(older, state=State.SUPERSEDED)
        if number < standing.number and older.state not in (State.WITHDRAWN, State.DRAFT)
        else older
        for number, older in record.versions.items()
    }
    versions[standing.number] = replace(
        standing, state=State.APPROVED, signatures=signatures, approved=entry.at, assigned=None
    )
    return replace(record, versions=versions)


def _reopened(record: Record, standing: Standing, entry: Entry, event: Reopened) -> Record:
    must_allow(Move.REOPEN, standing.state)
    unknown = {*event.claims, *event.withdrawn} - set(standing.claims)
    if unknown:
        raise MoveError(
            "Version %(version)s has no claim %(claims)s.",
            version=standing.number,
            claims=", ".join(sorted(unknown)),
        )
    touched = {standing.claims[claim] for claim in (*event.claims, *event.withdrawn)}
    state = State.SUBMITTED if standing.state is State.APPROVED else standing.state
    again = replace(
        standing,
        state=state,
        signatures=(),
        declarations={} if state is State.SUBMITTED else standing.declarations,
        causes=(*standing.causes, cause_of(entry, event)),
        withdrawn_claims={
            **standing.withdrawn_claims,
            **dict.fromkeys(event.withdrawn, event.detail),
        },
    )
    kept = {hash: given for hash, given in record.decisions.items() if hash not in touched}
    return replace(_unsigned(_with(record, again), touched), decisions=kept)
