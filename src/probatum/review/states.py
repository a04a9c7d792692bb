"""The states of a version and the moves between them.

This table is the only place that says which move is possible where. The fold over the record of
events reads it, so an impossible move cannot be recorded by any page, script or person.
"""

from enum import StrEnum

from probatum.evidence.base import ProbatumError


class MoveError(ProbatumError):
    """A move that the state, the rules or the person's roles do not allow."""


class State(StrEnum):
    """Where a version stands; derived from the record, never stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done to a version. `supersede` follows from another version's approval."""

    DRAFT = "draft"
    SUBMIT = "submit"
    TAKE = "take"
    DECLARE = "declare"
    ASSIGN = "assign"
    DECIDE = "decide"
    REQUEST_CHANGES = "request_changes"
    SIGN = "sign"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


_OPEN = frozenset((State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED))

# From where each move starts. A draft is begun where there is no draft, so it starts from nothing.
FROM: dict[Move, frozenset[State]] = {
    Move.DRAFT: frozenset(),
    Move.SUBMIT: frozenset((State.DRAFT,)),
    Move.TAKE: frozenset((State.SUBMITTED,)),
    Move.DECLARE: frozenset((State.SUBMITTED, State.UNDER_REVIEW)),
    Move.ASSIGN: frozenset((State.SUBMITTED, State.UNDER_REVIEW)),
    Move.DECIDE: frozenset((State.UNDER_REVIEW,)),
    Move.REQUEST_CHANGES: frozenset((State.UNDER_REVIEW,)),
    Move.SIGN: frozenset((State.UNDER_REVIEW,)),
    Move.REOPEN: _OPEN | {State.APPROVED},
    Move.WITHDRAW: _OPEN | {State.DRAFT, State.APPROVED},
}

# Where a version waits for a reviewer, and its time runs.
IN_QUEUE = frozenset((State.SUBMITTED, State.UNDER_REVIEW))
# Where a version waits for somebody: these are superseded by the submission of a later one.
WAITING = _OPEN


def must_allow(move: Move, state: State) -> None:
    """Raise MoveError when the move does not start from this state."""
    if state not in FROM[move]:
        raise MoveError(
            "%(move)s is not possible while the version is %(state)s.",
            move=move.value.replace("_", " "),
            state=state.value.replace("_", " "),
        )
