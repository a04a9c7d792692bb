"""`ask --patient`: facts about one patient in each form, and nothing done when refused."""

import json
from pathlib import Path

import pytest

from tests.contract.program import probatum

QUESTION = "What are the treatment options for recurrent cervical cancer?"
SHEET = """age: 62
sex: female
line: second-line
biomarkers: {PD-L1 CPS: 0}
prior_therapy: [carboplatin]
"""
ASIDE = "Set aside for this patient (first-line): Cisplatin with paclitaxel"
REASON = "line of therapy: for first-line, the patient's is second-line"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A patient sheet."""
    path = tmp_path / "patient.yaml"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "struck", "reason"),
    [
        ("text", f"✕ {ASIDE}", f"Does not fit: {REASON}."),
        ("md", f"~~{ASIDE}", f"does not fit: {REASON}"),
        (
            "html",
            f"<s>{ASIDE}",
            "Does not fit: line of therapy: for first-line, the patient&#x27;s",
        ),
        ("json", ASIDE, REASON),
    ],
)
def test_what_does_not_fit_is_struck_out_in_every_form(
    folder: Path, sheet: Path, form: str, struck: str, reason: str
) -> None:
    ran = probatum(
        "ask", QUESTION, "--patient", sheet, "--format", form, "--library", folder, COLUMNS="400"
    )
    assert (ran.status, ran.err) == (0, "")
    words = " ".join(ran.out.split())
    assert (struck in words, reason in words) == (True, True)


def test_the_path_and_what_is_missing_are_told(folder: Path, sheet: Path) -> None:
    ran = probatum("ask", QUESTION, "--patient", sheet, "--library", folder)
    words = " ".join(ran.out.split())
    assert "because: line of therapy: second-line; earlier carboplatin" in words
    assert "to be known: whether immune checkpoint inhibitor was given before" in words


def test_a_refused_file_leaves_one_sentence_and_nothing_else(folder: Path, sheet: Path) -> None:
    sheet.write_text("creatinine: 80 mg/dL\nage: 60\n", encoding="utf-8")
    ran = probatum("ask", QUESTION, "--patient", sheet, "--library", folder)
    assert ran.refusal == (
        "80 mg/dL as serum creatinine cannot be right; it could be in umol/L or mg/L, so please "
        "check its unit."
    )
    assert probatum("ask", QUESTION, "--patient", "/nowhere", "--library", folder).refusal == (
        "The patient file cannot be read (No such file or directory)."
    )


def test_an_operator_can_switch_facts_off(folder: Path, sheet: Path) -> None:
    ran = probatum(
        "ask", QUESTION, "--patient", sheet, "--library", folder, PROBATUM_PATIENT_FACTS="0"
    )
    assert ran.refusal == "Facts about a patient are switched off on this installation."


def test_a_line_of_questions_takes_facts_or_the_name_of_a_file(
    folder: Path, sheet: Path, tmp_path: Path
) -> None:
    lines = tmp_path / "questions.jsonl"
    facts = {"age": 62, "sex": "female", "biomarkers": {"PD-L1 CPS": 0}}
    lines.write_text(
        json.dumps({"id": "a", "question": QUESTION, "patient": facts})
        + "\n"
        + json.dumps({"id": "b", "question": QUESTION, "patient": str(sheet)})
        + "\n",
        encoding="utf-8",
    )
    out = tmp_path / "answers.jsonl"
    ran = probatum("ask", "--questions", lines, "--out", out, "--library", folder)
    assert (ran.status, ran.err) == (0, "")
    told = [json.loads(line)["understood"]["patient"] for line in out.open(encoding="utf-8")]
    assert [(each["age"], each["pd-l1-cps"]) for each in told] == [("62 years", "= 0")] * 2


def test_what_is_kept_for_follow_ups_holds_no_fact_of_the_patient(
    folder: Path, sheet: Path
) -> None:
    probatum("ask", QUESTION, "--patient", sheet, "--library", folder)
    kept = b"".join(path.read_bytes() for path in folder.rglob("*recent*") if path.is_file())
    assert kept != b""
    assert [word for word in (b'"prior"', b'"line"', b"pd-l1-cps") if word in kept] == []
