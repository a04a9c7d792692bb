"""PDF files, made here letter by letter, and what is read from them."""

import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document, Skipped
from probatum.evidence.source import Depth, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError
from probatum.sources.pdf import child as pdf_child
from probatum.sources.pdf import process as pdf_process
from probatum.sources.pdf.reader import read, recognise
from tests.sources.pdf_file import Page, pdf

SURGERY = (
    "The first trial compared surgery with radiation in women with early disease and found no "
    "difference in survival after five years of follow-up. Toxicity was higher with both."
)
CISPLATIN = (
    "The second trial added cisplatin to radiation and showed longer survival in all groups that "
    "were examined, at the price of more haematological toxicity during treatment."
)
COUNTRIES = ("Norway", "Chile", "Japan", "Kenya", "Canada")


def items(content: bytes, name: str = "work.pdf") -> list[object]:
    return list(read(SourceFile(name, content=content)))


def document(content: bytes, name: str = "work.pdf") -> Document:
    [found] = items(content, name)
    assert isinstance(found, Document)
    return found


def texts(content: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document(content).blocks]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        items(content)
    return str(caught.value)


def test_a_page_becomes_a_document_with_title_year_headings_and_pages() -> None:
    first = Page().text(72, 740, "Guideline for early disease", 16, bold=True)
    first.text(72, 715, "Published 3 May 2021").text(72, 680, "1 Treatment", 12, bold=True)
    first.paragraph(72, 660, SURGERY, 460)
    second = Page().text(72, 740, "1.1 Radiation", 12, bold=True).paragraph(72, 720, CISPLATIN, 460)
    found = document(pdf([first, second]))
    assert found == Document(
        source="file:work.pdf",
        title="Guideline for early disease",
        type=SourceType.GUIDELINE,
        depth=Depth.FULL_TEXT,
        format="pdf",
        date=found.date,
        year=2021,
        blocks=(
            Block("Guideline for early disease", "heading", (), 1),
            Block("Published 3 May 2021", "paragraph", (), 1),
            Block("1 Treatment", "heading", (), 1),
            Block(SURGERY, "paragraph", ("1 Treatment",), 1),
            Block("1.1 Radiation", "heading", ("1 Treatment",), 2),
            Block(CISPLATIN, "paragraph", ("1 Treatment", "1.1 Radiation"), 2),
        ),
    )
    assert found.date is not None
    assert found.date.isoformat() == "2021-05-03"


def test_columns_are_read_one_after_the_other_above_and_below_a_full_width_heading() -> None:
    page = Page().paragraph(72, 700, f"{SURGERY} {SURGERY}", 220)
    page.paragraph(320, 700, f"{CISPLATIN} {CISPLATIN}", 220)
    page.text(72, 560, "Recommendations over the full width of the page", 12, bold=True)
    page.paragraph(72, 540, CISPLATIN, 220).paragraph(320, 540, SURGERY, 220)
    assert texts(pdf([page])) == [
        ("paragraph", f"{SURGERY} {SURGERY}"),
        ("paragraph", f"{CISPLATIN} {CISPLATIN}"),
        ("heading", "Recommendations over the full width of the page"),
        ("paragraph", CISPLATIN),
        ("paragraph", SURGERY),
    ]


def test_columns_whose_lines_are_at_different_heights_are_still_columns() -> None:
    page = Page().paragraph(72, 700, f"{SURGERY} {SURGERY}", 220)
    page.paragraph(320, 695, f"{CISPLATIN} {CISPLATIN}", 220)
    assert [text for _, text in texts(pdf([page]))] == [
        f"{SURGERY} {SURGERY}",
        f"{CISPLATIN} {CISPLATIN}",
    ]


def test_running_headers_and_page_numbers_are_no_text_and_a_sentence_goes_on_over_the_page() -> (
    None
):
    pages = []
    for number, country in enumerate(COUNTRIES):
        page = Page().text(72, 770, "The running title", 8).text(300, 20, str(number + 7), 8)
        page.paragraph(72, 700, f"In {country} this was seen. {SURGERY}", 460)
        pages.append(page)
    pages[0].text(72, 600, "Women who were treated before the year of the change were not counted")
    pages[1] = Page().text(72, 770, "The running title", 8).text(300, 20, "8", 8)
    pages[1].text(72, 700, "and those in Chile were.")
    assert texts(pdf(pages)) == [
        ("paragraph", f"In Norway this was seen. {SURGERY}"),
        (
            "paragraph",
            "Women who were treated before the year of the change were not counted and those in "
            "Chile were.",
        ),
        *(("paragraph", f"In {name} this was seen. {SURGERY}") for name in COUNTRIES[2:]),
    ]


