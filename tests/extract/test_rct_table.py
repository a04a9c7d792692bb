"""The table in a result sentence: outcomes, groups and measures with their places."""

from hypothesis import given
from hypothesis import strategies as st

from probatum.extract.comparison import rows_of


def table(sentence: str) -> list[tuple[list[str], list[tuple[str, str | None, int | None]]]]:
    return [
        (
            [cell.text for cell in row.outcome],
            [(m.measure.text, m.group.text if m.group else None, m.side) for m in row.measures],
        )
        for row in rows_of(sentence)
    ]


def test_each_value_goes_to_the_group_that_follows_it() -> None:
    sentence = (
        "The response rate was 41% in the drug group and 22% in the placebo group (P = 0.01)."
    )
    assert table(sentence) == [
        (["response rate"], [("41%", "drug group", 1), ("22%", "placebo group", 2)])
    ]


def test_respectively_ties_values_in_the_order_of_the_groups() -> None:
    sentence = "Median survival was 9.5 months and 11.4 months in arm A and arm B, respectively."
    assert table(sentence) == [
        (["Median survival"], [("9.5 months", "arm A", 1), ("11.4 months", "arm B", 2)])
    ]


def test_a_p_value_is_no_measure() -> None:
    sentence = "The mortality rate was 4% in the drug group and 9% in the control group (P = 0.03)."
    measures = [m.measure.text for row in rows_of(sentence) for m in row.measures]
    assert measures == ["4%", "9%"]


def test_a_sentence_without_numbers_has_no_rows() -> None:
    assert rows_of("Survival was similar in the groups.") == []


def test_a_list_too_long_for_a_sentence_is_left_alone() -> None:
    assert rows_of("rate 4% " * 5000) == []


@given(st.text(max_size=200))
def test_every_cell_is_where_it_says(sentence: str) -> None:
    for row in rows_of(sentence):
        for cell in [*row.outcome, *(m.measure for m in row.measures)]:
            assert sentence[cell.start : cell.end] == cell.text
