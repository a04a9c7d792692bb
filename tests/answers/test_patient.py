"""An answer for one patient: what fits, what does not and why, and what was worked out."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer, StepState
from probatum.evidence.claim import Outcome
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.facts.reading import patient_of_text, patient_of_value
from tests.answers.conftest import ENGINE

DAY = date(2026, 11, 21)
OPTIONS = "What are the treatment options for recurrent cervical cancer?"
CARBOPLATIN = "What dose of carboplatin for AUC 5 in cervical cancer?"
LATER = """
age: 62
sex: female
ecog: 1
line: second-line
biomarkers: {PD-L1 CPS: 0, HER2: 3+}
prior_therapy: [carboplatin, paclitaxel, pembrolizumab]
drugs: [warfarin, Quuxomab Zarathustra]
"""


def of(text: str) -> Patient:
    return patient_of_text(text, DAY)


def ask(question: str, text: str, engine: Engine = ENGINE) -> Answer:
    return engine.ask(Ask(question=question, patient=of(text)))


def sums(answer: Answer) -> list[str]:
    """What was worked out, without the formulas' text."""
    return [
        answer.claims[id].text.split("; formula:")[0]
        for section in answer.sections
        for id in section.claims
        if answer.claims[id].form == "formula.computed"
    ]


# -- what fits -----------------------------------------------------------------------------------


def test_options_that_do_not_fit_are_claims_with_the_reason_and_their_source() -> None:
    answer = ask(OPTIONS, LATER)
    aside = {each.name: each for each in answer.set_aside}
    assert aside["cemiplimab"].reasons == (
        "only without earlier immune checkpoint inhibitor, and pembrolizumab was given",
    )
    claim = answer.claims[aside["cemiplimab"].claim]
    assert claim.text.startswith("Set aside for this patient (immune checkpoint inhibitor): ")
    assert claim.citations
    assert [check.name for check in claim.checks if check.outcome is Outcome.FAIL] == []
    assert aside["cisplatin with paclitaxel"].reasons == (
        "line of therapy: for first-line, the patient's is second-line",
    )


def test_an_option_set_aside_stands_nowhere_else() -> None:
    answer = ask(OPTIONS, LATER)
    out = {answer.claims[each.claim].focus for each in answer.set_aside}
    elsewhere = {
        claim.focus
        for claim in answer.claims.values()
        if claim.role == "statement" and claim.id not in {each.claim for each in answer.set_aside}
    }
    assert out & elsewhere == set()


def test_without_a_file_nothing_is_set_aside_and_no_step_has_a_state() -> None:
    answer = ENGINE.ask(Ask(question=OPTIONS))
    assert answer.set_aside == ()
    assert answer.missing_facts == ()
    assert answer.algorithm is not None
    assert {step.state for step in answer.algorithm.steps} == {None}


def test_each_step_says_which_fact_decided_it() -> None:
    answer = ask(OPTIONS, LATER)
    assert answer.algorithm is not None
    steps = {step.id: step for step in answer.algorithm.steps}
    assert answer.algorithm.path == ("confirm", "later-any", "her2")
    assert (steps["first-line-cps"].state, steps["first-line-cps"].decided_by) == (
        StepState.EXCLUDED,
        (
            "line of therapy: for first-line, the patient's is second-line",
            "PD-L1 combined positive score: at least 1 is required, the patient's is 0",
        ),
    )
    assert steps["first-line-cps"].then == ()
    assert steps["her2"].decided_by == ("line of therapy: second-line", "HER2 3+")
    assert steps["local"].state is StepState.JUDGEMENT


def test_what_is_missing_to_decide_is_asked_for() -> None:
    answer = ask(OPTIONS, "age: 62\nprior_therapy: [carboplatin]\n")
    assert answer.missing_facts == (
        "the line of therapy (is it first-line?)",
        "PD-L1 combined positive score (is it at least 1?)",
        "the line of therapy (is it second-line or later?)",
        "whether immune checkpoint inhibitor was given before",
        "HER2 (is it 3+?)",
    )
    assert any(limit.startswith("To decide the open steps") for limit in answer.limits)


