"""The pain pack holds the figures its sources state, and needs no word of the other packs."""

import re
from decimal import Decimal
from functools import cache

import pytest

from probatum.evidence.record import (
    Definition,
    Formula,
    Recommendation,
    Record,
    Regimen,
    SafetyRule,
)
from probatum.packs.loader import SHIPPED, load_pack
from probatum.packs.model import Pack

DOSE = re.compile(r"dose \* ([\d.]+)")


@cache
def pack() -> Pack:
    return load_pack(SHIPPED / "pain")


@cache
def records() -> dict[str, Record]:
    return {record.id: record for record in pack().records}


def formula(drug: str) -> Formula:
    record = records()[f"cdc-2022-mme-factor-{drug}"]
    assert isinstance(record, Definition)
    assert record.formula is not None
    return record.formula


def mme(drug: str, dose: str) -> Decimal:
    found = DOSE.fullmatch(formula(drug).expression)
    assert found is not None
    return Decimal(dose) * Decimal(found[1])


def test_every_recommendation_has_the_category_and_evidence_type_of_the_final_guideline() -> None:
    grades = {
        record.id.removeprefix("cdc-2022-rec-"): (record.strength.grade, record.strength.direction)
        for record in pack().records
        if isinstance(record, Recommendation)
        and record.strength is not None
        and record.edition == "cdc-opioids-2022"
    }
    assert grades == {
        "01": ("category B, evidence type 3", "for"),
        "02": ("category A, evidence type 2", "for"),
        "03": ("category A, evidence type 4", "for"),
        "04": ("category A, evidence type 3", "for"),
        "05": ("category B, evidence type 4", "for"),
        "05-abrupt": ("category B, evidence type 4", "against"),
        "06": ("category A, evidence type 4", "for"),
        "07": ("category A, evidence type 4", "for"),
        "08": ("category A, evidence type 4", "for"),
        "09": ("category B, evidence type 4", "for"),
        "10": ("category B, evidence type 4", "for"),
        "11": ("category B, evidence type 3", "neither"),
        "12": ("category A, evidence type 1", "for"),
        "12-detox": ("category A, evidence type 1", "against"),
    }


def test_the_mme_conversion_factors_are_those_of_the_guidelines_table() -> None:
    factors = {
        drug: (formula(drug).expression, formula(drug).inputs[0].unit)
        for drug in (
            name.removeprefix("cdc-2022-mme-factor-")
            for name in records()
            if name.startswith("cdc-2022-mme-factor-")
        )
    }
    assert factors == {
        "codeine": ("dose * 0.15", "mg/day"),
        "hydrocodone": ("dose * 1", "mg/day"),
        "hydromorphone": ("dose * 5", "mg/day"),
        "methadone": ("dose * 4.7", "mg/day"),
        "morphine": ("dose * 1", "mg/day"),
        "oxycodone": ("dose * 1.5", "mg/day"),
        "oxymorphone": ("dose * 3", "mg/day"),
        "tapentadol": ("dose * 0.4", "mg/day"),
        "tramadol": ("dose * 0.2", "mg/day"),
        "transdermal-fentanyl": ("dose * 2.4", "mcg/h"),
    }


@pytest.mark.parametrize(
    ("drug", "dose", "expected"), [("hydrocodone", "20", "20"), ("oxycodone", "20", "30.0")]
)
def test_the_formulas_give_the_guidelines_own_worked_examples(
    drug: str, dose: str, expected: str
) -> None:
    assert mme(drug, dose) == Decimal(expected)


def test_the_general_formula_spans_exactly_the_factors_of_the_table() -> None:
    record = records()["cdc-2022-mme"]
    assert isinstance(record, Definition)
    assert record.formula is not None
    factor = record.formula.inputs[1]
    in_mg = [
        mme(name.removeprefix("cdc-2022-mme-factor-"), "1")
        for name in records()
        if name.startswith("cdc-2022-mme-factor-") and not name.endswith("transdermal-fentanyl")
    ]
    assert (factor.id, factor.low, factor.high) == ("factor", min(in_mg), max(in_mg))


