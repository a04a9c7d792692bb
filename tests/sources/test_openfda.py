"""Answers of openFDA become labels and decisions, or say in one sentence what they are."""

import datetime
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Item, Skipped
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.labels.openfda import read, recognise
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

LABEL: dict[str, Any] = {
    "warnings": ["Warnings  Liver"],
    "dosage_and_administration_table": [
        "<table><tbody><tr><td><content styleCode='bold'>Age</content></td><td><b>Dose</b></td>"
        "</tr>"
        "<tr><td>2&nbsp;years</td><td>5 mL<br/>once</td></tr></tbody></table>"
    ],
    "new_section_of_later": ["Something new"],
    "set_id": "AB-1",
    "id": "x",
    "version": "3",
    "effective_time": "20260612",
    "openfda": {
        "brand_name": ["XENA"],
        "generic_name": ["XENAMAB"],
        "manufacturer_name": ["Maker Inc."],
        "application_number": ["BLA125000"],
        "product_type": ["HUMAN PRESCRIPTION DRUG"],
    },
}
APPLICATION: dict[str, Any] = {
    "application_number": "NDA021000",
    "sponsor_name": "MAKER",
    "products": [
        {
            "brand_name": "XENA",
            "dosage_form": "TABLET",
            "active_ingredients": [{"name": "XENAMAB", "strength": "5MG"}],
        }
    ],
    "submissions": [
        {
            "submission_type": "ORIG",
            "submission_number": "1",
            "submission_status": "AP",
            "submission_status_date": "20010510",
        }
    ],
}


def items(value: object) -> list[Item]:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(read(SourceFile("a.json", content=content)))


def refusal(value: object, name: str = "a.json") -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    assert recognise(name, content[:4096])
    with pytest.raises(UnreadableError) as error:
        list(read(SourceFile(name, content=content)))
    return str(error.value)


def test_a_label_is_read_whole_alone_or_in_an_answer() -> None:
    dosage = ("Dosage and Administration",)
    document = Document(
        source="spl:ab-1",
        title="XENA (XENAMAB): Maker Inc.",
        type=SourceType.LABEL,
        depth=Depth.LABEL,
        blocks=(
            Block("2 years | 5 mL once", "row", dosage, None, ("Age", "Dose"), "34068-7"),
            Block("Warnings Liver", headings=("Warnings",), code="34071-1"),
            Block("Something new", headings=("New section of later",)),
        ),
        format="openfda",
        version="3",
        date=datetime.date(2026, 6, 12),
        year=2026,
        body="FDA",
        authors=("Maker Inc.",),
        identifiers=Identifiers(other="ab-1"),
        subjects=("XENA", "XENAMAB"),
        publication_types=("HUMAN PRESCRIPTION DRUG",),
        licence="label text by its manufacturer, published by FDA",
        tier=RightsTier.QUOTE,
    )
    assert items(LABEL) == [document]
    assert items({"meta": {"results": {"total": 1}}, "results": [LABEL]}) == [document]


def test_an_application_is_a_decision_with_products_and_submissions_as_rows() -> None:
    assert items({"results": [APPLICATION]}) == [
        Document(
            source="drugsfda:NDA021000",
            title="Drugs@FDA NDA021000: XENA (XENAMAB), MAKER",
            type=SourceType.AGENCY_DECISION,
            depth=Depth.REGISTRY,
            blocks=(
                Block(
                    "XENA | XENAMAB 5MG | TABLET",
                    "row",
                    ("Products",),
                    None,
                    ("Product", "Active ingredients", "Form"),
                ),
                Block(
                    "ORIG (original approval) 1 | AP (approved) | 2001-05-10",
                    "row",
                    ("Submissions",),
                    None,
                    ("Submission", "Status", "Date"),
                ),
            ),
            format="openfda",
            version="2001-05-10",
            date=datetime.date(2001, 5, 10),
            year=2001,
            body="FDA",
            container="Drugs@FDA",
            identifiers=Identifiers(other="NDA021000"),
            subjects=("XENA", "XENAMAB"),
            publication_types=("Drugs@FDA application",),
            licence="CC0 1.0",
            tier=RightsTier.OPEN,
        )
    ]


def test_what_holds_no_label_says_what_it_is() -> None:
    named = {"set_id": "1", "openfda": {"brand_name": ["X"]}}
    schema = {"$schema": "x", "properties": {"abuse_table": {}, "alarms_table": {}}}
    assert [
        refusal({"meta": {}, "results": [named, named]}),
        refusal({"error": {"code": "NOT_FOUND", "message": "No matches found!"}}),
        refusal(schema),
        refusal(b'"loinc","name"\n"34086-9", "Abuse"', "loinc.csv"),
        refusal({"meta": {}, "results": [{"recall_number": "D-1", "openfda": {}}]}),
    ] == [
        "it is an answer of openFDA with nothing to read"
        " (2 results: it names a label without its text)",
        "it is an error that openFDA answered with: No matches found!",
        "it describes the fields of openFDA's labels and holds no label",
        "it is a list of the codes of label sections, without any label",
        "it is an answer of openFDA with nothing to read"
        " (one result: it is of openFDA's recalls, not a label)",
    ]


def test_a_result_that_cannot_be_used_is_named_beside_those_that_can() -> None:
    found = items(
        {"results": [LABEL, 7, {**LABEL, "warnings": {"a": 1}, "warnings_table": ["<br/>"]}]}
    )
    assert [type(each).__name__ for each in found] == [
        "Document",
        "Skipped",
        "Document",
        "Skipped",
        "Skipped",
    ]
    assert found[1] == Skipped("result 2", "it is no record")
    assert found[3] == Skipped("result 3, warnings_table", "its table cannot be read")


@pytest.mark.parametrize(
    ("value", "mine"),
    [
        (LABEL, True),
        ({"meta": {}, "results": [APPLICATION]}, True),
        ({"resourceType": "Bundle", "warnings": [], "purpose": "x"}, False),
        ({"protocolSection": {}, "description": "x", "purpose": "y"}, False),
        ({"results": [], "meta": {}}, False),
        ({"warnings": ["deprecated"]}, False),
    ],
)
def test_only_openfda_is_claimed(value: object, mine: bool) -> None:
    assert recognise("a.json", json.dumps(value).encode()[:4096]) is mine


def safe(content: bytes) -> None:
    recognise("a.json", content[:4096])
    found: list[Item] = []
    with suppress(UnreadableError):
        found = items(content)
    for each in found:
        if isinstance(each, Document):
            assert all(block.text == clean(block.text) != "" for block in each.blocks)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just("<table><tr>")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*LABEL, *LABEL["openfda"], *APPLICATION, "results", "meta", "error"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)


@given(JSON)
def test_any_shape_is_read_or_refused(value: object) -> None:
    safe(json.dumps(value).encode())
    safe(json.dumps({"results": [value, LABEL, APPLICATION]}).encode())


@given(st.dictionaries(st.sampled_from([*LABEL, *APPLICATION]), JSON))
def test_a_record_with_wrong_types_is_read_or_refused(value: dict[str, object]) -> None:
    safe(json.dumps({"results": [{**LABEL, **value}, {**APPLICATION, **value}]}).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    safe(content)
