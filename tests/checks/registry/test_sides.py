"""Made-up registry entries: groups whose titles hold each other, changes, and numbers of groups."""

import pytest

from probatum.checks.registry.statement import judge_statement

PLUS = """Outcome Measurement:
  Objective Response Rate
  Time frame: 2 years
Results 1:
  Arm/Group Title: Zentrol Plus Obtrexin
  Overall Number of Participants Analyzed: 50
  Measure Type: Number
  Unit of Measure: percentage of participants  20
Results 2:
  Arm/Group Title: Zentrol Plus Obtrexin Plus Falvopan
  Overall Number of Participants Analyzed: 50
  Measure Type: Number
  Unit of Measure: percentage of participants  35"""
LOSS = """Outcome Measurement:
  Change in Bone Density
  Time frame: 1 year
Results 1:
  Arm/Group Title: Zentrol
  Overall Number of Participants Analyzed: 44
  Mean (Standard Deviation)
  Unit of Measure: percentage change in density  -2.1        (1.4)"""
LINES = """Outcome Measurement:
  Time in Theatre
  Time frame: 1 day
Results 1:
  Arm/Group Title: Zentrol
  Overall Number of Participants Analyzed: 20
  Median (Full Range)
  Unit of Measure: minutes
  Left side: 30        (20 to 40)
  Right side: 34        (21 to 44)
Results 2:
  Arm/Group Title: Placebo
  Overall Number of Participants Analyzed: 20
  Median (Full Range)
  Unit of Measure: minutes
  Left side: 25        (20 to 40)
  Right side: {right}        (21 to 44)"""
ARMS = """Primary trial:
INTERVENTION 1:
  Zentrol
  Zentrol tablets daily
INTERVENTION 2:
  Placebo
  Placebo tablets daily

Secondary trial:
INTERVENTION 1:
  Obtrexin
  Obtrexin tablets daily
"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Zentrol plus Obtrexin plus Falvopan had a higher response rate than Zentrol plus "
         "Obtrexin in the primary trial", True),
        ("Zentrol plus Obtrexin had a higher response rate than Zentrol plus Obtrexin plus "
         "Falvopan in the primary trial", False),
    ],
)  # fmt: skip
def test_a_group_is_told_from_another_whose_title_holds_its_own(statement: str, true: bool) -> None:
    assert judge_statement(statement, PLUS) is true


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("Patients in the primary trial had a loss of bone density", True),
        ("Patients in the primary trial had an increase of bone density", False),
        ("Only patients in the primary trial had a loss of bone density", None),
    ],
)
def test_the_sign_of_a_change_tells_which_way_it_went(statement: str, told: bool | None) -> None:
    assert judge_statement(statement, LOSS) is told


@pytest.mark.parametrize(("right", "told"), [(30, True), (40, None)])
def test_a_comparison_that_names_no_line_holds_where_every_line_agrees(
    right: int, told: bool | None
) -> None:
    statement = "Theatre time was longer in cohort 1 of the primary trial than in cohort 2"
    assert judge_statement(statement, LINES.format(right=right)) is told


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("The secondary trial is a single-arm trial", True),
        ("Both the primary trial and the secondary trial are single arm trials", False),
        ("The primary trial has more groups than the secondary trial", True),
        ("The primary trial has 2 more groups than the secondary trial", False),
        ("The primary trial and the secondary trial have the same number of groups", False),
        ("The primary trial and the secondary trial have a different number of groups", True),
    ],
)
def test_the_numbers_of_groups_of_two_trials_are_set_side_by_side(
    statement: str, true: bool
) -> None:
    assert judge_statement(statement, ARMS) is true
