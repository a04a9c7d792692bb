"""Statements about made-up registry sections, worked out from their tables and lines."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.checks.registry.amount import amounts
from probatum.checks.registry.record import Count, read_sections
from probatum.checks.registry.statement import judge_statement, pertinent
from probatum.checks.registry.verdict import registry_verdict

EVENTS = """Adverse Events 1:
  Total: 6/20 (30.00%)
  Anaemia 3/20 (15.00%)
  Nausea * 23/20 (15.00%)
  Myocardial infarction 1/20 (5.00%)
Adverse Events 2:
  Total: 2/25 (8.00%)
  Anaemia 1/25 (4.00%)
  Nausea * 0/25 (0.00%)
  Myocardial infarction 0/25 (0.00%)"""
OTHER = """Adverse Events 1:
  Total: 9/30 (30.00%)
  Anaemia 6/30 (20.00%)
  Sepsis 1/30 (3.33%)"""
BOTH = f"Primary trial\n{EVENTS}\nSecondary trial\n{OTHER}"
RESULTS = """Outcome Measurement:
  Progression-free Survival (PFS)
  Time frame: 24 months
Results 1:
  Arm/Group Title: Zentrol
  Overall Number of Participants Analyzed: 40
  Median (Full Range)
  Unit of Measure: months  8.0        (2.0 to 30.0)
Results 2:
  Arm/Group Title: Placebo
  Overall Number of Participants Analyzed: 42
  Median (Full Range)
  Unit of Measure: months  5.5        (1.0 to 19.0)"""
RESPONSE = """Outcome Measurement:
  Objective Response Rate
  Time frame: 2 years
Results 1:
  Arm/Group Title: Zentrol
  Overall Number of Participants Analyzed: 50
  Measure Type: Count of Participants
  Unit of Measure: Participants  20  40.0%"""
CRITERIA = """Inclusion Criteria:
  Age 18 years or older
  HER2-negative adenocarcinoma of the breast
  Left ventricular ejection fraction of at least 50%
Exclusion Criteria:
  Uncontrolled hypertension
  Pulmonary embolism within the last 6 months"""
REGIMEN = """INTERVENTION 1:
  Zentrol
  Zentrol 200 mg orally once daily for 12 weeks
INTERVENTION 2:
  Docetaxel
  Docetaxel 75 mg intravenously every 3 weeks"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("There were 3 cases of nausea in cohort 1 of the primary trial", True),
        ("There were 23 cases of nausea in cohort 1 of the primary trial", False),
        ("4 patients in the primary trial had anaemia", True),
        ("Over 1/4 of patients in cohort 1 of the primary trial had adverse events", True),
        ("Less than 5% of patients in cohort 2 of the primary trial suffered from nausea", True),
        ("More patients in cohort 2 than in cohort 1 of the primary trial had anaemia", False),
        ("Cohort 1 of the primary trial had 2 more cases of anaemia than cohort 2", True),
        ("Cohort 1 of the primary trial had 3 times as many cases of anaemia as cohort 2", True),
        ("There were no cases of gout in the primary trial", True),
        ("One patient in the primary trial had a heart attack", True),
        ("None of the patients in cohort 2 of the primary trial had nausea", True),
        ("All cases of nausea in the primary trial occurred in cohort 1", True),
    ],
)
def test_adverse_events_are_counted(statement: str, true: bool) -> None:
    assert judge_statement(statement, EVENTS) is true


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("There were more cases of anaemia in the secondary trial than in the primary trial", True),
        ("Anaemia was more common in the primary trial than in the secondary trial", False),
        ("The primary trial had 3 cases of nausea, the secondary trial had none", True),
    ],
)
def test_two_trials_are_compared(statement: str, true: bool) -> None:
    assert judge_statement(statement, BOTH) is true


@pytest.mark.parametrize(
    ("text", "statement", "true"),
    [
        (RESULTS, "The Zentrol group had a longer median PFS than the Placebo group", True),
        (RESULTS, "The median PFS in cohort 2 of the primary trial was under 5 months", False),
        (RESULTS, "The median PFS in cohort 1 of the primary trial was 243.5 days", True),
        (RESULTS, "The longest PFS in cohort 1 of the primary trial was over 2 years", True),
        (RESULTS, "The two cohorts of the primary trial have a 2.5 months difference in PFS", True),
        (RESPONSE, "40% of the primary trial participants had an objective response", True),
        (RESPONSE, "The majority of the primary trial patients had an objective response", False),
        (RESPONSE, "20/50 patients in the primary trial had an objective response", True),
    ],
)
def test_results_are_compared_in_one_unit(text: str, statement: str, true: bool) -> None:
    assert judge_statement(statement, text) is true


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Patients with uncontrolled hypertension are excluded from the primary trial", True),
        ("Patients with uncontrolled hypertension are eligible for the primary trial", False),
        ("A 16 year old patient is eligible for the primary trial", False),
        ("Patients with HER2-positive breast adenocarcinoma are eligible for the primary trial",
         False),
        ("Patients with a pulmonary embolism within the last 183 days are excluded from the "
         "primary trial", True),
        ("Patients with a pulmonary embolism within the last 6 years are excluded from the "
         "primary trial", False),
    ],
)  # fmt: skip
def test_criteria_are_read_with_their_heading_and_their_numbers(statement: str, true: bool) -> None:
    assert judge_statement(statement, CRITERIA) is true


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Cohort 1 of the primary trial receives 200 mg of Zentrol orally", True),
        ("Cohort 1 of the primary trial receives 0.2 g of Zentrol", True),
        ("Cohort 1 of the primary trial receives 300 mg of Zentrol", False),
        ("Cohort 2 of the primary trial receives oral docetaxel", False),
    ],
)
def test_regimens_keep_their_doses_and_routes(statement: str, true: bool) -> None:
    assert judge_statement(statement, REGIMEN) is true


