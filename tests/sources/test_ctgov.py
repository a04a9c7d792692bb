"""ClinicalTrials.gov records: values stay with their group, criteria with their side."""

import contextlib
import datetime
import gzip
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Document, Relation, Skipped
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.ctgov import reader as ctgov
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError
from probatum.sources.works.eligibility import criteria

RESULTS: dict[str, Any] = {
    "participantFlowModule": {
        "groups": [{"id": "FG000", "title": "Drug"}, {"id": "FG001", "title": "Placebo"}],
        "periods": [
            {
                "title": "Overall",
                "milestones": [
                    {
                        "type": "STARTED",
                        "achievements": [
                            {"groupId": "FG001", "numSubjects": "51"},
                            {"groupId": "FG000", "numSubjects": "50", "comment": "two sites"},
                        ],
                    }
                ],
                "dropWithdraws": [
                    {
                        "type": "Adverse Event",
                        "reasons": [{"groupId": "FG000", "numSubjects": "3"}],
                    }
                ],
            }
        ],
    },
    "outcomeMeasuresModule": {
        "outcomeMeasures": [
            {
                "type": "PRIMARY",
                "title": "Overall survival",
                "timeFrame": "24 months",
                "reportingStatus": "POSTED",
                "paramType": "MEDIAN",
                "dispersionType": "95% Confidence Interval",
                "unitOfMeasure": "months",
                "groups": [{"id": "OG000", "title": "Drug"}, {"id": "OG001", "title": "Placebo"}],
                "denoms": [
                    {
                        "units": "Participants",
                        "counts": [
                            {"groupId": "OG001", "value": "51"},
                            {"groupId": "OG000", "value": "50"},
                        ],
                    }
                ],
                "classes": [
                    {
                        "title": "Women",
                        "categories": [
                            {
                                "measurements": [
                                    {
                                        "groupId": "OG001",
                                        "value": "10.20",
                                        "lowerLimit": "9.6",
                                        "upperLimit": "11.1",
                                    },
                                    {
                                        "groupId": "OG000",
                                        "value": "NA",
                                        "comment": "not reached",
                                    },
                                ]
                            }
                        ],
                    }
                ],
                "analyses": [
                    {
                        "groupIds": ["OG000", "OG001"],
                        "paramType": "Hazard Ratio (HR)",
                        "paramValue": "0.460",
                        "ciPctValue": "95",
                        "ciNumSides": "TWO_SIDED",
                        "ciLowerLimit": "0.37",
                        "ciUpperLimit": "0.57",
                        "pValue": "<0.0001",
                        "statisticalMethod": "Log Rank",
                        "nonInferiorityType": "SUPERIORITY",
                    },
                    {"groupIds": ["OG002", "OG000"], "pValue": ".03"},
                ],
            }
        ]
    },
    "adverseEventsModule": {
        "frequencyThreshold": "5",
        "eventGroups": [
            {
                "id": "EG000",
                "title": "Drug",
                "seriousNumAffected": 4,
                "seriousNumAtRisk": 50,
            }
        ],
        "seriousEvents": [
            {
                "term": "Fistula",
                "organSystem": "Gastrointestinal disorders",
                "stats": [{"groupId": "EG000", "numAffected": 2, "numAtRisk": 50}],
            }
        ],
    },
    "moreInfoModule": {"limitationsAndCaveats": {"description": "Stopped early."}},
}


def study(**more: Any) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": "NCT00000001",
                "briefTitle": "A drug in a disease",
                "officialTitle": "A randomised trial of a drug",
            },
            "statusModule": {
                "overallStatus": "ACTIVE_NOT_RECRUITING",
                "lastUpdatePostDateStruct": {"date": "2024-05-06", "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "A sponsor"}},
            "conditionsModule": {"conditions": ["Cervical Cancer"], "keywords": ["VEGF"]},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE2", "PHASE3"],
                "enrollmentInfo": {"count": 101, "type": "ACTUAL"},
            },
            "eligibilityModule": {
                "eligibilityCriteria": "Inclusion Criteria:\n\n* ECOG \\<2\n\nExclusion Criteria:"
                "\n\n1. Prior fistula"
            },
            "referencesModule": {
                "references": [
                    {"pmid": "111", "type": "RESULT", "citation": "A. B. C."},
                    {"pmid": "222", "type": "BACKGROUND", "citation": "D. E. F."},
                ]
            },
        },
        **more,
    }


def items(value: Any) -> list[Any]:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(ctgov.read(SourceFile("studies.json", content=content)))


def rows(document: Document, *path: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (block.text, block.columns)
        for block in document.blocks
        if block.kind == "row" and block.headings == path
    ]


