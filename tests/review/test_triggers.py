"""Evidence that changes reopens exactly the claims that rest on it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from probatum.evidence.source import Currency
from probatum.review.events import Reopened
from probatum.review.people import SYSTEM
from probatum.review.policy import load
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.review.triggers import Evidence, found
from tests.render import samples
from tests.review.people import BEGIN, Desk

ANSWER = samples.full()
WAS = {reference.edition: reference.currency for reference in ANSWER.references}
APPROVED = Standing(1, State.APPROVED, None, BEGIN.isoformat(), "anna", approved=BEGIN.isoformat())
NOW = datetime(2033, 3, 1, tzinfo=UTC)


def events(
    changed: dict[str, tuple[Currency, str | None]] | None = None,
    newer: dict[str, str] | None = None,
    standing: Standing = APPROVED,
    now: datetime = NOW,
) -> tuple[Reopened, ...]:
    """What is found when the library says this."""
    now_held = {
        edition: (Currency.CURRENT if currency is Currency.RETRACTED else currency, None)
        for edition, currency in WAS.items()
    }
    evidence = Evidence({**now_held, **(changed or {})}.__getitem__, (newer or {}).get)
    return found(1, ANSWER, standing, evidence, load(), now)


def test_nothing_is_found_while_nothing_has_changed() -> None:
    assert events() == ()


def test_a_retraction_counts_even_when_it_was_known_before() -> None:
    (retracted,) = [edition for edition, was in WAS.items() if was is Currency.RETRACTED]
    (event,) = events({retracted: (Currency.RETRACTED, None)})
    assert (event.edition, event.claims, event.withdrawn) == (retracted, ("c10",), ("c10",))


def test_a_superseded_source_touches_its_claims() -> None:
    (event,) = events({"beta-2032": (Currency.SUPERSEDED, "beta-2034")})
    resting = tuple(
        id
        for id, claim in ANSWER.claims.items()
        if any(anchor.edition == "beta-2032" for anchor in claim.anchors)
    )
    assert (event.trigger, event.edition, event.claims, event.withdrawn) == (
        "source_superseded",
        "beta-2032",
        resting,
        (),
    )
    assert event.detail.endswith("(beta-2032) was superseded (by beta-2034).")


def test_a_retracted_source_withdraws_what_rests_on_nothing_else() -> None:
    (event,) = events({"examplimab-label-2032": (Currency.RETRACTED, None)})
    assert event.trigger == "source_retracted"
    alone = {
        id
        for id, claim in ANSWER.claims.items()
        if {anchor.edition for anchor in claim.anchors} == {"examplimab-label-2032"}
    }
    assert set(event.withdrawn) == alone
    assert "c8" in alone


def test_a_claim_that_two_retracted_sources_support_is_withdrawn() -> None:
    gone = (Currency.RETRACTED, None)
    found_events = events(dict.fromkeys(WAS, gone))
    assert {c for event in found_events for c in event.withdrawn} == set(ANSWER.claims)


def test_a_newer_analysis_touches_current_claims_and_not_history() -> None:
    touched = events(newer={"star1-os-final": "star1-os-2036", "star1-os-interim": "x"})
    first = next(each for each in touched if each.edition != "x")
    assert (first.trigger, first.edition) == ("newer_analysis", "star1-os-final")
    history = {id for id, claim in ANSWER.claims.items() if claim.role == "history"}
    assert not history & {claim for each in touched for claim in each.claims}


def test_an_old_approval_touches_everything() -> None:
    (event,) = events(now=datetime(2033, 9, 1, tzinfo=UTC))
    assert (event.trigger, event.claims) == ("age_limit", tuple(ANSWER.claims))
    assert event.detail == "The approval is older than 183 days."


def test_what_is_on_record_is_not_found_again() -> None:
    from tests.review.people import content

    desk = Desk()
    desk.approved(content(*(claim for claim in ANSWER.claims)))
    (event,) = events({"sun3-2028": (Currency.CORRECTED, None)})
    desk.does(SYSTEM, event)
    standing = desk.record.versions[1]
    assert standing.state is State.SUBMITTED
    assert events({"sun3-2028": (Currency.CORRECTED, None)}, standing=standing) == ()
    both = events(
        {"sun3-2028": (Currency.CORRECTED, None), "beta-2032": (Currency.RETRACTED, None)},
        standing=standing,
    )
    assert [each.edition for each in both] == ["beta-2032"]


@given(st.permutations(sorted(WAS)), st.data())
def test_whatever_the_order_of_retractions_exactly_what_has_no_support_left_is_withdrawn(
    order: list[str], data: st.DataObject
) -> None:
    """One after the other or several between two looks: the record withdraws the same claims."""
    from probatum.review.content import content_of

    desk = Desk()
    desk.approved(content_of(ANSWER))
    gone: set[str] = set()
    left = list(order[: data.draw(st.integers(0, len(order)))])
    while left:
        step = data.draw(st.integers(1, len(left)))
        gone |= set(left[:step])
        left = left[step:]
        state = dict.fromkeys(gone, (Currency.RETRACTED, None))
        for event in events(state, standing=desk.record.versions[1]):
            desk.does(SYSTEM, event)
        alone = {
            id
            for id, claim in ANSWER.claims.items()
            if {anchor.edition for anchor in claim.anchors} <= gone
        }
        standing = desk.record.versions[1]
        assert set(standing.withdrawn_claims) == alone
        assert alone <= set(desk.record.unresolved(1))
        touched = {id for id, c in ANSWER.claims.items() if {a.edition for a in c.anchors} & gone}
        assert touched <= set(desk.record.unresolved(1))
        assert (standing.state is State.SUBMITTED) == bool(touched)
        assert events(state, standing=standing) == ()