CHANGE = """Outcome Measurement:
  Change in Obtrexin Expression
Time frame: 7 days
Results 1:
  Arm/Group Title: Zentrol
  Overall Number of Participants Analyzed: 44
  Mean (95% Confidence Interval)
  Unit of Measure: percentage change in Obtrexin  -40        (-63 to -29)
"""


@pytest.mark.parametrize(("by", "true"), [("40%", True), ("60%", False)])
def test_a_negative_change_is_a_reduction(by: str, true: bool) -> None:
    statement = f"Zentrol reduced Obtrexin expression in the primary trial by {by} on average"
    assert judge_statement(statement, CHANGE) is true


GROUPS = """Primary trial:
INTERVENTION 1:
  Arm A: Zentrol
  Zentrol 12 mg/kg once weekly with Obtrexin 400 mg
INTERVENTION 2:
  Arm C: Zentrol with Falvopan
  Zentrol 20 mg/kg once weekly with Obtrexin 400 mg, and Falvopan tablets

Secondary trial:
INTERVENTION 1:
  Placebo
  Placebo tablets twice daily
INTERVENTION 2:
  Falvopan
  Falvopan tablets twice daily
"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("The primary trial has two cohorts", True),
        ("The primary trial has three cohorts", False),
        ("The secondary trial had one test group and one placebo group", True),
        ("The primary trial has no placebo group", True),
        ("Both the primary trial and the secondary trial have a placebo group", False),
        ("Cohort 1 of the primary trial receives 8 mg/kg less Zentrol than cohort 2", True),
        ("Cohort 1 of the primary trial receives 5 mg/kg less Zentrol than cohort 2", False),
        ("Both cohorts of the primary trial receive the same dose of Obtrexin", True),
        ("Both cohorts of the primary trial receive the same dose of Zentrol", False),
        ("Only cohort 2 of the primary trial receives Falvopan", True),
        ("Only cohort 1 of the primary trial receives Falvopan", False),
        ("Arm C of the primary trial receives Falvopan", True),
        ("Cohorts 1 and 2 of the secondary trial receive the same treatment", False),
        ("All patients in the primary trial receive higher doses of Zentrol than patients in the "
         "secondary trial", True),
        ("The primary trial participants receive less than 30 mg/kg of Zentrol", True),
    ],
)  # fmt: skip
def test_groups_are_counted_and_compared(statement: str, true: bool) -> None:
    assert judge_statement(statement, GROUPS) is true


CRITERIA_OF_TWO = """Primary trial:
Inclusion Criteria:
  Women aged 40 to 65 years
  Measurable unilateral gout of the foot
  Signed written informed consent
Exclusion Criteria:
  Known allergy to latex, peanuts or zentrol
  LVSF below 25%

Secondary trial:
Inclusion Criteria:
  Signed written informed consent
  Adequate renal clearance
"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Anna is a 56 year old woman, and Berta is a 44 year old woman, both can be eligible for "
         "the primary trial", True),
        ("Anna is a 56 year old woman, and Berta is a 34 year old woman, both can be eligible for "
         "the primary trial", False),
        ("Anna is a 56 year old woman, and Carl is a 44 year old man, both can be eligible for "
         "the primary trial", False),
        ("The primary trial and the secondary trial share at least one inclusion criterion", True),
        ("The primary trial and the secondary trial have no inclusion criteria in common", False),
        ("The two trials have identical eligibility criteria", False),
        ("Patients allergic to peanuts are excluded from the primary trial", True),
        # Whom no line shuts out may come; a short form is the words that it is short for.
        ("Patients with baldness are eligible for the secondary trial, but those allergic to latex "
         "are excluded from the primary trial", True),
        ("Patients with left ventricular shortening fraction below 20% are excluded from the "
         "primary trial", True),
    ],
)  # fmt: skip
def test_persons_and_criteria_of_two_trials_are_compared(statement: str, true: bool) -> None:
    assert judge_statement(statement, CRITERIA_OF_TWO) is true


