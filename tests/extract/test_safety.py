"""A rate of harm has its event, its grade and its group, or lacks them openly."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from probatum.evidence.document import Block
from probatum.extract.located import SafetyRate
from probatum.extract.result import Arm
from probatum.extract.safety import grade_in
from tests.extract.works import read, rows


def harms(*blocks: Block | str) -> list[SafetyRate]:
    found, text = read(*blocks)
    for each in found.safety:
        assert text[each.start : each.end]
    return list(found.safety)


def told(
    *blocks: Block | str,
) -> list[tuple[str, str | None, list[tuple[str | None, Decimal | None]]]]:
    return [(h.event, h.grade, [(a.name, a.value) for a in h.arms]) for h in harms(*blocks)]


def test_a_grade_and_two_groups_are_read_from_a_sentence() -> None:
    text = (
        "Adverse events of grade 3 or higher occurred in 45% of patients with drug A and 30% with "
        "placebo."
    )
    assert told(text) == [
        ("Adverse events", "≥3", [("drug A", Decimal(45)), ("placebo", Decimal(30))])
    ]


def test_a_list_of_events_shares_its_grade() -> None:
    text = (
        "The most common grade 3-4 adverse events were neutropenia (25% vs 15%) and anaemia "
        "(12% vs 8%)."
    )
    assert told(text) == [
        ("neutropenia", "3-4", [(None, Decimal(25)), (None, Decimal(15))]),
        ("anaemia", "3-4", [(None, Decimal(12)), (None, Decimal(8))]),
    ]


def test_names_behind_the_figures_are_the_groups() -> None:
    text = "Toxicities included fatigue (31% with drug A vs. 7% with drug B)."
    assert told(text) == [("fatigue", None, [("drug A", Decimal(31)), ("drug B", Decimal(7))])]


def test_any_grade_is_another_finding_than_a_severe_one() -> None:
    text = "Any-grade rash occurred in 20% of patients and grade 3 rash occurred in 2% of patients."
    assert [(event, grade) for event, grade, _ in told(text)] == [("rash", "any"), ("rash", "3")]


def test_serious_and_related_events_are_marked() -> None:
    text = "Serious treatment-related adverse events occurred in 12 (24%) patients."
    (found,) = harms(text)
    assert (found.serious, found.related, found.arms) == (
        True,
        True,
        (Arm(None, Decimal(24), "%", events=12),),
    )


def test_figures_that_only_a_comma_parts_are_not_two_groups() -> None:
    text = "Adverse events occurred in 40% of patients, 12% with rash."
    assert [len(arms) for _, _, arms in told(text)] == [1]


def test_a_response_rate_is_no_harm() -> None:
    assert told("Overall survival was 45% with few adverse events.") == []


def test_a_table_of_adverse_events_gives_counts_by_group_and_grade() -> None:
    columns = ("Event", "Drug A (n = 50)", "Placebo (n = 48)")
    found = harms(
        *rows(columns, "Grade ≥3 nausea, n (%) | 5 (10) | 1 (2.1)", caption="Adverse events")
    )
    assert [(h.event, h.grade, h.arms) for h in found] == [
        (
            "Grade ≥3 nausea, n (%)",
            "≥3",
            (Arm("Drug A", Decimal(10), "%", 50, 5), Arm("Placebo", Decimal("2.1"), "%", 48, 1)),
        )
    ]


def test_grades_are_written_one_way() -> None:
    assert [
        grade_in(text)
        for text in (
            "Grade 3 or higher",
            "grades III–IV",
            "All grades",
            "grade 5",
            "Grade ≥ 3",
            "-",
        )
    ] == ["≥3", "3-4", "any", "5", "≥3", None]


@given(st.text(alphabet="grade 3%4()vsoccurredinofwith.,andtoxicity", max_size=200))
def test_no_text_stops_the_reader(text: str) -> None:
    harms(" ".join(text.split()) or "x")
