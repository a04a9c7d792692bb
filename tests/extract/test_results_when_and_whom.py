"""When results were measured and in whom, told once for several results; every text is made up."""

from decimal import Decimal

from probatum.extract.result import Arm, Effect
from probatum.extract.results import find_results


def test_a_landmark_before_two_outcomes_holds_for_both() -> None:
    text = (
        "A trial of zaltinib compared with placebo showed better 2-year PFS (57% vs. 42%; P = .07)"
        " and OS (86% vs. 72%; P = .03)."
    )
    assert [(r.endpoint, r.timepoint) for r in find_results(text)] == [
        ("progression-free survival", "2-year"),
        ("overall survival", "2-year"),
    ]


def test_each_time_of_a_list_stands_before_its_values() -> None:
    text = (
        "After a median follow-up of 8.0 years, zaltinib compared with placebo conferred a 6%"
        " absolute increase in survival at 3 years (56% vs. 50%), 5 years (49% vs. 43%), and 10"
        " years (36% vs. 30%)."
    )
    assert [r.timepoint for r in find_results(text)] == ["3 years", "5 years", "10 years"]


def test_the_words_around_a_follow_up_are_kept() -> None:
    text = (
        "After 6 years of posttreatment follow-up, the RR of lung cancer with zaltinib compared"
        " with placebo was 1.12 (95% CI, 0.97 to 1.31)."
    )
    (found,) = find_results(text)
    assert found.timepoint == "6 years of posttreatment follow-up"


def test_the_exposed_of_an_association_are_no_population() -> None:
    text = (
        "In a cohort study, the odds ratio for breast cancer risk in women with BRC9 pathogenic"
        " variants was 5.2 (95% CI, 2.8 to 9.7)."
    )
    (found,) = find_results(text)
    assert (found.kind, found.population) == ("association", None)


def test_whom_an_association_is_restricted_to_is_its_population() -> None:
    text = (
        "Among women with early breast cancer, smoking was an independent risk factor for"
        " recurrence (HR, 1.60; 95% CI, 1.20 to 2.10)."
    )
    (found,) = find_results(text)
    assert (found.kind, found.population) == ("association", "women with early breast cancer")


def test_kinds_of_studies_are_the_populations_of_their_own_results() -> None:
    text = (
        "Smoking lowered the risk of endometrial cancer among prospective studies (RR, 0.81; 95%"
        " CI, 0.74 to 0.88) and case-control studies (OR, 0.72; 95% CI, 0.66 to 0.79)."
    )
    assert [r.population for r in find_results(text)] == [
        "prospective studies",
        "case-control studies",
    ]


def test_a_missed_threshold_is_no_difference() -> None:
    text = (
        "OS was longer but did not meet the planned significance threshold with zaltinib compared"
        " with placebo (29.8 months vs. 27.8 months; HR, 0.73; 95% CI, 0.55 to 0.96)."
    )
    (found,) = find_results(text)
    assert found.direction == "no_difference"


def test_one_ratio_of_two_times_has_two_intervals() -> None:
    text = (
        "A meta-analysis of randomized trials gave an odds ratio of 0.67 for both 1- and 2-year OS"
        " (95% CI, 0.56-0.79; P < .001 for 1-year OS and 0.53-0.86; P = .002 for 2-year OS)."
    )
    ratio, level = Decimal("0.67"), Decimal(95)
    assert [(r.endpoint, r.effect) for r in find_results(text)] == [
        (
            "overall survival",
            Effect("OR", ratio, level, Decimal("0.56"), Decimal("0.79"), "<.001"),
        ),
        (
            "overall survival",
            Effect("OR", ratio, level, Decimal("0.53"), Decimal("0.86"), "=.002"),
        ),
    ]


def test_those_in_a_group_are_that_group() -> None:
    text = (
        "Gynecomastia was seen in 69% of the patients in the zaltinib group, as compared with 11%"
        " of those in the placebo group (P < .001)."
    )
    (found,) = find_results(text)
    assert found.arms == (Arm("zaltinib", Decimal(69), "%"), Arm("placebo", Decimal(11), "%"))
