"""FHIR resources: knowledge is read, what may be a patient's is not."""

import base64
import contextlib
import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Relation, Skipped
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.fhir import reader as fhir
from probatum.sources.fhir.narrative import narrative
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

EVIDENCE: dict[str, Any] = {
    "resourceType": "Evidence",
    "id": "e1",
    "url": "https://example.org/Evidence/e1",
    "version": "2.1",
    "status": "retired",
    "date": "2023-04-05T10:00:00Z",
    "title": "Drug against placebo: survival",
    "publisher": "A body",
    "author": [{"name": "A. Author"}],
    "copyright": "CC BY 4.0",
    "text": {"status": "generated", "div": "<div><p>The same once more</p></div>"},
    "description": "What was found.\n\n* first\n* second",
    "useContext": [
        {
            "code": {"code": "focus"},
            "valueCodeableConcept": {"coding": [{"display": "Cervical cancer"}]},
        }
    ],
    "relatedArtifact": [
        {"type": "derived-from", "url": "https://pubmed.ncbi.nlm.nih.gov/12345/"},
        {"type": "predecessor", "resource": "https://example.org/Evidence/e0|1.0"},
    ],
    "variableDefinition": [
        {"variableRole": "outcome", "description": "Death", "observed": {"display": "Deaths"}}
    ],
    "statistic": [
        {
            "statisticType": {"text": "Hazard ratio"},
            "quantity": {"value": 0.70},
            "sampleSize": {"numberOfStudies": 1, "numberOfParticipants": 300},
            "numberAffected": 40,
            "attributeEstimate": [
                {
                    "type": {"text": "Confidence interval"},
                    "level": 0.95,
                    "range": {"low": {"value": 0.5}, "high": {"value": 0.9}},
                },
                {"type": {"text": "P value"}, "quantity": {"comparator": "<", "value": 0.001}},
            ],
        }
    ],
    "certainty": [
        {
            "type": {"text": "Overall"},
            "rating": {"text": "Low"},
            "subcomponent": [{"type": {"text": "Risk of bias"}, "rating": {"text": "Serious"}}],
        }
    ],
}
PLAN: dict[str, Any] = {
    "resourceType": "PlanDefinition",
    "id": "p1",
    "status": "active",
    "title": "A plan",
    "contained": [
        {
            "resourceType": "ActivityDefinition",
            "id": "give",
            "dosage": [{"text": "15 mg/kg every 3 weeks"}],
        }
    ],
    "action": [
        {
            "title": "Second line",
            "selectionBehavior": "at-most-one",
            "condition": [
                {"kind": "applicability", "expression": {"description": "After platinum"}}
            ],
            "action": [
                {
                    "title": "Give the drug",
                    "textEquivalent": "Give it slowly.",
                    "description": "Brief description of the action",
                    "definitionCanonical": "#give",
                    "documentation": [{"type": "citation", "citation": "A guideline, 2020"}],
                }
            ],
        }
    ],
}


def items(*values: Any) -> list[Any]:
    content = b"\n".join(
        value if isinstance(value, bytes) else json.dumps(value).encode() for value in values
    )
    return list(fhir.read(SourceFile("x.json", content=content)))


def raw(value: Any) -> bytes:
    """JSON with 0.70 as it was written, which Python's own writer shortens."""
    return json.dumps(value).replace('"value": 0.7}', '"value": 0.70}').encode()


def refusal(*values: Any) -> str:
    with pytest.raises(UnreadableError) as caught:
        items(*values)
    return str(caught.value)


def texts(document: Document) -> list[tuple[str, ...]]:
    return [(*block.headings, block.text) for block in document.blocks]


