"""The JSON document keeps the names and values that others build on."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from probatum.evidence.answer import Answer
from probatum.render.json import answer_document, answer_json
from tests.render import samples

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "reference" / "answer.schema.json").read_text("utf-8")
)
ANSWERS = [samples.full(), samples.corrected(), samples.urgent(), samples.declined()]


def test_the_published_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda each: each.status.value)
def test_every_kind_of_answer_keeps_to_the_published_schema(answer: Answer) -> None:
    document = json.loads(answer_json(answer))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []


def test_the_schema_refuses_a_document_with_a_claim_that_has_no_anchor() -> None:
    document = json.loads(answer_json(samples.full()))
    document["claims"]["c1"]["anchors"] = []
    assert not Draft202012Validator(SCHEMA).is_valid(document)


def test_names_that_clash_with_python_get_their_published_form_back() -> None:
    document = answer_document(samples.full())
    assert next(iter(document)) == "schema"
    assert document["schema"] == "probatum.answer/1"
    assert document["algorithm"]["steps"][1] == {
        "id": "naive",
        "if": "No earlier systemic treatment",
        "then": ["c7"],
        "next": ["after"],
        "state": None,
        "decided_by": [],
        "missing": [],
    }


def test_nothing_of_the_answer_is_lost_on_the_way_to_json_and_back() -> None:
    document = json.loads(answer_json(samples.full()))
    document["schema_"] = document.pop("schema")
    for step in document["algorithm"]["steps"]:
        step["if_"] = step.pop("if")
    assert Answer.model_validate(document) == samples.full()