def test_every_claim_of_an_answer_for_a_patient_passed_every_check() -> None:
    for text in (LATER, "age: 30\nsex: female\npregnant: yes", "age: 9\nsex: male"):
        answer = ask(OPTIONS, text)
        assert {c.outcome for claim in answer.claims.values() for c in claim.checks} <= {
            Outcome.PASS,
            Outcome.NOT_APPLICABLE,
        }
        assert not [limit for limit in answer.limits if "a check failed" in limit]


def test_a_group_that_the_patient_does_not_belong_to_takes_its_rules_along() -> None:
    question = "Which safety rules hold for carboplatin in cervical cancer?"
    focus = "pregnan"
    with_it = ask(question, "age: 30\nsex: female\npregnant: yes")
    without = ask(question, "age: 30\nsex: female\npregnant: no")
    assert any(focus in claim.text for claim in with_it.claims.values())
    assert not any(
        focus in claim.text for claim in without.claims.values() if claim.role == "statement"
    )


# -- what is worked out --------------------------------------------------------------------------


def test_body_kidney_and_dose_are_worked_out_as_the_published_formulas_give() -> None:
    text = "age: 62\nsex: female\nheight: 165 cm\nweight: 70 kg\ncreatinine: 0.9 mg/dL"
    assert sums(ask(CARBOPLATIN, text)) == [
        # sqrt(165 x 70 / 3600) = sqrt(3.208333) = 1.7912
        "Mosteller formula: with height 165 cm and weight 70 kg the result is 1.79 m2 "
        "(rounded to two decimals)",
        # 0.007184 x 165^0.725 x 70^0.425 = 0.007184 x 40.5151 x 6.0828 = 1.7705
        "Du Bois formula: with height 165 cm and weight 70 kg the result is 1.77 m2 "
        "(rounded to two decimals)",
        # 45.5 + 2.3 x (64.960630 - 60) = 56.9094
        "Devine formula for women: with height 165 cm the result is 56.9 kg "
        "(rounded to one decimal)",
        # 56.9 + 0.4 x (70 - 56.9) = 62.14
        "Adjusted body weight: with actual weight 70 kg and ideal weight 56.9 kg (by the Devine "
        "formula for women) the result is 62.1 kg (rounded to one decimal)",
        # 0.85 x 78 x 70 / (72 x 0.9) = 4641 / 64.8 = 71.620; 70 is less than 1.3 x 56.9
        "Cockcroft-Gault formula for women: with age 62 years, weight 70 kg (actual) and serum "
        "creatinine 0.9 mg/dL the result is 71.6 mL/min (rounded to one decimal)",
        # 142 x (0.9/0.7)^-1.2 x 0.9938^62 x 1.012 = 142 x 0.739633 x 0.680069 x 1.012 = 72.28
        "CKD-EPI 2021 equation for women: with age 62 years and serum creatinine 0.9 mg/dL the "
        "result is 72 mL/min/1.73 m2 (rounded to a whole number)",
        # 5 x (71.6 + 25) = 483
        "Calvert formula: with target AUC 5 and glomerular filtration rate 71.6 mL/min (by the "
        "Cockcroft-Gault formula for women with the actual weight) the result is 483 mg "
        "(rounded to a whole number)",
    ]


def test_a_man_has_his_own_formulas() -> None:
    text = "age: 50\nsex: male\nheight: 180 cm\nweight: 80 kg\ncreatinine: 0.8 mg/dL"
    found = sums(ask(OPTIONS, text))
    # 50 + 2.3 x (70.866142 - 60) = 74.9921
    assert any("Devine formula for men" in each and "is 75.0 kg" in each for each in found)
    # 90 x 80 / (72 x 0.8) = 125
    assert any("Gault formula for men" in each and "is 125.0 mL/min" in each for each in found)
    # 142 x (0.8/0.9)^-0.302 x 0.9938^50 = 142 x 1.036210 x 0.732747 = 107.82
    assert any("equation for men" in each and "is 108 mL/min/1.73 m2" in each for each in found)


