"""A document's findings: every kind, with spans of the held text, as JSON and on the terminal."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.cli.extract import ResultsFormat
from probatum.cli.extract_document import extract_document
from probatum.cli.request import UsageError
from probatum.evidence.document import Block
from probatum.evidence.source import SourceType
from probatum.extract.findings_json import findings_json
from tests.extract.works import read, rows

GUIDE = b"""# Guideline on gout

## Treatment

We recommend allopurinol for adults with recurrent gout (strong recommendation, high-quality
evidence). Give colchicine 500 micrograms twice daily for 6 months.

## Evidence

| Outcome | Drug A (n = 100) | Placebo (n = 98) | P value |
| --- | --- | --- | --- |
| Flares, n (%) | 12 (12.0) | 30 (30.6) | 0.001 |
"""


def test_every_kind_of_finding_is_in_the_json_with_its_words() -> None:
    found, text = read(
        Block("Age 18 or over", "item", ("Inclusion criteria",)),
        "We recommend drug A for adults with gout (Grade 1B).",
        "Patients took metformin 500 mg twice daily.",
        "Toxicities included rash (31% with drug A vs. 7% with drug B).",
        *rows(
            ("", "Drug A (n = 10)", "Placebo (n = 10)", "P value"),
            "Cure, n (%) | 5 (50) | 1 (10) | 0.04",
        ),
        type=SourceType.GUIDELINE,
    )
    made = findings_json("file:work", found, text)
    assert {name: len(made[name]) for name in made if name != "id"} == {
        "results": len(found.results),
        "recommendations": 1,
        "doses": 1,
        "eligibility": 1,
        "safety": 1,
    }
    for name in ("recommendations", "doses", "eligibility", "safety"):
        for each in made[name]:
            assert text[each["start"] : each["end"]] == each["quote"]
    for each in made["results"]:
        assert each["quotes"] == [
            {**span, "quote": text[span["start"] : span["end"]]} for span in each["quotes"]
        ]
    assert json.loads(json.dumps(made)) == made


def test_prose_results_are_tied_to_the_held_text() -> None:
    found, text = read(
        Block(
            "Median overall survival was 11.7 months with drug A and 8.5 months with placebo "
            "(hazard ratio 0.67; 95% CI, 0.56 to 0.80; P < .001).",
            "paragraph",
            ("Results",),
        )
    )
    (each,) = (one for one in found.results if one.origin == "prose")
    quoted = text[each.result.start : each.result.end]
    assert (each.locator, "0.67" in quoted, "11.7" in quoted) == ("Results", True, True)


def test_references_give_no_findings() -> None:
    found, _ = read(
        Block("We recommend drug A for adults.", "item", ("References",)), type=SourceType.GUIDELINE
    )
    assert len(found) == 0


def test_a_document_prints_a_table_of_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_document("guide.md", GUIDE, ResultsFormat.TABLE) == 0
    printed = " ".join(capsys.readouterr().out.split())
    for title in ("Results", "Recommendations", "Doses"):
        assert title in printed
    assert re.search(r"Drug A 12(?:\.0)?%", printed)


def test_a_document_prints_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_document("guide.md", GUIDE, ResultsFormat.JSON) == 0
    made = json.loads(capsys.readouterr().out)
    advice, _ = made["recommendations"]
    assert (advice["direction"], advice["strength"]["grade"]) == ("for", "strong")
    (dose,) = made["doses"]
    assert (dose["drug"], dose["amount"], dose["unit"], dose["schedule"]) == (
        "colchicine",
        500,
        "mcg",
        "twice daily",
    )


def test_a_file_that_cannot_be_read_says_so_in_one_sentence() -> None:
    with pytest.raises(UsageError, match=r"^x\.bin: .+\.$"):
        extract_document("x.bin", b"\x00\x01\x02", ResultsFormat.TABLE)


TEXTS = st.text(
    alphabet=st.sampled_from("abcdeIV 0123456789.,;:()[]%|<>=≤-–\nmg vs CI HR p recommend"),
    max_size=200,
)


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=6), st.sampled_from(list(SourceType)))
def test_no_document_stops_the_reader_and_every_span_holds(
    texts: list[str], type: SourceType
) -> None:
    blocks = [Block(" ".join(text.split())) for text in texts]
    found, text = read(*blocks, type=type)
    for group in (found.recommendations, found.doses, found.eligibility, found.safety):
        for each in group:
            assert 0 <= each.start < each.end <= len(text)
    for result in found.results:
        for start, end in result.spans:
            assert 0 <= start < end <= len(text)
