"""Findings over the claims of an answer, where each claim by itself is right."""

import pytest
from pydantic import ValidationError

from probatum.checks.across import Finding, across, is_discordant
from probatum.checks.gate import claim_of, examine
from probatum.checks.view import View
from probatum.evidence.claim import Claim, Outcome
from probatum.evidence.record import Result
from probatum.library.library import Library
from tests.checks.invented import LIBRARY, draft


def _doubtful_library() -> Library:
    """The invented library with a second current value for the same question."""
    (pack,) = LIBRARY.packs
    final = LIBRARY.records["os-final"]
    assert isinstance(final, Result)
    arms = (final.arms[0].model_copy(update={"value": final.arms[1].value}), final.arms[1])
    twin = final.model_copy(update={"id": "os-twin", "arms": arms, "effect": None})
    return Library.of([pack.model_copy(update={"records": (*pack.records, twin)})])


def claim(view: View, id: str, text: str, record: str) -> Claim:
    item = draft(text).model_copy(update={"anchors": (view.library.anchor(record),)})
    return claim_of(examine(item, view), id, (1,), view)


def test_two_current_values_of_one_question_contradict_each_other() -> None:
    view = View(_doubtful_library())
    one = claim(view, "c1", "Overall survival was 11.7 months with examplimab.", "os-final")
    two = claim(view, "c2", "Overall survival was 8.5 months with examplimab.", "os-twin")
    assert [(f.name, f.claims) for f in across([one, two], view)] == [
        ("contradiction", ("c1", "c2"))
    ]


def test_two_values_that_are_said_to_differ_are_shown_side_by_side() -> None:
    view = View(_doubtful_library())
    one = claim(view, "c1", "Overall survival was 11.7 months with examplimab.", "os-final")
    two = claim(
        view, "c2", "Reports differ: overall survival was 8.5 months with examplimab.", "os-twin"
    )
    assert across([one, two], view) == ()


def test_the_same_result_told_twice_is_no_finding(view: View) -> None:
    one = claim(view, "c1", "Overall survival was 11.7 months with examplimab.", "os-final")
    two = claim(view, "c2", "Overall survival was 8.5 months with chemotherapy.", "os-final")
    assert across([one, two], view) == ()


def test_an_answer_without_claims_has_no_findings_but_unused_references(view: View) -> None:
    assert across([], view) == ()
    assert across([], view, [1]) == (
        Finding(
            name="citations",
            outcome=Outcome.FAIL,
            detail="reference 1 is cited by no claim",
            claims=(),
        ),
    )


def test_a_finding_is_always_a_failure() -> None:
    with pytest.raises(ValidationError):
        Finding(name="citations", outcome=Outcome.PASS, detail="fine", claims=())


@pytest.mark.parametrize(
    ("id", "expected"),
    [("pfs", True), ("os-final", False), ("os-negative", False), ("response", False)],
)
def test_only_medians_that_seem_to_disagree_with_a_clear_ratio_are_discordant(
    id: str, expected: bool, view: View
) -> None:
    record = LIBRARY.records[id]
    assert isinstance(record, Result)
    assert is_discordant(record, view) is expected


def test_a_number_that_leads_to_no_reference_and_a_work_without_one_are_findings(
    view: View,
) -> None:
    one = claim(view, "c1", "Overall survival was 11.7 months with examplimab.", "os-final")
    assert across([one], view, [1]) == ()
    assert [f.detail for f in across([one], view, [])] == ["no reference 1 is listed"]
    bare = one.model_copy(update={"citations": ()})
    assert [f.detail for f in across([bare], view, [])] == ["an anchored edition is not cited"]
    assert [f.detail for f in across([one], view, [1, 1])] == ["two references have one number"]
