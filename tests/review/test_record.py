"""What a review is worth: who may approve what, and what ends an approval."""

import pytest

from probatum.review.content import digest
from probatum.review.events import (
    ChangesRequested,
    Decided,
    Declared,
    Drafted,
    Reopened,
    Signed,
    Taken,
    Withdrawn,
)
from probatum.review.fold import record_of
from probatum.review.people import SYSTEM
from probatum.review.states import MoveError, State
from tests.review.people import ADAM, ALAN, ANNA, EDDA, NOBODY, RENE, RUTH, Desk, content, submitted
from tests.review.people import approval as approve

FIRST = content("one", "two", "three")


def states(desk: Desk) -> dict[int, State]:
    """Where each version stands."""
    return {number: each.state for number, each in desk.record.versions.items()}


def test_a_version_goes_from_a_draft_to_approved() -> None:
    desk = Desk()
    seen = []
    desk.does(ANNA, Drafted(version=1))
    seen.append(states(desk)[1])
    desk.does(ANNA, submitted(1, FIRST))
    seen.append(states(desk)[1])
    desk.opens(RUTH)
    seen.append(states(desk)[1])
    desk.approves(RUTH)
    desk.signs(RUTH)
    seen.append(states(desk)[1])
    assert [each.value for each in seen] == ["draft", "submitted", "under_review", "approved"]
    signature = desk.record.versions[1].signatures[0]
    assert (signature.name, signature.content, signature.statement) == (
        "Dr Ruth Reviewer",
        FIRST.hash,
        "I reviewed this.",
    )


def test_status_is_the_same_when_the_record_is_read_anew() -> None:
    desk = Desk()
    desk.approved(FIRST)
    assert record_of(desk.entries) == desk.record


def test_nobody_reviews_what_they_wrote_whatever_their_roles() -> None:
    desk = Desk()
    desk.does(EDDA, Drafted(version=1))
    desk.does(EDDA, submitted(1, FIRST, "edda", "alan"))
    desk.does(EDDA, Taken(version=1))
    desk.does(EDDA, Declared(version=1, conflict=False))
    refused = "Whoever wrote or changed an article does not review it."
    for event in (
        approve(1, "c1", FIRST.claims["c1"].hash),
        Signed(version=1, content=FIRST.hash, statement="Mine."),
        ChangesRequested(version=1, comment="More."),
    ):
        with pytest.raises(MoveError, match=refused):
            desk.does(EDDA, event)


def test_whoever_wrote_an_earlier_version_does_not_review_a_later_one() -> None:
    desk = Desk()
    desk.does(EDDA, Drafted(version=1))
    desk.does(EDDA, submitted(1, FIRST, "edda"))
    desk.does(ANNA, Drafted(version=2, based_on=1))
    desk.does(ANNA, submitted(2, content("one", "two", "four")))
    desk.opens(EDDA, version=2)
    with pytest.raises(MoveError, match="does not review it"):
        desk.approves(EDDA, "c1", version=2)


def test_an_approval_by_someone_who_then_writes_on_the_article_no_longer_counts() -> None:
    desk = Desk()
    desk.submits(FIRST)
    desk.opens(EDDA, RUTH)
    desk.approves(EDDA)
    desk.does(EDDA, ChangesRequested(version=1, comment="I will mend it."))
    assert desk.record.unresolved(1) == ()
    desk.does(EDDA, Drafted(version=2, based_on=1))
    assert desk.record.unresolved(1) == ("c1", "c2", "c3")


def test_a_review_needs_a_declaration_and_a_conflict_bars_it() -> None:
    desk = Desk()
    desk.submits(FIRST)
    desk.does(RUTH, Taken(version=1))
    event = approve(1, "c1", FIRST.claims["c1"].hash)
    with pytest.raises(MoveError, match="Declare first"):
        desk.does(RUTH, event)
    with pytest.raises(MoveError, match="in words"):
        desk.does(RUTH, Declared(version=1, conflict=True))
    desk.does(RUTH, Declared(version=1, conflict=True, statement="I led a trial quoted here."))
    with pytest.raises(MoveError, match="has declared a conflict"):
        desk.does(RUTH, event)
    desk.does(RENE, Declared(version=1, conflict=False))
    desk.does(RENE, event)
    assert desk.record.unresolved(1) == ("c2", "c3")


def test_an_open_claim_blocks_the_signature() -> None:
    desk = Desk()
    desk.submits(FIRST)
    desk.opens(RUTH)
    desk.approves(RUTH, "c1", "c3")
    with pytest.raises(MoveError, match=r"1 claim is not approved yet \(c2\)"):
        desk.signs(RUTH)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"choice": "reject"}, "needs a reason and a comment"),
        ({"choice": "reject", "reason": "outdated"}, "needs a reason and a comment"),
        ({"choice": "reject", "comment": "Old."}, "needs a reason and a comment"),
        ({"choice": "reject", "reason": "mood", "comment": "No."}, "The reason must be one of"),
        ({"choice": "amend"}, "needs the words"),
    ],
)
def test_a_rejection_says_why_and_an_amendment_what_instead(
    fields: dict[str, str], reason: str
) -> None:
    desk = Desk()
    desk.submits(FIRST)
    desk.opens(RUTH)
    event = Decided.model_validate(
        {"version": 1, "claim": "c1", "claim_hash": FIRST.claims["c1"].hash, **fields}
    )
    with pytest.raises(MoveError, match=reason):
        desk.does(RUTH, event)


def test_a_decision_on_words_that_have_changed_is_refused() -> None:
    desk = Desk()
    desk.submits(FIRST)
    desk.opens(RUTH)
    with pytest.raises(MoveError, match="words that this version does not have"):
        desk.does(RUTH, approve(1, "c1", digest("other words")))


