"""Web pages, as sites write them."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.evidence.document import Block, Document
from probatum.evidence.source import Depth, Identifiers, RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.html.reader import read, recognise
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

LONG = "Women with early disease were treated with surgery, and half of them with radiation. "


def document(page: str | bytes, name: str = "page.html") -> Document:
    content = page.encode() if isinstance(page, str) else page
    [found] = read(SourceFile(name, content=content))
    assert isinstance(found, Document)
    return found


def blocks(body: str) -> tuple[Block, ...]:
    return document(f"<html><body>{body}</body></html>").blocks


def test_a_page_becomes_a_document_with_what_its_head_says() -> None:
    page = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
    <title>Guideline for early disease - Some Society</title>
    <meta name="DC.Publisher" content="Some Society"><meta name="DC.Creator" content="Ann Bee">
    <meta property="article:published_time" content="2020-01-02T10:00:00Z">
    <meta property="article:modified_time" content="2021-05-03T10:00:00Z">
    <meta name="keywords" content="surgery; radiation">
    <link rel="canonical" href="https://society.example/early">
    <link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head>
    <body><h1>Guideline for early disease</h1><h2>Treatment</h2><p>Treat <b>early</b>.</p></body>
    </html>"""
    assert document(page) == Document(
        source="file:page.html",
        title="Guideline for early disease",
        type=SourceType.GUIDELINE,
        depth=Depth.FULL_TEXT,
        format="html",
        version="2021-05-03",
        date=datetime.date(2021, 5, 3),
        year=2021,
        body="Some Society",
        authors=("Ann Bee",),
        identifiers=Identifiers(url="https://society.example/early"),
        subjects=("surgery", "radiation"),
        language="en",
        licence="CC BY 4.0",
        tier=RightsTier.OPEN,
        blocks=(
            Block("Guideline for early disease", "heading"),
            Block("Treatment", "heading"),
            Block("Treat early.", "paragraph", ("Treatment",)),
        ),
    )


def test_an_article_of_a_journal_is_known_by_its_pmid_and_dated_by_its_publication() -> None:
    page = """<html><head><meta name="citation_title" content="A trial of two drugs">
    <meta name="citation_author" content="Ann Bee"><meta name="citation_author" content="Cy Dee">
    <meta name="citation_journal_title" content="Journal of Trials">
    <meta name="citation_publication_date" content="2010 Jun 1">
    <meta name="citation_doi" content="10.1000/x.1"><meta name="citation_pmid" content="123">
    <meta name="dcterms.modified" content="2024-01-01"></head><body><p>Text.</p></body></html>"""
    found = document(page)
    assert (found.source, found.title, found.container) == (
        "pmid:123",
        "A trial of two drugs",
        "Journal of Trials",
    )
    assert (found.authors, found.date, found.version) == (
        ("Ann Bee", "Cy Dee"),
        datetime.date(2010, 6, 1),
        None,
    )
    assert found.identifiers == Identifiers(pmid="123", doi="10.1000/x.1")


def test_linked_data_is_read_for_what_is_known_of_the_page_and_never_for_its_text() -> None:
    page = """<html><head><script type="application/ld+json">{"@graph": [{"@type": "MedicalWebPage",
    "headline": "Hidden words", "dateModified": "2022-02-03", "author": [{"name": "Ann Bee"}]}]}
    </script><script type="application/ld+json">[[[{</script><title>Care</title></head>
    <body><p>Text.</p></body></html>"""
    found = document(page)
    assert (found.date, found.authors) == (datetime.date(2022, 2, 3), ("Ann Bee",))
    assert found.blocks == (Block("Text."),)


def test_the_site_around_the_main_part_is_left_out() -> None:
    page = f"""<header>Some Society</header><nav>Home | Contact</nav><main><h1>Care</h1>
    <p>{LONG}</p><script>var x = "code";</script><p hidden>not shown</p>
    <p style="display: none">not shown</p><span aria-hidden="true">x</span>
    <form><label>Search</label><input><button>Go</button></form></main>
    <footer>Imprint</footer>"""
    assert [block.text for block in blocks(page)] == ["Care", clean(LONG)]


def test_a_main_part_that_holds_less_than_half_of_the_text_is_not_trusted() -> None:
    page = f"<main><p>Short.</p></main><div><p>{LONG * 3}</p></div>"
    assert [block.text for block in blocks(page)] == ["Short.", clean(LONG * 3)]


def test_a_form_around_the_whole_page_does_not_take_its_text_away() -> None:
    assert [block.text for block in blocks(f"<form><p>{LONG}</p><input></form>")] == [clean(LONG)]


def test_headings_end_with_the_section_they_open() -> None:
    page = """<h2>One</h2><p>a</p><section><h3>Two</h3><p>b</p></section><p>c</p><h4>Three</h4>
    <p>d</p><h2>Four</h2><p>e</p>"""
    found = [(block.text, block.headings) for block in blocks(page) if block.kind == "paragraph"]
    assert found == [
        ("a", ("One",)),
        ("b", ("One", "Two")),
        ("c", ("One",)),
        ("d", ("One", "Three")),
        ("e", ("Four",)),
    ]


