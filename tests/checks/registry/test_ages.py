"""Ages that criteria admit, and of whom statements speak."""

import pytest

from probatum.checks.registry.ages import OLDEST, Ages, admitted, told_ages
from probatum.checks.registry.record import read_sections
from probatum.checks.registry.statement import judge_statement


def _admitted(*lines: str) -> Ages | None:
    (section,) = read_sections("\n  ".join(["Inclusion Criteria:", *lines]))
    return admitted(section)


@pytest.mark.parametrize(
    ("lines", "ages"),
    [
        (("Age 18 years or older",), Ages(18, OLDEST)),
        (("Aged 18 to 70 years",), Ages(18, 70)),
        (("Women 40-65 years old",), Ages(40, 65)),
        (("Age >/= 21",), Ages(21, OLDEST)),
        (("Patients of 18 years of age or older", "Exclusion Criteria:", "Age > 75 years"),
         Ages(18, 74)),
        (("Signed consent",), None),
    ],
)  # fmt: skip
def test_lines_admit_a_range_of_ages(lines: tuple[str, ...], ages: Ages | None) -> None:
    found = _admitted(*lines)
    assert found == ages or (found is not None and ages is not None and found.alike(ages))


@pytest.mark.parametrize(
    ("clause", "ages"),
    [
        ("Anna is a 56 year old woman, Berta is a 34 year old woman", (Ages(56, 56), Ages(34, 34))),
        ("patients between the ages of 20 and 30", (Ages(20, 30),)),
        ("women aged 60 or older", (Ages(60, OLDEST),)),
        ("children", (Ages(0, 17),)),
        ("the child's mother", ()),
        ("a stroke in the last 5 years", ()),
    ],
)
def test_a_clause_speaks_of_persons_or_of_ranges(clause: str, ages: tuple[Ages, ...]) -> None:
    assert told_ages(clause)[0] == ages


CRITERIA = """Inclusion Criteria:
  Age 18 to 70 years
  Gout of the foot
Exclusion Criteria:
  Known allergy to zentrol"""


@pytest.mark.parametrize(
    ("statement", "true"),
    [
        ("Women aged 20 to 30 are eligible for the primary trial", True),
        ("Women over the age of 80 are eligible for the primary trial", False),
        ("Women over the age of 80 are excluded from the primary trial", True),
        ("Children are excluded from the primary trial", True),
        ("Patients must be aged 18 to 70 to take part in the primary trial", True),
        ("Patients must be aged 30 to 70 to take part in the primary trial", False),
    ],
)
def test_who_is_of_an_age_may_take_part(statement: str, true: bool) -> None:
    assert judge_statement(statement, CRITERIA) is true
