"""Criteria turned round, one name for each thing, and what outcomes and events are said to be."""

import pytest

from probatum.checks.registry.meaning import alike, stems_of
from probatum.checks.registry.stance import stance_of, wanting
from probatum.checks.registry.statement import judge_statement


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("high blood pressure", "Hypertension"),
        ("kidney failure", "renal failure"),
        ("a prior heart attack", "prior myocardial infarction"),
        ("HER2 overexpressing tumours", "HER-2 positive cancer"),
        ("endocrine therapy", "hormonal therapy"),
    ],
)
def test_two_names_of_one_thing_have_the_same_stems(one: str, other: str) -> None:
    assert stems_of(one) == stems_of(other)


def test_a_name_inside_another_word_is_left_alone() -> None:
    assert alike("Metaphor and kidneystone") == "Metaphor and kidneystone"


@pytest.mark.parametrize(
    ("clause", "before", "stance"),
    [
        ("are excluded from the trial", "", "excluded"),
        ("gout is not a reason for exclusion", "", "eligible"),
        ("it isn't necessary to have gout", "", "optional"),
        ("patients must have gout", "", "required"),
        ("not the secondary trial", "may join the primary trial", "excluded"),
        ("not for the primary trial", "gout is required for the secondary", "optional"),
        ("gout is painful", "", None),
    ],
)
def test_a_clause_lets_in_or_shuts_out(clause: str, before: str, stance: str | None) -> None:
    assert stance_of(clause, before) == stance


def test_those_without_something_are_told_from_those_not_admitted() -> None:
    assert wanting("patients lacking any gout may join")
    assert not wanting("patients with gout must not have surgery")


CRITERIA = """Inclusion Criteria:
  Radiographically confirmed tophi of the foot
  Extracranial zentromas allowed
Exclusion Criteria:
  Uncontrolled hypertension"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Patients must have no confirmed tophi of the foot to join the primary trial", False),
        ("Patients without confirmed tophi of the foot are excluded from the primary trial", True),
        ("Patients without uncontrolled hypertension are excluded from the primary trial", False),
        ("Patients with extracranial zentromas are eligible for the primary trial", True),
        ("Patients with extracranial zentromas are excluded from the primary trial", False),
        ("Extracranial zentromas are required in the primary trial", False),
        ("Patients with high blood pressure are excluded from the primary trial", True),
        ("Uncontrolled hypertension is excluded from the primary trial unless it is old", None),
    ],
)
def test_criteria_are_read_with_what_they_deny_and_let_in(
    statement: str, true: bool | None
) -> None:
    assert judge_statement(statement, CRITERIA) is true


EVENTS = """Adverse Events 1:
  Total: 14/40 (35.00%)
  Anaemia 8/40 (20.00%)
  Nausea 1/40 (2.50%)
  Sepsis 2/40 (5.00%)
Adverse Events 2:
  Total: 3/40 (7.50%)
  Anaemia 1/40 (2.50%)
  Nausea 2/40 (5.00%)
  Sepsis 1/40 (2.50%)"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        # Of the sum this would be true, of nausea it is not.
        ("There were more cases of anaemia and nausea in cohort 1 of the primary trial than in "
         "cohort 2", False),
        ("There were more cases of anaemia and sepsis in cohort 1 of the primary trial than in "
         "cohort 2", True),
        ("There were more cases of sepsis in cohort 1 of the primary trial than in cohort 2", True),
        ("There were significantly more cases of sepsis in cohort 1 of the primary trial than in "
         "cohort 2", False),
        ("There were significantly more cases of anaemia in cohort 1 of the primary trial than in "
         "cohort 2", True),
        ("The most common adverse event in cohort 1 of the primary trial was anaemia, in 8 "
         "patients", True),
        ("The most common adverse event in cohort 1 of the primary trial was anaemia, in 7 "
         "patients", False),
    ],
)  # fmt: skip
def test_events_are_compared_one_by_one_and_beyond_chance(statement: str, true: bool) -> None:
    assert judge_statement(statement, EVENTS) is true


@pytest.mark.parametrize(("sepsis", "true"), [("2 cases", True), ("1 case", False)])
def test_both_halves_of_a_sentence_that_begins_with_while_count(sepsis: str, true: bool) -> None:
    statement = (
        f"While cohort 1 of the primary trial recorded {sepsis} of sepsis, cohort 2 of the primary "
        "trial recorded 1 case of anaemia"
    )
    assert judge_statement(statement, EVENTS) is true


RESPONSE = """Outcome Measurement:
  Objective Response Rate
  Complete response (CR) or partial response (PR)
Results 1:
  Arm/Group Title: Zentrol
  Overall Number of Participants Analyzed: 50
  Measure Type: Count of Participants
  Unit of Measure: Participants  30  60.0%
Results 2:
  Arm/Group Title: Obtrexin
  Overall Number of Participants Analyzed: 50
  Measure Type: Count of Participants
  Unit of Measure: Participants  10  20.0%"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("60% of the Zentrol group of the primary trial had an objective response", True),
        # Responses of both kinds are counted together.
        ("60% of the Zentrol group of the primary trial had a complete response", None),
        ("The highest response rate of the primary trial was in the Zentrol group", True),
        ("The lowest response rate of the primary trial was in the Zentrol group", False),
        ("There was a significant difference in response between the Zentrol and the Obtrexin "
         "group of the primary trial", True),
        ("The primary trial does not report overall survival", True),
        ("The primary trial does not report the objective response rate", False),
    ],
)  # fmt: skip
def test_outcomes_are_what_they_count_and_not_a_part_of_it(
    statement: str, true: bool | None
) -> None:
    assert judge_statement(statement, RESPONSE) is true
