"""Values of a trial's groups as abstracts print them: words, spreads, names in odd places."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.extract.prose.arm_words import are_two_arms, arm_words
from probatum.extract.prose.count_words import COUNT_WORD, count_of
from probatum.extract.result import Arm
from probatum.extract.results import find_results


def told(
    text: str,
) -> list[tuple[str | None, list[tuple[str | None, str, str | None, int | None]]]]:
    """End point and groups of each result: name, value, unit, events."""

    def row(arm: Arm) -> tuple[str | None, str, str | None, int | None]:
        return arm.name, str(arm.value), arm.unit, arm.events

    return [(found.endpoint, [row(arm) for arm in found.arms]) for found in find_results(text)]


@pytest.mark.parametrize(
    ("word", "count"),
    [("none", 0), ("Four", 4), ("nineteen", 19), ("twenty", 20), ("Sixty-five", 65)],
)
def test_a_count_in_words_is_its_number(word: str, count: int) -> None:
    assert count_of(word) == Decimal(count)


@given(st.text("zerontwhivfusxlgy- \n(1%)of", max_size=60))
def test_every_count_that_is_found_in_words_has_a_number(text: str) -> None:
    for found in re.compile(COUNT_WORD).finditer(text):
        assert 0 <= count_of(found["word"]) < 100


def test_a_count_in_words_is_a_groups_value_beside_a_count_in_digits() -> None:
    assert told(
        "Zorgle fever occurred in 14 patients in the zorgle group and four in the control group"
        " (P = .01)."
    ) == [
        ("zorgle fever", [("zorgle", "14", "patients", None), ("control", "4", "patients", None)])
    ]


def test_none_of_so_many_is_a_groups_value() -> None:
    assert told(
        "Death occurred in 9 of 70 patients in the A arm and none of the 71 in the B arm."
    ) == [("mortality", [("A arm", "9", "patients", 9), ("B arm", "0", "patients", 0)])]


def test_a_count_before_its_group_belongs_to_the_share_behind_it() -> None:
    assert told(
        "Swelling developed in 14 in the control group (25%) and four in the zorgle group (7%)."
    ) == [("swelling", [("zorgle", "7", "%", 4), ("control", "25", "%", 14)])]


def test_events_in_brackets_belong_to_their_share() -> None:
    assert told(
        "Relapse was seen in 7.8% (10 events) with zorgle versus 16.6% (21 events) with placebo."
    ) == [("relapse", [("zorgle", "7.8", "%", 10), ("placebo", "16.6", "%", 21)])]


@pytest.mark.parametrize("spread", ["12.3 ± 4.5 mm Hg", "12.3 (SD 4.5) mm Hg"])
def test_the_unit_may_stand_behind_the_spread(spread: str) -> None:
    assert told(
        f"Systolic blood pressure fell by {spread} in the zorgle group and by 3.1 ± 4.0 mm Hg in"
        " the placebo group."
    ) == [
        (
            "systolic blood pressure",
            [("zorgle", "12.3", "mm Hg", None), ("placebo", "3.1", "mm Hg", None)],
        )
    ]


def test_names_that_are_told_as_groups_elsewhere_are_groups_here() -> None:
    introduced = "Patients received ZR3 (n = 83) or QLX (n = 80)."
    values = "The rash was seen in 12% on ZR3 and 8% on QLX."
    assert told(values) == []
    assert told(f"{introduced} {values}") == [
        ("rash", [("ZR3", "12", "%", None), ("QLX", "8", "%", None)])
    ]


def test_a_list_of_groups_with_their_shares_is_one_result() -> None:
    assert told(
        "Rates of identification were alike: control (96%), zorgle (90%), and zorgle-quark (97%)."
    ) == [
        (
            "identification",
            [
                ("control", "96", "%", None),
                ("zorgle", "90", "%", None),
                ("zorgle-quark", "97", "%", None),
            ],
        )
    ]


def test_a_list_of_outcomes_with_their_shares_is_none() -> None:
    assert told("Adverse events were nausea (12%), rash (8%), and fatigue (5%).") == []


def test_a_tested_comparison_is_kept_without_an_end_point() -> None:
    assert told(
        "Zorgle does as it does (19.4% for zorgle group vs. 23.3% for control group; P = .7)."
    ) == [(None, [("zorgle", "19.4", "%", None), ("control", "23.3", "%", None)])]


def test_the_words_of_a_texts_groups() -> None:
    words = arm_words("Women were assigned to 20 mg of zorgle or placebo; the quark arm had none.")
    assert words == {"zorgle", "placebo", "quark"}
    assert are_two_arms(words, "zorgle", "placebo")
    assert not are_two_arms(words, "zorgle", "oral zorgle")
    assert not are_two_arms(words, "zorgle", "women")


def test_each_of_a_list_of_harms_has_its_own_name() -> None:
    assert told(
        "Zorgling (53% vs 38%), quarking (41% vs 30%), and rash (22% vs 9%) were common."
    ) == [
        ("zorgling", [(None, "53", "%", None), (None, "38", "%", None)]),
        ("quarking", [(None, "41", "%", None), (None, "30", "%", None)]),
        ("rash", [(None, "22", "%", None), (None, "9", "%", None)]),
    ]


def test_short_forms_in_brackets_behind_their_values_name_the_groups() -> None:
    assert told("Local recurrence rates at 10 years were 6.2% (WZI) and 7.1% (PQI).") == [
        ("local recurrence", [("WZI", "6.2", "%", None), ("PQI", "7.1", "%", None)])
    ]


def test_arms_that_share_one_noun_are_named_one_by_one() -> None:
    (found,) = find_results(
        "The overall survival rates were 78% and 71% for arms A and B, respectively (P = .04)."
    )
    assert [arm.name for arm in found.arms] == ["arm A", "arm B"]


def test_a_group_is_no_end_point() -> None:
    (found,) = find_results(
        "Adherence was significantly higher in the reminder group (81%) than in the control group"
        " (64%; p = 0.01)."
    )
    assert found.endpoint == "adherence"


def test_a_spread_in_brackets_is_no_groups_value() -> None:
    assert told(
        "Mean (SD) pain scores were 3.1 (1.2) in the zorgle group and 4.5 (1.1) in the placebo"
        " group (P = .03)."
    ) == [("pain", [("zorgle", "3.1", None, None), ("placebo", "4.5", None, None)])]


def test_counts_of_groups_in_words_alone_are_a_result() -> None:
    assert told("Two patients died in the zorgle group and nine in the placebo group.") == [
        ("mortality", [("zorgle", "2", "patients", None), ("placebo", "9", "patients", None)])
    ]


def test_how_many_were_put_into_the_groups_is_no_result() -> None:
    assert (
        told("Of these, 42 (51%) were randomized to the zorgle group and 40 (49%) to the other.")
        == []
    )


def test_what_happened_may_be_told_behind_all_groups() -> None:
    assert told(
        "Seventeen patients (34%) in the zorgle group and 9 patients (18%) in the placebo group had"
        " zorgling (p = 0.07)."
    ) == [("zorgling", [("zorgle", "34", "%", 17), ("placebo", "18", "%", 9)])]


def test_means_without_a_unit_are_shared_out_in_order() -> None:
    assert told(
        "Pain scores were 2.1±0.8 and 3.9±1.1 in the zorgle and saline groups, respectively."
    ) == [("pain", [("zorgle", "2.1", None, None), ("saline", "3.9", None, None)])]


def test_a_count_out_of_a_hundred_is_no_rate() -> None:
    assert told(
        "Live birth occurred in 29/100 (29.0%) women in the zorgle group vs. 23/101 (22.8%) in the"
        " placebo group."
    ) == [("live birth", [("zorgle", "29.0", "%", 29), ("placebo", "22.8", "%", 23)])]


def test_what_stands_between_two_groups_is_compared() -> None:
    assert told("Success rates did not differ between zorgle (85%) and surgery (95%).") == [
        ("success rate", [("zorgle", "85", "%", None), ("surgery", "95", "%", None)])
    ]


def test_what_groups_were_like_before_is_no_result() -> None:
    assert told("Mean (SD) age was 54 (10) years in the A group and 55 (11) in the B group.") == []


def test_what_a_group_did_is_no_part_of_its_name() -> None:
    (found,) = find_results(
        "Fever: 11 (13%) patients in the zorgle group and two (2%) in the quark group left the"
        " study early (P = .01)."
    )
    assert [arm.name for arm in found.arms] == ["zorgle", "quark"]


def test_the_end_point_is_no_group() -> None:
    assert told("Pain was 12.3 ± 4.5 mm versus 14.1 ± 5.0 mm (P = .02).") == [
        ("pain", [(None, "12.3", "mm", None), (None, "14.1", "mm", None)])
    ]
