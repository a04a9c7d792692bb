"""MEDLINE's tagged text: fields that go on over lines, labels in abstracts, ties in words."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Item, Relation, Skipped
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError
from probatum.sources.pubmed import medline

RECORD = """
PMID- 90000001
OWN - NLM
LR  - 20210304
DP  - 2019 Jul 12
TI  - Examplumab in invented
      melanoma.
AB  - BACKGROUND: It was not known. PATIENTS AND METHODS: We gave 5 mg (2.5
      mg twice). DNA was kept. CONCLUSIONS: It works.
CI  - Copyright 2019 Nobody.
OAB - But.
OABL- fre
FAU - Müller, Ada B
AU  - Müller AB
CN  - INVENT Study Group
LA  - fre
SI  - ClinicalTrials.gov/NCT00000001
PT  - Journal Article
PT  - Randomized Controlled Trial
RIN - J Inv Oncol. 2020;4:1. PMID: 90000002
EIN - J Inv Oncol. 2020;4:2
TT  - L'examplumab.
JT  - Journal of Invented Oncology
RN  - 0 (examplumab)
MH  - Melanoma/*drug
      therapy/genetics
OT  - *invention
PMC - PMC77
AID - S1 [pii]
AID - 10.9999/inv.1 [doi]
SO  - J Inv Oncol. 2019 Jul 12;3:1.
"""


def read(text: str, encoding: str = "utf-8") -> list[Item]:
    return list(medline.read(SourceFile("a.nbib", content=text.encode(encoding))))


def test_a_record_is_read_with_all_that_is_known_of_it() -> None:
    assert read(RECORD) == [
        Document(
            source="pmid:90000001",
            title="Examplumab in invented melanoma.",
            type=SourceType.RANDOMIZED_TRIAL,
            depth=Depth.ABSTRACT,
            blocks=(
                Block("It was not known.", headings=("BACKGROUND",)),
                Block(
                    "We gave 5 mg (2.5 mg twice). DNA was kept.",
                    headings=("PATIENTS AND METHODS",),
                ),
                Block("It works.", headings=("CONCLUSIONS",)),
                Block("L'examplumab.", headings=("Title in the original language",)),
                Block("But.", headings=("Other abstract (French)",)),
            ),
            format="medline",
            version="2021-03-04",
            date=datetime.date(2019, 7, 12),
            year=2019,
            container="Journal of Invented Oncology",
            authors=("Müller AB", "INVENT Study Group"),
            identifiers=Identifiers(pmid="90000001", pmcid="PMC77", doi="10.9999/inv.1"),
            subjects=("Melanoma/drug therapy/genetics", "examplumab", "invention"),
            publication_types=("Journal Article", "Randomized Controlled Trial"),
            relations=(
                Relation("reports", "nct:NCT00000001"),
                Relation("retracted_by", "pmid:90000002", "J Inv Oncol. 2020;4:1."),
                Relation("corrected_by", "citation:J Inv Oncol. 2020;4:2", "J Inv Oncol. 2020;4:2"),
            ),
            language="fr",
            retracted=True,
        )
    ]


def test_records_need_no_blank_line_between_them() -> None:
    found = read("PMID- 1\nTI  - One.\nPMID- 2\nTI  - Two.\n\n\nPMID- 3\nTI  - Three.\n")
    assert [(each.source, each.title) for each in found if isinstance(each, Document)] == [
        ("pmid:1", "One."),
        ("pmid:2", "Two."),
        ("pmid:3", "Three."),
    ]


def test_an_abstract_that_does_not_begin_with_a_label_is_left_whole() -> None:
    (document,) = read("PMID- 1\nAB  - We looked. RESULTS: none were found.\n")
    assert isinstance(document, Document)
    assert document.blocks == (Block("We looked. RESULTS: none were found."),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_gives_the_same(encoding: str) -> None:
    assert read(RECORD, encoding) == read(RECORD)


def test_windows_line_ends_give_the_same() -> None:
    assert read(RECORD.replace("\n", "\r\n")) == read(RECORD)


def test_a_line_without_a_field_and_a_record_without_an_id_are_named() -> None:
    assert read("PMID- x\nTI  - No id.\nnonsense here\nPMID- 2\n")[:2] == [
        Skipped("line 3", "it is no field of MEDLINE's tagged text"),
        Skipped("line 1", "the record has neither a PMID nor a DOI"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello\n", "it holds no record in MEDLINE's tagged text"),
        (
            "PMID- 1\nAB  - " + "x" * 2_000_000,
            "it is no longer tagged text at line 2, after 0 complete records",
        ),
    ],
)
def test_a_file_that_cannot_be_read_ends_in_one_sentence(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (RECORD.encode(), True),
        (b"\xef\xbb\xbfPMID- 1\r\nOWN - NLM\r\n", True),
        (b"PMID- 12", True),
        (b"TY  - JOUR\nAN  - 1\n", False),
        (b"The PMID- 1 was\n", False),
        (b"", False),
    ],
)
def test_it_is_recognised_by_its_first_field(head: bytes, expected: bool) -> None:
    assert medline.recognise("a.txt", head) is expected


def read_or_refuse(content: bytes) -> None:
    medline.recognise("a.nbib", content)
    try:
        items = list(medline.read(SourceFile("a.nbib", content=content)))
    except UnreadableError:
        return
    for item in items:
        if isinstance(item, Document):
            assert [each.text for each in item.blocks] == [clean(each.text) for each in item.blocks]


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_crash(content: bytes) -> None:
    read_or_refuse(content)


@settings(max_examples=150)
@given(st.integers(0, len(RECORD) - 1), st.integers(0, 40), st.text("-: \n[]A1é\x85", max_size=8))
def test_a_mutated_record_never_crashes(at: int, length: int, put: str) -> None:
    read_or_refuse((RECORD[:at] + put + RECORD[at + length :] + RECORD).encode())
