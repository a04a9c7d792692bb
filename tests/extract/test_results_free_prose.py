"""Results told in free words: lone differences, counts in words, outcomes that no list names.

Every text is made up; each test expects whole results.
"""

from decimal import Decimal

import pytest

from probatum.extract.result import Arm, Effect, ExtractedResult
from probatum.extract.results import find_results


def at(text: str, first: str, last: str) -> dict[str, int]:
    return {"start": text.index(first), "end": text.index(last) + len(last)}


def test_a_signed_amount_with_an_interval_behind_a_group_is_a_difference() -> None:
    text = (
        "Rural and coastal residents received lower daily doses (rural, -7.5 mg per day [MPD], 95%"
        " CI, -9.0 to -6.0; coastal, -3.1 mg, 95% CI, -4.4 to -2.0)."
    )
    found = find_results(text)
    assert [(r.endpoint, r.effect) for r in found] == [
        (
            "daily doses",
            Effect("MD", Decimal("-7.5"), Decimal(95), Decimal("-9.0"), Decimal("-6.0")),
        ),
        (
            "daily doses",
            Effect("MD", Decimal("-3.1"), Decimal(95), Decimal("-4.4"), Decimal("-2.0")),
        ),
    ]


def test_points_of_a_scale_are_a_difference_of_that_scale() -> None:
    text = (
        "Compared with placebo, zaltinib gave greater relief (Pain Scale: -2.8, 95% CI, -5.1 to"
        " -0.6)."
    )
    (found,) = find_results(text)
    assert (found.endpoint, found.effect) == (
        "pain scale",
        Effect("MD", Decimal("-2.8"), Decimal(95), Decimal("-5.1"), Decimal("-0.6")),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Weight fell from baseline in one group (zaltinib, -2.3 kg, 95% CI, -3.1 to -1.5).",
        "Age and score went together (coefficient: -0.46, 95% CI, -0.54 to -0.38).",
    ],
)
def test_a_change_from_baseline_and_a_coefficient_are_no_difference(text: str) -> None:
    assert find_results(text) == []


def test_so_many_fewer_of_so_many_is_a_difference_of_rates() -> None:
    text = (
        "Screening reduced mortality from gastric cancer (risk ratio, 0.75; 95% CI, 0.60 to 0.94),"
        " which came to about 4 fewer deaths per 10,000 people."
    )
    assert [(r.endpoint, r.effect.type, r.effect.value) for r in find_results(text)] == [
        ("gastric cancer mortality", "RR", Decimal("0.75")),
        ("gastric cancer mortality", "RD", Decimal("4")),
    ]


def test_counts_in_words_are_counts() -> None:
    text = (
        "An objective response was seen in 9 of 41 patients who received zaltinib, compared with"
        " zero responses in the placebo group."
    )
    (found,) = find_results(text)
    assert found.arms == (
        Arm("zaltinib", Decimal(9), "patients", 41, 9),
        Arm("placebo", Decimal(0), "responses"),
    )


def test_a_share_beside_a_bare_count_is_told_in_counts() -> None:
    text = (
        "Fourteen of 30 patients (47%) in the zaltinib group had a fall, compared with 3 of 28"
        " patients in the placebo group."
    )
    (found,) = find_results(text)
    assert found.arms == (
        Arm("zaltinib", Decimal(14), "patients", 30, 14),
        Arm("placebo", Decimal(3), "patients", 28, 3),
    )


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        (
            "Zaltinib led to a 40% increase in deaths that were not caused by progression compared"
            " with placebo.",
            "deaths not caused by progression",
        ),
        (
            "Participants with a high intake were less likely to have three or more relapses (OR,"
            " 0.41; 95% CI, 0.20 to 0.80).",
            "three or more relapses",
        ),
        (
            "There was a difference in the mean number of new polyps per patient between zaltinib"
            " and placebo (rate ratio, 0.55; 95% CI, 0.30 to 0.90).",
            "new polyps per patient",
        ),
        (
            "Adherence to the diet was about 15% lower for those in the control arm.",
            "adherence",
        ),
        (
            "Letters increased bowel cancer screening by 12% compared with usual care.",
            "screening uptake",
        ),
        (
            "Benefits were seen for outcomes such as pain, upper-limb strength, and sleep in the"
            " exercise group (SMD, 0.40; 95% CI, 0.10 to 0.70).",
            "pain, upper-limb strength, and sleep",
        ),
        (
            "Carriers were more likely to have a family history of stomach cancer (OR, 2.40; 95%"
            " CI, 1.10 to 5.20).",
            "family history of stomach cancer",
        ),
        (
            "An enrichment in rare truncating variants was seen in cases (OR, 3.1; 95% CI, 1.2 to"
            " 8.0).",
            "rare truncating variants",
        ),
    ],
)
def test_an_outcome_in_free_words_keeps_what_it_means(text: str, endpoint: str) -> None:
    assert [r.endpoint for r in find_results(text)] == [endpoint]


