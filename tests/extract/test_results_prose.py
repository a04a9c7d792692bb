"""Common sentences of trial reports, each with the whole result expected; every text is made up."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.extract.prose.printed import canonical_p
from probatum.extract.result import Arm, Effect, ExtractedResult
from probatum.extract.results import find_results


def effect(kind: str, value: str, low: str, high: str, p: str | None, level: str) -> Effect:
    found = Effect("HR", Decimal(value), Decimal(level), Decimal(low), Decimal(high), p)
    return replace(found, type=kind)


def values(*arms: tuple[str | None, str, str]) -> tuple[Arm, ...]:
    return tuple(Arm(name, Decimal(value), unit) for name, value, unit in arms)


def at(text: str, first: str, last: str) -> dict[str, int]:
    return {"start": text.index(first), "end": text.index(last) + len(last)}


def test_the_hazard_of_death_is_of_the_survival_named_before_it() -> None:
    text = (
        "Median overall survival was 17.0 months with zaltinib plus folvirine and 13.3 months with"
        " folvirine alone (hazard ratio for death, 0.71; 98% CI, 0.54 to 0.95; P=0.004)."
    )
    assert find_results(text) == [
        ExtractedResult(
            "overall survival",
            **at(text, "overall", "P=0.004"),
            effect=effect("HR", "0.71", "0.54", "0.95", "=.004", "98"),
            arms=values(
                ("zaltinib plus folvirine", "17.0", "months"), ("folvirine alone", "13.3", "months")
            ),
            direction="favours_intervention",
            intervention="zaltinib plus folvirine",
            comparator="folvirine alone",
        )
    ]


def test_noninferiority_is_no_difference_though_the_interval_leaves_out_one() -> None:
    text = (
        "Zaltinib was noninferior to folvirine for the prevention of stroke (1.27% vs. 1.60%;"
        " hazard ratio, 0.79; 95% CI, 0.66 to 0.95; P<0.001 for noninferiority)."
    )
    assert find_results(text) == [
        ExtractedResult(
            "stroke",
            **at(text, "stroke", "P<0.001"),
            effect=effect("HR", "0.79", "0.66", "0.95", "<.001", "95"),
            arms=values(("Zaltinib", "1.27", "%"), ("folvirine", "1.60", "%")),
            direction="no_difference",
            intervention="Zaltinib",
            comparator="folvirine",
        )
    ]


def test_three_values_are_shared_out_in_the_order_of_the_names() -> None:
    text = (
        "Response rates were 45%, 32%, and 20% with high-dose zaltinib, low-dose zaltinib, and"
        " placebo, respectively (P = .01)."
    )
    assert find_results(text) == [
        ExtractedResult(
            "response rate",
            **at(text, "Response", "P = .01"),
            effect=Effect("rate", p="=.01"),
            arms=values(
                ("high-dose zaltinib", "45", "%"),
                ("low-dose zaltinib", "32", "%"),
                ("placebo", "20", "%"),
            ),
            intervention="high-dose zaltinib",
            comparator="placebo",
            direction="unclear",
        )
    ]


def test_a_median_not_reached_is_a_group_s_value_all_the_same() -> None:
    text = (
        "Median progression-free survival was not reached in the zaltinib group and was 18.9 months"
        " (14.1–not evaluable) in the folvirine group (HR, 0.16; 95% CI, 0.09 to 0.28; p < 0.001)."
    )
    assert find_results(text) == [
        ExtractedResult(
            "progression-free survival",
            **at(text, "progression", "p < 0.001"),
            effect=effect("HR", "0.16", "0.09", "0.28", "<.001", "95"),
            arms=(
                Arm("zaltinib", None, "months", state="not_reached"),
                Arm("folvirine", Decimal("18.9"), "months"),
            ),
            direction="favours_intervention",
            intervention="zaltinib",
            comparator="folvirine",
        )
    ]


def test_counts_stand_with_their_shares() -> None:
    text = (
        "Death from cardiovascular causes occurred in 133 patients (6.4%) in the zaltinib group and"
        " in 152 patients (7.3%) in the placebo group (hazard ratio, 0.88; 95% CI, 0.70 to 1.10)."
    )
    assert find_results(text) == [
        ExtractedResult(
            "cardiovascular mortality",
            **at(text, "Death", "1.10"),
            effect=effect("HR", "0.88", "0.70", "1.10", None, "95"),
            arms=(
                Arm("zaltinib", Decimal("6.4"), "%", events=133),
                Arm("placebo", Decimal("7.3"), "%", events=152),
            ),
            direction="no_difference",
            intervention="zaltinib",
            comparator="placebo",
        )
    ]


def test_what_came_out_is_never_taken_for_a_group() -> None:
    text = (
        "Compared with placebo, zaltinib reduced the risk of new vertebral fracture by 68%"
        " (RR, 0.32; 95% CI, 0.26 to 0.41; P<.001)."
    )
    assert find_results(text) == [
        ExtractedResult(
            "vertebral fracture",
            **at(text, "risk", "P<.001"),
            effect=effect("RR", "0.32", "0.26", "0.41", "<.001", "95"),
            direction="favours_intervention",
            intervention="zaltinib",
            comparator="placebo",
        )
    ]


def test_groups_told_one_a_sentence_are_one_result() -> None:
    text = (
        "In the zaltinib group, the 2-year OS rate was 35.1%. In the placebo group, the 2-year OS"
        " rate was 25.5%."
    )
    assert find_results(text) == [
        ExtractedResult(
            "overall survival",
            **at(text, "OS", "25.5%"),
            effect=Effect("rate"),
            arms=values(("zaltinib", "35.1", "%"), ("placebo", "25.5", "%")),
            direction="unclear",
            timepoint="2-year",
            intervention="zaltinib",
            comparator="placebo",
        )
    ]


def test_from_the_control_s_value_to_the_treatment_s() -> None:
    text = (
        "OS was prolonged from 35 months with folvirine to 50 months with zaltinib (HR, 0.77;"
        " 0.63–0.94; P = .012)."
    )
    assert find_results(text) == [
        ExtractedResult(
            "overall survival",
            **at(text, "OS", "P = .012"),
            effect=replace(effect("HR", "0.77", "0.63", "0.94", "=.012", "95"), ci_level=None),
            arms=values(("zaltinib", "50", "months"), ("folvirine", "35", "months")),
            direction="favours_intervention",
            intervention="zaltinib",
            comparator="folvirine",
        )
    ]


def test_one_ratio_of_two_cancers_is_two_results() -> None:
    text = (
        "The odds ratio was 2.0 for both oral cavity (95% CI, 1.2–3.4) and larynx"
        " (95% CI, 1.0–4.2)."
    )
    assert [(r.endpoint, r.effect.ci_low, r.effect.ci_high) for r in find_results(text)] == [
        ("oral cavity cancer incidence", Decimal("1.2"), Decimal("3.4")),
        ("laryngeal cancer incidence", Decimal("1.0"), Decimal("4.2")),
    ]


@pytest.mark.parametrize(
    ("sentence", "endpoint"),
    [
        ("The risk of CNS relapse was lower with zaltinib (HR, 0.5; 95% CI, 0.3–0.8).",
         "CNS relapse"),
        ("RFS was longer with zaltinib (HR for recurrence or death, 0.6; 95% CI, 0.4–0.9).",
         "recurrence-free survival"),
        ("The variant was protective for melanoma, with an OR of 0.4 (95% CI, 0.3–0.5).",
         "melanoma incidence"),
        ("A ratio of 1.6 was seen in carriers (OR of 1.6 for ovarian cancer [95% CI, 1.1–2.6]).",
         "ovarian cancer incidence"),
        ("The *KLR7* G12 variants were more common in young cases (OR, 1.5; 95% CI, 1.1–2.3).",
         "KLR7 G12 variants"),
        ("A locus for melanoma may lie on the short arm (OR, 1.27; 95% CI, 1.10–1.46).",
         "melanoma incidence"),
        ("The OR for cancer of the esophagus was 2.2 (95% CI, 1.4–3.5).",
         "esophageal cancer incidence"),
        ("No difference was seen in recurrence or second primary tumor (HR, 1; 95% CI, 0.5–2).",
         "recurrence or second primary tumor incidence"),
        ("The proportion of women with febrile neutropenia fell (RR, 0.5; 95% CI, 0.3–0.8).",
         "febrile neutropenia"),
        ("The mean difference in HbA1c was -0.54% (95% CI, -0.67 to -0.41) with zaltinib.",
         "HbA1c"),
    ],
)  # fmt: skip
def test_an_end_point_is_named_as_results_list_it(sentence: str, endpoint: str) -> None:
    assert [found.endpoint for found in find_results(sentence)] == [endpoint]


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("CRC incidence was similar, and zaltinib cut CRC mortality (RR, 0.85; 95% CI, 0.7–0.9).",
         "favours_intervention"),
        ("OS improved with zaltinib versus placebo (HR, 0.9; 95% CI, 0.7–1.1), but this difference"
         " was not statistically significant.", "no_difference"),
        ("Zaltinib led to a 39% reduction in gastric cancer incidence compared with placebo.",
         "favours_intervention"),
        ("OS favored the placebo arm (HR, 2.03; 95% CI, 1.04–3.95).", "favours_control"),
        ("The rates of death were 19% in both study arms after zaltinib or placebo.",
         "no_difference"),
    ],
)  # fmt: skip
def test_the_nearest_words_say_who_is_favoured(sentence: str, direction: str) -> None:
    assert [found.direction for found in find_results(sentence)] == [direction]


@pytest.mark.parametrize(
    "sentence",
    [
        "The trial was designed to detect a hazard ratio of 0.75 with 80% power.",
        "Noninferiority could be claimed if the upper limit of the HR did not exceed 1.12.",
        "RR was similar in the cohorts, leading to approval of the 200-mg once-daily dose.",
        "There were 12 comparisons: vitamin A alone (4 trials); vitamin C versus E (1 trial).",
        "Patients were followed for a median of 3 years in the surgery group and 2 years in the"
        " control group.",
        "Lymphedema was measured by a more than 10% increase in arm volume in both groups.",
    ],
)
def test_limits_doses_and_plans_are_no_results(sentence: str) -> None:
    assert find_results(sentence) == []


@pytest.mark.parametrize(
    ("printed", "stands"),
    [
        ("< 0.001", "<.001"),
        ("=0.03", "=.03"),
        (".04", "=.04"),
        ("<= 0.05", "≤.05"),
        ("=3.5 x 10-4", "=.00035"),
        ("<1e-5", "<.00001"),
        ("=1", "=1"),
        ("=1.0", "=1.0"),
    ],
)
def test_a_p_value_has_one_form(printed: str, stands: str) -> None:
    assert canonical_p(printed) == stands


NUMBERS = st.decimals(min_value="0.01", max_value="9.99", places=2)
NAMES = st.sampled_from(["zaltinib", "folvirine plus zaltinib", "the *KLR7* inhibitor", "placebo"])


@settings(max_examples=150, deadline=None)
@given(NUMBERS, NUMBERS, NUMBERS, NAMES, st.sampled_from(["OS", "*PFS*", "lung cancer incidence"]))
def test_a_span_holds_its_figures_and_misfits_are_flagged(
    value: Decimal, one: Decimal, other: Decimal, name: str, endpoint: str
) -> None:
    low, high = min(one, other), max(one, other)
    text = f"In *Study A*, {endpoint} with {name} differed (HR, {value}; 95% CI, {low}–{high})."
    (found,) = find_results(text)
    words = text[found.start : found.end]
    assert (found.effect.value, found.effect.ci_low, found.effect.ci_high) == (value, low, high)
    pieces = (endpoint.strip("*"), str(value), f"{low}–{high}")
    assert [piece for piece in pieces if piece not in words] == []
    assert ("estimate_outside_interval" in found.flags) == (not low <= value <= high)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="*aA1 5%.(),HRvs–", max_size=80))
def test_offsets_hold_whatever_marks_of_emphasis_a_text_has(text: str) -> None:
    for found in find_results(text + " *OS* was better (HR, *0.50*; 95% CI, 0.30–0.80)."):
        assert 0 <= found.start < found.end <= len(text) + 60
