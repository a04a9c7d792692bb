"""`probatum related`: questions that can be answered here, and given ones scored in their order."""

import json
from pathlib import Path

from tests.contract.program import probatum

ITEM = {
    "id": "a",
    "question": "How is a frozen shoulder treated?",
    "candidates": [
        "What is the treatment of a frozen shoulder?",
        "How is a frozen shoulder treated?",
        "What causes ringing in the ears?",
    ],
}


def test_questions_offered_name_what_was_asked_about(tmp_path: Path) -> None:
    asked = "What is the dose of cemiplimab in cervical cancer?"
    ran = probatum("related", asked, "--library", tmp_path / "library")
    questions = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert 1 <= len(questions) <= 6
    assert asked not in questions
    assert questions[:2] == [
        "What did EMPOWER-Cervical 1 show?",
        "Where is cemiplimab approved for cervical cancer?",
    ]


def test_nothing_is_offered_for_what_is_not_held(tmp_path: Path) -> None:
    ran = probatum("related", "How is asthma treated?", "--library", tmp_path / "library")
    assert ran.status == 0
    assert ran.out == ""
    assert ran.err == "Nothing held here is close enough to suggest.\n"


def test_the_offer_is_one_json_document_where_asked_for(tmp_path: Path) -> None:
    ran = probatum(
        "related", "-", "--format", "json", "--library", tmp_path / "library",
        stdin="What did KEYNOTE-826 show?",
    )  # fmt: skip
    offered = json.loads(ran.out)
    assert [q for q in offered if not q.endswith("?")] == []
    assert offered


def test_candidates_are_scored_in_the_order_given() -> None:
    ran = probatum("related", "--candidates", "-", stdin=json.dumps(ITEM) + "\n")
    assert (ran.status, ran.err) == (0, "")
    document = json.loads(ran.out)
    assert list(document) == ["id", "candidates"]
    assert document["id"] == "a"
    assert [c["text"] for c in document["candidates"]] == ITEM["candidates"]
    likely, same, unlikely = (c["score"] for c in document["candidates"])
    assert 1 >= same > likely > 0.5 > unlikely >= 0


def test_a_bad_line_stops_the_run_with_its_number() -> None:
    bad = json.dumps({**ITEM, "candidates": "no list"})
    ran = probatum("related", "--candidates", "-", stdin=json.dumps(ITEM) + "\n" + bad)
    assert ran.refusal == "standard input line 2: candidates must be a list of texts."
    assert probatum("related", "--candidates", "-", stdin="{").refusal == (
        "standard input line 1: not valid JSON."
    )


def test_a_question_and_a_file_together_or_neither_is_refused() -> None:
    sentence = "related needs a question, or --candidates with a file, and not both."
    assert probatum("related").refusal == sentence
    assert probatum("related", "q", "--candidates", "-").refusal == sentence