def test_evidence_becomes_rows_whose_numbers_stay_as_printed() -> None:
    (document,) = items(raw(EVIDENCE))
    assert document == Document(
        source="fhir:Evidence/https://example.org/Evidence/e1",
        title="Drug against placebo: survival",
        type=SourceType.OTHER,
        depth=Depth.CURATED_RECORD,
        blocks=document.blocks,
        format="fhir",
        version="2.1",
        label="version 2.1, retired",
        date=datetime.date(2023, 4, 5),
        year=2023,
        body="A body",
        authors=("A. Author",),
        identifiers=Identifiers(url="https://example.org/Evidence/e1"),
        subjects=("Cervical cancer",),
        publication_types=("Evidence",),
        conditions=("Cervical cancer",),
        relations=(
            Relation("reports", "pmid:12345", "derived from"),
            Relation("supersedes", "fhir:Evidence/https://example.org/Evidence/e0", "predecessor"),
        ),
        licence="CC BY 4.0",
    )
    assert texts(document) == [
        ("Description", "What was found."),
        ("Description", "first"),
        ("Description", "second"),
        ("Variables", "Variables"),
        ("Variables", "outcome | Death | Deaths"),
        (
            "Statistics",
            "Hazard ratio | 0.70 | 1 studies; 300 participants | 40 affected"
            " | Confidence interval 0.5 to 0.9 (level 0.95); P value <0.001",
        ),
        ("Certainty", "Certainty of the evidence"),
        ("Certainty", "Overall | Low"),
        ("Certainty", "Risk of bias | Serious"),
        ("References", "Derived from: https://pubmed.ncbi.nlm.nih.gov/12345/"),
        ("References", "Predecessor: https://example.org/Evidence/e0|1.0"),
    ]


def test_a_plan_reads_in_order_with_conditions_and_doses_and_without_placeholders() -> None:
    (document,) = items(PLAN)
    first, second = ("Actions", "Second line"), ("Actions", "Second line", "Give the drug")
    assert texts(document) == [
        (*first, "Second line"),
        (*first, "Applicability: After platinum"),
        (*first, "Choose at most one of these"),
        (*second, "Give the drug"),
        (*second, "Give it slowly."),
        (*second, "Documentation: A guideline, 2020"),
        (*second, "Activity", "Dosage: 15 mg/kg every 3 weeks"),
    ]


def test_a_generated_narrative_is_read_only_where_nothing_else_is_said() -> None:
    only = {"resourceType": "Evidence", "id": "e", "status": "active", "text": EVIDENCE["text"]}
    assert texts(items(only)[0]) == [("Narrative", "The same once more")]
    more = {
        **EVIDENCE,
        "text": {"status": "additional", "div": "<div>More<script>x</script></div>"},
    }
    assert ("Narrative", "More") in texts(items(more)[0])


def test_a_composition_of_a_work_is_read_section_by_section() -> None:
    work = {
        "resourceType": "Composition",
        "url": "https://example.org/Composition/c",
        "status": "final",
        "title": "A recommendation",
        "type": {"coding": [{"code": "Recommendation"}]},
        "section": [
            {
                "title": "Recommendation",
                "text": {"status": "generated", "div": "<div><p>Offer it.</p></div>"},
                "entry": [{"reference": "PlanDefinition/p1", "display": "The plan"}],
                "section": [{"title": "Why", "text": {"div": "<div>It works.</div>"}}],
            }
        ],
    }
    (document,) = items(work)
    assert document.type is SourceType.GUIDELINE
    assert texts(document) == [
        ("Recommendation", "Offer it."),
        ("Recommendation", "The plan"),
        ("Recommendation", "Why", "It works."),
    ]


NOTE: dict[str, Any] = {
    "resourceType": "Composition",
    "status": "final",
    "title": "Consult note",
    "type": {"coding": [{"system": "http://loinc.org", "code": "11488-4"}]},
    "section": [{"title": "Story", "text": {"div": "<div>Private</div>"}}],
}


@pytest.mark.parametrize(
    "resource",
    [
        {**NOTE, "subject": {"reference": "Patient/1"}},
        {**NOTE, "subject": {"reference": "urn:uuid:1234"}},
        NOTE,
        {**NOTE, "type": {"text": "Note"}, "encounter": {"reference": "Encounter/1"}},
        {
            **NOTE,
            "url": "https://example.org/c",
            "section": [{"entry": [{"reference": "Observation/1"}]}],
        },
        {**NOTE, "url": "https://x.org/c", "contained": [{"resourceType": "Patient"}]},
        {"resourceType": "Group", "actual": True, "member": [{"entity": {}}], "name": "x"},
        {"resourceType": "DocumentReference", "description": "A letter"},
        {
            "resourceType": "DocumentReference",
            "type": {"text": "Guideline"},
            "subject": {"reference": "Patient/1"},
        },
        {"resourceType": "Observation", "id": "o"},
        {"resourceType": "SomethingNew", "id": "o"},
    ],
)
def test_what_may_be_a_patients_is_never_taken_in(resource: dict[str, Any]) -> None:
    kind = resource["resourceType"]
    said = "it holds FHIR resources that may be a patient's data, which are never taken in"
    assert refusal(resource) == f"{said}: 1 {kind}"


