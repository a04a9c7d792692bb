"""Results as abstracts of trials of any speciality tell them; every text is made up."""

from decimal import Decimal

import pytest

from probatum.extract.benefit import better
from probatum.extract.result import Arm
from probatum.extract.results import find_results

BEHIND = "(odds ratio 3.86, 95% CI 1.12 to 13.3; P = 0.03)"


def arm(name: str, value: str, unit: str, n: int | None = None, events: int | None = None) -> Arm:
    return Arm(name, Decimal(value), unit, n, events)


RESPONDERS = (arm("zorgle", "30", "%", 40, 12), arm("placebo", "10", "%", 40, 4))


@pytest.mark.parametrize(
    "text",
    [
        "At 24 weeks 12 of 40 patients (30%) in the zorgle group and 4 of 40 (10%) in the placebo"
        f" group had a response {BEHIND}.",
        "A response occurred in 12 of 40 patients (30%) assigned to zorgle and in 4 of 40 patients"
        f" (10%) randomly assigned to placebo {BEHIND}.",
        "A response was seen in 12 (30%) of 40 patients given zorgle and in 4 (10%) of 40 given"
        f" placebo {BEHIND}.",
    ],
)
def test_counts_shares_and_sizes_go_to_their_group_however_they_are_ordered(text: str) -> None:
    (found,) = find_results(text)
    assert found.arms == RESPONDERS
    assert (found.endpoint, found.direction) == ("response", "favours_intervention")


def test_counts_before_the_rates_of_the_same_groups_are_their_events() -> None:
    (found,) = find_results(
        "Stroke or embolism occurred in 182 patients in the zorgle group (1.11% per year) and in"
        " 199 in the placebo group (1.27% per year) (hazard ratio, 0.88; 95% CI, 0.72 to 1.08)."
    )
    assert found.endpoint == "stroke or embolism"
    assert found.arms == (
        arm("zorgle", "1.11", "%", events=182),
        arm("placebo", "1.27", "%", events=199),
    )


def test_a_group_keeps_the_interval_of_its_own_value() -> None:
    (found,) = find_results(
        "Median survival was 11.1 months (95% CI 9.5 to 13.0) with zorgle and 5.7 months (95% CI"
        " 4.2 to 7.1) with placebo (HR 0.54; 95% CI 0.42 to 0.70)."
    )
    assert [(a.low, a.high, a.ci_level) for a in found.arms] == [
        (Decimal("9.5"), Decimal("13.0"), Decimal(95)),
        (Decimal("4.2"), Decimal("7.1"), Decimal(95)),
    ]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "The median time to the first fracture was 13.9 months in the zorgle-treated women and"
            " 7.0 months in the placebo group (P < .001).",
            ("zorgle-treated women", "13.9"),
            ("placebo", "7.0"),
        ),
        (
            "Survival was numerically higher but not significantly so (zorgle, 93.3%; control,"
            " 90.7%).",
            ("zorgle", "93.3"),
            ("control", "90.7"),
        ),
        (
            "The response rate was 39.1% and 33.3% in monthly and weekly arms.",
            ("monthly", "39.1"),
            ("weekly", "33.3"),
        ),
        (
            "There were 27 relapses in the zorgle group and 106 in the placebo group (P = 0.0001).",
            ("zorgle", "27"),
            ("placebo", "106"),
        ),
        (
            "The mean pain score was 3.4 (SD 1.2) in the zorgle group and 5.1 (SD 1.9) in the"
            " control group (p<0.001).",
            ("zorgle", "3.4"),
            ("control", "5.1"),
        ),
        (
            "The ZOR group reported less fatigue (ZOR -0.7 ± 2.0 vs. UC +0.1 ± 2.0; p = 0.02).",
            ("ZOR", "-0.7"),
            ("UC", "0.1"),
        ),
    ],
)
def test_values_told_in_one_shape_go_to_their_groups(
    text: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    (found,) = find_results(text)
    assert [(a.name, str(a.value)) for a in found.arms] == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Patients were randomized: 120 were enrolled in the zorgle group and 118 in the placebo"
        " group.",
        "The median age was 61 years in the zorgle group and 63 years in the placebo group.",
        "Lesions were 15 mm in diameter and 10 mm in thickness.",
        "Survival was 56% in men and 44% in women with the disease.",
    ],
)
def test_sizes_baselines_and_descriptions_are_no_results(text: str) -> None:
    assert find_results(text) == []


def test_a_change_is_of_what_changed_at_the_visit_named() -> None:
    (found,) = find_results(
        "The mean change in HbA1c from baseline to week 26 was -1.5% with zorgle and -0.3% with"
        " placebo (treatment difference -1.2 percentage points, 95% CI -1.4 to -1.0)."
    )
    assert (found.endpoint, found.timepoint) == ("HbA1c", "week 26")
    assert found.direction == "favours_intervention"


def test_the_larger_fall_of_something_unwanted_is_the_better() -> None:
    (found,) = find_results(
        "Pain scores (0-10) at 6 months decreased by 3.2 points in the exercise group and 1.1 in"
        " controls (mean difference -2.1, 95% CI -2.9 to -1.3)."
    )
    assert (found.endpoint, found.direction) == ("pain scores", "favours_intervention")


def test_odds_of_what_nobody_knows_to_be_wanted_favour_nobody() -> None:
    (found,) = find_results(
        "Zorgling occurred in 12 of 40 patients (30%) assigned to zorgle and in 4 of 40 patients"
        f" (10%) assigned to placebo {BEHIND}."
    )
    assert found.direction == "unclear"


@pytest.mark.parametrize(
    ("endpoint", "side"),
    [
        ("clinical response", "more"),
        ("stroke recovery", "more"),
        ("stroke", "less"),
        ("reduction in pain", "more"),
        ("time to relapse", "more"),
        ("freedom from recurrence", "more"),
        ("treatment failure", "less"),
        ("zorgle-free days", "more"),
        ("body weight", None),
        ("zorgling", None),
    ],
)
def test_which_side_of_an_outcome_is_better(endpoint: str, side: str | None) -> None:
    assert better(endpoint) == side