def test_the_precautions_at_50_mme_hold_for_a_total_of_50_mme_a_day_or_more() -> None:
    (criterion,) = records()["cdc-2022-50-mme-precautions"].population.biomarkers
    assert criterion.model_dump() == {
        "biomarker": "mme-per-day",
        "comparator": ">=",
        "value": Decimal(50),
        "unit": "MME/day",
        "state": None,
    }


@pytest.mark.parametrize(
    ("record", "figures"),
    [
        ("cdc-2022-taper-slow", ["10%"]),
        ("cdc-2022-taper-weeks-to-months", ["10%", "30%", "10%"]),
        ("cdc-2022-taper-acute-days", ["3 days", "1 week", "50%", "2 days"]),
        ("cdc-2022-taper-acute-weeks", ["1 week", "1 month", "20%", "2 days"]),
        ("cdc-2022-pdmp-interval", ["3 months"]),
        ("cdc-2022-methadone-follow-up", ["3 days"]),
        ("cdc-2022-buprenorphine-switch", ["12 hours", "24 hours"]),
        ("childrens-tylenol-when-to-stop", ["5 days", "3 days"]),
    ],
)
def test_a_rule_states_its_whole_set_of_figures(record: str, figures: list[str]) -> None:
    rule = records()[record]
    assert isinstance(rule, SafetyRule)
    assert re.findall(r"\d+(?:%| (?:days?|hours?|weeks?|months?)\b)", rule.text) == figures


def test_the_childrens_doses_are_those_of_the_labels_table() -> None:
    doses = {
        record.name: [
            (part.amount, part.unit, part.cap, part.detail, part.schedule)
            for part in record.components
        ]
        for record in pack().records
        if isinstance(record, Regimen)
    }
    cap = "no more than 5 doses in 24 hours"
    detail = "suspension with 160 mg of acetaminophen in each 5 mL"
    assert doses == {
        "Children's Tylenol, 24 to 35 lb or 2 to 3 years": [(Decimal(5), "mL", cap, detail, None)],
        "Children's Tylenol, 36 to 47 lb or 4 to 5 years": [
            (Decimal("7.5"), "mL", cap, detail, None)
        ],
        "Children's Tylenol, 48 to 59 lb or 6 to 8 years": [(Decimal(10), "mL", cap, detail, None)],
        "Children's Tylenol, 60 to 71 lb or 9 to 10 years": [
            (Decimal("12.5"), "mL", cap, detail, None)
        ],
        "Children's Tylenol, 72 to 95 lb or 11 years": [(Decimal(15), "mL", cap, detail, None)],
    }


def test_what_the_final_guideline_changed_is_kept_as_history_of_the_draft() -> None:
    replaced = {
        record.id: record.superseded_by
        for record in pack().records
        if record.edition == "cdc-opioids-2022-draft" and record.superseded_by
    }
    assert replaced == {
        "cdc-2022-draft-rec-07": "cdc-2022-rec-07",
        "cdc-2022-draft-rec-08": "cdc-2022-rec-08",
        "cdc-2022-draft-rec-11": "cdc-2022-rec-11",
        "cdc-2022-draft-rec-12": "cdc-2022-rec-12",
        "cdc-2022-draft-methadone-follow-up": "cdc-2022-methadone-follow-up",
    }


def test_what_was_read_in_the_draft_alone_says_so_whenever_it_is_shown() -> None:
    cautions = {
        record.id: record.caution
        for record in pack().records
        if record.edition == "cdc-opioids-2022-draft" and not record.superseded_by
    }
    caution = (
        "Read in the draft for public comment; the final guideline was not read on this point."
    )
    assert cautions == {
        "cdc-2022-draft-starting-dose": caution,
        "cdc-2022-draft-oud-criteria": caution,
        "cdc-2022-draft-acetaminophen-liver": caution,
    }


def test_the_plain_wording_keeps_every_number_of_the_text() -> None:
    def numbers(text: str) -> set[str]:
        return set(re.findall(r"\d+(?:\.\d+)?", text))

    lost = {
        record.id: numbers(record.text) ^ numbers(record.plain or "")
        for record in pack().records
        if isinstance(record, Recommendation | SafetyRule | Definition)
        and numbers(record.text) != numbers(record.plain or "")
    }
    assert lost == {}