def test_abilities_are_told_one_after_the_other() -> None:
    text = (
        "There was no difference in the ability to accurately obtain a tissue diagnosis by needle"
        " biopsy compared with open biopsy (94% vs. 97%; P = .30) or determine gene status (90% vs."
        " 95%; P = .12)."
    )
    assert [r.endpoint for r in find_results(text)] == [
        "obtain tissue diagnosis",
        "determine gene status",
    ]


def test_a_figure_right_behind_versus_is_read() -> None:
    text = "Response rates were higher with zaltinib (41.5% vs.22.5% with placebo; P = .02)."
    assert find_results(text) == [
        ExtractedResult(
            "response rate",
            **at(text, "Response", "P = .02"),
            effect=Effect("rate", p="=.02"),
            arms=(Arm("zaltinib", Decimal("41.5"), "%"), Arm("placebo", Decimal("22.5"), "%")),
            direction="favours_intervention",
            intervention="zaltinib",
            comparator="placebo",
        )
    ]


def test_an_absolute_difference_of_things_counted_is_one_of_means() -> None:
    text = (
        "Zaltinib lowered the number of new polyps per patient compared with placebo (rate ratio,"
        " 0.55; 95% CI, 0.30 to 0.90; absolute difference, 0.4 lesions per patient)."
    )
    assert [(r.endpoint, r.effect.type, r.effect.value) for r in find_results(text)] == [
        ("new polyps per patient", "RR", Decimal("0.55")),
        ("new polyps per patient", "MD", Decimal("0.4")),
    ]


def test_each_bracket_of_a_list_is_a_pair_of_its_own() -> None:
    text = (
        "Compared with placebo, zaltinib caused more nausea (42.0 vs. 7.0%), constipation (17.0 vs."
        " 6.5%), and vomiting (18.0 vs. 3.5%)."
    )
    assert [(r.endpoint, [(a.name, a.value) for a in r.arms]) for r in find_results(text)] == [
        ("nausea", [("zaltinib", Decimal("42.0")), ("placebo", Decimal("7.0"))]),
        ("constipation", [("zaltinib", Decimal("17.0")), ("placebo", Decimal("6.5"))]),
        ("vomiting", [("zaltinib", Decimal("18.0")), ("placebo", Decimal("3.5"))]),
    ]


def test_rates_of_people_share_their_unit() -> None:
    text = (
        "Deaths from stroke were fewer with screening than with usual care: the mortality rates"
        " were 30 and 39 per 100,000 person-years with screening and usual care, respectively (RR,"
        " 0.76; 95% CI, 0.60 to 0.97)."
    )
    (found,) = find_results(text)
    assert [(a.name, a.value) for a in found.arms] == [
        ("screening", Decimal(30)),
        ("usual care", Decimal(39)),
    ]


def test_one_phrase_that_names_two_outcomes_gives_each_its_own() -> None:
    text = (
        "The yield for gene status and tumor grade was lower with needle biopsy than with open"
        " biopsy (56% vs. 91%, P < .05; and 58% vs. 88%, P < .05)."
    )
    assert [r.endpoint for r in find_results(text)] == ["gene status", "tumor grade"]


def test_an_aside_does_not_part_the_assigned_from_their_groups() -> None:
    text = (
        "Sixty people were randomly assigned, after surgery, to either receive zaltinib plus"
        " folvirine for 6 months or undergo observation. Relapse was seen in 45% and 38%,"
        " respectively (HR, 1.13; 95% CI, 0.53 to 2.41)."
    )
    (found,) = find_results(text)
    assert (found.intervention, found.comparator) == ("zaltinib plus folvirine", "observation")


def test_a_group_in_a_named_analysis_keeps_its_name() -> None:
    text = (
        "The recurrence rate was 4% in the zaltinib arm and 39% in the folvirine arm in a"
        " per-protocol analysis."
    )
    (found,) = find_results(text)
    assert found.arms == (
        Arm("zaltinib", Decimal(4), "%"),
        Arm("folvirine", Decimal(39), "%"),
    )


def test_what_was_measured_at_baseline_is_no_groups_value() -> None:
    text = (
        "Mean HbA1c was reduced from 8.0% (64 mmol/mol) at baseline to 6.3% (45 mmol/mol) and 6.9%"
        " (52 mmol/mol) with zaltinib and placebo, respectively (P = .01)."
    )
    (found,) = find_results(text)
    assert [(a.name, a.value) for a in found.arms] == [
        ("zaltinib", Decimal("6.3")),
        ("placebo", Decimal("6.9")),
    ]
