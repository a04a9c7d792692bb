"""Markdown files with and without a header, and plain text."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError
from probatum.sources.markdown.reader import read, recognise


def document(text: str | bytes, name: str = "page.md") -> Document:
    content = text.encode() if isinstance(text, str) else text
    [found] = read(SourceFile(name, content=content))
    assert isinstance(found, Document)
    return found


def test_the_header_says_what_the_work_is() -> None:
    text = """---
title: "Early disease: treatment"
url: https://society.example/early
reviewed: 2021-05-03
organisation: Some Society
authors: [Ann Bee, {name: Cy Dee}]
edition: 3rd edition
license: CC BY 4.0
type: Guideline
pmid: 123
weight: 7
---
# Early disease: treatment

## Surgery

Offer it.
"""
    assert document(text) == Document(
        source="pmid:123",
        title="Early disease: treatment",
        type=SourceType.GUIDELINE,
        depth=Depth.FULL_TEXT,
        format="md",
        version="3rd edition",
        label="3rd edition",
        date=datetime.date(2021, 5, 3),
        year=2021,
        body="Some Society",
        authors=("Ann Bee", "Cy Dee"),
        identifiers=Identifiers(pmid="123", url="https://society.example/early"),
        licence="CC BY 4.0",
        tier=RightsTier.OPEN,
        blocks=(
            Block("Early disease: treatment", "heading"),
            Block("Surgery", "heading"),
            Block("Offer it.", "paragraph", ("Surgery",)),
        ),
    )


def test_a_header_that_is_no_yaml_is_read_line_by_line_and_one_that_is_neither_is_text() -> None:
    found = document("---\ntitle: Early: treatment\naudience: patient\n---\nText.\n")
    assert (found.title, found.type, found.blocks) == (
        "Early: treatment",
        SourceType.PATIENT_INFORMATION,
        (Block("Text."),),
    )
    found = document("---\nNo header: [\n\nat all\n\n---\n\nText.\n")
    assert [block.text for block in found.blocks] == ["No header: [", "at all", "Text."]


def test_marks_are_taken_off_the_words_they_stand_at() -> None:
    text = """# Title

Offer **surgery** to [women](https://x.example "t") with `HPV`, see ![Figure 1](a.png),
10<sup>6</sup> cells and H<sub>2</sub>O &ge; 5 \\* 2.<br>Then radiation.
"""
    assert document(text).blocks[1:] == (
        Block(
            "Offer surgery to women with HPV, see Figure 1, 10⁶ cells and H2O ≥ 5 * 2. "
            "Then radiation."
        ),
    )


def test_lists_quotes_code_tables_and_html_are_blocks_in_order() -> None:
    text = """## Part

- one
  - two

    more of two
1. three

> said

    code a
    code b

| Drug | Dose |
|------|------|
| A | 1 mg |
| B |  |

<div><p>from html</p><script>no</script></div>
"""
    columns = ("Drug", "Dose")
    assert [(block.kind, block.text, block.columns) for block in document(text).blocks] == [
        ("heading", "Part", ()),
        ("item", "one", ()),
        ("item", "two", ()),
        ("item", "more of two", ()),
        ("item", "three", ()),
        ("paragraph", "said", ()),
        ("paragraph", "code a code b", ()),
        ("row", "A | 1 mg", columns),
        ("row", "B", ()),
        ("paragraph", "from html", ()),
    ]
    assert {block.headings for block in document(text).blocks[1:]} == {("Part",)}


def test_headings_stand_over_what_follows() -> None:
    text = "# Work\n\n## A\n\none\n\n#### B\n\ntwo\n\n## C\n\nthree\n"
    found = [(block.text, block.headings) for block in document(text).blocks]
    assert found == [
        ("Work", ()),
        ("A", ()),
        ("one", ("A",)),
        ("B", ("A",)),
        ("two", ("A", "B")),
        ("C", ()),
        ("three", ("C",)),
    ]


def test_plain_text_is_read_without_markdown() -> None:
    text = (
        "A title line\n\nNumber #1 of *all*\nin two lines.\n\n- first\n- second\n  more\n1. third"
    )
    found = document(text, "notes.txt")
    assert (found.title, found.source) == ("A title line", "file:notes.txt")
    assert found.blocks == (
        Block("Number #1 of *all* in two lines."),
        Block("first", "item"),
        Block("second more", "item"),
        Block("1. third", "item"),
    )


@pytest.mark.parametrize(
    "content",
    [
        "naïve ≥".encode(),
        b"\xef\xbb\xbf" + "naïve ≥".encode(),
        b"\xff\xfe" + "naïve ≥".encode("utf-16-le"),
        b"\xfe\xff" + "naïve ≥".encode("utf-16-be"),
    ],
)
def test_text_is_utf8_or_utf16_with_its_mark(content: bytes) -> None:
    assert document(content).blocks == (Block("naïve ≥"),)


def test_other_bytes_are_windows_1252() -> None:
    assert document("naïve – 5".encode("cp1252")).blocks == (Block("naïve – 5"),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it holds no text"),
        ("---\ntitle: x\n---\n", "it holds no text"),
        ("[" * 50_001, "it has a paragraph of more than 50,000 brackets and stars"),
        (">" * 200 + " deep", "its lists or quotes are nested more than 50 deep"),
    ],
)
def test_a_file_without_readable_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        document(text)
    assert str(caught.value) == reason


def test_a_header_of_anchors_and_nested_lists_neither_hangs_nor_crashes() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + "d: " + "[" * 5_000
    assert document(f"---\n{bomb}\n---\nText.\n").blocks[-1] == Block("Text.")


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.md", b"# Title", True),
        ("a.txt.gz", b"words", True),
        ("a.txt", b"PMID- 123\nTI  - x", False),
        ("a.txt", b'{"a": 1}', False),
        ("a.md", b"<?xml version='1.0'?>", False),
        ("README", b"Here are several plain words of text that go on.", True),
        ("a.bin", b"\x00\x01\x02 some words here and there too", False),
        ("a.dat", "Ünï çödé wörds".encode("utf-16-le"), False),
    ],
)
def test_a_text_is_recognised_by_its_ending_or_by_being_words(
    name: str, head: bytes, expected: bool
) -> None:
    assert recognise(name, head) is expected


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.md", "a.txt"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    recognise(name, content)
    try:
        document(content, name)
    except UnreadableError:
        return


_PIECES = st.sampled_from(
    [
        *(
            "# ",
            "- ",
            "> ",
            "1. ",
            "    ",
            "```\n",
            "**",
            "[x](y)",
            "![",
            "](",
            "---\n",
            "~~",
            "\\",
        ),
        *("<sup>", "</sup>", "<div>", "</p>", "<!--", "&amp;", "words here ", "\n", "\n\n"),
        "| a | b |\n|---|---|\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=50))
def test_any_markdown_is_read_or_refused_and_every_block_is_clean(pieces: list[str]) -> None:
    try:
        found = document("".join(pieces))
    except UnreadableError:
        return
    assert all(block.text and block.text == clean(block.text) for block in found.blocks)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "- ", "> ", "## ", "1. ", "    "]),
            st.text("abcdefg,;", min_size=1, max_size=20),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_no_word_is_lost(lines: list[tuple[str, str]]) -> None:
    marked = [(mark, f"w{number}{text}") for number, (mark, text) in enumerate(lines)]
    found = document("First.\n\n" + "\n\n".join(mark + text for mark, text in marked))
    shown = " ".join(block.text for block in found.blocks)
    assert [text for _, text in marked if text not in shown] == []
