"""Facts about one patient from a sheet: one unit each, nothing guessed, nothing hostile read."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.questions.facts.measured import kinds, measured
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.facts.reading import patient_of_text, patient_of_value
from probatum.questions.need import Measure
from probatum.questions.patient import measures

DAY = date(2026, 11, 21)
# Reading a file is quick, but the first example also loads the tables.
SLOW = settings(deadline=None, max_examples=150)


def read(text: str) -> Patient:
    """The patient of a file."""
    return patient_of_text(text, DAY)


def refusal(text: str) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(PatientError) as error:
        read(text)
    return str(error.value)


def sentence_of(reading: Callable[[], object]) -> str:
    """The sentence of a refusal; "read." where nothing is refused. Any other error is a fault."""
    try:
        reading()
    except PatientError as error:
        return str(error)
    return "read."


def test_a_sheet_becomes_facts_in_one_unit() -> None:
    sheet = """
age: 62
sex: Female
pregnant: no
height: 5.5 in
"""
    assert "cannot be right" in refusal(sheet)
    assert read(
        """
age: 62
sex: Female
pregnant: no
height: 65 in
weight: 154 lb
creatinine: 80 µmol/L
ecog: 1
biomarkers: {PD-L1 CPS: 5, HER2: 3+}
conditions: [recurrent cervical cancer, hypertension]
prior_therapy: carboplatin, paclitaxel
drugs:
"""
    ) == Patient(
        sex="female",
        pregnant=False,
        measures=(
            Measure(name="age", value="62", unit="years"),
            # 65 x 2.54 = 165.1
            Measure(name="height", value="165.1", unit="cm", given="65 in"),
            # 154 x 0.45359237 = 69.853...
            Measure(name="weight", value="69.9", unit="kg", given="154 lb"),
            # 80 / 88.4 = 0.90497...
            Measure(name="creatinine", value="0.905", unit="mg/dL", given="80 umol/L"),
        ),
        performance_status=1,
        biomarkers=(("PD-L1 CPS", "5"), ("HER2", "3+")),
        conditions=("recurrent cervical cancer", "hypertension"),
        therapies=("carboplatin", "paclitaxel"),
    )


def test_a_json_object_says_the_same_as_yaml() -> None:
    sheet = {"age": 62, "weight": "70 kg", "biomarkers": {"HER2": "3+"}, "pregnant": False}
    told = patient_of_value(sheet, DAY)
    assert told == read("age: 62\nweight: 70 kg\nbiomarkers:\n  HER2: 3+\npregnant: no\n")
    assert told == read(json.dumps(sheet))


def test_yaml_does_not_turn_words_into_other_values() -> None:
    assert read("drugs: [no-spa, 1:30]\nage: 40").drugs == ("no-spa", "1:30")
    assert read("weight: 70.50 kg").measures[0].value == "70.50"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("age: 240", "240 years as age cannot be right; please check it."),
        (
            "creatinine: 80 mg/dL",
            "80 mg/dL as serum creatinine cannot be right; it could be in umol/L or mg/L, so "
            "please check its unit.",
        ),
        (
            "creatinine: 0.9 umol/L",
            "0.9 umol/L as serum creatinine cannot be right; it could be in mg/dL or mmol/L, so "
            "please check its unit.",
        ),
        ("height: 165", "The height needs its unit: cm or m or in."),
        ("weight: 70 stone", "The unit of the weight is not known here; use kg or g or lb."),
        ("weight: heavy", "The weight is not a number with a unit; write it as in “70 kg”."),
        (
            "sex: male\npregnant: yes",
            "The patient file says male and pregnant, which contradict each other.",
        ),
        (
            "age: 90\npregnant: yes",
            "The patient file says pregnant at an age of 90 years; please check.",
        ),
        (
            "height: 170 cm\nweight: 700 g",
            "A height of 170 cm and a weight of 0.7 kg cannot both be right; please check both.",
        ),
        (
            "prior_therapy: [carboplatin]\nno_prior_therapy: [Carboplatin]",
            "The patient file names a therapy both as given and as never given; leave one.",
        ),
        ("age: 40\nage: 60", "A field stands twice in the patient file; leave one of the two."),
        (
            "ecog: 1\nperformance_status: 2",
            "The patient file states performance_status twice; leave one of the two.",
        ),
        ("ecog: 7", "The performance status is an ECOG grade from 0 to 4."),
        (
            "name: Jane Doe\nage: 40",
            "The patient file has the field name, which says who the patient is and is not "
            "needed: give the age, and leave it out.",
        ),
        (
            "sex: unsure",
            "The field sex of the patient file takes one of female, f, woman, male, m, man.",
        ),
        (
            "a: &x [1]\nb: *x",
            "The patient file uses YAML references (& and *), which are not read.",
        ),
        ("[" * 100_000, "The patient file nests more than 60 levels, so it was not read."),
        ("{", "The patient file is not valid JSON."),
        ("- " * 5000, "The patient file nests more than 60 levels, so it was not read."),
        (
            '{"a": ' * 200 + "1" + "}" * 200,
            "The patient file nests more than 60 levels, so it was not read.",
        ),
        ("age: 5\n---\nage: 6", "The patient file holds more than one document; give one."),
        ("just words", "A patient file is a list of fields such as “age: 62”, or a FHIR Bundle."),
        ("", "The patient file states no fact that is read here."),
        ("age: unknown", "The patient file states no fact that is read here."),
        ("age: [1, 2]", "The field age of the patient file takes one value."),
        (
            "# " + "x" * 30_000,
            "The patient file has 30,002 characters; YAML of at most 20,000 is read, or a FHIR "
            "Bundle in JSON.",
        ),
        (
            "{" + " " * 5_000_000,
            "The patient file has 5,000,001 characters; at most 5,000,000 are read.",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


def test_a_refusal_repeats_no_free_text() -> None:
    secret = "Zarathustra Quux"
    for text in (f"name: {secret}", f"drugs: {{a: {secret}}}", f"sex: {secret}", f"{secret}!: 1"):
        assert secret not in refusal(text)


@SLOW
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert sentence_of(lambda: read(text)).endswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            [
                "resourceType", "entry", "resource", "age", "weight", "biomarkers", "code",
                "coding",
                "system", "valueQuantity", "value", "status", "subject", "reference", "birthDate",
                "component", "stage", "drugs", "text",
            ]
        ),
        inner | st.sampled_from(["Bundle", "Observation", "Patient", "http://loinc.org", "2160-0"]),
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@SLOW
@given(JSON)
def test_no_json_breaks_the_reader(value: object) -> None:
    assert sentence_of(lambda: patient_of_value(value, DAY)).endswith(".")


PAIRS = [
    (id, name) for id, kind in kinds().items() for name in {s.name for s in kind.scales.values()}
]


@SLOW
@given(st.sampled_from(PAIRS), st.decimals("0.1", "250", places=2))
def test_a_value_comes_back_from_its_own_unit_within_one_rounding(
    pair: tuple[str, str], value: Decimal
) -> None:
    id, unit = pair
    kind = kinds()[id]
    scale = next(each for each in kind.scales.values() if each.name == unit)
    spelling = next(s for s, each in kind.scales.items() if each is scale)
    if not kind.low <= scale.to_own(value) <= kind.high:
        sentence = sentence_of(lambda: measured(id, f"{value} {spelling}"))
        assert "cannot be right" in sentence
        return
    made = measured(id, f"{value} {spelling}")
    back = Decimal(made.value) * scale.by / scale.times
    step = Decimal(1).scaleb(-kind.decimals)
    assert made.unit == kind.unit
    assert abs(back - value) <= step / 2 * scale.by / scale.times


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Carboplatin AUC 5 with an eGFR of 60 mL/min/1.73 m2?", "egfr"),
        ("Carboplatin AUC 5 with GFR 60 ml/min per 1.73 m2?", "egfr"),
        ("Carboplatin AUC 5 with a GFR of 60 mL/min?", "gfr"),
    ],
)
def test_a_rate_for_a_standard_body_in_a_question_is_no_clearance(question: str, name: str) -> None:
    found = {measure.name: measure.value for measure in measures(question)}
    assert found == {"auc": "5", name: "60"}
