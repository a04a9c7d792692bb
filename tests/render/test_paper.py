"""PDF, Word and notes, read back by programs that did not write them."""

import ctypes
import re
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.render.arrange import page
from probatum.render.characters import plain
from probatum.render.docx import docx
from probatum.render.layout import paper
from probatum.render.names import Named
from probatum.render.note import note
from probatum.render.paper import Front, Grid, Heading, Paper
from probatum.render.pdf import NoPdfError, available, pdf
from tests.render import samples
from tests.render.changed import with_texts

FRONT = Front(
    status="Unreviewed: waits for review",
    sentence="Nobody has reviewed this version. It waits for review.",
    lines=("An example of a line.",),
    foot="Unreviewed: waits for review. Version 3, 2033-02-01.",
    date="2033-02-01",
    cite="How to cite it. Available from:",
    address="https://example.org/articles/examploma/versions/3",
)
# HTML, Typst, Markdown, Word's fields, a terminal's codes and a turned direction.
HOSTILE = (
    '<script>alert(1)</script> #eval("1+1") #read("/etc/passwd") $x$ *b* _i_ `c` @ref <label> '
    "\\u{1f} // comment /* x */ [y](javascript:z) {{ f }} &amp; \u202e96.0\u202c \x1b[2J\x00 end"
)


def full(front: Front | None = FRONT) -> Paper:
    return paper(page(samples.full(), Named(samples.name)), front)


def text_of_pdf(made: bytes) -> str:
    """All words of a PDF, runs of space and the hyphens of line breaks apart."""
    document = pypdfium2.PdfDocument(made)
    pages = [each.get_textpage().get_text_range() for each in document]
    return " ".join(re.sub(r"[\s\u00a0\ufffe]+", " ", " ".join(pages)).split())


def words_of_docx(made: bytes) -> str:
    document = Document(BytesIO(made))
    body = document.element.body
    lines = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return "\n".join(lines)


def said(made: Paper) -> list[str]:
    """Every run of words in the document, and each cell and heading."""
    found = [made.title]
    for block in made.blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Grid():
                found += block.columns
                found += [run.text for row in block.rows for cell in row for run in cell]
    return [text.strip() for text in found if text.strip()]


def tags(made: bytes) -> list[tuple[str, str]]:
    """The structure of a PDF as assistive technology walks it: each tag with its title."""
    found: list[tuple[str, str]] = []

    def name(element: Any, read: Any) -> str:
        size = read(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        read(element, buffer, size)
        return buffer.raw.decode("utf-16-le").rstrip("\x00")

    def walk(element: Any) -> None:
        found.append(
            (
                name(element, pdfium.FPDF_StructElement_GetType),
                name(element, pdfium.FPDF_StructElement_GetTitle),
            )
        )
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                walk(child)

    document = pypdfium2.PdfDocument(made)
    for each in document:
        tree = pdfium.FPDF_StructTree_GetForPage(each)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
        pdfium.FPDF_StructTree_Close(tree)
    return found


def test_the_pdf_holds_every_word_and_its_status_on_each_page() -> None:
    made = full()
    written = pdf(made)
    text = text_of_pdf(written)
    assert [each for each in said(made) if " ".join(each.split()) not in text] == []
    pages = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(written)]
    assert [FRONT.foot in each for each in pages] == [True] * len(pages)
    assert [f"Page {at} of {len(pages)}" in each for at, each in enumerate(pages, 1)] == [
        True
    ] * len(pages)
    assert text.index(FRONT.status) < text.index("Bottom line")


def test_the_pdf_has_title_language_tags_and_calls_itself_accessible() -> None:
    written = pdf(full())
    document = pypdfium2.PdfDocument(written)
    assert document.get_metadata_dict()["Title"] == samples.full().question
    assert document.get_metadata_dict()["Subject"] == FRONT.status
    assert re.search(rb"/Lang\s*\(en-GB\)", written)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in written
    kinds = [kind for kind, _ in tags(written)]
    assert {"H1", "Table", "TH", "TD", "L", "LI", "Link", "P"} <= set(kinds)
    headings = sum(isinstance(block, Heading) for block in full().blocks)
    assert kinds.count("H1") == headings


def test_the_pdf_links_to_the_sources_and_to_its_own_references() -> None:
    document = pypdfium2.PdfDocument(pdf(full()))
    outside, inside = set(), 0
    for each in document:
        start = ctypes.c_int(0)
        link = pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(each, ctypes.byref(start), ctypes.byref(link)):
            action = pdfium.FPDFLink_GetAction(link)
            size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
            if size:
                buffer = ctypes.create_string_buffer(size)
                pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
                outside.add(buffer.value.decode())
            else:
                inside += 1
    addresses = {
        link.address
        for each in page(samples.full()).references
        for link in each.links
        if link.address
    }
    assert outside == addresses | {FRONT.address}
    assert inside > 20


