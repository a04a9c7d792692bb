"""A registry's values stay with the group whose id they have, whatever the order."""

import json
from decimal import Decimal
from typing import Any

from probatum.evidence.document import Document
from probatum.extract.document import Findings, findings_of
from probatum.extract.result import Arm, Effect
from probatum.sources.ctgov import reader as ctgov
from probatum.sources.file import SourceFile
from probatum.sources.passages import lay_out

OUTCOME: dict[str, Any] = {
    "type": "PRIMARY",
    "title": "Overall survival",
    "timeFrame": "Up to 36 months",
    "paramType": "MEDIAN",
    "dispersionType": "95% Confidence Interval",
    "unitOfMeasure": "Months",
    "groups": [{"id": "OG000", "title": "Placebo"}, {"id": "OG001", "title": "Drug A; 5 mg"}],
    "denoms": [
        {
            "units": "Participants",
            "counts": [
                {"groupId": "OG001", "value": "201"},
                {"groupId": "OG000", "value": "199"},
            ],
        }
    ],
    "classes": [
        {
            "categories": [
                {
                    "measurements": [
                        {
                            "groupId": "OG001",
                            "value": "12.1",
                            "lowerLimit": "10.0",
                            "upperLimit": "14.2",
                        },
                        {
                            "groupId": "OG000",
                            "value": "9.8",
                            "lowerLimit": "8.0",
                            "upperLimit": "11.1",
                        },
                    ]
                }
            ]
        }
    ],
    "analyses": [
        {
            "groupIds": ["OG001", "OG000"],
            "paramType": "Hazard Ratio (HR)",
            "paramValue": "0.71",
            "ciPctValue": "95",
            "ciNumSides": "TWO_SIDED",
            "ciLowerLimit": "0.55",
            "ciUpperLimit": "0.92",
            "pValue": "0.009",
            "nonInferiorityType": "SUPERIORITY",
        }
    ],
}
EVENTS: dict[str, Any] = {
    "eventGroups": [
        {
            "id": "EG000",
            "title": "Placebo",
            "seriousNumAffected": 30,
            "seriousNumAtRisk": 198,
            "deathsNumAffected": 3,
            "deathsNumAtRisk": 198,
        },
        {
            "id": "EG001",
            "title": "Drug A",
            "seriousNumAffected": 44,
            "seriousNumAtRisk": 200,
            "deathsNumAffected": 2,
            "deathsNumAtRisk": 200,
        },
    ],
    "seriousEvents": [
        {
            "term": "Pneumonia",
            "organSystem": "Infections",
            "stats": [
                {"groupId": "EG001", "numAffected": 7, "numAtRisk": 200},
                {"groupId": "EG000", "numAffected": 1, "numAtRisk": 198},
            ],
        }
    ],
}


def read(outcome: dict[str, Any], **results: Any) -> tuple[Findings, str]:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A trial"},
            "eligibilityModule": {
                "eligibilityCriteria": "Inclusion Criteria:\n\n* Age 18 or over\n\n"
                "Exclusion Criteria:\n\n* Pregnancy\n"
            },
        },
        "resultsSection": {"outcomeMeasuresModule": {"outcomeMeasures": [outcome]}, **results},
    }
    file = SourceFile("study.json", content=json.dumps(record).encode())
    (document,) = (each for each in ctgov.read(file) if isinstance(each, Document))
    text, _ = lay_out(document)
    return findings_of(document, text), text


def test_an_analysis_has_the_values_of_the_groups_that_it_compares() -> None:
    found, text = read(OUTCOME)
    (made,) = found.results
    assert made.result.arms == (
        Arm(
            "Drug A; 5 mg",
            Decimal("12.1"),
            "months",
            201,
            low=Decimal("10.0"),
            high=Decimal("14.2"),
            ci_level=Decimal(95),
        ),
        Arm(
            "Placebo",
            Decimal("9.8"),
            "months",
            199,
            low=Decimal("8.0"),
            high=Decimal("11.1"),
            ci_level=Decimal(95),
        ),
    )
    assert made.result.effect == Effect(
        "HR", Decimal("0.71"), Decimal(95), Decimal("0.55"), Decimal("0.92"), "=.009"
    )
    assert (made.result.endpoint, made.result.timepoint) == ("Overall survival", "Up to 36 months")
    assert (made.result.direction, made.result.comparator) == ("favours_intervention", "Placebo")
    quoted = " ".join(text[start:end] for start, end in made.spans)
    for printed in ("12.1", "9.8", "0.71", "0.55", "0.92", "0.009", "Overall survival"):
        assert printed in quoted


def test_an_outcome_without_analysis_sets_its_groups_beside_each_other() -> None:
    found, _ = read({**OUTCOME, "analyses": []})
    (made,) = found.results
    assert made.result.effect == Effect("other", label="medians compared")
    assert [arm.name for arm in made.result.arms] == ["Drug A; 5 mg", "Placebo"]


def test_two_groups_of_one_title_give_no_value_to_an_analysis() -> None:
    groups = [{"id": "OG000", "title": "Same"}, {"id": "OG001", "title": "Same"}]
    found, _ = read({**OUTCOME, "groups": groups})
    analysis = next(each for each in found.results if each.result.effect.type == "HR")
    assert analysis.result.arms == (Arm("Same"), Arm("Same"))


def test_a_test_of_non_inferiority_has_its_margin_and_favours_nobody() -> None:
    analysis = {
        **OUTCOME["analyses"][0],
        "nonInferiorityType": "NON_INFERIORITY",
        "nonInferiorityComment": "The non-inferiority margin for the hazard ratio was 1.25",
    }
    found, _ = read({**OUTCOME, "analyses": [analysis]})
    (made,) = found.results
    assert made.result.effect.margin == Decimal("1.25")
    assert (made.result.direction, made.result.flags) == (
        "no_difference",
        ("non-inferiority test",),
    )


def test_several_times_of_one_outcome_stay_apart() -> None:
    def one(title: str, value: str) -> dict[str, Any]:
        measurements = [{"groupId": "OG001", "value": value}, {"groupId": "OG000", "value": "1"}]
        return {"title": title, "categories": [{"measurements": measurements}]}

    outcome = {**OUTCOME, "classes": [one("Month 3", "5"), one("Month 6", "7")], "analyses": []}
    found, _ = read(outcome)
    assert [(each.result.timepoint, each.result.arms[0].value) for each in found.results] == [
        ("Month 3", Decimal(5)),
        ("Month 6", Decimal(7)),
    ]


def test_adverse_events_are_counted_by_group() -> None:
    found, text = read(OUTCOME, adverseEventsModule=EVENTS)
    assert [(each.event, each.serious, each.arms) for each in found.safety] == [
        (
            "Deaths of any cause",
            False,
            (Arm("Placebo", n=198, events=3), Arm("Drug A", n=200, events=2)),
        ),
        (
            "Serious adverse events",
            True,
            (Arm("Placebo", n=198, events=30), Arm("Drug A", n=200, events=44)),
        ),
        ("Pneumonia", True, (Arm("Drug A", n=200, events=7), Arm("Placebo", n=198, events=1))),
    ]
    assert "7 of 200" in text[found.safety[2].start : found.safety[2].end]


def test_criteria_are_on_their_side() -> None:
    found, text = read(OUTCOME)
    assert [(each.side, text[each.start : each.end]) for each in found.eligibility] == [
        ("inclusion", "Age 18 or over"),
        ("exclusion", "Pregnancy"),
    ]
