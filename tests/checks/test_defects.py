"""Each defect seen in real answer pages, planted into drafts or an answer, is stopped."""

from typing import Any

import pytest

from probatum.checks.across import across
from probatum.checks.gate import GateError, claim_of, examine
from probatum.checks.related import on_topic
from probatum.checks.view import View
from probatum.evidence.claim import Claim, Role
from probatum.questions.need import Need
from tests.checks.invented import LIBRARY, NEED, draft


def failures(view: View, text: str, *records: str, **more: Any) -> set[str]:
    return {check.name for check in examine(draft(text, *records, **more), view).failures}


def claim(view: View, id: str, text: str, *records: str, role: Role = "statement") -> Claim:
    numbers = tuple(range(1, len({LIBRARY.records[r].edition for r in records}) + 1))
    return claim_of(examine(draft(text, *records, role=role), view), id, numbers, view)


def found(claims: list[Claim], view: View, references: list[int] | None = None) -> set[str]:
    return {finding.name for finding in across(claims, view, references)}


@pytest.mark.parametrize("role", ["statement", "correction"])
def test_d1_a_vulvar_guideline_never_supports_a_cervical_answer(asked: View, role: str) -> None:
    text = "Otherimab is recommended for recurrent or metastatic vulvar cancer."
    assert failures(asked, text, "rec-vulvar", role=role) == {"population"}


def test_d1_a_vulvar_guideline_never_supports_a_sentence_about_cervical_cancer(
    view: View,
) -> None:
    text = "Otherimab is recommended for recurrent or metastatic cervical cancer."
    assert "population" in failures(view, text, "rec-vulvar")


def test_d1_evidence_from_another_stage_is_refused_as_if_it_fitted(asked: View) -> None:
    text = "Weekly cisplatin 40 mg/m2 is recommended for locally advanced cervical cancer."
    assert failures(asked, text, "rec-local") == {"population"}


def test_d1_evidence_from_another_line_is_refused(view: View) -> None:
    need = Need(
        question="first line?",
        intent="treatment_options",
        conditions=("cervical-cancer",),
        line="first-line",
    )
    text = "Median overall survival was 11.7 months with examplimab."
    assert failures(View(view.library, need), text, "os-final") == {"population"}


@pytest.mark.parametrize(
    ("what", "text", "record"),
    [
        ("grade", "Adverse events of grade 2 or higher occurred in 47.0% with examplimab.", "ae-3"),
        ("arm", "Median overall survival was 8.5 months with examplimab.", "os-final"),
        ("unit", "Median overall survival was 11.7 years with examplimab.", "os-final"),
        ("time", "At 12 months, overall survival was 11.7 months with examplimab.", "os-final"),
        ("analysis", "At the interim analysis, examplimab gave 11.7 months.", "os-final"),
        ("endpoint", "Progression-free survival was 11.7 months with examplimab.", "os-final"),
        ("subgroup", "Overall survival was 10.9 months with examplimab.", "os-squamous"),
        ("role", "Odds ratio for overall survival with examplimab 0.67.", "os-final"),
    ],
)
def test_d2_a_number_with_the_wrong_company_is_refused(
    view: View, what: str, text: str, record: str
) -> None:
    assert "numbers" in failures(view, text, record)


def test_d3_a_citation_that_leads_nowhere_and_a_reference_nobody_cites_are_found(
    view: View,
) -> None:
    claims = [claim(view, "c1", "Testing is required before treatment.", "cps")]
    assert found(claims, view, [1]) == set()
    assert found(claims, view, []) == {"citations"}
    assert found(claims, view, [1, 2]) == {"citations"}


def test_d3_an_anchor_to_nothing_is_refused(view: View) -> None:
    good = draft("Testing is required before treatment.", "cps")
    for change in (
        {"edition": "nowhere-2020"},
        {"source": "nowhere"},
        {"record": "nothing"},
        {"record": None},
        {"record": "rec-second"},
        {"start": 1, "end": good.anchors[0].end + 1},
        {"quote": good.anchors[0].quote.swapcase()},
    ):
        broken = good.model_copy(update={"anchors": (good.anchors[0].model_copy(update=change),)})
        assert "anchors" in {check.name for check in examine(broken, view).failures}


def test_d4_an_old_edition_or_an_interim_analysis_is_refused_as_current(view: View) -> None:
    old = "Otherimab is recommended for recurrent or metastatic cervical cancer."
    assert failures(view, old, "rec-old") == {"currency"}
    interim = "Median overall survival was 12.0 months with examplimab."
    assert failures(view, interim, "os-interim") == {"currency"}
    assert failures(view, interim, "os-interim", role="history") == {"currency"}
    assert failures(view, f"Earlier analysis: {interim}", "os-interim", role="history") == set()


