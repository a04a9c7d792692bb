"""An amount belongs to its own drug, and a schedule to its own amount."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.extract.guidance.regimens import Dose
from tests.extract.works import read


def doses(text: str) -> list[Dose]:
    found, held = read(text)
    for each in found.doses:
        assert each.drug in held[each.start : each.end]
    return list(found.doses)


def told(text: str) -> list[tuple[Any, ...]]:
    return [
        (d.drug, d.low, d.high, d.unit, d.route, d.schedule, d.duration, d.cap) for d in doses(text)
    ]


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        (
            "Patients received cisplatin 75 mg/m2 intravenously on day 1 of each 21-day cycle.",
            ("cisplatin", Decimal(75), None, "mg/m2", "intravenously", "on day 1 of each 21-day cycle",  # noqa: E501
             None, None),
        ),
        (
            "They took metformin 500 mg orally twice daily for 12 weeks.",
            ("metformin", Decimal(500), None, "mg", "orally", "twice daily", "for 12 weeks", None),
        ),
        (
            "Carboplatin AUC 5 every 3 weeks was given.",
            ("Carboplatin", Decimal(5), None, "AUC", None, "every 3 weeks", None, None),
        ),
        (
            "Pembrolizumab 200 mg q3w for up to 35 cycles.",
            ("Pembrolizumab", Decimal(200), None, "mg", None, "q3w", "for up to 35 cycles", None),
        ),
        (
            "Give morphine 5–10 mg every 4 hours, maximum 60 mg.",
            ("morphine", Decimal(5), Decimal(10), "mg", None, "every 4 hours", None, "maximum 60 mg"),  # noqa: E501
        ),
        (
            "A dose of 80 mg of osimertinib by mouth daily.",
            ("osimertinib", Decimal(80), None, "mg", "by mouth", "daily", None, None),
        ),
    ],
)  # fmt: skip
def test_a_dose_has_its_parts(text: str, dose: tuple[Any, ...]) -> None:
    assert told(text) == [dose]


def test_two_drugs_keep_their_own_amounts_and_schedules() -> None:
    found = told("Docetaxel 75 mg/m2 on day 1 and prednisone 5 mg twice daily were given.")
    assert [(d[0], d[1], d[5]) for d in found] == [
        ("Docetaxel", Decimal(75), "on day 1"),
        ("prednisone", Decimal(5), "twice daily"),
    ]


def test_a_second_amount_of_one_drug_is_its_own_dose() -> None:
    found = told("Ivermectin 12 mg on day 1, then 6 mg daily.")
    assert [(d[0], d[1], d[5]) for d in found] == [
        ("Ivermectin", Decimal(12), "on day 1"),
        ("Ivermectin", Decimal(6), "daily"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The cyst measured 12 mg.",
        "Bilirubin fell to 2.1 mg/dL.",
        "Fifty men took metformin.",
        "Haemoglobin below 8 g is severe.",
    ],
)
def test_an_amount_without_its_drug_is_no_dose(text: str) -> None:
    assert told(text) == []


def test_radiation_is_dosed_in_grays_alone() -> None:
    found = told("Radiotherapy of 45 Gy with cisplatin 40 mg/m2 weekly was given.")
    assert [(d[0], d[1], d[3]) for d in found] == [
        ("Radiotherapy", Decimal(45), "Gy"),
        ("cisplatin", Decimal(40), "mg/m2"),
    ]


@given(st.text(alphabet="0123456789 mg/cisplatin.day,;-q3wAUC", max_size=120))
def test_no_text_stops_the_reader(text: str) -> None:
    doses(" ".join(text.split()) or "x")