def test_a_signature_over_another_content_is_refused() -> None:
    desk = Desk()
    desk.submits(FIRST)
    desk.opens(RUTH)
    desk.approves(RUTH)
    with pytest.raises(MoveError, match="another content"):
        desk.does(RUTH, Signed(version=1, content=digest("else"), statement="I reviewed this."))


def test_two_signatures_are_of_two_people() -> None:
    desk = Desk()
    desk.submits(FIRST, signatures=2)
    desk.opens(RUTH, RENE)
    desk.approves(RUTH)
    desk.signs(RUTH)
    assert states(desk) == {1: State.UNDER_REVIEW}
    with pytest.raises(MoveError, match="already"):
        desk.signs(RUTH)
    desk.signs(RENE)
    assert states(desk) == {1: State.APPROVED}


def test_a_later_rejection_ends_the_signatures_given_so_far() -> None:
    desk = Desk()
    desk.submits(FIRST, signatures=2)
    desk.opens(RUTH, RENE)
    desk.approves(RUTH)
    desk.signs(RUTH)
    hash = FIRST.claims["c2"].hash
    desk.does(
        RENE,
        Decided(
            version=1, claim="c2", claim_hash=hash, choice="reject", reason="unclear", comment="?"
        ),
    )
    assert desk.record.versions[1].signatures == ()


def test_an_edit_ends_the_approval_of_exactly_what_it_touched() -> None:
    desk = Desk()
    desk.approved(FIRST)
    desk.submits(content("one", "two, reworded", "three"), version=2)
    assert states(desk) == {1: State.APPROVED, 2: State.SUBMITTED}
    assert desk.record.unresolved(2) == ("c2",)
    kept = desk.record.decision(2, "c1")
    assert kept
    assert (kept.name, kept.entry) == ("Dr Ruth Reviewer", 5)
    desk.opens(RENE, version=2)
    desk.approves(RENE, "c2", version=2)
    desk.signs(RENE, version=2)
    assert states(desk) == {1: State.SUPERSEDED, 2: State.APPROVED}


def test_changes_requested_lead_to_a_new_version_that_supersedes_the_old() -> None:
    desk = Desk()
    desk.submits(FIRST)
    desk.opens(RUTH)
    desk.does(RUTH, ChangesRequested(version=1, comment="Say for whom."))
    assert desk.record.versions[1].asked == "Say for whom."
    desk.submits(content("one", "two"), version=2)
    assert states(desk) == {1: State.SUPERSEDED, 2: State.SUBMITTED}


def test_changed_evidence_reopens_what_rests_on_it_and_nothing_else() -> None:
    desk = Desk()
    desk.approved(FIRST)
    event = Reopened(
        version=1,
        trigger="source_superseded",
        detail="Edition 2 was superseded.",
        edition="edition-2",
        claims=("c2",),
    )
    desk.does(SYSTEM, event)
    standing = desk.record.versions[1]
    assert (standing.state, standing.signatures, standing.declarations) == (
        State.SUBMITTED,
        (),
        {},
    )
    assert [each.detail for each in standing.open_causes] == ["Edition 2 was superseded."]
    assert desk.record.unresolved(1) == ("c2",)
    assert desk.record.shown == standing
    desk.opens(RENE)
    desk.approves(RENE, "c2")
    desk.signs(RENE)
    again = desk.record.versions[1]
    assert (again.state, again.open_causes, len(again.causes)) == (State.APPROVED, (), 1)
    assert [each.name for each in desk.record.past_signatures(desk.entries, 1)] == [
        "Dr Ruth Reviewer",
        "Dr Rene Reviewer",
    ]


def test_a_withdrawn_claim_stands_in_the_way_until_a_version_without_it() -> None:
    desk = Desk()
    desk.approved(FIRST)
    desk.does(
        SYSTEM,
        Reopened(
            version=1,
            trigger="source_retracted",
            detail="Edition 3 was retracted.",
            edition="edition-3",
            claims=("c3",),
            withdrawn=("c3",),
        ),
    )
    assert desk.record.versions[1].withdrawn_claims == {"c3": "Edition 3 was retracted."}
    desk.opens(RENE)
    with pytest.raises(MoveError, match="was withdrawn"):
        desk.approves(RENE, "c3")
    with pytest.raises(MoveError, match=r"not approved yet \(c3\)"):
        desk.signs(RENE)
    desk.submits(content("one", "two"), version=2)
    assert desk.record.unresolved(2) == ()


def test_the_public_sees_the_approved_version_while_a_new_one_waits() -> None:
    desk = Desk()
    desk.approved(FIRST)
    desk.submits(content("one"), version=2)
    assert desk.record.shown == desk.record.versions[1]
    desk.does(ADAM, Withdrawn(version=1, reason="Unsafe."))
    assert desk.record.shown == desk.record.versions[2]
    desk.does(ADAM, Withdrawn(version=2, reason="Unsafe."))
    shown = desk.record.shown
    assert shown
    assert (shown.number, shown.state, shown.reason) == (2, State.WITHDRAWN, "Unsafe.")


def test_roles_decide_who_may_try() -> None:
    desk = Desk()
    for actor in (NOBODY, RUTH, ADAM):
        with pytest.raises(MoveError, match="roles do not allow"):
            desk.does(actor, Drafted(version=1))
    desk.submits(FIRST)
    for actor in (NOBODY, ANNA, ADAM):
        with pytest.raises(MoveError, match="roles do not allow"):
            desk.does(actor, Taken(version=1))
    with pytest.raises(MoveError, match="roles do not allow"):
        desk.does(ALAN, Withdrawn(version=1, reason="Not mine."))
    desk.does(ANNA, Withdrawn(version=1, reason="Mine."))
    assert states(desk) == {1: State.WITHDRAWN}
