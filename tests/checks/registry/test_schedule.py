"""Schedules in a registry's words and in others', as hours."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.checks.registry.schedule import among, cycle_lengths, cycles, durations, intervals
from probatum.checks.registry.statement import judge_statement

DAY, WEEK = 24.0, 168.0


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Zentrol 200 mg once daily", {DAY}),
        ("Zentrol QD", {DAY}),
        ("Zentrol BID", {12.0}),
        ("twice a day", {12.0}),
        ("three times a week", {56.0}),
        ("Q3W", {3 * WEEK}),
        ("every 21 days", {3 * WEEK}),
        ("once every three weeks", {3 * WEEK}),
        ("every other week", {2 * WEEK}),
        ("once", set()),
    ],
)
def test_ways_to_write_an_interval_are_the_same_hours(text: str, hours: set[float]) -> None:
    assert intervals(text) == hours


def test_cycles_add_up_to_a_duration() -> None:
    text = "Courses repeat every 21 days for up to 6 cycles"
    assert (cycles(text), cycle_lengths(text)) == ({6}, {3 * WEEK})
    assert among(18 * WEEK, durations(text))


REGIMEN = """INTERVENTION 1:
  Zentrol
  Zentrol 200 mg orally Q3W for up to 6 cycles; each a 21-day cycle
INTERVENTION 2:
  Obtrexin
  Obtrexin 75 mg intravenously weekly"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Cohort 1 of the primary trial receives Zentrol every 3 weeks", True),
        ("Cohort 1 of the primary trial receives Zentrol every week", False),
        ("Cohort 1 of the primary trial receives Zentrol twice daily", False),
        ("Cohort 1 of the primary trial receives Zentrol for a total of 18 weeks", True),
        ("Cohort 1 of the primary trial receives Zentrol for a total of 19 weeks", False),
        ("Cohort 2 of the primary trial is treated more often than cohort 1", True),
        ("Cohort 1 of the primary trial is treated more frequently than cohort 2", False),
        ("The cohorts of the primary trial are treated at the same frequency", False),
        ("The two cohorts of the primary trial are treated by different routes", True),
        ("Both cohorts of the primary trial are treated by the same route", False),
    ],
)
def test_how_often_how_long_and_by_which_way_are_worked_out(statement: str, true: bool) -> None:
    assert judge_statement(statement, REGIMEN) is true


WORDS = [
    "once",
    "every",
    "3",
    "weeks",
    "daily",
    "cycle",
    "cycles",
    "of",
    "for",
    "up",
    "to",
    "the",
    "21",
    "days",
    "Q3W",
    "times",
    "a",
    "per",
    "BID",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_no_schedule_breaks_it_and_every_time_is_more_than_none(text: str) -> None:
    assert all(each > 0 for each in intervals(text) | durations(text))


@pytest.mark.parametrize("piece", ["once ", "every ", "cycle ", "for up to the ", "1 "])
def test_a_hostile_text_is_read_in_time(piece: str) -> None:
    begun = time.process_time()
    intervals(piece * 20_000), durations(piece * 20_000)
    assert time.process_time() - begun < 5
