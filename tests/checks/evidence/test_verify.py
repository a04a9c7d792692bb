"""A claim against a text: what is true stays supported, what is changed by one thing does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.checks.evidence.entailment import Label
from probatum.checks.evidence.source import HeldSource
from probatum.checks.evidence.verify import NAMES, examine, verify
from probatum.evidence.source import Currency
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs

TEXT = (
    "In a phase III trial of 412 women with recurrent cervical cancer, second-line examplimab was "
    "compared with topotecan. Median overall survival (OS) was 14.2 months with examplimab and 9.1 "
    "months with topotecan (hazard ratio [HR], 0.64; 95% CI, 0.51-0.80). Adverse events of grade 3 "
    "or higher occurred in 31% and 47% of patients, respectively. Progression-free survival was "
    "not improved. Examplimab may reduce pain. Treatment was given every 3 weeks for 2 years in "
    "2019."
)


def label(claim: str, text: str = TEXT) -> str:
    return verify(claim, text).verdict


@pytest.mark.parametrize(
    "claim",
    [
        "Median overall survival was 14.2 months with examplimab and 9.1 months with topotecan.",
        "Median OS was 9.1 months with topotecan and 14.2 months with examplimab.",
        "Median OS was 14.2 months with examplimab (HR, .64).",
        "Progression-free survival was not improved.",
        "PFS was not improved.",
        "Treatment was given every 21 days for 24 months.",
        "Grade 3 or higher adverse events occurred in 31% and 47% of patients, respectively.",
        "Examplimab may reduce pain.",
    ],
)
def test_a_true_claim_is_supported_however_it_is_turned(claim: str) -> None:
    assert label(claim) == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "Median overall survival was 14.3 months with examplimab and 9.1 months with topotecan.",
        "Median overall survival was 9.1 months with examplimab and 14.2 months with topotecan.",
        "Median OS was 14.2 months with topotecan and 9.1 months with examplimab.",
        "Median overall survival was 14.2 weeks with examplimab and 9.1 weeks with topotecan.",
        "Median OS was 14.2 months with examplimab (HR, 0.51).",
        "Adverse events of grade 4 or higher occurred in 31% and 47% of patients, respectively.",
        "Adverse events of grade 3 or higher occurred in 47% and 31% of patients, respectively.",
        "Progression-free survival was improved.",
        "Progression-free survival was not worsened.",
        "In a phase III trial of 412 women with recurrent cervical cancer, second-line examplimab "
        "was compared with irinotecan.",
        "In a phase III trial of 412 women with recurrent ovarian cancer, second-line examplimab "
        "was compared with topotecan.",
        "In a phase III trial of 412 women with recurrent cervical cancer, first-line examplimab "
        "was compared with topotecan.",
        "In a phase II trial of 412 women with recurrent cervical cancer, second-line examplimab "
        "was compared with topotecan.",
        "In a phase III trial of 412 men with recurrent cervical cancer, second-line examplimab "
        "was compared with topotecan.",
        "Treatment was given every 3 weeks for 2 years in 2017.",
        "Treatment was given every 3 days for 2 years.",
        "Examplimab reduces pain.",
        "Examplimab may increase pain.",
    ],
)
def test_a_claim_with_one_thing_changed_is_never_supported(claim: str) -> None:
    assert label(claim) != "supported"


SWELLING = (
    "After 6 weeks, 221 patients (44 percent) in the zentrol group and 42 patients (16 percent) in "
    "the placebo group had no swelling. Overall, adverse events of grade 3 or higher were more "
    "frequent with zentrol (*P* = .08). The best dose remains to be established."
)


@pytest.mark.parametrize(
    "claim",
    [
        "There was no swelling in 16% on placebo and 44% on zentrol.",
        "Adverse events of grade 3 or higher were more frequent with zentrol (P = .08).",
        "The best dose has not been established.",
    ],
)
def test_values_behind_a_count_emphasis_and_what_is_not_yet_done_are_read(claim: str) -> None:
    assert label(claim, SWELLING) == "supported"


@pytest.mark.parametrize(
    "claim",
    [
        "There was no swelling in 16% on zentrol and 44% on placebo.",
        "Adverse events of grade 3 or higher were more frequent with zentrol (P = .05).",
        "The best dose has been established.",
        "The best dose of zentrol has been established.",
    ],
)
def test_the_same_with_one_thing_changed_is_contradicted(claim: str) -> None:
    assert label(claim, SWELLING) == "contradicted"


OF_TWO = "Partial responses were seen in 6% of patients, and stable disease was reached in 75%."
IN_TURN = "Median PFS was 10 months and 8 months with zentrol and placebo, respectively."


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        ("Partial responses were seen in 6% of patients.", OF_TWO, "supported"),
        ("Stable disease was reached in 75%.", OF_TWO, "supported"),
        ("Partial responses were seen in 75% of patients.", OF_TWO, "contradicted"),
        # A word behind the figure passed over says whose the later one is.
        ("Median PFS was 8 months with placebo.", IN_TURN, "supported"),
    ],
)
def test_a_figure_that_belongs_to_what_follows_is_not_what_the_text_says_here(
    claim: str, text: str, expected: str
) -> None:
    assert label(claim, text) == expected


def test_a_changed_figure_is_a_contradiction_with_its_reason() -> None:
    verdict = verify("Adverse events of grade 4 or higher occurred in 31% of patients.", TEXT)
    failed = [(c.name, c.detail) for c in verdict.checks if c.outcome == "fail"]
    assert (verdict.verdict, failed) == (
        "contradicted",
        [("numbers", 'the claim says "4" where the text says "3"')],
    )


def test_names_filed_under_one_term_are_not_one_thing() -> None:
    text = "Dopamine raised the blood pressure in 12 of 20 patients."
    assert label("Dopamine raised the blood pressure in 12 of 20 patients.", text) == "supported"
    assert label("Dobutamine raised the blood pressure in 12 of 20 patients.", text) != "supported"


def test_a_second_name_of_a_drug_is_the_drug() -> None:
    text = "Acetaminophen lowered fever in 61% of children."
    assert label("Paracetamol lowered fever in 61% of children.", text) == "supported"


def test_a_fraction_and_its_percentage_are_one_number() -> None:
    text = "Half of the patients responded, and one quarter had a complete response."
    assert label("50% of the patients responded.", text) == "supported"
    assert label("60% of the patients responded.", text) != "supported"


def test_an_unrelated_text_is_not_enough_information_without_an_anchor() -> None:
    verdict = verify("Aspirin prevents stroke.", "The moon was bright.")
    assert (verdict.verdict, verdict.partly, verdict.anchor) == (
        "not_enough_information",
        False,
        None,
    )


def test_every_check_of_the_contract_is_reported_once() -> None:
    assert tuple(check.name for check in verify("A claim.", TEXT).checks) == NAMES


def test_a_long_text_is_searched_for_the_right_sentence() -> None:
    filler = "Nothing of interest was seen in another part of the study. " * 400
    verdict = verify("Median OS was 14.2 months with examplimab.", filler + TEXT + filler)
    assert verdict.verdict == "supported"
    assert verdict.anchor is not None
    assert "14.2 months with examplimab" in verdict.anchor.quote


HELD = HeldSource("invented-2020", TEXT, "Examplimab trial 2020", Currency.CURRENT)


def currency(state: Currency, claim: str) -> tuple[str, str]:
    source = HeldSource("invented-2020", TEXT, "Examplimab trial 2020", state, "invented-2024")
    verdict = verify(claim, TEXT, source=source)
    return verdict.verdict, next(c.detail for c in verdict.checks if c.name == "currency")


def test_what_an_edition_says_counts_only_while_it_is_current() -> None:
    claim = "Median OS was 14.2 months with examplimab."
    assert currency(Currency.CURRENT, claim) == ("supported", "nothing differs from the text")
    assert currency(Currency.SUPERSEDED, claim) == (
        "not_enough_information",
        "invented-2020 was replaced by invented-2024",
    )
    assert currency(Currency.RETRACTED, claim) == (
        "not_enough_information",
        "invented-2020 was retracted",
    )


def test_a_replaced_edition_may_be_quoted_as_the_earlier_one() -> None:
    claim = "In the earlier edition, median OS was 14.2 months with examplimab."
    assert currency(Currency.SUPERSEDED, claim)[0] != "contradicted"


def test_an_anchor_never_points_into_what_is_said_of_the_work_itself() -> None:
    verdict = verify("Median OS was 14.2 months with examplimab.", TEXT, source=HELD)
    assert verdict.anchor is not None
    assert TEXT[verdict.anchor.start : verdict.anchor.end] == verdict.anchor.quote


class Says:
    """A judge of one opinion."""

    def __init__(self, label: Label) -> None:
        self.label = label

    def judge(self, claim: str, evidence: str) -> tuple[Label, float]:
        return self.label, 0.9


def judged(claim: str, opinion: Label) -> str:
    return verify(claim, TEXT, entailment=Says(opinion)).verdict


def test_no_judge_of_meaning_can_save_a_changed_figure_in_the_texts_own_words() -> None:
    claim = "Median overall survival was 15.2 months with examplimab and 9.1 months with topotecan."
    assert judged(claim, "supported") == "contradicted"


def test_the_judge_decides_what_is_hardly_in_the_texts_own_words() -> None:
    claim = "Women lived a good deal longer on the antibody."
    assert [judged(claim, "supported"), judged(claim, "contradicted")] == [
        "supported",
        "contradicted",
    ]


def test_the_texts_own_words_stay_supported_when_the_judge_is_unsure() -> None:
    claim = "Median overall survival was 14.2 months with examplimab and 9.1 months with topotecan."
    assert judged(claim, "not_enough_information") == "supported"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=600))
def test_no_text_breaks_it_and_every_anchor_holds_its_quote(claim: str, text: str) -> None:
    verdict = verify(claim, text)
    assert 0 <= verdict.confidence <= 1
    if verdict.anchor is not None:
        assert text[verdict.anchor.start : verdict.anchor.end] == verdict.anchor.quote


WORDS = st.lists(st.sampled_from(TEXT.replace(".", " .").split()), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS)
def test_no_order_of_clinical_words_breaks_it(claim: str, text: str) -> None:
    assert verify(claim, text).document("x")["id"] == "x"


def test_a_claim_longer_than_a_claim_is_not_supported() -> None:
    assert verify("Progression-free survival was not improved. " * 200, TEXT).verdict != "supported"


def _faults(claim: str, text: str) -> list[tuple[str, str, bool]]:
    return [(f.check, f.weight, f.by_place) for f in examine(claim, text).findings]


def test_a_year_is_no_rival_of_a_share() -> None:
    text = "In a survey of centres 32% asked patients to stop methadone."
    claim = "32% of centres asked patients to stop methadone in 2001."
    assert _faults(claim, text) == [("numbers", "foreign", False)]


def test_superior_is_no_place_of_the_body_where_the_text_has_no_other() -> None:
    text = "Zentrol eased pain more than placebo (P<0.001)."
    assert _faults("Zentrol is superior to placebo in pain", text) == []


@pytest.mark.parametrize(
    ("claim", "by_place"),
    [
        ("A phase III trial included women who received zentrol.", False),
        ("A phase II trial included women who received examplimab.", True),
    ],
)
def test_only_names_known_to_be_of_one_kind_are_firm_ground(claim: str, by_place: bool) -> None:
    text = "A phase II trial included women who received zentrol."
    assert _faults(claim, text) == [("terms", "foreign", by_place)]


@pytest.mark.parametrize("name", ["innovaTV 1 (interim analysis)", "innovaTV 302"])
def test_another_number_in_the_name_of_a_trial_is_named_as_such(name: str) -> None:
    claim = f"In {name}, ocular toxicity occurred in 52.8% with tisotumab vedotin."
    text = "innovaTV 301: ocular toxicity (interim analysis). Group 1: tisotumab vedotin 52.8%."
    vocabulary = Library.of([load_pack(folder) for folder in shipped_packs()]).vocabulary
    found = examine(claim, text, vocabulary=vocabulary).findings
    assert any(each.numbered for each in found)
    says = Says("supported")
    assert verify(claim, text, vocabulary=vocabulary, entailment=says).verdict != "supported"
