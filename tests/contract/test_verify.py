"""`probatum verify`: JSONL in, the contract's verdict documents out, and plain refusals."""

import json
from pathlib import Path

from tests.contract.program import probatum

TEXT = "Median survival was 12 months with examplimab and 8 months with placebo."
LINE = {"id": "a", "claim": "Median survival was 12 months with examplimab.", "evidence": TEXT}
FIELDS = ["id", "verdict", "partly", "confidence", "checks", "anchor"]


def lines(*items: object) -> str:
    return "".join(json.dumps(item) + "\n" for item in items)


def test_each_line_gets_its_verdict_document_in_order() -> None:
    false = {"id": 2, "claim": "Median survival was 15 months with examplimab.", "evidence": TEXT}
    ran = probatum("verify", "--no-entailment", "-", stdin=lines(LINE, false))
    documents = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.status, ran.err) == (0, "")
    assert [list(document) for document in documents] == [FIELDS, FIELDS]
    assert [(d["id"], d["verdict"]) for d in documents] == [("a", "supported"), (2, "contradicted")]
    assert documents[0]["anchor"] == {"start": 0, "end": len(TEXT), "quote": TEXT}


def test_a_source_is_an_edition_that_the_library_holds(tmp_path: Path) -> None:
    held = {
        "id": "k",
        "claim": "In KEYNOTE-826, 617 patients were randomised.",
        "source": "colombo-2021-nejm",
    }
    ran = probatum("verify", "-", "--library", tmp_path / "library", stdin=lines(held))
    assert ran.status == 0, ran
    assert json.loads(ran.out)["checks"][4]["name"] == "currency"


def test_a_source_that_is_not_held_is_refused_before_anything_is_printed(tmp_path: Path) -> None:
    unknown = {"id": "x", "claim": "A claim.", "source": "nowhere-1900"}
    ran = probatum("verify", "-", "--library", tmp_path / "library", stdin=lines(LINE, unknown))
    where = "standard input line 2: The source 'nowhere-1900' is not held in this library."
    assert ran.refusal == where


def test_a_line_without_claim_or_evidence_is_refused_with_its_number() -> None:
    assert probatum("verify", "-", stdin=lines(LINE, {"id": 1})).refusal == (
        "standard input line 2: needs a text field claim."
    )
    assert probatum("verify", "-", stdin=lines({"claim": "A claim."})).refusal == (
        "standard input line 1: needs evidence (a text) or source (the id of a held edition)."
    )
    assert probatum("verify", "-", stdin="{").refusal == "standard input line 1: not valid JSON."