def test_a_patient_in_the_bundle_makes_its_composition_the_patients() -> None:
    work = {**NOTE, "url": "https://example.org/c", "type": {"text": "Report"}}
    assert isinstance(items(work)[0], Document)
    entries = [{"resource": work}, {"resource": {"resourceType": "Patient"}}]
    assert refusal({"resourceType": "Bundle", "entry": entries}) == (
        "it holds FHIR resources that may be a patient's data, which are never taken in:"
        " 1 Composition, 1 Patient"
    )


def test_a_bundle_gives_its_works_and_one_sentence_on_the_rest() -> None:
    entries = [
        {"resource": EVIDENCE},
        {"resource": {"resourceType": "ValueSet"}},
        {"resource": {"resourceType": "ValueSet"}},
    ]
    document, skipped = items({"entry": entries, "resourceType": "Bundle"})
    assert document.source == "fhir:Evidence/https://example.org/Evidence/e1"
    reason = "it holds FHIR resources without citable text: 2 ValueSet"
    assert skipped == Skipped("x.json", reason)


def test_lines_are_read_one_resource_each() -> None:
    assert [each.title for each in items(EVIDENCE, PLAN)] == [EVIDENCE["title"], "A plan"]


def test_a_resource_entered_in_error_is_not_taken() -> None:
    assert items({**EVIDENCE, "status": "entered-in-error"}) == [
        Skipped(
            "fhir:Evidence/https://example.org/Evidence/e1",
            "it says of itself that it was entered in error",
        )
    ]


def test_a_citation_is_about_its_article() -> None:
    citation = {
        "resourceType": "Citation",
        "id": "c",
        "status": "active",
        "title": "A record",
        "citedArtifact": {
            "identifier": [{"system": "https://pubmed.ncbi.nlm.nih.gov", "value": "777"}],
            "title": [{"text": "The article"}],
            "abstract": [{"text": '<AbstractText Label="RESULTS">P&lt;0.9</AbstractText>'}],
            "currentState": [{"coding": [{"code": "retracted"}]}],
            "publicationForm": [
                {"articleDate": "2018-12-13", "publishedIn": {"title": "A journal"}}
            ],
        },
    }
    (document,) = items(citation)
    assert (document.title, document.container, document.year) == ("The article", "A journal", 2018)
    assert document.depth is Depth.ABSTRACT
    assert document.retracted
    assert document.identifiers == Identifiers(pmid="777")
    assert document.relations == (Relation("republishes", "pmid:777", "describes"),)
    assert texts(document) == [("Abstract", "RESULTS: P<0.9")]


def _attached(kind: str, content: bytes) -> dict[str, Any]:
    data = base64.b64encode(content).decode()
    return {
        "resourceType": "DocumentReference",
        "id": "d",
        "type": {"text": "Guideline"},
        "content": [{"attachment": {"contentType": kind, "title": "Text", "data": data}}],
    }


def test_text_attachments_are_read_and_others_handed_back_with_a_reason() -> None:
    (document,) = items(_attached("text/markdown", "# One\n\nOffer 5 µg.".encode()))
    assert document.depth is Depth.FULL_TEXT
    assert texts(document) == [("Text", "One"), ("Text", "Offer 5 µg.")]
    (document,) = items(_attached("text/html", b"<h1>One</h1><p>Offer</p>"))
    assert texts(document) == [("Text", "One", "Offer")]
    for kind, content, reason in (
        ("application/pdf", b"%PDF", "is a PDF: save it and add it as a file of its own"),
        ("text/cql", b"define x: 1", "is program logic (text/cql), not text for readers"),
        ("text/plain", b"\xff\xfe\xfa", "is no UTF-8 text in base64"),
    ):
        reasons = [each.reason for each in items(_attached(kind, content))]
        assert f'its attachment "Text" {reason}' in reasons


def test_exclusion_criteria_of_a_group_stay_exclusions() -> None:
    group = {
        "resourceType": "Group",
        "id": "g",
        "membership": "definitional",
        "description": "Inclusion Criteria: Adults. Exclusion Criteria: Pregnancy.",
        "characteristic": [
            {"code": {"text": "Age"}, "valueQuantity": {"comparator": ">=", "value": 18}},
            {"code": {"text": "Fistula"}, "exclude": True},
        ],
    }
    (document,) = items(group)
    assert [(block.text, block.code) for block in document.blocks] == [
        ("Adults.", "inclusion"),
        ("Pregnancy.", "exclusion"),
        ("Age: >=18", "inclusion"),
        ("Fistula", "exclusion"),
    ]


