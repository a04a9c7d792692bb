"""An edit leaves a whole answer: what is shown is cited and what is cited is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.answers.limits import read_second_hand
from probatum.evidence.source import Depth
from probatum.review.editing import (
    EditError,
    claim_moved,
    first_moved,
    reworded,
    section_moved,
    used,
    without_claims,
    without_section,
)
from tests.render import samples

ANSWER = samples.full()


@given(st.sets(st.sampled_from(sorted(ANSWER.claims))))
def test_whatever_is_taken_out_the_rest_holds_together(gone: set[str]) -> None:
    left = without_claims(ANSWER, gone, empty=True)
    assert used(left) == set(left.claims)
    assert not gone & set(left.claims)
    cited = {number for claim in left.claims.values() for number in claim.citations}
    assert {reference.number for reference in left.references} == cited


def test_a_claim_goes_with_its_row_its_stance_and_its_step() -> None:
    left = without_claims(ANSWER, {"c2", "c7"})
    regimens = next(each for each in left.sections if each.id == "regimens")
    assert regimens.table
    assert [row[0].text for row in regimens.table.rows] == ["Examplimab"]
    assert [each.body for each in left.guidelines] == ["Gamma College", "Delta Network"]
    assert left.algorithm
    assert [each.id for each in left.algorithm.steps] == ["start", "after", "hold"]
    assert left.algorithm.steps[0].next == ("after",)
    assert left.bottom_line == ("c1",)


def test_an_article_keeps_a_claim() -> None:
    with pytest.raises(EditError, match="at least one claim"):
        without_claims(ANSWER, set(ANSWER.claims))


def test_order_changes_and_nothing_else() -> None:
    assert first_moved(ANSWER, "c2", -1).bottom_line == ("c2", "c1")
    assert first_moved(ANSWER, "c1", -1).bottom_line == ("c1", "c2")
    moved = claim_moved(ANSWER, "evidence", "c4", 1)
    assert next(s for s in moved.sections if s.id == "evidence").claims == ("c3", "c4", "c11")
    order = [each.id for each in section_moved(ANSWER, "regimens", -1).sections]
    assert order[:2] == ["regimens", "guidelines"]
    assert moved.claims == ANSWER.claims


def test_a_section_goes_and_claims_shown_elsewhere_stay() -> None:
    left = without_section(ANSWER, "evidence")
    assert "evidence" not in {each.id for each in left.sections}
    assert set(ANSWER.claims) - set(left.claims) == {"c4", "c5"}


def test_what_is_not_there_cannot_be_edited() -> None:
    other = ANSWER.claims["c1"].model_copy(update={"id": "c99"})
    for edit in (
        lambda: reworded(ANSWER, other),
        lambda: claim_moved(ANSWER, "evidence", "c99", 1),
        lambda: section_moved(ANSWER, "nowhere", 1),
        lambda: without_section(ANSWER, "nowhere"),
    ):
        with pytest.raises(EditError):
            edit()


def test_what_the_limits_count_is_counted_anew_when_claims_go() -> None:
    claims = {
        id: each.model_copy(update={"depth": Depth.SECONDARY}) if id in ("c1", "c4") else each
        for id, each in ANSWER.claims.items()
    }
    rest = "The rest is not searched."
    limits = (*read_second_hand(claims.values()), rest)
    answer = ANSWER.model_copy(update={"claims": claims, "limits": limits})
    assert [each.split(" of their")[0] for each in without_claims(answer, {"c2"}).limits] == [
        "2 of 11 statements rest on a secondary reading",
        rest,
    ]
    assert without_claims(answer, {"c1", "c4"}).limits == (rest,)
