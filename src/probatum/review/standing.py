"""Where a version stands, worked out from the entries so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from probatum.review.events import Assigned, Choice, Decided, Declared, Reopened, Signed
from probatum.review.log import Entry
from probatum.review.states import State


@dataclass(frozen=True)
class Given:
    """A decision on the exact words of a claim."""

    choice: Choice
    actor: str
    name: str
    at: str
    entry: int
    reason: str | None
    comment: str
    proposed: str | None


@dataclass(frozen=True)
class Signature:
    """A signature with what 21 CFR 11.50 asks it to show: printed name, time and meaning."""

    actor: str
    name: str
    roles: tuple[str, ...]
    at: str
    content: str
    statement: str
    entry: int


@dataclass(frozen=True)
class Declaration:
    """Whether a reviewer has a conflict of interest, in their words."""

    actor: str
    name: str
    at: str
    conflict: bool
    statement: str


@dataclass(frozen=True)
class Assignment:
    """Who was asked to review a version, by whom and when."""

    actor: str
    name: str
    by: str
    at: str


@dataclass(frozen=True)
class Cause:
    """Why a version has to be looked at again."""

    trigger: str
    detail: str
    edition: str | None
    at: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One version: its state and everything that led there."""

    number: int
    state: State
    based_on: int | None
    began: str
    author: str
    content: str | None = None
    claims: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    needed: int = 1
    submitted: str | None = None
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    approved: str | None = None
    causes: tuple[Cause, ...] = ()
    withdrawn_claims: Mapping[str, str] = field(default_factory=dict)
    assigned: Assignment | None = None
    asked: str | None = None
    reason: str | None = None

    @property
    def open_causes(self) -> tuple[Cause, ...]:
        """Why it has to be looked at again now: what came up since it was last approved."""
        return tuple(c for c in self.causes if self.approved is None or c.at > self.approved)

    @property
    def came(self) -> str:
        """When it came into the queue: submitted, or first reopened since it was approved.

        What comes up while it waits does not start its time anew.
        """
        if self.was_approved and self.open_causes:
            return min(cause.at for cause in self.open_causes)
        return self.submitted or self.began

    @property
    def was_approved(self) -> bool:
        """Whether enough had signed it at some time, be it reopened since."""
        return self.approved is not None


def signature_of(entry: Entry, event: Signed) -> Signature:
    """The signature that an entry records."""
    roles = tuple(role.value for role in entry.roles)
    return Signature(
        entry.actor, entry.name, roles, entry.at, event.content, event.statement, entry.number
    )


def given_of(entry: Entry, event: Decided) -> Given:
    """The decision that an entry records."""
    return Given(
        event.choice,
        entry.actor,
        entry.name,
        entry.at,
        entry.number,
        event.reason,
        event.comment,
        event.proposed,
    )


def declaration_of(entry: Entry, event: Declared) -> Declaration:
    """The declaration that an entry records."""
    return Declaration(entry.actor, entry.name, entry.at, event.conflict, event.statement)


def cause_of(entry: Entry, event: Reopened) -> Cause:
    """The cause that an entry records."""
    return Cause(event.trigger, event.detail, event.edition, entry.at, event.claims)


def assignment_of(entry: Entry, event: Assigned) -> Assignment | None:
    """The assignment that an entry records; None when it takes one back."""
    if event.reviewer is None:
        return None
    return Assignment(event.reviewer, event.name or event.reviewer, entry.name, entry.at)
