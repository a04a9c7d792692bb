"""People of the tests, an article of three claims, and a desk that keeps its log."""

from datetime import UTC, datetime, timedelta

from probatum.review.board import propose
from probatum.review.content import ClaimContent, Content, digest
from probatum.review.events import (
    Decided,
    Declared,
    Drafted,
    Event,
    Signed,
    Submitted,
    Taken,
)
from probatum.review.log import Entry
from probatum.review.people import Actor, Role
from probatum.review.policy import Policy, load
from probatum.review.record import Record

ANNA = Actor(id="anna", name="Anna Author", roles=(Role.AUTHOR,))
ALAN = Actor(id="alan", name="Alan Author", roles=(Role.AUTHOR,))
RUTH = Actor(id="ruth", name="Dr Ruth Reviewer", roles=(Role.REVIEWER,))
RENE = Actor(id="rene", name="Dr Rene Reviewer", roles=(Role.REVIEWER,))
EDDA = Actor(id="edda", name="Edda Editor", roles=(Role.EDITOR, Role.AUTHOR))
ADAM = Actor(id="adam", name="Adam Administrator", roles=(Role.ADMINISTRATOR,))
NOBODY = Actor.reader()
BEGIN = datetime(2033, 2, 1, 9, tzinfo=UTC)


def content(*texts: str) -> Content:
    """Claims c1, c2, … with these texts."""
    claims = {
        f"c{number}": ClaimContent(digest(text), text, (f"edition-{number}",), (), False)
        for number, text in enumerate(texts, start=1)
    }
    return Content(digest(texts), claims, ("examploma",), ("evidence",))


def submitted(version: int, made: Content, *authors: str, signatures: int = 1) -> Submitted:
    """The submission of a content."""
    return Submitted(
        version=version,
        content=made.hash,
        claims={claim: each.hash for claim, each in made.claims.items()},
        authors=authors or ("anna",),
        signatures=signatures,
        policy="1",
    )


class Desk:
    """An article's log, with a clock that moves on by an hour an entry."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy or load()
        self.record = Record()
        self.entries: list[Entry] = []

    def does(self, actor: Actor, event: Event) -> Record:
        """The event happens, or MoveError and nothing has happened."""
        at = BEGIN + timedelta(hours=len(self.entries))
        entry, self.record = propose("examploma", self.record, actor, event, self.policy, at)
        self.entries.append(entry)
        return self.record

    def submits(self, made: Content, *, version: int = 1, signatures: int = 1) -> None:
        """Anna drafts and submits a version."""
        based = version - 1 or None
        self.does(ANNA, Drafted(version=version, based_on=based))
        self.does(ANNA, submitted(version, made, signatures=signatures))

    def opens(self, *reviewers: Actor, version: int = 1) -> None:
        """Reviewers take the version and declare that they have no conflict."""
        self.does(reviewers[0], Taken(version=version))
        for each in reviewers:
            self.does(each, Declared(version=version, conflict=False))

    def approves(self, actor: Actor, *claims: str, version: int = 1) -> None:
        """A reviewer approves claims as they stand."""
        held = self.record.versions[version].claims
        for claim in claims or held:
            self.does(actor, approval(version, claim, held[claim]))

    def signs(self, actor: Actor, *, version: int = 1) -> None:
        """A reviewer signs what stands there."""
        found = self.record.versions[version].content
        assert found
        self.does(actor, Signed(version=version, content=found, statement="I reviewed this."))

    def approved(self, made: Content) -> None:
        """Version 1 goes the whole way."""
        self.submits(made)
        self.opens(RUTH)
        self.approves(RUTH)
        self.signs(RUTH)


def approval(version: int, claim: str, hash: str) -> Decided:
    """An approval of exact words."""
    return Decided(version=version, claim=claim, claim_hash=hash, choice="approve")
