"""Every field of the answer document, to the letter of the contract, in answers of all kinds."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import jsonschema
import pytest

from probatum.library.library import Library
from tests.contract.conftest import ASKED
from tests.contract.program import ROOT

Document = dict[str, Any]
IDS = tuple(item["id"] for item in ASKED)
SCHEMA_FILE = ROOT / "docs" / "reference" / "answer.schema.json"

FIELDS = [
    "schema",
    "id",
    "library",
    "question",
    "reader",
    "region",
    "as_of",
    "model",
    "created",
    "elapsed_ms",
    "status",
    "reason",
    "understood",
    "bottom_line",
    "sections",
    "claims",
    "references",
    "guidelines",
    "algorithm",
    "related",
    "limits",
    "notice",
]
UNDERSTOOD = [
    "intent",
    "conditions",
    "settings",
    "line",
    "interventions",
    "biomarkers",
    "bodies",
    "patient",
    "premises",
]
CLAIM = ["text", "verdict", "citations", "anchors", "checks", "depth", "strength", "population"]
ANCHOR = ["source", "edition", "locator", "quote", "start", "end", "record"]
REFERENCE = [
    "number",
    "source",
    "edition",
    "type",
    "title",
    "body",
    "authors",
    "year",
    "identifiers",
    "depth",
    "currency",
    "replaced_by",
]
STANCE = ["body", "edition", "year", "state", "superseded_by", "claims"]
STATUSES = {"answered", "corrected_premise", "partial", "declined", "urgent"}
KINDS = {
    "guidelines",
    "regimens",
    "evidence",
    "biomarkers",
    "algorithm",
    "safety",
    "monitoring",
    "prognosis",
    "caveats",
    "changes",
    "definitions",
    "quotes",
    "library",
}
VERDICTS = {"supported", "partly_supported", "contradicted", "not_enough_information"}
TYPES = {
    "guideline",
    "randomized_trial",
    "single_arm_trial",
    "subgroup_analysis",
    "systematic_review",
    "narrative_review",
    "observational",
    "case_report",
    "label",
    "registry",
    "agency_decision",
    "patient_information",
    "other",
}
DEPTHS = {"full_text", "abstract", "label", "registry", "curated_record", "secondary"}
CURRENCIES = {"current", "superseded", "interim", "corrected", "retracted", "unknown"}


@pytest.fixture(params=IDS)
def document(request: pytest.FixtureRequest, documents: dict[str, Document]) -> Document:
    """One answer document after the other."""
    return documents[request.param]


def missing(value: Document, names: list[str]) -> list[str]:
    return [name for name in names if name not in value]


def shown(document: Document) -> Iterator[str]:
    """Every claim id that is used anywhere in the document."""
    yield from document["bottom_line"]
    for section in document["sections"]:
        yield from section["claims"]
        for row in section["table"]["rows"] if section["table"] else ():
            yield from (cell["claim"] for cell in row if cell["claim"])
        for row in section["figure"]["rows"] if section["figure"] else ():
            yield row["claim"]
    for stance in document["guidelines"]:
        yield from stance["claims"]
    for step in document["algorithm"]["steps"] if document["algorithm"] else ():
        yield from step["then"]
    yield from (p["claim"] for p in document["understood"]["premises"] if p["claim"])


def test_the_published_schema_accepts_it(document: Document) -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in checker.iter_errors(document)] == []


def test_all_top_level_fields_are_there_with_their_kinds_of_values(document: Document) -> None:
    assert missing(document, FIELDS) == []
    assert document["schema"] == "probatum.answer/1"
    assert re.fullmatch(r"[0-9a-f]{16}", document["id"])
    assert list(document["library"]) == ["snapshot", "sources", "passages", "records"]
    assert document["reader"] in ("clinician", "trainee", "patient")
    assert date.fromisoformat(document["as_of"])
    assert datetime.fromisoformat(document["created"]).tzinfo is not None
    assert document["elapsed_ms"] >= 0
    assert document["model"] is None
    assert document["status"] in STATUSES
    assert document["notice"].endswith(".")


def test_the_reason_is_a_sentence_when_not_simply_answered(document: Document) -> None:
    if document["status"] == "answered":
        assert document["reason"] is None
    else:
        assert re.fullmatch(r"[A-Z\u201c].+[.!?]", document["reason"])


def test_what_was_understood_has_its_fields(document: Document) -> None:
    understood = document["understood"]
    assert missing(understood, UNDERSTOOD) == []
    lists = ("conditions", "settings", "interventions", "biomarkers", "bodies", "premises")
    assert [name for name in lists if not isinstance(understood[name], list)] == []
    assert isinstance(understood["patient"], dict)
    for premise in understood["premises"]:
        assert sorted(premise) == ["claim", "text", "verdict"]
        assert premise["verdict"] in VERDICTS


def test_sections_are_of_the_known_kinds_and_tables_are_whole(document: Document) -> None:
    for section in document["sections"]:
        assert missing(section, ["id", "kind", "title", "claims", "table", "figure"]) == []
        assert section["kind"] in KINDS
        if section["table"]:
            assert list(section["table"]) == ["columns", "rows"]
            width = len(section["table"]["columns"])
            for row in section["table"]["rows"]:
                assert [sorted(cell) for cell in row] == [["claim", "text"]] * width
    ids = [section["id"] for section in document["sections"]]
    assert len(set(ids)) == len(ids)


def test_every_claim_is_whole_and_shown_and_every_shown_one_is_given(document: Document) -> None:
    assert set(shown(document)) == set(document["claims"])
    for claim in document["claims"].values():
        assert missing(claim, CLAIM) == []
        assert claim["verdict"] == "supported"
        assert claim["depth"] in DEPTHS
        assert claim["citations"]
        assert claim["anchors"]
        if claim["strength"] is not None:
            assert sorted(claim["strength"]) == ["direction", "grade", "system"]


def test_every_anchor_slices_its_quote_out_of_what_is_held(
    document: Document, held: Library
) -> None:
    for claim in document["claims"].values():
        for anchor in claim["anchors"]:
            assert missing(anchor, ANCHOR) == []
            statement = held.statement(anchor["record"])
            assert statement[anchor["start"] : anchor["end"]] == anchor["quote"] != ""
            assert held.records[anchor["record"]].edition == anchor["edition"]
            assert held.source_of(anchor["edition"]).id == anchor["source"]


def test_every_check_has_a_name_an_outcome_and_a_detail_and_none_failed(document: Document) -> None:
    for claim in document["claims"].values():
        names = [check["name"] for check in claim["checks"]]
        assert {"numbers", "terms", "population", "direction", "currency"} <= set(names)
        assert len(set(names)) == len(names)
        for check in claim["checks"]:
            assert sorted(check) == ["detail", "name", "outcome"]
            assert check["outcome"] in ("pass", "not_applicable")
            assert check["detail"]


def test_references_are_numbered_from_one_and_are_those_that_are_cited(document: Document) -> None:
    numbers = [reference["number"] for reference in document["references"]]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {n for claim in document["claims"].values() for n in claim["citations"]}
    assert cited == set(numbers)
    editions = {r["edition"]: r["number"] for r in document["references"]}
    for claim in document["claims"].values():
        anchored = {editions[anchor["edition"]] for anchor in claim["anchors"]}
        assert anchored == set(claim["citations"])


def test_references_carry_type_depth_currency_and_identifiers(document: Document) -> None:
    for reference in document["references"]:
        assert missing(reference, REFERENCE) == []
        assert reference["type"] in TYPES
        assert reference["depth"] in DEPTHS
        assert reference["currency"] in CURRENCIES
        assert {"pmid", "doi", "nct", "url"} <= set(reference["identifiers"])
        if reference["currency"] in ("superseded", "interim"):
            assert reference["replaced_by"]


def test_guidelines_are_in_one_of_three_states_and_only_claims_make_one_say(
    document: Document,
) -> None:
    for stance in document["guidelines"]:
        assert missing(stance, STANCE) == []
        assert stance["state"] in ("says", "silent", "not_held")
        if stance["state"] == "says":
            assert stance["claims"]
            assert stance["edition"]


def test_the_algorithm_has_steps_that_lead_to_each_other(document: Document) -> None:
    algorithm = document["algorithm"]
    if algorithm is None:
        return
    ids = [step["id"] for step in algorithm["steps"]]
    assert ids
    for step in algorithm["steps"]:
        assert {"id", "if", "next", "then"} <= set(step)
        # What a patient file adds; nothing of it is said without one.
        assert (step["state"], step["decided_by"], step["missing"]) == (None, [], [])
        assert step["if"]
        assert set(step["next"]) <= set(ids)
    assert set(algorithm["path"]) <= set(ids)


def test_related_questions_limits_and_notice_are_sentences(document: Document) -> None:
    assert [q for q in document["related"] if not q.endswith(("?", "."))] == []
    assert [s for s in document["limits"] if not re.fullmatch(r"[A-Z\u201c0-9].*[.!?]", s)] == []
    assert document["question"] not in document["related"]


def test_the_batch_shows_all_ways_of_dealing_with_a_question(
    documents: dict[str, Document],
) -> None:
    wanted = {
        "options": "answered",
        "premise": "corrected_premise",
        "outside": "declined",
        "urgent": "urgent",
        "empty": "declined",
    }
    assert {name: documents[name]["status"] for name in wanted} == wanted


def test_facts_about_the_patient_choose_a_path(documents: dict[str, Document]) -> None:
    assert documents["path"]["algorithm"]["path"] != []
    assert documents["options"]["algorithm"]["path"] == []


def test_nothing_that_appeared_later_is_in_an_answer_as_of_an_earlier_day(
    documents: dict[str, Document],
) -> None:
    document = documents["earlier"]
    assert document["as_of"] == "2024-01-31"
    years = [r["year"] for r in document["references"] if r["year"]]
    assert years
    assert [year for year in years if year > 2023] == []