def test_merged_cells_are_repeated_so_that_each_row_stands_alone() -> None:
    table = (
        "<table><caption>Doses</caption><thead><tr><th>Drug</th><th>Dose</th></tr></thead>"
        "<tr><td rowspan='2'>A</td><td>1 mg</td></tr><tr><td>2 mg</td></tr></table>"
    )
    assert narrative(table, ("N",)) == [
        Block("Doses", "caption", ("N",)),
        Block("A | 1 mg", "row", ("N",), columns=("Drug", "Dose")),
        Block("A | 2 mg", "row", ("N",), columns=("Drug", "Dose")),
    ]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", "it is FHIR without any resource in it"),
        ({"resourceType": "Bundle"}, "it is FHIR without any resource in it"),
        ({"hello": 1}, "it holds values that are no FHIR resource (1)"),
        (b'{"resourceType": "Evid', "its JSON is damaged or cut off"),
        (b'{"resourceType": ' + b"[" * 100_000, "its objects are nested too deeply"),
    ],
)
def test_a_file_without_works_is_refused_with_a_reason(value: Any, reason: str) -> None:
    assert refusal(value).startswith(reason)


def test_wrong_types_are_named_and_the_rest_is_read() -> None:
    document, skipped = items({**EVIDENCE, "statistic": "many"})
    assert document.title == EVIDENCE["title"]
    assert skipped.reason == "statistic is text where the format has a list of objects"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"id": "1", "meta": {"profile": ["http://hl7.org/fhir/x"]}, "url"', True),
        (b'{"title": "x", "resourceType": "Evid', True),
        (b'[{"resourceType": "Evidence"', True),
        (b'{"hook": "x", "context": {"p": {"resourceType": "Patient"}}}', False),
        (b'{"cards": [], "id": "http://hl7.org/fhir"', False),
        (b'{"meta": {"x": "hl7.org/"}, "results": [{"id": 1}]}', False),
        (b'{"protocolSection": {"resourceType": 1', False),
        (b"<Evidence>", False),
    ],
)
def test_the_format_is_known_by_its_keys(head: bytes, expected: bool) -> None:
    assert fhir.recognise("x.json", head) is expected


_LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just([]) | st.just({})


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A resource in which some values were replaced by something else."""
    value = json.loads(json.dumps(draw(st.sampled_from((EVIDENCE, PLAN, {**NOTE, "url": "u"})))))
    kinds = sorted(fhir.KNOWLEDGE)
    value["resourceType"] = draw(st.sampled_from((value["resourceType"], *kinds)))
    for _ in range(draw(st.integers(1, 6))):
        place: Any = value
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], (dict, list)) and draw(st.integers(0, 4)):
                place = place[key]
                continue
            place[key] = draw(_LEAF)
            break
    return value


@settings(max_examples=200, deadline=None)
@given(mutated())
def test_a_changed_resource_never_crashes_and_its_text_is_clean(value: Any) -> None:
    try:
        found = items(value)
    except UnreadableError:
        return
    for each in found:
        if isinstance(each, Document):
            for block in each.blocks:
                assert block.text == clean(block.text) != ""
                assert all(name == clean(name) != "" for name in block.headings)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_arbitrary_bytes_never_crash(content: bytes) -> None:
    fhir.recognise("x", content)
    with contextlib.suppress(UnreadableError):
        items(content)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/ptdrhliable =\"'1&;\x00\ud800é", max_size=120))
def test_arbitrary_markup_never_crashes(div: str) -> None:
    for block in narrative(div, ()):
        assert block.text == clean(block.text) != ""


def test_what_is_nested_beyond_use_is_skipped_with_a_reason_instead_of_cut() -> None:
    deep: dict[str, Any] = {"title": "innermost"}
    for _ in range(60):
        deep = {"title": "outer", "action": [deep]}
    where = "fhir:PlanDefinition/p1"
    assert items({**PLAN, "action": [deep]}) == [
        Skipped(where, "its actions are nested too deeply")
    ]
    text = {"status": "additional", "div": "<div>" * 300 + "deep" + "</div>" * 300}
    reason = "its narrative is nested too deeply to be read whole"
    assert items({**PLAN, "text": text}) == [Skipped(where, reason)]
