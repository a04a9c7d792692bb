"""What is not read is named for what it is, and nothing that is read is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.sources.refused import recognise

NOT_A_DOCUMENT = "it is part of a CDS Hooks exchange (cards or actions), not a publication"
REQUEST = "it is a CDS Hooks request about a patient, not a publication"
SEARCH = "it is a PubMed search answer: a list of ids without texts"
SUMMARY = "it is a summary answer of NCBI: titles without texts; fetch the articles as XML"
MESH = "it is a part of the MeSH vocabulary: terms, not documents"
EUROPE = "it is a Europe PMC search answer; download the articles themselves as XML"
TABLE = "it is a table of values, not a document"
REFERENCES = "references without texts; save them from PubMed as XML or in PubMed format"


@pytest.mark.parametrize(
    ("name", "head", "reason"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "it is empty"),
        ("a.xml", b'<DescriptorRecordSet LanguageCode = "eng">', MESH),
        ("a.xml", b"<SupplementalRecordSet>", MESH),
        ("a.xml", b'<!DOCTYPE eSearchResult PUBLIC "x" "y"><eSearchResult><Count>', SEARCH),
        ("a.xml", b"<eSummaryResult>", SUMMARY),
        (
            "a.xml",
            b"<eLinkResult>",
            "it is a PubMed link answer: ids of related records without texts",
        ),
        ("a.xml", b'<responseWrapper xmlns:s="x">', EUROPE),
        (
            "a.xml",
            b"<errorBean><errCode>0",
            "it is an error message of Europe PMC in place of the article",
        ),
        ("a.docx", b"PK\x03\x04...", "it is a Word document; save it as PDF or HTML and add that"),
        (
            "a.bin",
            b"PK\x03\x04[Content_Types].xml xl/workbook.xml",
            "it is an Excel workbook: tables without a text that can be quoted",
        ),
        (
            "a.zip",
            b"PK\x03\x04other",
            "it is a zip archive inside another or a damaged one; unpack it and add what is inside",
        ),
        (
            "a.rtf",
            b"{\\rtf1\\ansi",
            "it is a rich text (RTF) document; save it as PDF or HTML and add that",
        ),
        (
            "a.png",
            b"\x89PNG\r\n",
            "it is an image; text in it would have to be recognised first, for example as PDF",
        ),
        ("a.exe", b"MZ\x90\x00", "it is a program"),
        ("a", b"\x7fELF\x02", "it is a program"),
        ("a.bib", b"% refs\n@article{x,\n", f"it is a BibTeX bibliography: {REFERENCES}"),
        ("a.txt", b"TY  - JOUR\nTI  - x\n", f"it is a RIS bibliography: {REFERENCES}"),
        ("a.csv", b"a,b\n1,2\n", TABLE),
        ("a.txt", b"id\tname\n1\tx\n2\ty\n", TABLE),
        ("a.txt", b"id|name\n1|x\n2|y\n", TABLE),
    ],
)
def test_a_file_that_is_not_read_is_named(name: str, head: bytes, reason: str) -> None:
    assert recognise(name, head) == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"header": {}, "esearchresult": {"idlist": []}}, SEARCH),
        ({"header": {}, "result": {"uids": ["1"]}}, SUMMARY),
        (
            {"header": {}, "linksets": []},
            "it is a PubMed link answer: ids of related records without texts",
        ),
        ({"version": "6", "hitCount": 1, "resultList": {"result": []}}, EUROPE),
        ({"hook": "order-sign", "context": {}}, REQUEST),
        ({"hookInstance": "x", "fhirServer": "y"}, REQUEST),
        ({"cards": []}, NOT_A_DOCUMENT),
        ([{"summary": "x", "indicator": "info"}], NOT_A_DOCUMENT),
        ({"type": "create", "description": "x", "resource": {}}, NOT_A_DOCUMENT),
        ({"$schema": "http://x"}, "it is a JSON schema: a form without content"),
        (
            {"query_id": "1", "text": "x"},
            "it is a list of questions for measuring retrieval, not of documents",
        ),
    ],
)
def test_json_that_is_not_read_is_named(value: object, reason: str) -> None:
    assert recognise("a.json", json.dumps(value, indent=2).encode()) == reason
    assert recognise("a.json", json.dumps(value).encode()) == reason


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.md", b"# Guideline\n\nText with a | bar.\n\nMore text.\n"),
        ("a.md", b"| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("a.txt", b"Plain words, with commas, here.\nAnd, again, there.\n"),
        ("a.txt", b"BMI was measured.\n"),
        ("a.txt", b"MZ twins were compared.\n"),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.html", b"<!DOCTYPE html><html><body>"),
        ("a.xml", b"<PubmedArticleSet>"),
        ("a.xml", b'<article xmlns:xlink="x">'),
        ("a.xml", b'<document xmlns="urn:hl7-org:v3">'),
        ("a.json", b'{"resourceType": "Evidence", "id": "x", "result": 1}'),
        ("a.json", b'{"protocolSection": {"identificationModule": {}}}'),
        ("a.json", b'{"studies": [{"protocolSection": {}}]}'),
        ("a.json", b'{"meta": {}, "results": [{"set_id": "x"}]}'),
        ("a.nbib", b"PMID- 1\nOWN - NLM\n"),
    ],
)
def test_what_is_read_is_not_refused(name: str, head: bytes) -> None:
    assert recognise(name, head) is None


@given(st.text(max_size=20), st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_arbitrary_bytes_never_crash(name: str, head: bytes) -> None:
    reason = recognise(name, head)
    assert reason is None or (reason[0].islower() and not reason.endswith("."))


@given(st.text('{}[]":,\\a1 \n', max_size=60))
def test_broken_json_never_crashes(text: str) -> None:
    recognise("a.json", text.encode())