def test_d4_what_had_not_appeared_by_the_day_asked_for_is_refused(asked: View) -> None:
    text = "Median overall survival was 11.7 months with examplimab."
    then = View(asked.library, asked.need, asked.as_of.replace(year=2023) if asked.as_of else None)
    assert failures(asked, text, "os-final") == set()
    assert failures(then, text, "os-final") == {"currency"}
    interim = "Median overall survival was 12.0 months with examplimab."
    assert failures(then, interim, "os-interim") == set()
    assert "currency" in failures(then, f"Final analysis: {interim}", "os-interim")


@pytest.mark.parametrize(
    "text",
    [
        "No guideline recommends examplimab for cervical cancer.",
        "There is no evidence for examplimab in cervical cancer.",
        "NCCN is the only body that recommends examplimab for cervical cancer.",
        "There is no current guideline on examplimab for cervical cancer.",
        "Guidelines on examplimab for cervical cancer do not exist.",
    ],
)
def test_d5_a_claim_never_says_that_nothing_exists(view: View, text: str) -> None:
    assert "absence" in failures(view, text, "rec-second")


@pytest.mark.parametrize(
    "praise",
    [
        "Reviewed by our board",
        "Expert-verified",
        "This answer was reviewed",
        "Checked by a specialist",
        "Endorsed by the medical team",
        "Guaranteed accurate",
    ],
)
def test_d6_a_claim_never_says_that_it_was_reviewed(view: View, praise: str) -> None:
    text = f"{praise}: examplimab is recommended for recurrent or metastatic cervical cancer."
    assert "attestation" in failures(view, text, "rec-second")


def test_d7_a_false_premise_is_refused_like_any_other_sentence(asked: View) -> None:
    premise = "The FDA has approved examplimab for cervical cancer."
    correction = "The FDA has not approved examplimab for cervical cancer."
    assert failures(asked, premise, "fda-cervical") == {"direction"}
    assert failures(asked, correction, "fda-cervical", role="correction") == set()


def test_d8_medians_that_seem_to_contradict_the_ratio_need_their_explanation(view: View) -> None:
    bare = claim(
        view,
        "c1",
        "Progression-free survival was 2.8 months with examplimab and 2.9 months with "
        "chemotherapy (hazard ratio 0.75, 95% CI 0.63 to 0.89).",
        "pfs",
    )
    reason = claim(view, "c2", "The curves separate late, after most tumours had grown.", "pfs")
    assert found([bare], view) == {"discordance"}
    assert found([bare, reason], view) == set()


def test_d9_a_related_question_shares_a_condition_drug_or_biomarker() -> None:
    asked = {"cervical-cancer", "examplimab", "nccn", "dose"}
    vocabulary = LIBRARY.vocabulary
    assert on_topic(asked, {"cervical-cancer", "otherimab"}, vocabulary)
    assert on_topic(asked, {"examplimab", "asthma"}, vocabulary)
    assert on_topic(asked, {"gynaecological-cancer"}, vocabulary)
    assert not on_topic(asked, {"asthma", "nccn", "dose"}, vocabulary)
    assert not on_topic(asked, {"vulvar-cancer", "otherimab"}, vocabulary)
    assert not on_topic(asked, set(), vocabulary)


def test_d10_what_was_not_read_and_what_was_read_elsewhere_is_refused(view: View) -> None:
    unread = "The objective response rate with otherimab was 21%."
    assert failures(view, unread, "unread-response") == {"depth"}
    text = "In HER2-positive (IHC 3+) solid tumours, hertuzin deruxane gave a response in 37.1%"
    assert failures(view, f"{text}.", "her2-response") == {"depth"}
    assert failures(view, f"{text}, as cited by a review.", "her2-response") == set()
    boast = "The full text reports a median overall survival of 11.7 months with examplimab."
    assert failures(view, boast, "os-final") == {"depth"}


def test_one_study_from_two_editions_is_not_two_pieces_of_evidence(view: View) -> None:
    # By 2023 the later publication is unknown, so the interim may be told; the claims then meet.
    early = View(LIBRARY, NEED, view.as_of)
    final = claim(early, "c1", "Overall survival was 11.7 months with examplimab.", "os-final")
    interim = claim(
        early,
        "c2",
        "Earlier, overall survival was 12.0 months with examplimab.",
        "os-interim",
        role="history",
    )
    assert found([final, interim], early) == set()
    told_as_current = interim.model_copy(update={"role": "statement"})
    assert found([final, told_as_current], early) == {"double_counting"}


def test_a_subgroup_is_not_told_without_the_whole(view: View) -> None:
    subgroup = claim(
        view, "c1", "In squamous tumours, survival was 10.9 months with examplimab.", "os-squamous"
    )
    whole = claim(view, "c2", "Overall survival was 11.7 months with examplimab.", "os-final")
    assert found([subgroup], view) == {"lone_subgroup"}
    assert found([subgroup, whole], view) == set()


def test_nothing_passes_around_the_gate(asked: View) -> None:
    planted = draft("No guideline mentions examplimab, says our board.", "rec-second")
    with pytest.raises(GateError):
        claim_of(examine(planted, asked), "c1", (1,), asked)
