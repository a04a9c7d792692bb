"""Whatever anybody tries in whatever order, an illegal move changes nothing.

The invariants are written from the log alone, apart from the fold that they test.
"""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from probatum.review.events import (
    ChangesRequested,
    Choice,
    Decided,
    Declared,
    Drafted,
    Event,
    Reopened,
    Signed,
    Taken,
    Withdrawn,
)
from probatum.review.fold import record_of
from probatum.review.log import verify
from probatum.review.people import SYSTEM, Actor
from probatum.review.states import MoveError, State
from tests.review.people import ADAM, ANNA, EDDA, NOBODY, RENE, RUTH, Desk, content, submitted

PEOPLE = st.sampled_from([ANNA, EDDA, RUTH, RENE, RUTH, RENE, ADAM, NOBODY, SYSTEM])
# Counted from the version begun last; 1 is the one that may come next.
VERSIONS = st.sampled_from([0, 0, 0, 0, -1, 1])
NEXT = st.sampled_from([1, 1, 1, 0])
# Three claims of three wordings each: versions share some of their claims.
CONTENTS = st.tuples(*(st.sampled_from([f"{n}a", f"{n}b", f"{n}c"]) for n in range(3))).map(
    lambda texts: content(*texts)
)
CLAIMS = st.sampled_from(["c1", "c2", "c3"])
ALLOWED = {
    (State.DRAFT, State.SUBMITTED),
    (State.DRAFT, State.WITHDRAWN),
    (State.SUBMITTED, State.UNDER_REVIEW),
    (State.SUBMITTED, State.SUPERSEDED),
    (State.SUBMITTED, State.WITHDRAWN),
    (State.UNDER_REVIEW, State.CHANGES_REQUESTED),
    (State.UNDER_REVIEW, State.APPROVED),
    (State.UNDER_REVIEW, State.SUPERSEDED),
    (State.UNDER_REVIEW, State.WITHDRAWN),
    (State.CHANGES_REQUESTED, State.SUPERSEDED),
    (State.CHANGES_REQUESTED, State.WITHDRAWN),
    (State.APPROVED, State.SUBMITTED),
    (State.APPROVED, State.SUPERSEDED),
    (State.APPROVED, State.WITHDRAWN),
}