def test_lists_definitions_quotes_and_preformatted_text_are_kept_in_order() -> None:
    page = """<p>Offer<br>all:</p><ul><li>surgery<ul><li>open</li><li><p>closed</p></li></ul></li>
    <li>radiation</li></ul><dl><dt>HR</dt><dd>hazard ratio</dd><dt>CI</dt><dd><p>one</p><p>two</p>
    </dd></dl><blockquote><p>Said.</p></blockquote><pre>a  b
c

d</pre>loose <i>words</i><br><br>more"""
    assert [(block.kind, block.text) for block in blocks(page)] == [
        ("paragraph", "Offer all:"),
        ("item", "surgery"),
        ("item", "open"),
        ("item", "closed"),
        ("item", "radiation"),
        ("item", "HR: hazard ratio"),
        ("item", "CI"),
        ("item", "one"),
        ("item", "two"),
        ("paragraph", "Said."),
        ("paragraph", "a b c"),
        ("paragraph", "d"),
        ("paragraph", "loose words"),
        ("paragraph", "more"),
    ]


def test_tables_are_rows_that_stand_alone_and_layout_tables_are_no_tables() -> None:
    page = """<table><caption>Doses</caption><thead><tr><th>Drug</th><th>Dose</th></tr></thead>
    <tr><td rowspan="2">cisplatin</td><td>40 mg/m<sup>2</sup></td></tr><tr><td>50 mg</td></tr>
    </table><table role="presentation"><tr><td><p>One.</p></td><td><p>Two.</p></td></tr></table>"""
    assert blocks(page) == (
        Block("Doses", "caption"),
        Block("cisplatin | 40 mg/m²", "row", columns=("Drug", "Dose")),
        Block("cisplatin | 50 mg", "row", columns=("Drug", "Dose")),
        Block("One."),
        Block("Two."),
    )


def test_a_figures_number_and_caption_are_one_and_a_table_number_opens_no_section() -> None:
    page = """<figure><h3>Figure 1.</h3><img alt="a long description"><figcaption>Survival.
    </figcaption></figure><section><h4>Table 1. Doses</h4><table><tr><th>a</th><th>b</th></tr>
    <tr><td>1</td><td>2</td></tr></table><div><sup>*</sup><p>A note.</p></div></section>"""
    assert blocks(page) == (
        Block("Figure 1. Survival.", "caption"),
        Block("Table 1. Doses", "caption"),
        Block("1 | 2", "row", columns=("a", "b")),
        Block("* A note."),
    )


@pytest.mark.parametrize(
    "content",
    [
        "<meta charset=utf-8><p>naïve ≥ 5".encode(),
        b"\xef\xbb\xbf" + "<p>naïve ≥ 5".encode(),
        b"\xff\xfe" + "<p>naïve ≥ 5".encode("utf-16-le"),
        '<?xml version="1.0" encoding="utf-8"?><html><p>naïve ≥ 5'.encode(),
        "<meta charset=iso-8859-1><p>naïve ≥ 5".encode(),
        "<meta charset=windows-1253><p>na&iuml;ve ≥ 5".replace("≥", "&ge;").encode("cp1253"),
        "<p>naïve &ge; 5".encode("cp1252"),
    ],
)
def test_characters_are_read_by_mark_declaration_utf8_or_windows_1252(content: bytes) -> None:
    assert [block.text for block in document(content).blocks] == ["naïve ≥ 5"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "it is empty"),
        (
            "<html><body><div id=app></div><script>x</script></body></html>",
            "it is a web page without text (its text may be made by a script)",
        ),
        (
            "<html><body>" + "<div>" * 400 + "deep",
            "its elements are nested more than 250 deep, or it is broken",
        ),
    ],
)
def test_a_page_without_readable_text_is_refused_in_one_sentence(page: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        document(page)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.html", b"<!DOCTYPE html><html>", True),
        ("a", b"\n<!-- saved --><html lang='en'>", True),
        ("a.htm", b"<p>fragment</p>", True),
        ("a.xml", b'<?xml version="1.0"?><article><p>x</p></article>', False),
        ("a.html", b'<?xml version="1.0"?><document><p>x</p></document>', False),
        ("a.md", b"<p>fragment</p>", False),
        ("a.xhtml", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', True),
    ],
)
def test_a_page_is_recognised_by_its_root_or_its_ending(
    name: str, head: bytes, expected: bool
) -> None:
    assert recognise(name, head) is expected


_TAGS = ["p", "div", "ul", "li", "table", "tr", "td", "h2", "dl", "dt", "dd", "sup", "figure", "br"]
_PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(_TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(_TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ["<td colspan=99999999>", "<td rowspan=0>", "<!--", "&#0;", "&amp", "<![CDATA["]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=60))
def test_any_markup_is_read_or_refused_and_every_block_is_clean(pieces: list[str]) -> None:
    try:
        found = document("<html><body>" + "".join(pieces))
    except UnreadableError:
        return
    assert all(block.text and block.text == clean(block.text) for block in found.blocks)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    recognise("a.html", content)
    try:
        document(content)
    except UnreadableError:
        return


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "li", "h2", "div", "blockquote", "td", "dd", "figcaption"]),
            st.text("abcdefgh ", min_size=1, max_size=20).filter(lambda text: clean(text) != ""),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_no_visible_word_is_lost(elements: list[tuple[str, str]]) -> None:
    marked = [(tag, f"w{n} {text}") for n, (tag, text) in enumerate(elements)]
    page = "".join(
        f"<table><tr><td>{text}</td></tr></table>" if tag == "td" else f"<{tag}>{text}</{tag}>"
        for tag, text in marked
    )
    found = document(f"<html><body><p>first</p>{page}</body></html>")
    shown = " ".join(block.text for block in found.blocks)
    assert [text for _, text in marked if clean(text) not in shown] == []
