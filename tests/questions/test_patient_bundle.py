"""Facts from a FHIR Bundle: one patient, latest values, nothing that names a person."""

from datetime import date
from typing import Any

import pytest

from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.facts.reading import patient_of_value
from probatum.questions.need import Measure

DAY = date(2026, 11, 21)
LOINC = "http://loinc.org"
P = {"reference": "Patient/p"}
PERSON = {
    "resourceType": "Patient",
    "id": "p",
    "name": [{"family": "Quux", "given": ["Zara"]}],
    "identifier": [{"value": "MRN-777"}],
    "gender": "female",
    "birthDate": "1964-11-22",
}


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": each} for each in resources]}


def lab(code: str, value: Any, unit: str, day: str = "2026-11-01", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "subject": P,
        "effectiveDateTime": day,
        "code": {"coding": [{"system": LOINC, "code": code}]},
        "valueQuantity": {"value": value, "code": unit, "system": "http://unitsofmeasure.org"},
        **more,
    }


def read(*resources: dict[str, Any]) -> Patient:
    return patient_of_value(bundle(*resources), DAY)


def refusal(*resources: dict[str, Any]) -> str:
    with pytest.raises(PatientError) as error:
        read(*resources)
    return str(error.value)


def test_a_bundle_of_one_patient_becomes_facts() -> None:
    found = read(
        PERSON,
        lab("8302-2", 165, "cm"),
        lab("29463-7", 154, "[lb_av]"),
        lab("14682-9", 80, "umol/L"),
        {
            "resourceType": "Condition",
            "subject": P,
            "clinicalStatus": {"coding": [{"code": "recurrence"}]},
            "code": {"text": "cervical cancer"},
        },
        {
            "resourceType": "Observation",
            "status": "final",
            "code": {"text": "PD-L1 CPS"},
            "valueQuantity": {"value": 5},
        },
        {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": [{"system": LOINC, "code": "89247-1"}]},
            "valueInteger": 1,
        },
        {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": [{"system": LOINC, "code": "82810-3"}]},
            "valueCodeableConcept": {"coding": [{"system": LOINC, "code": "LA26683-5"}]},
        },
        {
            "resourceType": "MedicationRequest",
            "status": "active",
            "intent": "order",
            "subject": P,
            "medicationReference": {"reference": "#m"},
            "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "warfarin"}}],
        },
        {
            "resourceType": "MedicationStatement",
            "status": "completed",
            "medication": {"concept": {"text": "carboplatin"}},
        },
        {"resourceType": "Procedure", "status": "completed", "code": {"text": "hysterectomy"}},
    )
    assert found == Patient(
        sex="female",
        pregnant=False,
        measures=(
            # The birthday is tomorrow: 61 completed years.
            Measure(name="age", value="61", unit="years"),
            Measure(name="height", value="165", unit="cm", days_old=20),
            Measure(name="weight", value="69.9", unit="kg", given="154 lb", days_old=20),
            Measure(name="creatinine", value="0.905", unit="mg/dL", given="80 umol/L", days_old=20),
        ),
        performance_status=1,
        biomarkers=(("PD-L1 CPS", "5"),),
        conditions=("recurrent cervical cancer",),
        therapies=("carboplatin", "hysterectomy"),
        drugs=("warfarin",),
    )
    kept = found.model_dump_json()
    assert [word for word in ("Quux", "Zara", "MRN", "1964") if word in kept] == []


def test_the_latest_value_counts_and_what_is_wrong_or_planned_does_not() -> None:
    found = read(
        PERSON,
        lab("29463-7", 90, "kg", "2020-01-01"),
        lab("29463-7", 70, "kg", "2026-10-01"),
        lab("29463-7", 500, "kg", "2026-11-01", status="entered-in-error"),
        {
            "resourceType": "Condition",
            "code": {"text": "vulvar cancer"},
            "verificationStatus": {"coding": [{"code": "refuted"}]},
        },
        {
            "resourceType": "MedicationRequest",
            "status": "active",
            "intent": "plan",
            "medicationCodeableConcept": {"text": "warfarin"},
        },
    )
    assert [m.value for m in found.measures if m.name == "weight"] == ["70"]
    assert (found.conditions, found.drugs) == ((), ())


@pytest.mark.parametrize(
    ("resources", "sentence"),
    [
        (
            (PERSON, {**PERSON, "id": "q"}),
            "The Bundle holds 2 patients; give a Bundle of one patient.",
        ),
        (
            (PERSON, lab("29463-7", 70, "kg", subject={"reference": "Patient/other"})),
            "The Bundle holds facts about another patient; give a Bundle of one patient.",
        ),
        (
            (PERSON, lab("29463-7", 70, "kg"), lab("29463-7", 71, "kg")),
            "The Bundle gives two different values of the weight at the same time; leave the one "
            "that counts.",
        ),
        (
            (PERSON, lab("2160-0", 80, "mg/dL")),
            "80 mg/dL as serum creatinine cannot be right; it could be in umol/L or mg/L, so "
            "please check its unit.",
        ),
        (
            ({**PERSON, "birthDate": "1786-01-01"},),
            "The date of birth in the Bundle cannot be right; please check it.",
        ),
        ((), "The Bundle holds no resource."),
    ],
)
def test_a_bundle_that_cannot_be_used_is_refused_in_one_sentence(
    resources: tuple[dict[str, Any], ...], sentence: str
) -> None:
    assert refusal(*resources) == sentence


def test_the_other_patient_of_a_bundle_may_be_named_by_an_address() -> None:
    urn = "urn:uuid:11111111-2222-3333-4444-555555555555"
    one = {
        "resourceType": "Bundle",
        "entry": [
            {"fullUrl": urn, "resource": {**PERSON, "id": "x"}},
            {"resource": lab("29463-7", 70, "kg", subject={"reference": urn})},
        ],
    }
    assert [m.name for m in patient_of_value(one, DAY).measures] == ["age", "weight"]


def test_a_value_below_a_limit_is_no_figure() -> None:
    found = read(
        PERSON,
        lab(
            "1975-2", 0.2, "mg/dL", valueQuantity={"value": 0.2, "comparator": "<", "code": "mg/dL"}
        ),
    )
    assert [m.name for m in found.measures] == ["age"]


def test_a_year_of_birth_alone_gives_no_age() -> None:
    assert read({**PERSON, "birthDate": "1964"}).measures == ()
