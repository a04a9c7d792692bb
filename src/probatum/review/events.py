"""What can happen to an article, as values that are kept for ever.

Each event carries what is needed to judge it later without anything else: the hashes it is about,
the number of signatures that the policy of that day asked for, the words that were shown.
"""

from typing import Annotated, Literal

from pydantic import Field

from probatum.evidence.base import Frozen

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Choice = Literal["approve", "amend", "reject"]
Trigger = Literal[
    "source_retracted",
    "source_superseded",
    "source_corrected",
    "newer_analysis",
    "age_limit",
    "editor",
]
# Characters of what people write into the record.
MOST_COMMENT = 4000


class _Event(Frozen):
    """What every event says: which version it is about."""

    version: int = Field(ge=1)


class Drafted(_Event):
    """Somebody begins a version, out of an answer or out of an earlier version."""

    kind: Literal["drafted"] = "drafted"
    based_on: int | None = None


class Submitted(_Event):
    """The version's content is fixed; from now on it is never changed."""

    kind: Literal["submitted"] = "submitted"
    content: Hash
    claims: dict[str, Hash]
    authors: tuple[str, ...] = Field(min_length=1)
    signatures: int = Field(ge=1)
    policy: str


class Taken(_Event):
    """A reviewer begins the review."""

    kind: Literal["taken"] = "taken"


class Declared(_Event):
    """A reviewer says whether they have a conflict of interest with this version."""

    kind: Literal["declared"] = "declared"
    conflict: bool
    statement: str = Field(default="", max_length=MOST_COMMENT)


class Assigned(_Event):
    """An editor asks one reviewer to review the version; None takes the request back.

    `name` is the reviewer's printed name. It is a request: others may review the version as well.
    """

    kind: Literal["assigned"] = "assigned"
    reviewer: str | None
    name: str = ""


class Decided(_Event):
    """A reviewer's decision on the exact words of one claim."""

    kind: Literal["decided"] = "decided"
    claim: str
    claim_hash: Hash
    choice: Choice
    reason: str | None = None
    comment: str = Field(default="", max_length=MOST_COMMENT)
    proposed: str | None = Field(default=None, max_length=MOST_COMMENT)


class ChangesRequested(_Event):
    """The version goes back to its authors."""

    kind: Literal["changes_requested"] = "changes_requested"
    comment: str = Field(min_length=1, max_length=MOST_COMMENT)


class Signed(_Event):
    """A reviewer signs one exact content, having been asked for their password again.

    `statement` is what the dialog showed: the meaning of the signature in words.
    """

    kind: Literal["signed"] = "signed"
    content: Hash
    statement: str = Field(min_length=1, max_length=MOST_COMMENT)


class Reopened(_Event):
    """The evidence or the calendar has changed: what it touches has to be looked at again.

    `claims` lose their decisions; those `withdrawn` are no longer shown.
    """

    kind: Literal["reopened"] = "reopened"
    trigger: Trigger
    detail: str = Field(min_length=1, max_length=MOST_COMMENT)
    edition: str | None = None
    claims: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class Withdrawn(_Event):
    """The version is no longer offered; the reason is told to whoever comes for it."""

    kind: Literal["withdrawn"] = "withdrawn"
    reason: str = Field(min_length=1, max_length=MOST_COMMENT)


Event = Annotated[
    Drafted
    | Submitted
    | Taken
    | Declared
    | Assigned
    | Decided
    | ChangesRequested
    | Signed
    | Reopened
    | Withdrawn,
    Field(discriminator="kind"),
]