def test_a_numbered_heading_on_top_of_every_page_is_no_running_header() -> None:
    pages = [
        Page()
        .text(72, 740, f"Recommendation {number + 1}", 14, bold=True)
        .paragraph(72, 715, f"In {country} this is done. {SURGERY}", 460)
        for number, country in enumerate(COUNTRIES)
    ]
    assert [text for kind, text in texts(pdf(pages)) if kind == "heading"] == [
        f"Recommendation {number}" for number in range(1, 6)
    ]


def test_the_line_numbers_of_a_draft_are_no_text() -> None:
    pages, number = [], 0
    for country in COUNTRIES[:3]:
        page = Page()
        for place, line in enumerate(textwrap.wrap(f"In {country}: {SURGERY} {CISPLATIN}", 70)):
            number += 1
            page.text(40, 700 - 24 * place, str(number)).text(90, 700 - 24 * place, line)
        pages.append(page)
    assert texts(pdf(pages)) == [
        ("paragraph", f"In {country}: {SURGERY} {CISPLATIN}") for country in COUNTRIES[:3]
    ]


def test_words_cut_by_a_printers_hyphen_are_joined_and_others_keep_theirs() -> None:
    lines = [
        "Women who were treated with concurrent chemo-",
        "therapy lived longer than those after radio-",
        "therapy alone. Radiotherapy is given in low-",
        "dose fractions; the low-dose arm received anti-",
        "PD-1 antibodies and 5-",
        "fluorouracil, in hospital or at home.",
    ]
    assert texts(pdf([Page().lines(72, 700, lines)])) == [
        (
            "paragraph",
            "Women who were treated with concurrent chemotherapy lived longer than those after "
            "radiotherapy alone. Radiotherapy is given in low-dose fractions; the low-dose arm "
            "received anti-PD-1 antibodies and 5-fluorouracil, in hospital or at home.",
        )
    ]


def test_the_letters_of_a_ligature_stay_in_one_word() -> None:
    style = SimpleNamespace(size=10.0, turn=0, bold=False)
    words = pdf_child._Words()
    for text, left, right in (
        ("o", 0, 5),
        ("f", 5, 10),
        ("fi", 10, 16),
        ("i", 10, 16),
        ("c", 16, 21),
    ):
        box = SimpleNamespace(left=left, right=right, bottom=0, top=8)
        words.add(text[:1], style, box, (left, 2))  # type: ignore[arg-type]
    words.end()
    assert [word[0] for word in words.turns[0]] == [[["offic", 0]]]


def test_raised_figures_stay_apart_from_the_number_before_them() -> None:
    page = Page().text(72, 700, "There were 10").text(150, 704, "6", 6).text(156, 700, "cells.")
    assert texts(pdf([page])) == [("paragraph", "There were 10⁶ cells.")]


def test_a_ruled_table_is_kept_as_rows_with_its_header_and_wrapped_cells_whole() -> None:
    page = Page().paragraph(72, 720, SURGERY, 460).text(72, 640, "Table 1. Doses by weight")
    page.grid([72, 200, 330, 460], [630, 610, 590, 560])
    for x, name in ((75, "Drug"), (203, "Dose"), (333, "Interval")):
        page.text(x, 616, name, bold=True)
    page.text(75, 596, "cisplatin").text(203, 596, "40 mg").text(333, 596, "weekly")
    page.text(75, 576, "paclitaxel").text(75, 564, "(albumin)").text(203, 576, "175 mg")
    page.text(333, 576, "three-weekly").paragraph(72, 530, CISPLATIN, 460)
    columns = ("Drug", "Dose", "Interval")
    assert document(pdf([page])).blocks == (
        Block(SURGERY, "paragraph", (), 1),
        Block("Table 1. Doses by weight", "caption", (), 1),
        Block("cisplatin | 40 mg | weekly", "row", (), 1, columns),
        Block("paclitaxel (albumin) | 175 mg | three-weekly", "row", (), 1, columns),
        Block(CISPLATIN, "paragraph", (), 1),
    )