class Board(RuleBasedStateMachine):
    """A board where everybody tries everything."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.fixed: dict[int, object] = {}

    def at(self, offset: int) -> int:
        """The version that is meant, be there such a one or not."""
        return max(1, len(self.desk.record.versions) + offset)

    def tries(self, actor: Actor, event: Event) -> None:
        before = self.desk.record
        count = len(self.desk.entries)
        try:
            self.desk.does(actor, event)
        except MoveError:
            assert self.desk.record is before
            assert len(self.desk.entries) == count
            return
        for number, each in self.desk.record.versions.items():
            earlier = before.versions.get(number)
            if earlier is None:
                assert each.state is State.DRAFT
            elif earlier.state is not each.state:
                assert (earlier.state, each.state) in ALLOWED

    @rule(actor=PEOPLE, version=NEXT, based=st.none() | VERSIONS)
    def draft(self, actor: Actor, version: int, based: int | None) -> None:
        based_on = None if based is None else self.at(based)
        self.tries(actor, Drafted(version=self.at(version), based_on=based_on))

    @rule(actor=PEOPLE, version=VERSIONS, made=CONTENTS, needed=st.integers(1, 2))
    def submit(self, actor: Actor, version: int, made: object, needed: int) -> None:
        event = submitted(self.at(version), made, actor.id or "x", signatures=needed)  # type: ignore[arg-type]
        self.tries(actor, event)

    @rule(actor=PEOPLE, version=VERSIONS)
    def take(self, actor: Actor, version: int) -> None:
        self.tries(actor, Taken(version=self.at(version)))

    @rule(actor=PEOPLE, version=VERSIONS, conflict=st.sampled_from([False, False, True]))
    def declare(self, actor: Actor, version: int, conflict: bool) -> None:
        self.tries(
            actor, Declared(version=self.at(version), conflict=conflict, statement="So it is.")
        )

    @rule(
        actor=PEOPLE,
        version=VERSIONS,
        claim=CLAIMS,
        choice=st.sampled_from(["approve", "approve", "amend", "reject"]),
        stale=st.booleans(),
    )
    def decide(self, actor: Actor, version: int, claim: str, choice: Choice, stale: bool) -> None:
        version = self.at(version)
        held = self.desk.record.versions.get(version)
        right = held.claims.get(claim) if held else None
        hash = "0" * 64 if stale or right is None else right
        self.tries(
            actor,
            Decided(
                version=version,
                claim=claim,
                claim_hash=hash,
                choice=choice,
                reason="other",
                comment="So.",
                proposed="Else.",
            ),
        )

    @rule(actor=PEOPLE, version=VERSIONS)
    def approve_all(self, actor: Actor, version: int) -> None:
        """Without this, random decisions would hardly ever complete a review."""
        version = self.at(version)
        held = self.desk.record.versions.get(version)
        for claim, hash in (held.claims if held else {}).items():
            self.tries(
                actor, Decided(version=version, claim=claim, claim_hash=hash, choice="approve")
            )

    @rule(actor=PEOPLE, version=VERSIONS, wrong=st.sampled_from([False, False, False, True]))
    def sign(self, actor: Actor, version: int, wrong: bool) -> None:
        version = self.at(version)
        held = self.desk.record.versions.get(version)
        found = held.content if held and held.content and not wrong else "f" * 64
        self.tries(actor, Signed(version=version, content=found, statement="I reviewed it."))

    @rule(
        actor=st.sampled_from([RUTH, RENE, EDDA, ANNA]),
        made=CONTENTS,
        ends=st.sampled_from(["signed", "signed", "open", "given back", "reopened"]),
    )
    def a_usual_way(self, actor: Actor, made: object, ends: str) -> None:
        """From a draft to a review or a signature: chance would hardly ever get there."""
        self.draft(ANNA, 1, None)
        self.submit(ANNA, 0, made, 1)
        self.take(actor, 0)
        self.declare(actor, 0, False)
        if ends == "signed":
            self.approve_all(actor, 0)
            self.sign(actor, 0, False)
        if ends == "given back":
            self.request(actor, 0)
        if ends == "reopened":
            self.approve_all(actor, 0)
            self.sign(actor, 0, False)
            self.reopen(SYSTEM, 0, {"c1"}, set())

    @rule(actor=PEOPLE, version=VERSIONS)
    def request(self, actor: Actor, version: int) -> None:
        self.tries(actor, ChangesRequested(version=self.at(version), comment="Please."))

    @rule(
        actor=st.sampled_from([SYSTEM, SYSTEM, EDDA, ADAM, RUTH, NOBODY]),
        version=VERSIONS,
        claims=st.sets(CLAIMS),
        gone=st.sets(CLAIMS),
    )
    def reopen(self, actor: Actor, version: int, claims: set[str], gone: set[str]) -> None:
        event = Reopened(
            version=self.at(version),
            trigger="editor",
            detail="Look again.",
            claims=tuple(sorted(claims)),
            withdrawn=tuple(sorted(gone & claims)),
        )
        self.tries(actor, event)

    @rule(actor=st.sampled_from([ANNA, ADAM, RUTH, NOBODY]), version=VERSIONS)
    def withdraw(self, actor: Actor, version: int) -> None:
        self.tries(actor, Withdrawn(version=self.at(version), reason="No more."))

    @invariant()
    def the_log_is_whole_and_gives_the_same_record(self) -> None:
        assert verify("examploma", self.desk.entries) is None
        assert record_of(self.desk.entries) == self.desk.record

    @invariant()
    def one_draft_and_one_approved_version_at_most(self) -> None:
        states = [each.state for each in self.desk.record.versions.values()]
        assert states.count(State.DRAFT) <= 1
        assert states.count(State.APPROVED) <= 1

    @invariant()
    def what_was_submitted_never_changes(self) -> None:
        for number, each in self.desk.record.versions.items():
            if each.content:
                fixed = (each.content, dict(each.claims), each.authors, each.needed)
                assert self.fixed.setdefault(number, fixed) == fixed

    @invariant()
    def an_approval_is_what_enough_others_signed(self) -> None:
        for number, each in self.desk.record.versions.items():
            if each.state is State.APPROVED:
                self.judged_from_the_log(number)

    def judged_from_the_log(self, version: int) -> None:
        fixed = self._last(version, lambda e: e.kind == "submitted").event
        round_begins = max(
            (e.number for e in self.desk.entries if _about(e, version, "reopened", "submitted")),
            default=0,
        )
        signed = [
            e for e in self.desk.entries if _about(e, version, "signed") and e.number > round_begins
        ]
        assert len({e.actor for e in signed}) >= fixed.signatures
        for entry in signed:
            assert entry.event.content == fixed.content
            before = [e for e in self.desk.entries if e.number < entry.number]
            wrote = {e.actor for e in before if e.event.kind in ("drafted", "submitted")}
            assert entry.actor not in wrote
            declared = [e for e in before if _about(e, version, "declared")]
            own = [e for e in declared if e.actor == entry.actor]
            assert own
            assert not own[-1].event.conflict
        for claim, hash in fixed.claims.items():
            on_it = [
                e
                for e in self.desk.entries
                if e.event.kind == "decided" and e.event.claim_hash == hash
                if e.number < signed[-1].number
            ]
            assert on_it[-1].event.choice == "approve", claim
            assert on_it[-1].number > self._touched(hash, signed[-1].number), claim

    def _touched(self, hash: str, before: int) -> int:
        """The last entry that reopened a claim of these exact words, in whatever version."""
        claims = {
            e.event.version: e.event.claims
            for e in self.desk.entries
            if e.event.kind == "submitted"
        }
        return max(
            (
                e.number
                for e in self.desk.entries
                if e.event.kind == "reopened"
                if e.number < before
                if hash in {claims[e.event.version][c] for c in e.event.claims}
            ),
            default=0,
        )

    def _last(self, version: int, fits: Callable[[Event], bool]) -> object:
        found = [e for e in self.desk.entries if e.event.version == version and fits(e.event)]
        return found[-1]


def _about(entry: object, version: int, *kinds: str) -> bool:
    event = entry.event  # type: ignore[attr-defined]
    return event.version == version and event.kind in kinds


Board.TestCase.settings = settings(
    max_examples=150, stateful_step_count=50, deadline=None, derandomize=True
)
TestBoard = Board.TestCase


def test_the_machine_reaches_every_state() -> None:
    """A machine that never approves anything would prove nothing about approvals."""
    reached: set[str] = set()

    class Watched(Board):
        @invariant()
        def notes_where_versions_are(self) -> None:
            for each in self.desk.record.versions.values():
                again = each.was_approved and each.state is State.SUBMITTED
                reached.add("reopened" if again else each.state.value)

    run_state_machine_as_test(Watched, settings=Board.TestCase.settings)
    assert reached == {*State, "reopened"}