def test_a_clearance_above_the_cap_is_capped_and_says_so() -> None:
    text = "age: 25\nsex: female\nheight: 170 cm\nweight: 75 kg\ncreatinine: 0.5 mg/dL"
    # 0.85 x 115 x 75 / 36 = 203.65; 5 x (125 + 25) = 750
    assert sums(ask(CARBOPLATIN, text))[-1] == (
        "Calvert formula: with target AUC 5 and glomerular filtration rate 203.6 mL/min (by the "
        "Cockcroft-Gault formula for women with the actual weight, capped at 125 mL/min) the "
        "result is 750 mg (rounded to a whole number)"
    )


def test_far_above_the_ideal_weight_every_weight_is_told() -> None:
    text = "age: 62\nsex: female\nheight: 165 cm\nweight: 95 kg\ncreatinine: 0.905 mg/dL"
    clearance = [each for each in sums(ask(OPTIONS, text)) if each.startswith("Cockcroft")]
    told = [
        (each.split("weight ")[1].split(" and")[0], each.split("is ")[1][:5]) for each in clearance
    ]
    # 0.85 x 78 / (72 x 0.905) = 1.017496 for each kg
    assert told == [
        ("95 kg (actual)", "96.7 "),
        ("72.1 kg (adjusted)", "73.4 "),
        ("56.9 kg (ideal)", "57.9 "),
    ]


@pytest.mark.parametrize(
    ("bilirubin", "albumin", "inr", "ascites", "encephalopathy", "points", "name"),
    [
        ("1.9", "3.6", "1.6", "none", "none", 5, "A"),
        ("2", "3.5", "1.7", "none", "none", 8, "B"),
        ("3", "2.8", "2.3", "slight", "grade 2", 10, "C"),
        ("3.1", "2.7", "2.4", "moderate", "grade 3", 15, "C"),
    ],
)
def test_the_child_pugh_class_is_that_of_the_published_table(
    bilirubin: str,
    albumin: str,
    inr: str,
    ascites: str,
    encephalopathy: str,
    points: int,
    name: str,
) -> None:
    text = (
        f"age: 50\nbilirubin: {bilirubin} mg/dL\nalbumin: {albumin} g/dL\ninr: {inr}\n"
        f"ascites: {ascites}\nencephalopathy: {encephalopathy}"
    )
    found = [each for each in sums(ask(OPTIONS, text)) if each.startswith("Child-Pugh")]
    assert [each.split("the result is ")[1] for each in found] == [f"{points} points, class {name}"]


def test_outside_the_range_of_a_formula_nothing_is_computed() -> None:
    answer = ask(
        CARBOPLATIN, "age: 95\nsex: female\nheight: 150 cm\nweight: 60 kg\ncreatinine: 0.9 mg/dL"
    )
    assert not [
        each for each in sums(answer) if each.startswith(("Cockcroft", "Devine", "Calvert"))
    ]
    refused = [limit for limit in answer.limits if "was not computed" in limit]
    assert refused == [
        "Devine formula for women was not computed: height lies outside the range in which the "
        "formula may be used.",
        "Cockcroft-Gault formula for women was not computed: age lies outside the range in which "
        "the formula may be used.",
    ]
    assert "Calvert formula also needs: glomerular filtration rate." in answer.limits


def test_an_estimate_for_a_standard_body_is_put_into_no_dose() -> None:
    answer = ask(CARBOPLATIN, "age: 50\nsex: female\negfr: 60 mL/min/1.73 m2")
    assert not [each for each in sums(answer) if each.startswith("Calvert")]
    measured = ask(CARBOPLATIN, "age: 50\nsex: female\ngfr: 60 mL/min")
    # 5 x (60 + 25) = 425
    assert sums(measured)[-1].startswith(
        "Calvert formula: with target AUC 5 and glomerular filtration rate 60 mL/min the result "
        "is 425 mg"
    )