def test_a_table_that_is_only_aligned_is_kept_as_rows() -> None:
    page = Page().paragraph(72, 720, SURGERY, 460)
    for x, name in ((72, "Arm"), (200, "Patients"), (330, "Events")):
        page.text(x, 640, name, bold=True)
    arms = (("surgery", "120", "14"), ("radiation", "118", "15"), ("both", "121", "9"))
    for place, cells in enumerate(arms):
        for x, cell in zip((72, 200, 330), cells, strict=True):
            page.text(x, 625 - 15 * place, cell)
    columns = ("Arm", "Patients", "Events")
    assert document(pdf([page])).blocks[1:] == (
        Block("surgery | 120 | 14", "row", (), 1, columns),
        Block("radiation | 118 | 15", "row", (), 1, columns),
        Block("both | 121 | 9", "row", (), 1, columns),
    )


def test_items_lose_their_bullet_and_keep_their_number() -> None:
    page = Page().text(72, 700, "Clinicians should:")
    page.text(72, 680, "•").text(90, 680, "offer surgery to women whose disease is early and who")
    page.text(90, 668, "want it;").text(72, 656, "•").text(90, 656, "give radiation.")
    page.text(72, 630, "1.").text(90, 630, "Measure first.").text(72, 618, "2.")
    page.text(90, 618, "Treat then.")
    assert texts(pdf([page])) == [
        ("paragraph", "Clinicians should:"),
        ("item", "offer surgery to women whose disease is early and who want it;"),
        ("item", "give radiation."),
        ("item", "1. Measure first."),
        ("item", "2. Treat then."),
    ]


def test_a_footnote_is_kept_and_does_not_break_the_sentence_above_it() -> None:
    first = Page().paragraph(72, 700, f"{SURGERY} {CISPLATIN}", 460)
    first.text(
        72, 500, "Women who were treated before the year of the change were never counted and"
    )
    first.text(72, 60, "* Data of one centre are missing.", 7)
    second = Page().text(72, 700, "were not followed.")
    assert texts(pdf([first, second])) == [
        ("paragraph", f"{SURGERY} {CISPLATIN}"),
        (
            "paragraph",
            "Women who were treated before the year of the change were never counted and were not "
            "followed.",
        ),
        ("paragraph", "* Data of one centre are missing."),
    ]


def test_bookmarks_make_headings_even_where_they_run_in_circles() -> None:
    pages = [
        Page().text(72, 700, "Introduction to things").paragraph(72, 670, SURGERY, 400),
        Page().text(72, 700, "Methods of things").paragraph(72, 670, CISPLATIN, 400),
    ]
    marks = [("Introduction to things", 0), ("Methods of things", 1)]
    found = document(pdf(pages, title="A work about things", bookmarks=marks, loop=True))
    assert found.title == "A work about things"
    assert found.blocks == (
        Block("Introduction to things", "heading", (), 1),
        Block(SURGERY, "paragraph", ("Introduction to things",), 1),
        Block("Methods of things", "heading", (), 2),
        Block(CISPLATIN, "paragraph", ("Methods of things",), 2),
    )


@pytest.mark.parametrize("given", ["Microsoft Word - draft3.doc", "final_v2.indd", "Untitled", ""])
def test_a_title_that_a_program_made_up_gives_way_to_the_largest_text(given: str) -> None:
    page = Page().text(72, 740, "Care after surgery", 18).paragraph(72, 700, SURGERY, 460)
    assert document(pdf([page], title=given)).title == "Care after surgery"


def test_a_year_is_only_taken_where_the_page_says_it_without_doubt() -> None:
    page = Page().text(72, 740, "Care after surgery", 18).paragraph(72, 700, SURGERY, 460)
    page.text(72, 600, "In January 2010 and in March 2014 women were asked.")
    assert (document(pdf([page])).date, document(pdf([page])).year) == (None, None)


def test_a_table_printed_across_is_read_in_its_own_direction() -> None:
    page = Page().turned(100, 100, "This line runs upwards.").turned(112, 100, "So does this one.")
    assert texts(pdf([page])) == [("paragraph", "This line runs upwards. So does this one.")]


def test_scanned_pages_are_refused_or_named_when_only_some_are() -> None:
    assert refusal(pdf([Page().picture(), Page().picture()])) == (
        "its pages are images: it holds no text (run OCR first)"
    )
    text = Page().paragraph(72, 700, SURGERY, 400)
    pages = [Page().picture(), Page().picture(), text, Page(), Page().picture()]
    _, *skipped = items(pdf(pages))
    reason = "it is an image without text (run OCR first)"
    assert skipped == [Skipped("pages 1–2", reason), Skipped("page 5", reason)]


