"""How a record's population covers the need."""

from decimal import Decimal
from typing import Any

import pytest

from probatum.checks.cover import Cover, contradict, directness, implies
from probatum.evidence.population import Comparator, Criterion, Population, Prior
from probatum.questions.need import Need
from tests.checks.invented import LIBRARY, RECURRENT, SOLID

CERVICAL: dict[str, Any] = {"conditions": ("cervical-cancer",)}


def level(population: Population, **asked: Any) -> str:
    need = Need(question="?", intent="treatment_options", **asked)
    return directness(population, need, LIBRARY.vocabulary).level


def people(**fields: Any) -> Population:
    return Population(**{"conditions": ("cervical-cancer",), "text": "people", **fields})


@pytest.mark.parametrize(
    ("population", "asked", "expected"),
    [
        (people(), CERVICAL, "same"),
        (people(), {}, "same"),
        (people(conditions=("vulvar-cancer",)), CERVICAL, "other"),
        (people(conditions=("solid-tumours",)), CERVICAL, "broader"),
        (people(), {"conditions": ("gynaecological-cancer",)}, "narrower"),
        (people(conditions=()), CERVICAL, "same"),
        (people(settings=("locally-advanced",)), CERVICAL, "same"),
        (
            people(settings=("locally-advanced",)),
            {**CERVICAL, "settings": ("recurrent-or-metastatic",)},
            "other",
        ),
        (
            people(settings=("recurrent-or-metastatic",)),
            {**CERVICAL, "settings": ("recurrent",)},
            "broader",
        ),
        (people(lines=("first-line",)), {**CERVICAL, "line": "second-line-or-later"}, "other"),
        (people(lines=("first-line",)), CERVICAL, "same"),
        (people(lines=("second-line-or-later",)), {**CERVICAL, "line": "third-line"}, "broader"),
        (people(subtypes=("squamous",)), CERVICAL, "narrower"),
        (people(subtypes=("squamous",)), {**CERVICAL, "subtypes": ("adenocarcinoma",)}, "other"),
        (people(groups=("pregnancy",)), CERVICAL, "narrower"),
        (people(groups=("adults",)), {**CERVICAL, "groups": ("children",)}, "other"),
        (people(groups=("adults",)), {**CERVICAL, "groups": ("pregnancy",)}, "narrower"),
    ],
)
def test_a_population_covers_a_need_by_its_narrowest_dimension(
    population: Population, asked: dict[str, Any], expected: str
) -> None:
    assert level(population, **asked) == expected


def score(comparator: Comparator, value: int) -> Criterion:
    return Criterion(biomarker="pd-l1-cps", comparator=comparator, value=Decimal(value))


@pytest.mark.parametrize(
    ("record", "patient", "expected"),
    [
        (score(">=", 1), score("<", 1), "other"),
        (score(">=", 1), score("=", 0), "other"),
        (score(">=", 1), score(">=", 10), "same"),
        (score(">=", 10), score(">=", 1), "narrower"),
        (score(">", 1), score("<=", 1), "other"),
        (score("<", 1), score("=", 1), "other"),
        (score(">=", 1), score("=", 1), "same"),
    ],
)
def test_a_patient_beyond_a_threshold_is_somebody_else(
    record: Criterion, patient: Criterion, expected: str
) -> None:
    assert level(people(biomarkers=(record,)), **CERVICAL, criteria=(patient,)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [("3+", "broader"), ("2+", "other"), ("negative", "other"), ("positive", "narrower")],
)
def test_a_biomarker_state_of_another_sign_or_grade_is_somebody_else(
    state: str, expected: str
) -> None:
    criteria = (Criterion(biomarker="her2", state=state),)
    assert level(SOLID, **CERVICAL, criteria=criteria) == expected


def test_a_threshold_that_the_question_leaves_open_narrows() -> None:
    assert level(people(biomarkers=(score(">=", 1),)), **CERVICAL) == "narrower"


def test_an_earlier_therapy_that_was_excluded_or_is_missing_makes_it_somebody_else() -> None:
    had = Prior(therapy="otherimab", requirement="required")
    never = Prior(therapy="platinum", requirement="excluded")
    platinum = Prior(therapy="cisplatin", requirement="required")
    assert level(RECURRENT, **CERVICAL, prior=(had,)) == "other"
    assert level(RECURRENT, **CERVICAL, prior=(never,)) == "other"
    assert level(RECURRENT, **CERVICAL, prior=(platinum,)) == "same"


def test_the_reasons_say_what_differs_in_words() -> None:
    need = Need(question="?", intent="treatment_options", conditions=("vulvar-cancer",))
    name = LIBRARY.name
    assert directness(people(), need, LIBRARY.vocabulary) == Cover(
        "other", (f"condition: {name('cervical-cancer')}, not {name('vulvar-cancer')}",)
    )


def test_scores_in_other_units_are_not_compared() -> None:
    percent = Criterion(biomarker="pd-l1-cps", comparator="<", value=Decimal(1), unit="%")
    plain = Criterion(biomarker="pd-l1-cps", comparator=">=", value=Decimal(1), unit="points")
    assert not contradict(plain, percent)
    assert not implies(plain, percent)


def _score(comparator: Comparator, value: str) -> Criterion:
    return Criterion(biomarker="pd-l1-cps", comparator=comparator, value=Decimal(value))


@pytest.mark.parametrize(
    ("state", "score", "expected"),
    [
        ("negative", _score(">=", "1"), "other"),
        ("negative", _score(">=", "10"), "other"),
        ("negative", _score("<", "1"), "narrower"),
        ("positive", _score("<", "1"), "other"),
        ("positive", _score(">=", "1"), "narrower"),
        ("positive", _score("<", "10"), "narrower"),
        ("unknown", _score(">=", "1"), "narrower"),
    ],
)
def test_a_bare_test_result_rules_out_the_scores_that_it_cannot_have(
    state: str, score: Criterion, expected: str
) -> None:
    told = Criterion(biomarker="pd-l1", state=state)
    assert level(people(biomarkers=(score,)), **CERVICAL, criteria=(told,)) == expected