def test_no_formula_is_used_for_a_child() -> None:
    answer = ask(
        CARBOPLATIN, "age: 9\nsex: female\nweight: 30 kg\nheight: 135 cm\ncreatinine: 0.5 mg/dL"
    )
    assert [each for each in sums(answer) if "Gault" in each or "CKD" in each] == []
    assert "The formulas held are for adults, so none was used for this patient." in answer.limits


def test_impaired_kidneys_put_the_patient_in_that_group() -> None:
    text = "age: 80\nsex: female\nheight: 160 cm\nweight: 55 kg\ncreatinine: {} mg/dL"
    # 0.85 x 60 x 55 / (72 x 1.5) = 25.97, and with 0.6: 64.93
    assert ask(OPTIONS, text.format("1.5")).understood.patient["renal-impairment"] == "yes"
    assert "renal-impairment" not in ask(OPTIONS, text.format("0.6")).understood.patient


# -- switches, contradictions, privacy -----------------------------------------------------------


def test_calculators_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBATUM_CALCULATORS", "0")
    answer = ask(CARBOPLATIN, "age: 50\nsex: female\ngfr: 60 mL/min")
    assert sums(answer) == []
    assert (
        "Calculators are switched off on this installation, so nothing was computed."
        in answer.limits
    )


def test_patient_facts_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBATUM_PATIENT_FACTS", "0")
    with pytest.raises(PatientError, match="switched off"):
        ask(OPTIONS, "age: 50")


def test_in_words_for_a_patient_no_facts_are_taken() -> None:
    with pytest.raises(PatientError, match="general and no advice for one person"):
        ENGINE.ask(
            Ask.model_validate({"question": OPTIONS, "reader": "patient", "patient": of("age: 50")})
        )


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (
            "Treatment of cervical cancer with PD-L1 CPS 0?",
            "biomarkers: {PD-L1 CPS: 10}",
            "different results of PD-L1",
        ),
        (
            "Carboplatin dose in a 70-year-old with cervical cancer?",
            "age: 60",
            "different values of age",
        ),
        (
            "Options in cervical cancer after cisplatin?",
            "no_prior_therapy: [platinum]",
            "cisplatin was given",
        ),
        ("Options for children with cervical cancer?", "age: 40", "is about children"),
        (OPTIONS, "biomarkers: ['HER2: 3+', 'HER2: 1+']", "two results of HER2"),
    ],
)
def test_a_question_that_the_file_contradicts_is_not_answered(
    question: str, text: str, words: str
) -> None:
    with pytest.raises(PatientError, match=words):
        ask(question, text)


def test_nothing_that_names_a_person_is_in_the_answer_or_in_what_is_kept() -> None:
    person: dict[str, Any] = {
        "resourceType": "Bundle",
        "entry": [
            {
                "resource": {
                    "resourceType": "Patient",
                    "id": "p-4711",
                    "name": [{"family": "Quux", "given": ["Zarathustra"]}],
                    "identifier": [{"value": "MRN-777"}],
                    "gender": "female",
                    "birthDate": "1964-02-03",
                }
            },
            {
                "resource": {
                    "resourceType": "Condition",
                    "code": {"text": "Note of Zarathustra Quux, MRN-777"},
                    "subject": {"reference": "Patient/p-4711"},
                }
            },
        ],
    }
    asked = Ask(question=OPTIONS, patient=patient_of_value(person, DAY))
    answer = ENGINE.ask(asked)
    assert answer.understood.patient == {"sex": "female", "age": "62 years", "adults": "yes"}
    assert (
        "1 diagnosis of the patient file is not a term of this library, and so not weighed."
        in answer.limits
    )
    text = json.dumps(answer.model_dump(mode="json"))
    assert [word for word in ("Quux", "Zarathustra", "777", "4711", "1964") if word in text] == []
    assert ENGINE.context(asked) == ENGINE.context(Ask(question=OPTIONS))


def test_the_same_facts_give_the_same_answer(
    ask: Callable[..., Answer], ask_again: Callable[..., Answer]
) -> None:
    first, again = (each(OPTIONS, patient=of(LATER)) for each in (ask, ask_again))
    assert first.id == again.id
