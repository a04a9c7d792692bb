"""Guidance, approvals, doses and safety of the cervical pack say what was read, and no more."""

import re
from functools import cache
from math import sqrt

import pytest

from probatum.evidence.record import Definition, Recommendation, Record, SafetyRule, Status
from probatum.evidence.source import Edition
from probatum.packs.loader import SHIPPED, load_pack
from probatum.packs.model import Pack

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
Text = Recommendation | SafetyRule | Definition


@cache
def pack() -> Pack:
    return load_pack(SHIPPED / "cervical")


@cache
def records() -> dict[str, Record]:
    return {record.id: record for record in pack().records}


@cache
def editions() -> dict[str, Edition]:
    return {edition.id: edition for source in pack().sources for edition in source.editions}


def texts() -> list[Text]:
    return [record for record in pack().records if isinstance(record, Text)]


@pytest.mark.parametrize("record", texts(), ids=lambda record: record.id)
def test_the_patients_wording_keeps_every_number(record: Text) -> None:
    assert record.plain is not None
    assert set(NUMBER.findall(record.plain)) == set(NUMBER.findall(record.text))


@pytest.mark.parametrize("record", texts(), ids=lambda record: record.id)
def test_the_patients_wording_keeps_every_drug(record: Text) -> None:
    drugs = {
        term.name.lower()
        for term in pack().terms
        if term.kind == "intervention" and term.brands and term.name.lower() in record.text.lower()
    }
    assert record.plain is not None
    assert {drug for drug in drugs if drug not in record.plain.lower()} == set()


@pytest.mark.parametrize("record", texts(), ids=lambda record: record.id)
def test_the_patients_wording_has_short_sentences(record: Text) -> None:
    assert record.plain is not None
    sentences = re.split(r"(?<=[.])\s+", record.plain)
    assert [sentence for sentence in sentences if len(sentence.split()) > 24] == []


@pytest.mark.parametrize(
    ("edition", "topics"),
    [
        ("nccn-cervical-1.2024", ()),
        ("nccn-cervical-2.2026", ("local-treatment", "surveillance", "biomarker-testing")),
        ("esmo-cervical-2012", ()),
        ("esmo-cervical-2017", ()),
        ("esgo-estro-esp-cervical-2023", ()),
        ("nice-ta1164", ()),
    ],
)
def test_a_guideline_counts_as_read_only_where_it_was_read(
    edition: str, topics: tuple[str, ...]
) -> None:
    assert editions()[edition].read_topics == topics


def test_no_record_states_systemic_therapy_for_nccn_or_esmo() -> None:
    claims = [
        record.id
        for record in pack().records
        if isinstance(record, Recommendation)
        and record.body in ("nccn", "esmo", "esgo-estro-esp")
        and "systemic-therapy" in record.topics
    ]
    assert claims == []


def test_vulvectomy_belongs_to_vulvar_cancer_alone() -> None:
    conditions = {
        condition
        for record in pack().records
        if "radical-vulvectomy" in record.interventions
        for condition in record.population.conditions
    }
    assert conditions == {"vulvar-cancer"}


def test_cemiplimab_has_a_decision_for_each_region_that_was_read() -> None:
    decisions = {
        record.region: (record.agency, record.state, record.date)
        for record in pack().records
        if isinstance(record, Status) and record.interventions == ("cemiplimab",)
    }
    assert decisions == {
        "us": ("fda", "not_approved", None),
        "eu": ("ema", "approved", "2022-11-22"),
        "japan": ("pmda", "approved", "2022-12"),
    }


# The worked examples of the evidence: AUC 5 at four filtration rates, the last one capped.
@pytest.mark.parametrize(("gfr", "dose"), [(60, 425), (90, 575), (125, 750), (150, 750)])
def test_calvert_gives_the_doses_of_the_worked_examples(gfr: int, dose: int) -> None:
    record = records()["formula-calvert"]
    assert isinstance(record, Definition)
    assert record.formula is not None
    cap = {given.id: given.cap for given in record.formula.inputs}["gfr"]
    assert cap is not None
    assert eval(record.formula.expression, {"auc": 5, "gfr": min(gfr, int(cap))}) == dose


def test_mosteller_gives_one_square_metre_for_a_child_of_a_hundred_cm_and_36_kg() -> None:
    record = records()["formula-mosteller"]
    assert isinstance(record, Definition)
    assert record.formula is not None
    assert eval(record.formula.expression, {"sqrt": sqrt, "height": 100, "weight": 36}) == 1


def test_every_record_says_where_it_was_read() -> None:
    silent = [record.id for record in pack().records if not record.read_at]
    assert silent == ["formula-mosteller"]