def test_a_footnotes_digit_is_told_from_the_count_by_the_share() -> None:
    (section,) = read_sections(EVENTS)
    assert section.groups[0].events[1] == ("Nausea", Count(3, 20))


def test_a_sentence_that_only_explains_a_word_is_left_out() -> None:
    told = "Nausea was rare in the primary trial. Megacolon is a dilation of the colon."
    assert pertinent(told) == "Nausea was rare in the primary trial."


def test_what_is_no_registry_section_is_left_to_others() -> None:
    assert registry_verdict("Zentrol works", "Zentrol worked in forty adults.") is None


@pytest.mark.parametrize(
    ("text", "kind", "sign", "value"),
    [
        ("over 1/6 patients", "percent", ">", 100 / 6),
        ("1/42 patients", "count", "=", 1),
        ("at least half of the patients", "percent", ">=", 50),
        ("just under 7 months", "time", "<", 7 * 730.5),
        ("0.3 of the patients", "percent", "=", 30),
        ("30000 mcg", "mass", "=", 30),
        ("no cases", "count", "=", 0),
    ],
)
def test_an_amount_has_a_bound_a_kind_and_a_value(
    text: str, kind: str, sign: str, value: float
) -> None:
    (first, *_) = amounts(text)
    assert (first.kind, first.sign, first.value) == (kind, sign, pytest.approx(value))


@pytest.mark.parametrize(
    "line",
    ["Nausea 2/40 (5.00%)", "Nausea *2/40 (5.00%)", "Nausea [1]2/40 (5.00%)", "Nausea2/40 (5.00%)",
     "Nausea 1 2/40 (5.00%)", "Nausea 12/40 (5.00%)"],
)  # fmt: skip
def test_a_count_is_read_wherever_its_footnote_stands(line: str) -> None:
    (section,) = read_sections(f"Adverse Events 1:\n  Total: 5/40 (12.50%)\n  {line}")
    assert section.groups[0].events == (("Nausea", Count(2, 40)),)


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("There was 1 heart attack in cohort 1 of the primary trial", True),
        ("Most patients in the primary trial did not have sepsis", True),
        ("The primary trial and the secondary trial share none of the same adverse events", False),
        ("Sepsis was more common in the secondary trial", True),
        ("Anaemia was more common in the secondary trial", True),
        ("Anaemia was more common in the primary trial", False),
    ],
)
def test_events_are_compared_with_the_other_trial_that_is_not_named(
    statement: str, true: bool
) -> None:
    assert judge_statement(statement, BOTH) is true


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Patients with an ejection fraction of at least 60% are eligible for the primary trial",
         True),
        ("Patients with a left ventricular ejection fraction of 40% are eligible for the primary "
         "trial", False),
        ("Patients with a left ventricular ejection fraction of 40% are excluded from the primary "
         "trial", True),
        ("Patients with uncontrolled hypertension are eliminated from the primary trial", True),
    ],
)  # fmt: skip
def test_who_is_within_a_limit_may_take_part_and_who_is_not_may_not(
    statement: str, true: bool
) -> None:
    assert judge_statement(statement, CRITERIA) is true


def test_an_abstract_that_speaks_of_criteria_is_no_section() -> None:
    assert read_sections("Zentrol was studied. Inclusion criteria: adults with gout.") == ()


def test_the_trials_are_told_apart_on_one_line_as_well() -> None:
    text = (
        "Primary trial: Adverse Events 1:   Total: 1/10 (10.00%)   Nausea 1/10 (10.00%) "
        "Secondary trial: Adverse Events 1:   Total: 3/10 (30.00%)   Nausea 3/10 (30.00%)"
    )
    statement = "There were 3 cases of nausea in the secondary trial"
    assert judge_statement(statement, text) is True


@given(st.text(max_size=150), st.sampled_from([EVENTS, BOTH, RESULTS, CRITERIA, REGIMEN]))
def test_any_statement_is_true_false_or_neither(statement: str, text: str) -> None:
    assert judge_statement(statement, text) in (True, False, None)


@given(st.text(max_size=300))
def test_any_text_is_read_or_is_no_section(text: str) -> None:
    for start in ("Adverse Events 1:", "Outcome Measurement:", "INTERVENTION 1:", "Inclusion:"):
        judge_statement("All 3 patients in cohort 2 of the primary trial had it", start + text)


@pytest.mark.parametrize(
    "piece", ["a", " ", "1/", "(", "1 ", "the ", "cohort 1 ", ".", "Nausea ", "\n", "[1]"]
)
def test_a_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    text = "Adverse Events 1:\n" + piece * (200_000 // len(piece))
    begun = time.process_time()
    judge_statement(piece * 5_000, text)
    assert time.process_time() - begun < 5
