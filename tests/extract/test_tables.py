"""A value in a table goes to the group of its column or row, and to nothing else."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from probatum.evidence.document import Block
from probatum.extract.located import LocatedResult
from probatum.extract.result import Arm, Effect
from tests.extract.works import read, rows

TWO = ("Outcome", "Drug A (n = 100)", "Placebo (n = 98)", "P value")


def results(*blocks: Block) -> list[LocatedResult]:
    found, text = read(*blocks)
    for each in found.results:
        assert 0 <= each.result.start < each.result.end <= len(text)
    return [each for each in found.results if each.origin == "table"]


def only(*blocks: Block) -> Any:
    (found,) = results(*blocks)
    return found.result


def test_a_count_with_its_share_goes_to_the_group_of_its_column() -> None:
    found = only(*rows(TWO, "Response, n (%) | 45 (45.0) | 20 (20.4) | 0.003"))
    assert (found.endpoint, found.arms, found.effect) == (
        "Response, n (%)",
        (
            Arm("Drug A", Decimal("45.0"), "%", 100, 45),
            Arm("Placebo", Decimal("20.4"), "%", 98, 20),
        ),
        Effect("rate", p="=.003"),
    )


def test_a_mean_with_its_deviation_is_no_count() -> None:
    found = only(*rows(TWO, "Weight, kg, mean (SD) | 70.1 (9.8) | 71 (10) | 0.50"))
    assert found.arms == (
        Arm("Drug A", Decimal("70.1"), "kg", 100, sd=Decimal("9.8")),
        Arm("Placebo", Decimal("71"), "kg", 98, sd=Decimal("10")),
    )
    assert (found.effect.type, found.effect.label) == ("other", "means compared")
    assert found.direction == "no_difference"


def test_a_second_figure_that_nothing_explains_stays_unread() -> None:
    found = only(*rows(TWO, "Score | 12.5 (3.1) | 11.9 (2.8) | 0.50"))
    assert [(arm.value, arm.sd, arm.events) for arm in found.arms] == [
        (Decimal("12.5"), None, None),
        (Decimal("11.9"), None, None),
    ]


def test_a_footnote_says_what_stands_in_brackets() -> None:
    note = Block("Values are mean (SD).", "paragraph", ("Results",), code="t1")
    found = only(*rows(TWO, "Score | 12.5 (3.1) | 11.9 (2.8) | 0.50"), note)
    assert [arm.sd for arm in found.arms] == [Decimal("3.1"), Decimal("2.8")]


def test_an_estimate_has_its_interval_level_and_p_value() -> None:
    columns = ("", "Drug A (N=304)", "Control (N=304)", "Hazard ratio (95% CI)", "P")
    found = only(*rows(columns, "Death | 184 (60.5) | 211 (69.4) | 0.69 (0.56–0.84) | <0.001"))
    assert found.effect == Effect(
        "HR", Decimal("0.69"), Decimal(95), Decimal("0.56"), Decimal("0.84"), "<.001"
    )
    assert [(arm.name, arm.events) for arm in found.arms] == [("Drug A", 184), ("Control", 211)]


def test_an_interval_in_the_next_column_is_the_estimates() -> None:
    columns = ("", "Drug A (N=50)", "Control (N=50)", "OR", "95% CI")
    found = only(*rows(columns, "Cure, n (%) | 40 (80) | 30 (60) | 2.67 | 1.10, 6.50"))
    assert found.effect == Effect(
        "OR", Decimal("2.67"), Decimal(95), Decimal("1.10"), Decimal("6.50")
    )


def test_an_estimate_on_the_row_below_belongs_to_the_values_above() -> None:
    found = only(
        *rows(
            ("", "Drug A (n = 90)", "Drug B (n = 92)"),
            "Median survival, months | 11.7 | 8.5",
            "Hazard ratio (95% CI) | 0.67 (0.56 to 0.80) | 0.67 (0.56 to 0.80)",
        )
    )
    assert [arm.value for arm in found.arms] == [Decimal("11.7"), Decimal("8.5")]
    assert found.effect == Effect(
        "HR", Decimal("0.67"), Decimal(95), Decimal("0.56"), Decimal("0.80")
    )


def test_groups_in_rows_are_set_beside_each_other_for_each_time() -> None:
    columns = ("", "Day 0", "Day 7", "P value")
    found = results(
        *rows(
            columns,
            "Albumin",
            "Drug group | 4.2 ± 0.6 | 2.6 ± 0.5 | 0.03",
            "Control group | 4.3 ± 0.5 | 3.0 ± 0.4 | 0.03",
        ),
    )
    assert [
        (each.result.endpoint, each.result.timepoint, each.result.analysis, each.result.arms)
        for each in found
    ] == [
        (
            "Albumin",
            "Day 0",
            "baseline",
            (
                Arm("Drug group", Decimal("4.2"), sd=Decimal("0.6")),
                Arm("Control group", Decimal("4.3"), sd=Decimal("0.5")),
            ),
        ),
        (
            "Albumin",
            "Day 7",
            None,
            (
                Arm("Drug group", Decimal("2.6"), sd=Decimal("0.5")),
                Arm("Control group", Decimal("3.0"), sd=Decimal("0.4")),
            ),
        ),
    ]


def test_a_change_from_baseline_is_a_result_and_a_mean_at_baseline_is_none() -> None:
    columns = (
        "",
        "Drug (N = 40) / Mean at baseline",
        "Drug (N = 40) / Mean change at 6 months",
        "Control (N = 38) / Mean at baseline",
        "Control (N = 38) / Mean change at 6 month",
    )
    caption = "Changes from baseline in pain"
    found = results(*rows(columns, "Score | 5.1 | -1.4 | 5.0 | -0.6", caption=caption))
    assert [(each.result.analysis, [arm.value for arm in each.result.arms]) for each in found] == [
        ("baseline", [Decimal("5.1"), Decimal("5.0")]),
        (None, [Decimal("-1.4"), Decimal("-0.6")]),
    ]


def test_a_first_row_of_measures_belongs_to_the_header() -> None:
    columns = ("", "Losses (g)", "Losses (g)", "Weight (kg)", "Weight (kg)")
    found = results(
        *rows(
            columns,
            "– | Mean | SD | Mean | SD",
            "Drug group | 3.5 | 2.3 | 71.2 | 9.1",
            "Control group | 2.1 | 1.6 | 70.4 | 8.8",
        )
    )
    assert [
        (each.result.endpoint, [(arm.value, arm.sd) for arm in each.result.arms]) for each in found
    ] == [
        ("Losses (g)", [(Decimal("3.5"), Decimal("2.3")), (Decimal("2.1"), Decimal("1.6"))]),
        ("Weight (kg)", [(Decimal("71.2"), Decimal("9.1")), (Decimal("70.4"), Decimal("8.8"))]),
    ]


def test_a_size_in_the_header_is_no_group_of_its_own() -> None:
    columns = (
        "",
        "Drug group / (n=16) / 3 months",
        "Drug group / (n=16) / 6 months",
        "Placebo group / (n=15) / 3 months",
        "Placebo group / (n=15) / 6 months",
    )
    found = results(*rows(columns, "Depth (mm) | 2.1 ± 0.3 | 2.3 ± 0.4 | 2.4 ± 0.5 | 2.5 ± 0.6"))
    assert [
        (each.result.timepoint, [(arm.name, arm.n, arm.value) for arm in each.result.arms])
        for each in found
    ] == [
        ("3 months", [("Drug group", 16, Decimal("2.1")), ("Placebo group", 15, Decimal("2.4"))]),
        ("6 months", [("Drug group", 16, Decimal("2.3")), ("Placebo group", 15, Decimal("2.5"))]),
    ]


def test_a_mean_of_shares_keeps_its_spread() -> None:
    columns = ("", "Drug (N = 14) / Mean (SD)", "Control (N = 12) / Mean (SD)")
    found = only(*rows(columns, "Tested | 48.3% (33) | 33.9% (29)"))
    assert [(arm.value, arm.unit, arm.events, arm.sd) for arm in found.arms] == [
        (Decimal("48.3"), "%", None, Decimal(33)),
        (Decimal("33.9"), "%", None, Decimal(29)),
    ]


def test_an_interval_beside_a_change_is_the_changes() -> None:
    columns = (
        "",
        "Drug (N = 40) / Mean change",
        "Drug (N = 40) / 95% CI",
        "Control (N = 38) / Mean change",
        "Control (N = 38) / 95% CI",
    )
    found = only(*rows(columns, "Score | -2.1 | -3.0 to -1.2 | -0.6 | -1.5 to 0.3"))
    assert [(arm.value, arm.low, arm.high) for arm in found.arms] == [
        (Decimal("-2.1"), Decimal("-3.0"), Decimal("-1.2")),
        (Decimal("-0.6"), Decimal("-1.5"), Decimal("0.3")),
    ]


def test_what_a_header_says_of_its_figures_is_no_part_of_a_groups_name() -> None:
    columns = ("", "A48, n/N (%)", "B24, n/N (%)", "RD (95% CI)", "P value")
    found = only(
        *rows(columns, "Response | 86/94 (91.5) | 82/93 (88.2) | 3.3 (-5.3 to 12.0) | 0.45")
    )
    assert [(arm.name, arm.n, arm.events) for arm in found.arms] == [
        ("A48", 94, 86),
        ("B24", 93, 82),
    ]
    assert (found.effect.type, found.effect.p) == ("RD", "=.45")


def test_a_table_of_baseline_characteristics_gives_no_outcome() -> None:
    found = only(*rows(TWO, "Women, n (%) | 45 (45.0) | 44 (44.9) | 0.9", caption="Baseline"))
    assert found.analysis == "baseline"


def test_columns_that_are_measurements_are_no_groups() -> None:
    columns = ("Sample", "TG (mmol/L)", "LDL (mmol/L)")
    assert results(*rows(columns, "First | 2.7 | 3.8", "Second | 2.8 | 4.0")) == []


def test_two_times_below_one_group_are_not_two_groups() -> None:
    columns = (
        "",
        "Drug A (n = 20) / Baseline",
        "Drug A (n = 20) / Week 12",
        "Placebo (n = 22) / Baseline",
        "Placebo (n = 22) / Week 12",
    )
    found = results(*rows(columns, "Pain, mean | 6.1 | 3.2 | 6.0 | 5.5"))
    assert [
        (each.result.timepoint, each.result.analysis, [arm.value for arm in each.result.arms])
        for each in found
    ] == [
        ("Baseline", "baseline", [Decimal("6.1"), Decimal("6.0")]),
        ("Week 12", None, [Decimal("3.2"), Decimal("5.5")]),
    ]


def test_a_regressions_rows_are_associations() -> None:
    columns = ("Variable", "HR (95% CI)", "P")
    (found,) = results(
        *rows(columns, "Smoking | 1.8 (1.2–2.7) | 0.004", caption="Multivariate Cox regression")
    )
    assert (found.result.kind, found.result.direction, found.result.intervention) == (
        "association",
        "unclear",
        "Smoking",
    )


def test_a_control_that_does_worse_on_a_known_end_point_favours_the_other_group() -> None:
    found = only(*rows(TWO, "Objective response rate, % | 45.0 | 20.4 | 0.003"))
    assert (found.direction, found.intervention, found.comparator) == (
        "favours_intervention",
        "Drug A",
        "Placebo",
    )


def test_a_difference_of_an_unknown_end_point_favours_nobody() -> None:
    assert only(*rows(TWO, "Zeta index, % | 45.0 | 20.4 | 0.003")).direction == "unclear"


CELLS = st.sampled_from(
    ["", "–", "12 (3)", "0.67 (0.5–0.8)", "<0.001", "NR", "a", "1/0", "5 ± ", "9" * 40, "%", "p"]
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6), st.permutations(TWO))
def test_no_table_stops_the_reader(table: list[tuple[str, ...]], columns: list[str]) -> None:
    results(*rows(columns, *(" | ".join(cell or "–" for cell in row) for row in table)))


def test_columns_that_the_text_introduces_as_groups_are_groups() -> None:
    columns = ("Outcome", "Zorgle", "Quark", "Neither")
    table = rows(columns, "Pain, mean (SD) | 2.1 (0.8) | 3.9 (1.1) | 4.4 (1.0)")
    assert results(*table) == []
    told = Block("Patients were assigned to zorgle or quark.", headings=("Methods",))
    found = only(told, *table)
    assert [(arm.name, arm.value, arm.sd) for arm in found.arms] == [
        ("Zorgle", Decimal("2.1"), Decimal("0.8")),
        ("Quark", Decimal("3.9"), Decimal("1.1")),
    ]