def test_the_same_paper_gives_the_same_pdf() -> None:
    assert pdf(full()) == pdf(full())


def test_without_typst_the_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    assert available()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NoPdfError, match="pip install typst"):
        pdf(full())


def test_word_files_hold_every_word_under_real_headings() -> None:
    made = full()
    written = docx(made)
    text = words_of_docx(written)
    assert [each for each in said(made) if each not in text] == []
    document = Document(BytesIO(written))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [block.text for block in made.blocks if isinstance(block, Heading)]
    assert document.paragraphs[0].style.name == "Title"
    assert document.core_properties.title == samples.full().question
    assert document.core_properties.language == "en-GB"
    assert document.sections[0].footer.paragraphs[0].text.startswith(FRONT.foot)


def test_a_table_in_word_repeats_its_header_and_has_its_cells_in_place() -> None:
    made = full()
    grids = [block for block in made.blocks if isinstance(block, Grid)]
    tables = Document(BytesIO(docx(made))).tables
    assert len(tables) == len(grids)
    for table, grid in zip(tables, grids, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        found = [
            ["".join(t.text or "" for t in cell._tc.iter(qn("w:t"))) for cell in row.cells]
            for row in table.rows
        ]
        # A line end of ours is an element of its own in Word.
        rows = [
            ["".join(run.text for run in cell).replace("\n", "") for cell in row]
            for row in grid.rows
        ]
        assert found == [list(grid.columns), *rows]


def test_every_link_of_a_word_file_leads_somewhere() -> None:
    document = Document(BytesIO(docx(full())))
    body = document.element.body
    marks = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    inside, outside = set(), set()
    for each in body.iter(qn("w:hyperlink")):
        anchor, whole = each.get(qn("w:anchor")), each.get(qn("r:id"))
        if anchor:
            inside.add(anchor)
        else:
            outside.add(document.part.rels[whole].target_ref)
    assert inside == marks == {f"reference-{number}" for number in range(1, 9)}
    assert FRONT.address in outside


def test_an_answer_that_nobody_reviewed_says_so_first_in_every_form() -> None:
    made = full(front=None)
    assert note(made).split("\n")[1] == "Not reviewed by a medical board."
    assert words_of_docx(docx(made)).split("\n")[1] == "Not reviewed by a medical board."
    text = text_of_pdf(pdf(made))
    assert text.index("Not reviewed by a medical board.") < text.index("Bottom line")


def test_a_note_is_plain_lines_with_the_status_before_the_answer() -> None:
    lines = note(full()).split("\n")
    assert lines[:4] == [
        samples.full().question,
        "Unreviewed: waits for review. Nobody has reviewed this version. It waits for review.",
        "- An example of a line.",
        "Taken for granted: “Agency U approved examplimab” – does not hold. Examplimab is not "
        "approved by Agency U: only Agency E has approved it. (Correction) [6]",
    ]
    assert (
        "- Trial and endpoint: STAR-1, overall survival; Analysis: Final; Examplimab: 11.9 months; "
        "Control: 8.4 months; Effect (95% CI): HR 0.68 (0.57 to 0.81) [1,\u00a03]"
    ) in lines
    assert lines[-2] == f"{FRONT.cite} {FRONT.address}"


def test_a_refusal_and_an_emergency_are_whole_documents() -> None:
    for answer in (samples.declined(), samples.urgent(), samples.corrected()):
        made = paper(page(answer))
        assert answer.reason
        assert answer.reason in text_of_pdf(pdf(made))
        assert answer.reason in words_of_docx(docx(made))


def check_whole(text: str) -> None:
    made = paper(page(with_texts(text, text, text)), FRONT)
    assert plain(text) in words_of_docx(docx(made)) or not plain(text)
    ours = note(made).split("\n")
    assert len(ours) == len(note(paper(page(with_texts("x", "x", "x")), FRONT)).split("\n"))
    assert text_of_pdf(pdf(made))


def test_nothing_in_a_text_is_read_as_markup() -> None:
    made = paper(page(with_texts(HOSTILE, HOSTILE, HOSTILE)), FRONT)
    assert plain(HOSTILE) in text_of_pdf(pdf(made))
    assert plain(HOSTILE) in words_of_docx(docx(made))
    assert "\u202e" not in note(made) + words_of_docx(docx(made)) + text_of_pdf(pdf(made))
    assert "\x1b" not in note(made)


def test_letters_that_no_font_has_do_not_stop_the_pdf() -> None:
    # A character of the private use area, which no font draws.
    answer = with_texts("Words \U00100000 after", "x", "Title")
    text = text_of_pdf(pdf(paper(page(answer), FRONT)))
    assert "Words" in text
    assert "after" in text


@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
@settings(max_examples=12, deadline=None)
def test_any_text_gives_whole_documents(text: str) -> None:
    check_whole(text)
