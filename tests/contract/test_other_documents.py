"""The contract's audit, results and related documents, field by field; the answer's and the
verdict's have tests of their own."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contract.program import probatum

TEXT = (
    "EMPOWER-Cervical 1 showed a median overall survival of 12.0 v 8.5 months (HR 0.69). "
    "EMPOWER-Cervical 1 had 608 patients.\n\n"
    "Fictivir cured blue knee in 12 days."
)
VERDICTS = {"supported", "outdated", "population_mismatch", "contradicted", "not_found"}
TITLE = "Fictivir or placebo in blue knee"
ABSTRACT = (
    "Patients were randomised to fictivir (n=120) or placebo (n=118). Median overall survival was "
    "12.0 months with fictivir and 8.5 months with placebo (HR 0.69, 95% CI 0.56-0.84; P<.001)."
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf") / "library"


@pytest.fixture(scope="module")
def audited(shelf: Path) -> dict[str, Any]:
    ran = probatum("audit", "-", "--library", shelf, "--format", "json", stdin=TEXT)
    assert (ran.status, ran.err) == (1, "")
    document: dict[str, Any] = json.loads(ran.out)
    return document


def test_an_audit_counts_its_verdicts(audited: dict[str, Any]) -> None:
    assert audited["schema"] == "probatum.audit/1"
    assert set(audited["counts"]) == VERDICTS
    told = [claim["verdict"] for claim in audited["claims"]]
    assert told == ["outdated", "supported", "not_found"]
    assert audited["counts"] == {each: told.count(each) for each in VERDICTS}


def test_each_claim_of_an_audit_stands_where_it_says(audited: dict[str, Any]) -> None:
    fields = {"text", "start", "end", "verdict", "reasons", "evidence", "corrected"}
    for claim in audited["claims"]:
        assert fields <= set(claim)
        assert TEXT[claim["start"] : claim["end"]] == claim["text"]
        assert claim["reasons"]
    outdated, supported, unknown = audited["claims"]
    assert "0.67" in outdated["corrected"]
    assert (supported["corrected"], unknown["corrected"], unknown["evidence"]) == (None, None, [])


def test_the_results_of_a_text_have_the_fields_and_places_of_the_contract() -> None:
    line = json.dumps({"id": "x", "title": TITLE, "abstract": ABSTRACT})
    ran = probatum("extract", "-", stdin=line)
    assert (ran.status, ran.err) == (0, "")
    document = json.loads(ran.out)
    assert document["id"] == "x"
    (result,) = document["results"]
    text = f"{TITLE}\n{ABSTRACT}"
    quoted = text[result["start"] : result["end"]]
    assert quoted.startswith("overall survival was 12.0 months")
    assert quoted.endswith("P<.001")
    told = {name: result[name] for name in ("endpoint", "timepoint", "direction", "analysis")}
    assert told == {
        "endpoint": "overall survival",
        "timepoint": None,
        "direction": "favours_intervention",
        "analysis": None,
    }
    assert "population" in result
    arms = [{name: arm[name] for name in ("name", "n", "value", "unit")} for arm in result["arms"]]
    assert arms == [
        {"name": "fictivir", "n": 120, "value": 12, "unit": "months"},
        {"name": "placebo", "n": 118, "value": 8.5, "unit": "months"},
    ]
    effect = {"type": "HR", "value": 0.69, "ci_level": 95, "ci_low": 0.56, "ci_high": 0.84}
    effect |= {"p": "<.001"}
    assert {name: result["effect"][name] for name in effect} == effect


def test_related_questions_are_scored_in_the_order_given(tmp_path: Path) -> None:
    file = tmp_path / "candidates.jsonl"
    near, far = "How is blue knee treated?", "What is the capital of nowhere?"
    line = {"id": 7, "question": "What is the treatment of blue knee?", "candidates": [far, near]}
    file.write_text(json.dumps(line) + "\n", "utf-8")
    ran = probatum("related", "--candidates", file)
    assert (ran.status, ran.err) == (0, "")
    document = json.loads(ran.out)
    assert list(document) == ["id", "candidates"]
    assert (document["id"], [each["text"] for each in document["candidates"]]) == (7, [far, near])
    low, high = (each["score"] for each in document["candidates"])
    assert 0 <= low < high <= 1
