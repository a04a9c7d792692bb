"""A criterion is only taken where something says on which side it stands."""

from probatum.evidence.document import Block
from tests.extract.works import read, rows


def criteria(*blocks: Block | str) -> list[tuple[str, str]]:
    found, text = read(*blocks)
    return [(each.side, text[each.start : each.end]) for each in found.eligibility]


def test_headings_say_the_side_of_what_stands_below() -> None:
    assert criteria(
        Block("Age 18 or over", "item", ("Methods", "Inclusion criteria")),
        Block("Pregnancy", "item", ("Methods", "Exclusion criteria")),
        Block("Known allergy", "item", ("Methods", "Non-inclusion criteria")),
    ) == [
        ("inclusion", "Age 18 or over"),
        ("exclusion", "Pregnancy"),
        ("exclusion", "Known allergy"),
    ]


def test_a_heading_of_both_leaves_it_to_the_sentence() -> None:
    above = ("Methods", "Inclusion and exclusion criteria")
    assert criteria(
        Block("Patients were eligible if they had gout.", "paragraph", above),
        Block("Pregnant women were excluded.", "paragraph", above),
        Block("The study took a year.", "paragraph", above),
    ) == [("inclusion", "had gout"), ("exclusion", "Pregnant women were excluded")]


def test_a_sentence_with_a_list_gives_each_criterion() -> None:
    text = "Exclusion criteria were: (1) pregnancy; (2) renal failure; and (3) cancer."
    assert criteria(text) == [
        ("exclusion", "pregnancy"),
        ("exclusion", "renal failure"),
        ("exclusion", "cancer"),
    ]


def test_a_count_of_people_left_out_is_no_criterion() -> None:
    assert criteria("Twelve patients were excluded because they withdrew.") == []


def test_columns_of_a_table_have_their_sides() -> None:
    columns = ("Inclusion criteria", "Exclusion criteria")
    assert criteria(*rows(columns, "Age 18 or over | Pregnancy", "Gout | –")) == [
        ("inclusion", "Age 18 or over"),
        ("exclusion", "Pregnancy"),
        ("inclusion", "Gout"),
    ]
