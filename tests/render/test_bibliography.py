"""References for reference managers, read back by readers that others wrote."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from probatum.render.bibliography import (
    Entry,
    Person,
    answer_entry,
    authors,
    pages_between,
    references,
)
from probatum.render.bibtex import bibtex
from probatum.render.characters import plain
from probatum.render.csl import csl_json
from probatum.render.ris import ris
from tests.render import samples

HOSTILE = (
    "<script>alert(1)</script> {\\input{x}} }, @article{y, title={z}} \r\nER  - \r\nTY  - JOUR "
    "100% $5 & #1_a ~ ^ \u202e69.0\u202c \x1b[2J \x85TI  - other"
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=60)


def everything() -> tuple[Entry, ...]:
    answer = samples.full()
    return (answer_entry(answer), *references(answer, samples.name))


def hostile(text: str) -> Entry:
    return Entry(
        key="k",
        kind="article",
        title=text,
        people=(Person(text, "A"), Person(text)),
        body=text,
        more=True,
        container=text,
        volume=text,
        issue=text,
        pages=text,
        doi="10.0000/" + text,
        url="https://example.org/" + text,
        notes=(text, text),
    )


def bib(text: str) -> Any:
    latex = LatexDecodingMiddleware(decoder=LatexNodes2Text(math_mode="text"))
    found = bibtexparser.parse_string(text, append_middleware=[latex, SeparateCoAuthors()])
    assert found.failed_blocks == []
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nobody A, Noone BC, et al", ((Person("Nobody", "A"), Person("Noone", "BC")), True)),
        ("Nobody et al.", ((Person("Nobody"),), True)),
        ("van der Nobody A-B", ((Person("van der Nobody", "A-B"),), False)),
        ("O'Noone", ((Person("O'Noone"),), False)),
        ("World Fiction Organization", ((Person("World Fiction Organization"),), False)),
        (None, ((), False)),
    ],
)
def test_an_author_line_is_taken_apart_into_people(line: str | None, expected: Any) -> None:
    assert authors(line) == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("1525-35", ("1525", "1535")),
        ("44-55", ("44", "55")),
        ("e006624", ("e006624", "")),
        ("5505–5511", ("5505", "5511")),
        ("100982", ("100982", "")),
    ],
)
def test_a_shortened_last_page_is_written_in_full(pages: str, expected: Any) -> None:
    assert pages_between(pages) == expected


def test_a_citation_in_the_vancouver_order_is_taken_apart_and_any_other_stays_whole() -> None:
    reference = samples.full().references[0]
    citations = {
        "N Fict J 2024;391(1):44-55": ("N Fict J", "391", "1", "44-55"),
        "Fict. 2024 Mar 5;12(Suppl 2):S1-S9.": ("Fict", "12", "Suppl 2", "S1-S9"),
        "Made-up Congress 2022, abstract 5": ("Made-up Congress 2022, abstract 5", "", "", ""),
        "x" * 100_000 + ";": ("x" * 100_000 + ";", "", "", ""),
    }
    found = {}
    for citation in citations:
        changed = reference.model_copy(update={"citation": citation})
        answer = samples.full().model_copy(update={"references": (changed,)})
        each = references(answer)[0]
        found[citation] = (each.container, each.volume, each.issue, each.pages)
    assert found == citations


def test_ris_is_read_back_whole_by_another_reader() -> None:
    found = rispy.loads(ris(everything()))
    assert len(found) == 9
    assert found[0]["notes"] == [
        "Review status: Not reviewed by a medical board.",
        "Answer 0f1e2d3c4b5a.",
    ]
    assert found[1] == {
        "type_of_reference": "JOUR",
        "id": "star1-2033",
        "authors": ["Nobody, A.", "Noone, B.", "et al."],
        "title": "Examplimab or chemotherapy after a platinum drug in examploma: final analysis",
        "secondary_title": "Journal of Made-up Trials",
        "year": "2033",
        "volume": "1",
        "start_page": "1",
        "end_page": "9",
        "doi": "10.0000/fiction.1",
        "accession_number": "0",
        "name_of_database": "PubMed",
        "urls": ["https://pubmed.ncbi.nlm.nih.gov/0/"],
        "notes": [
            "Randomised trial. Abstract or summary read. Current.",
            "ClinicalTrials.gov: NCT00000000",
        ],
    }
    assert "Superseded, replaced by star1-2033." in found[2]["notes"][0]
    assert found[3]["type_of_reference"] == "RPRT"
    assert found[3]["authors"] == ["Beta Society"]


def test_bibtex_is_read_back_whole_by_another_reader() -> None:
    found = bib(bibtex(everything())).entries
    assert len(found) == 9
    assert {field.key: field.value for field in found[1].fields} == {
        "author": ["Nobody, A.", "Noone, B.", "others"],
        "title": "Examplimab or chemotherapy after a platinum drug in examploma: final analysis",
        "journal": "Journal of Made-up Trials",
        "year": "2033",
        "volume": "1",
        "pages": "1–9",
        "doi": "10.0000/fiction.1",
        "pmid": "0",
        "url": "https://pubmed.ncbi.nlm.nih.gov/0/",
        "note": "Randomised trial. Abstract or summary read. Current. "
        "ClinicalTrials.gov: NCT00000000.",
    }
    assert (found[1].entry_type, found[1].key) == ("article", "star1-2033")
    assert (found[3].entry_type, found[3]["institution"]) == ("techreport", "Beta Society")
    assert found[0]["note"].startswith("Review status: Not reviewed by a medical board.")


def test_csl_json_is_set_by_a_citation_processor() -> None:
    items = json.loads(csl_json(everything()))
    assert [each["id"] for each in items][:2] == ["probatum-0f1e2d3c4b5a", "star1-2033"]
    assert items[1]["issued"] == {"date-parts": [[2033]]}
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    shown = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for each in items:
        shown.register(Citation([CitationItem(each["id"])]))
    lines = [str(each) for each in shown.bibliography()]
    assert len(lines) == 9
    line = next(each for each in lines if "final analysis" in each)
    assert line.startswith("Nobody, A., Noone, B.")
    assert "2033" in line
    assert "Journal of Made-up Trials, 1" in line


def test_tags_of_html_are_no_formatting_in_csl_and_a_comparison_stays() -> None:
    text = "<b>Bold</b> <span class='x'>y</span> CD4 <200, p<0.05 <body"
    item = json.loads(csl_json([hostile(text)]))[0]
    assert item["title"] == "‹b>Bold‹/b> ‹span class='x'>y‹/span> CD4 <200, p<0.05 <body"


def check_whole(text: str) -> None:
    entry = hostile(text)
    followed = [entry, Entry(key="after", kind="document", title="After")]
    written = ris(followed)
    read = rispy.loads(written)
    assert [(each["type_of_reference"], each["id"]) for each in read] == [
        ("JOUR", "k"),
        ("GEN", "after"),
    ]
    # rispy folds runs of blanks at the ends of a value only.
    assert read[0].get("title", "") == plain(text)
    blocks = bib(bibtex(followed))
    assert [(each.entry_type, each.key) for each in blocks.entries] == [
        ("article", "k"),
        ("misc", "after"),
    ]
    assert [each["id"] for each in json.loads(csl_json(followed))] == ["k", "after"]


def test_nothing_in_a_text_ends_its_field_or_begins_another_entry() -> None:
    check_whole(HOSTILE)
    found = bib(bibtex([hostile(HOSTILE)])).entries[0]
    # The reader gives the modifier letter for LaTeX's sign.
    assert found["title"].replace("ˆ", "^") == plain(HOSTILE)


@given(text=WORDS)
@settings(max_examples=150, deadline=None)
def test_any_text_stays_in_its_place(text: str) -> None:
    check_whole(text)


def test_two_editions_whose_keys_would_be_one_get_two() -> None:
    first = samples.full().references[0]
    pair = tuple(
        first.model_copy(update={"number": number, "edition": edition})
        for number, edition in ((1, "a/b"), (2, "a-b"))
    )
    answer = samples.full().model_copy(update={"references": pair})
    assert [each.key for each in references(answer)] == ["a-b", "a-b-2"]