def test_an_encrypted_file_is_read_without_a_password_or_refused() -> None:
    page = Page().paragraph(72, 700, SURGERY, 400)
    assert texts(pdf([page], password="")) == [("paragraph", SURGERY)]
    assert refusal(pdf([page], password="secret")) == "it is encrypted and needs a password"


@pytest.mark.parametrize("content", [b"%PDF-1.4 nonsense", b"%PDF-", b"", b"\x00" * 100])
def test_a_broken_file_is_refused_in_one_sentence(content: bytes) -> None:
    assert refusal(content) == "it is damaged: the PDF library cannot open it"


def test_a_file_without_any_text_is_refused() -> None:
    assert refusal(pdf([Page()])) == "its pages are empty"


def _program(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "child.py"
    path.write_text(
        "import sys, os, json, time\nfirst = int(sys.argv[1])\nsys.stdin.buffer.read()\n"
        "def say(value):\n    print(json.dumps(value), flush=True)\n"
        "def page(n):\n    say({'page': n, 'box': [0, 0, 600, 800], 'words': {'0': [[[['word', 0]],"
        " 72, 100, 700, 698, 708, 10, 0]]}, 'lines': [], 'pictures': 0, 'unknown': 0,"
        " 'characters': 4, 'cut': False})\n"
        "say({'pages': 4, 'about': {}, 'bookmarks': []})\n" + textwrap.dedent(body)
    )
    return path


def test_a_page_that_brings_the_library_down_costs_only_that_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "for n in range(first, 4):\n    os.abort() if n == 1 else page(n)\n"
    monkeypatch.setattr(pdf_process, "_PROGRAM", _program(tmp_path, body))
    found = pdf_process.extract(b"")
    assert (sorted(found.pages), found.lost) == (
        [0, 2, 3],
        {1: "it breaks the PDF library, or keeps it busy too long"},
    )


def test_a_file_that_takes_too_long_is_given_up_with_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_process, "_PROGRAM", _program(tmp_path, "page(0)\ntime.sleep(60)\n"))
    found = pdf_process.extract(b"", seconds=1)
    assert (sorted(found.pages), sorted(found.lost)) == ([0], [1, 2, 3])
    assert set(found.lost.values()) == {"reading it takes longer than 1 seconds"}


def test_the_program_reads_with_nothing_of_this_process_but_the_bytes() -> None:
    source = pdf_process._PROGRAM.read_text()
    assert "import probatum" not in source
    assert "from probatum" not in source
    assert pdf_process._PROGRAM.is_absolute()


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.pdf", b"%PDF-1.7\n", True),
        ("a", b"junk\n%PDF-1.4", True),
        ("a.pdf", b"<html>", False),
        ("a.txt", b"text", False),
    ],
)
def test_a_pdf_is_recognised_by_its_mark(name: str, head: bytes, expected: bool) -> None:
    assert recognise(name, head) is expected


_GOOD = pdf(
    [
        Page().text(72, 740, "A title", 16).paragraph(72, 700, SURGERY, 220),
        Page().grid([72, 200, 300], [630, 610, 590]).text(80, 615, "cell").picture(),
    ],
    bookmarks=[("A title", 0)],
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(st.tuples(st.integers(0, len(_GOOD) - 1), st.integers(0, 255)), max_size=40))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(
    changes: list[tuple[int, int]],
) -> None:
    content = bytearray(_GOOD)
    for place, value in changes:
        content[place] = value
    try:
        found = items(bytes(content))
    except UnreadableError:
        return
    for item in found:
        for block in item.blocks if isinstance(item, Document) else ():
            assert block.text == clean(block.text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(clean),
            st.floats(0, 600),
            st.floats(0, 790),
            st.floats(0.5, 40),
            st.booleans(),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_no_arrangement_of_words_loses_a_word(
    placed: list[tuple[str, float, float, float, bool]],
) -> None:
    from probatum.sources.pdf.layout import lay_out
    from probatum.sources.pdf.process import Page as Read
    from probatum.sources.pdf.words import Word

    words = [
        Word(f"{n}x{clean(text)}x", x, x + 6 * len(text), y, y - 2, y + size, size, bold)
        for n, (text, x, y, size, bold) in enumerate(placed)
    ]
    pieces = lay_out([Read(0, (0, 0, 612, 792), {0: words}, [])], float("inf"))
    shown = " ".join(
        piece.text
        if not piece.table
        else " ".join(cell for row in (piece.table.header, *piece.table.rows) for cell in row)
        for piece in pieces
    )
    lost = [
        word.text for word in words if word.text.replace("|", "¦") not in shown.replace("|", "¦")
    ]
    assert lost == []