def test_a_study_becomes_a_document_with_its_version_and_its_text_in_order() -> None:
    (document,) = items(study())
    assert document == Document(
        source="nct:NCT00000001",
        title="A drug in a disease",
        type=SourceType.REGISTRY,
        depth=Depth.REGISTRY,
        blocks=document.blocks,
        format="ctgov",
        version="2024-05-06",
        label="entry as updated 2024-05-06",
        date=datetime.date(2024, 5, 6),
        year=2024,
        body="A sponsor",
        container="ClinicalTrials.gov",
        identifiers=Identifiers(nct="NCT00000001"),
        subjects=("VEGF",),
        publication_types=("Interventional", "Phase 2", "Phase 3"),
        conditions=("Cervical Cancer",),
        relations=(Relation("reports", "pmid:111"),),
    )
    assert [(block.headings, block.text) for block in document.blocks] == [
        (("Identification",), "Official title: A randomised trial of a drug"),
        (("Status",), "Overall status: Active, not recruiting"),
        (("Status",), "Last update posted: 2024-05-06"),
        (("Sponsor",), "Lead sponsor: A sponsor"),
        (("Design",), "Study type: Interventional"),
        (("Design",), "Phase: Phase 2/Phase 3"),
        (("Design",), "Enrolment: 101 (actual)"),
        (("Eligibility", "Inclusion criteria"), "ECOG <2"),
        (("Eligibility", "Exclusion criteria"), "Prior fistula"),
        (("References",), "Result: A. B. C. PMID 111"),
        (("References",), "Background: D. E. F. PMID 222"),
    ]


def test_a_value_stands_with_the_group_its_id_names_whatever_the_order() -> None:
    (document,) = items(study(resultsSection=RESULTS))
    columns = ("Group", "Analysed", "Class", "Median", "95% Confidence Interval", "Comment")
    assert rows(document, "Results", "Primary outcome: Overall survival") == [
        ("Placebo | 51 Participants | Women | 10.20 months | 9.6 to 11.1 | –", columns),
        ("Drug | 50 Participants | Women | NA | – | not reached", columns),
    ]
    flow = ("Group", "Step", "Participants", "Comment")
    assert rows(document, "Results", "Participant flow", "Overall") == [
        ("Placebo | Started | 51 | –", flow),
        ("Drug | Started | 50 | two sites", flow),
        ("Drug | Left: Adverse Event | 3 | –", flow),
    ]


def test_an_analysis_names_its_groups_and_says_when_the_record_describes_none() -> None:
    (document,) = items(study(resultsSection=RESULTS))
    path = ("Results", "Primary outcome: Overall survival", "Statistical analyses")
    assert [text for text, _ in rows(document, *path)] == [
        "Drug; Placebo | Hazard Ratio (HR) 0.460 | 95% CI 0.37 to 0.57 | P <0.0001 | Log Rank"
        " | Superiority",
        "group OG002, not described; Drug | – | – | P = .03 | – | –",
    ]


def test_adverse_events_keep_affected_and_at_risk_together() -> None:
    (document,) = items(study(resultsSection=RESULTS))
    assert rows(document, "Results", "Adverse events", "Serious adverse events") == [
        (
            "Fistula | Gastrointestinal disorders | Drug | 2 of 50 participants at risk",
            ("Event", "Organ system", "Group", "Affected"),
        )
    ]
    assert rows(document, "Results", "Adverse events", "Totals") == [
        ("Drug | 4 of 50 participants at risk", ("Group", "Serious adverse events"))
    ]
    assert document.blocks[-3].text == "Stopped early."


def test_two_groups_under_one_id_are_told_apart_from_either() -> None:
    results = json.loads(json.dumps(RESULTS))
    groups = results["outcomeMeasuresModule"]["outcomeMeasures"][0]["groups"]
    groups.append({"id": "OG000", "title": "Another drug"})
    (document,) = items(study(resultsSection=results))
    (_, second) = rows(document, "Results", "Primary outcome: Overall survival")
    assert second[0].startswith("group OG000, described twice | ")


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Inclusion Criteria: adults. Exclusion Criteria: pregnancy.",
            ["inclusion", "exclusion"],
        ),
        ("INCLUSION:\n- adults\nNon-inclusion criteria:\n- pregnancy", ["inclusion", "exclusion"]),
        (
            "Inclusion criteria:\n* adults\nAny of these will be excluded:\n* pregnancy",
            ["inclusion", "exclusion", "exclusion"],
        ),
        ("Inclusion and exclusion criteria:\n* adults", [None]),
        ("Adults with the disease", [None]),
    ],
)
def test_a_criterion_keeps_its_side(text: str, sides: list[str | None]) -> None:
    assert [block.code for block in criteria(text)] == sides


