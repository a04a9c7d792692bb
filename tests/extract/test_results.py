"""Comparative results read from prose; every text is made up for its test."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.extract.result import Arm, Effect, ExtractedResult
from probatum.extract.results import find_results


def only(text: str) -> ExtractedResult:
    found = find_results(text)
    assert len(found) == 1, found
    return found[0]


def ratio(
    type: str, value: str, low: str, high: str, p: str | None = None, level: str = "95"
) -> Effect:
    return Effect(
        type,  # type: ignore[arg-type]
        Decimal(value),
        Decimal(level),
        Decimal(low),
        Decimal(high),
        p,
    )


def test_medians_of_two_arms_and_their_hazard_ratio_are_one_result() -> None:
    text = (
        "The median OS was 21.3 months in the zaltinib group and 15.8 months in the placebo group"
        " (HR, 0.72; 95% CI, 0.58–0.89; *P* = .002)."
    )
    assert only(text) == ExtractedResult(
        endpoint="overall survival",
        start=text.index("OS"),
        end=text.index(")."),
        effect=ratio("HR", "0.72", "0.58", "0.89", "=.002"),
        arms=(
            Arm("zaltinib", Decimal("21.3"), "months"),
            Arm("placebo", Decimal("15.8"), "months"),
        ),
        direction="favours_intervention",
        intervention="zaltinib",
        comparator="placebo",
    )


def test_the_treatment_comes_first_though_the_text_gives_the_control_first() -> None:
    found = only(
        "The 3-year PFS rate was 41% in the placebo group and 55% in the zaltinib group"
        " (hazard ratio, 0.66; 95% CI 0.51 to 0.85)."
    )
    assert [(arm.name, arm.value) for arm in found.arms] == [
        ("zaltinib", Decimal(55)),
        ("placebo", Decimal(41)),
    ]
    assert (found.timepoint, found.direction) == ("3-year", "favours_intervention")


def test_a_median_not_reached_is_an_arm_without_a_value() -> None:
    found = only(
        "The median OS was not reached in the zaltinib arm and was 30.2 months in the control arm"
        " (HR, 0.6; 95% CI, 0.4-0.9)."
    )
    assert found.arms == (
        Arm("zaltinib", None, "months", state="not_reached"),
        Arm("control", Decimal("30.2"), "months"),
    )


def test_two_ratios_of_one_sentence_go_to_their_own_end_points() -> None:
    found = find_results(
        "Screening reduced colorectal cancer mortality (RR, 0.81; 95% CI, 0.70-0.94) but not"
        " all-cause mortality (RR, 1.00; 95% CI, 0.97-1.03)."
    )
    assert [(each.endpoint, each.effect) for each in found] == [
        ("colorectal cancer mortality", ratio("RR", "0.81", "0.70", "0.94")),
        ("all-cause mortality", ratio("RR", "1.00", "0.97", "1.03")),
    ]


def test_a_ratio_in_the_next_sentence_belongs_to_the_rates_before_it() -> None:
    found = only(
        "The 5-year EFS rates were 70% for patients who received drug A plus drug B and 64% for"
        " patients who received drug A. The HR was 0.80 (95% CI, 0.62–1.04; P = .10)."
    )
    assert found.effect == ratio("HR", "0.80", "0.62", "1.04", "=.10")
    assert [(arm.name, arm.value) for arm in found.arms] == [
        ("drug A plus drug B", Decimal(70)),
        ("drug A", Decimal(64)),
    ]
    assert found.direction == "no_difference"


def test_respectively_shares_ratios_out_to_the_groups_of_studies() -> None:
    found = find_results(
        "The relative risk of lung cancer was 1.4 in all studies. Pooled estimates for the cohort"
        " studies and the trials were 0.91 (95% CI, 0.80-1.03) and 0.85 (95% CI, 0.74-0.98),"
        " respectively."
    )
    assert [(each.endpoint, each.effect.type, each.effect.value) for each in found] == [
        ("lung cancer incidence", "RR", Decimal("1.4")),
        ("lung cancer incidence", "RR", Decimal("0.91")),
        ("lung cancer incidence", "RR", Decimal("0.85")),
    ]


def test_an_exposure_and_an_outcome_are_an_association_without_a_direction() -> None:
    found = only(
        "In a case-control study, smoking was associated with an increased risk of gastric cancer"
        " (odds ratio [OR], 1.62; 95% confidence interval [CI], 1.20–2.19)."
    )
    assert (found.endpoint, found.kind, found.direction) == (
        "gastric cancer incidence",
        "association",
        "unclear",
    )


def test_the_hazard_of_death_in_cancer_is_overall_survival() -> None:
    found = only("In this lymphoma trial, the hazard ratio for death was 0.70 (95% CI, 0.52-0.95).")
    assert found.endpoint == "overall survival"


def test_rates_by_group_without_an_estimate_keep_their_p_value() -> None:
    found = only("The 1-year survival rate was 44% with zaltinib vs. 31% with placebo (P<.001).")
    assert found.effect == Effect("rate", p="<.001")
    assert [(arm.name, arm.value, arm.unit) for arm in found.arms] == [
        ("zaltinib", Decimal(44), "%"),
        ("placebo", Decimal(31), "%"),
    ]


def test_medians_by_group_without_an_estimate_are_medians_compared() -> None:
    found = only(
        "Median PFS was 8.1 months in the zaltinib arm versus 5.9 months in the placebo arm"
        " (P = .04)."
    )
    assert found.effect == Effect("other", p="=.04", label="medians compared")


def test_a_noninferior_treatment_makes_no_difference() -> None:
    found = only("Zaltinib was noninferior to comparinib for PFS (HR, 0.97; 90.2% CI, 0.85-1.11).")
    assert found.direction == "no_difference"
    assert found.effect == ratio("HR", "0.97", "0.85", "1.11", level="90.2")


def test_a_percent_reduction_counts_only_where_no_ratio_says_it() -> None:
    beside = find_results(
        "There was a 20% reduction in breast cancer mortality in the screened group"
        " (RR, 0.80; 95% CI, 0.70-0.92)."
    )
    assert [each.effect.type for each in beside] == ["RR"]
    alone = only("Treatment was associated with a 39% reduction in gastric cancer incidence.")
    assert alone.effect == Effect("other", Decimal(39), label="percent reduction")


def test_an_absolute_increase_is_a_difference_with_its_two_rates() -> None:
    found = only(
        "Chemotherapy compared with surgery alone gave a 6% absolute increase in survival at"
        " 3 years (56% vs. 50%)."
    )
    assert (found.effect.type, found.effect.value) == ("RD", Decimal(6))
    assert [arm.value for arm in found.arms] == [Decimal(56), Decimal(50)]


def test_counts_stand_with_their_share() -> None:
    found = only(
        "A complete response was seen in 24% (12 of 50) of patients in the zaltinib arm compared"
        " with 10% (5/50) of patients in the control arm."
    )
    assert [(arm.value, arm.events, arm.n) for arm in found.arms] == [
        (Decimal(24), 12, 50),
        (Decimal(10), 5, 50),
    ]
    assert found.flags == ()


def test_a_p_value_of_an_interaction_is_not_the_result_s() -> None:
    found = only("PFS was longer with zaltinib (HR, 0.7; 95% CI, 0.5-0.9; P for interaction = .4).")
    assert found.effect.p is None


def test_a_journal_s_raised_points_and_thin_spaces_are_read() -> None:
    found = only("Overall survival improved with zaltinib (HR 0·71, 95% CI 0·55–0·92; p=0·009).")
    assert found.effect == ratio("HR", "0.71", "0.55", "0.92", "=.009")


def test_numbers_that_are_no_results_give_none() -> None:
    for text in (
        "The sensitivity was 98% and the specificity 25% in a series of 228 patients.",
        "Approximately 29% to 47% of patients present with the syndrome before age 5 years.",
        "Patients received 60 mg/m2 on days 1 through 4 and 12 mg thereafter.",
        "Survival rates at 2 and 5 years were 70% and 46%, respectively.",
        "The noninferiority margin for the hazard ratio was set by the committee.",
        "In one study, 12 of 12 tumors were positive (median age, 56 years).",
    ):
        assert find_results(text) == [], text


def test_an_estimate_outside_its_interval_is_kept_and_flagged() -> None:
    found = only("Overall survival was better with zaltinib (HR, 2.5; 95% CI, 1.49–2.21).")
    assert found.effect == ratio("HR", "2.5", "1.49", "2.21")
    assert found.flags == ("estimate_outside_interval",)


def test_an_interval_that_disagrees_with_its_p_value_is_flagged() -> None:
    found = only("PFS improved with zaltinib (HR, 0.8; 95% CI, 0.6–1.2; P = .01).")
    assert found.flags == ("interval_against_p",)


def test_a_percentage_that_is_not_its_count_is_flagged() -> None:
    found = only(
        "The response rate was 40% (12 of 50) in the zaltinib arm versus 10% (5 of 50) in the"
        " control arm."
    )
    assert found.flags == ("percent_against_count",)
    assert found.arms[0].value == Decimal(40)


PIECES = st.sampled_from(
    [
        "HR", "OR", "hazard ratio", "RR", "(", ")", "[", "]", ",", ";", ".", "95% CI", "0.5", "1.2",
        "0.3–0.8", "P = .04", "vs.", "versus", "and", "in the placebo arm", "in the X group", "OS",
        "patients who received", "risk of lung cancer", "median", "12 months", "5-year", "40%",
        "(12 of 50)", "respectively", "compared with", "from", "to", "not reached", "±", "·", "*",
        "both arms", "improved", "n = 7", "difference", "3 points", "absolute increase", "\n", "–",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join)))
def test_any_text_is_read_and_every_value_stands_in_its_result_s_words(text: str) -> None:
    for found in find_results(text):
        assert 0 <= found.start < found.end <= len(text)
        words = text[found.start : found.end].replace("·", ".")
        for value in (found.effect.value, *(arm.value for arm in found.arms)):
            if value is not None:
                assert str(abs(value)) in words.replace(",", "") or value == int(value), words


def test_where_figures_leave_it_open_the_words_tell_who_is_favoured() -> None:
    found = only("Mortality fell significantly with zaltinib compared with placebo (4% v 9%).")
    assert (found.intervention, found.comparator, found.direction) == (
        "zaltinib",
        "placebo",
        "favours_intervention",
    )


def test_words_that_deny_a_difference_leave_nobody_favoured() -> None:
    text = "Mortality was lower with zaltinib than with placebo (4% v 9%), but not significantly."
    assert only(text).direction == "no_difference"


def test_the_group_before_a_bracket_has_the_value_that_comes_first_in_it() -> None:
    found = only(
        "Patients were assigned to drug A or placebo. "
        "There was an increase in grade 3 events with placebo (10% vs. 2%)."
    )
    assert {arm.name: arm.value for arm in found.arms} == {
        "drug A": Decimal(2),
        "placebo": Decimal(10),
    }