def test_pages_arrays_and_lines_give_the_same_studies() -> None:
    one, two = study(), study()
    two["protocolSection"]["identificationModule"]["nctId"] = "NCT00000002"
    lines = b"\n".join(json.dumps(each).encode() for each in (one, two))
    page = {"totalCount": 7, "studies": [one, two], "nextPageToken": "x"}
    expected = ["nct:NCT00000001", "nct:NCT00000002"]
    for content in (page, [one, two], lines, gzip.compress(lines)):
        assert [each.source for each in items(content)] == expected
    wide = json.dumps(page).encode("utf-16")
    assert [each.source for each in items(wide)] == expected


def test_a_damaged_line_is_named_and_the_others_are_read() -> None:
    good = json.dumps(study()).encode()
    found = items(good + b'\n{"protocolSection": oops}\n' + good)
    assert [type(each) for each in found] == [Document, Skipped, Document]
    assert found[1].where == "value 2"


def test_a_field_of_the_wrong_type_is_named_and_the_rest_is_read() -> None:
    odd = study()
    odd["protocolSection"]["designModule"] = ["INTERVENTIONAL"]
    document, skipped = items(odd)
    assert document.title == "A drug in a disease"
    assert skipped == Skipped(
        "NCT00000001",
        "protocolSection.designModule is a list where the format has an object",
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"totalCount": 5}, "it is a ClinicalTrials.gov count: a number of studies without their"),
        (
            {"studies": [], "totalCount": 0},
            "it is a ClinicalTrials.gov search page without studies",
        ),
        (
            {"data": [{"nct_id": "NCT00000001"}]},
            "it is an answer of the NCI Clinical Trials Search",
        ),
        ({"FullStudiesResponse": {}}, "it is an answer of the registry's former API"),
        (3, "it is no study record of ClinicalTrials.gov"),
        (b"", "it holds no value"),
        (b"{", "its JSON is damaged or cut off"),
        (b"[" * 100_000, "its objects are nested too deeply"),
        (b"\xff\xff", "its text is not UTF-8"),
    ],
)
def test_other_answers_are_refused_with_a_reason(value: Any, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        items(value)
    assert str(caught.value).startswith(reason)


def test_a_study_without_a_number_or_without_text_is_skipped() -> None:
    bare = {"identificationModule": {"nctId": "NCT00000003"}}
    value = {"studies": [{"protocolSection": {}}, {"protocolSection": bare}]}
    assert items(value) == [
        Skipped("study 1", "it has no NCT number"),
        Skipped("NCT00000003", "it holds none of the fields that have text"),
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"hasResults": true, "protocolSection": {"a": 1', True),
        (b'{"totalCount": 3, "studies": [{"protocolSection"', True),
        (b'[{"protocolSection": {', True),
        (b'{"data": [{"nct_id": "NCT0', True),
        (b'{"resourceType": "Bundle", "studies": []', False),
        (b'{"meta": {}, "results": [{"protocolSection": 1', False),
        (b'{"studies": [{"title": "x"', False),
        (b"<studies>", False),
        (b"", False),
    ],
)
def test_the_format_is_known_by_its_keys(head: bytes, expected: bool) -> None:
    assert ctgov.recognise("x.json", head) is expected


_LEAF = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just([]) | st.just({})


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A real-shaped study in which some values were replaced by something else."""
    value = study(resultsSection=json.loads(json.dumps(RESULTS)))
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


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_a_changed_study_never_crashes_and_its_text_is_clean(value: Any) -> None:
    try:
        found = items(value)
    except UnreadableError:
        return
    for each in found:
        if isinstance(each, Document):
            for block in each.blocks:
                assert block.text == clean(block.text) != ""
                assert not block.columns or len(block.columns) == block.text.count("|") + 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_arbitrary_bytes_never_crash(content: bytes) -> None:
    ctgov.recognise("x", content)
    for wrapped in (content, b'{"protocolSection": ' + content, b'{"studies": [' + content):
        with contextlib.suppress(UnreadableError):
            items(wrapped)


def test_a_study_longer_than_one_read_is_whole() -> None:
    long = study()
    long["protocolSection"]["descriptionModule"] = {"detailedDescription": "word " * 60_000}
    lengths = [
        [len(block.text) for block in each.blocks if block.headings == ("Detailed description",)]
        for each in items([long, study(), long])
    ]
    assert lengths == [[299_999], [], [299_999]]
