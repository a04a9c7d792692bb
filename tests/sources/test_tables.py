"""Tables of any markup as rows that can be read alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from probatum.evidence.document import Block
from probatum.sources.layout.tables import Table, columns_of, row_blocks, row_text, rows_of
from probatum.sources.layout.text import clean


def table(inside: str) -> Table:
    return rows_of(etree.fromstring(f"<table>{inside}</table>"))


def test_a_merged_cell_stands_in_every_row_and_column_that_it_covers() -> None:
    found = table(
        "<thead><tr><th rowspan='2'>Event</th><th colspan='2'>Drug A</th></tr>"
        "<tr><th>n</th><th>%</th></tr></thead>"
        "<tbody><tr><td rowspan='2'>Nausea</td><td>3</td><td>30</td></tr>"
        "<tr><td>4</td><td>40</td></tr></tbody>"
    )
    assert found == Table(
        [["Event", "Drug A", "Drug A"], ["Event", "n", "%"]],
        [["Nausea", "3", "30"], ["Nausea", "4", "40"]],
    )
    assert columns_of(found.header) == ("Event", "Drug A / n", "Drug A / %")


def test_an_absurd_span_covers_only_the_columns_that_are_there() -> None:
    found = table(
        "<tr><td colspan='1000000' rowspan='99999999'>wide</td></tr>"
        "<tr><td>a</td></tr><tr><td colspan='0'>b</td><td rowspan='x'>c</td></tr>"
    )
    assert {len(row) for row in found.body} <= {1, 3, 2}
    assert sum("wide" in row for row in found.body) == 3


def test_a_table_made_to_grow_without_bound_keeps_its_words_and_takes_no_time() -> None:
    start = time.process_time()
    steps = "".join(f"<tr><td colspan='{n}'>s{n}</td><td>e{n}</td></tr>" for n in range(1, 900))
    hanging = "<tr>" + "<td rowspan='65534'>h</td>" * 3_000 + "</tr>" + "<tr/>" * 30_000
    for inside in (steps, hanging):
        assert table(inside).body
    assert {f"e{n}" for n in range(1, 900)} <= {cell for row in table(steps).body for cell in row}
    assert time.process_time() - start < 20


def test_header_rows_are_told_by_cells_of_header_type_bold_type_or_an_empty_corner() -> None:
    body = "<tr><td>Rash</td><td>2</td></tr>"
    for head in (
        "<tr><th>Event</th><th>n</th></tr>",
        "<tr><td><b>Event</b></td><td><content styleCode='bold'>n</content></td></tr>",
    ):
        assert table(head + body) == Table([["Event", "n"]], [["Rash", "2"]])
    assert table("<tr><td/><td>n</td></tr>" + body) == Table([["", "n"]], [["Rash", "2"]])
    assert table(body + body) == Table([], [["Rash", "2"], ["Rash", "2"]])


def test_a_table_of_header_rows_only_is_all_body() -> None:
    only = "<thead><tr><th>a</th><th>b</th></tr></thead>"
    assert table(only) == Table([], [["a", "b"]])


def test_a_namespace_an_oasis_table_and_a_html_table_read_the_same() -> None:
    spaced = etree.fromstring(
        "<x:table xmlns:x='urn:hl7-org:v3'><x:tbody><x:tr><x:td>a</x:td><x:td>b</x:td></x:tr>"
        "</x:tbody></x:table>"
    )
    oasis = etree.fromstring(
        "<tgroup><colspec colname='1'/><colspec colname='2'/><tbody><row><entry>a</entry>"
        "<entry>b</entry></row></tbody></tgroup>"
    )
    browser = html.fromstring("<table><tr><td>a<td>b</table>")
    assert [rows_of(each).body for each in (spaced, oasis, browser)] == [[["a", "b"]]] * 3


def test_rows_of_a_table_inside_a_cell_are_that_cell_only() -> None:
    inner = "<table><tr><td>in</td><td>side</td></tr></table>"
    assert table(f"<tr><td>out</td><td>{inner}</td></tr>").body == [["out", "in side"]]


def test_the_footer_comes_last_as_it_is_shown() -> None:
    found = table(
        "<tfoot><tr><td>Total</td><td>9</td></tr></tfoot><tbody><tr><td>A</td><td>9</td></tr></tbody>"
    )
    assert found.body == [["A", "9"], ["Total", "9"]]


def test_rows_of_a_group_say_its_name_where_their_own_first_cell_is_empty() -> None:
    element = etree.fromstring(
        "<table><thead><tr><th>Item</th><th>Kind</th><th>n</th></tr></thead><tbody>"
        "<tr><td colspan='3'>Tumour size</td></tr><tr><td/><td>T1</td><td>10 | 67%</td></tr>"
        "<tr><td>Age</td><td>all</td><td/></tr><tr><td/><td>x</td><td>1</td></tr></tbody></table>"
    )
    columns = ("Item", "Kind", "n")
    assert row_blocks(element, ("Results",), "T1") == [
        Block("Tumour size", "row", ("Results",), code="T1"),
        Block("Tumour size | T1 | 10 ¦ 67%", "row", ("Results",), None, columns, "T1"),
        Block("Age | all | –", "row", ("Results",), None, columns, "T1"),
        Block("– | x | 1", "row", ("Results",), None, columns, "T1"),
    ]


def test_a_header_line_across_the_whole_table_is_a_caption() -> None:
    element = etree.fromstring(
        "<table><thead><tr><th colspan='2'>Table 1. Events</th></tr><tr><th>E</th><th>n</th></tr>"
        "</thead><tbody><tr><td>Rash</td><td>2</td></tr></tbody></table>"
    )
    assert row_blocks(element) == [
        Block("Table 1. Events", "caption"),
        Block("Rash | 2", "row", columns=("E", "n")),
    ]


CELL = st.builds(
    "<{0} colspan='{1}' rowspan='{2}'>{3}</{0}>".format,
    st.sampled_from(["td", "th"]),
    st.sampled_from(["", "0", "1", "2", "7", "-3", "1e9", "99999999999"]),
    st.sampled_from(["", "0", "1", "2", "3", "99999999999"]),
    st.integers(0, 99).map("w{}".format),
)
ROWS = st.lists(st.lists(CELL, max_size=5).map("".join).map("<tr>{}</tr>".format), max_size=7)


@given(ROWS, st.booleans())
def test_no_cell_is_ever_lost_and_rows_are_clean(rows: list[str], headed: bool) -> None:
    inside = "".join(rows)
    element = etree.fromstring(f"<table>{f'<thead>{inside}</thead>' if headed else inside}</table>")
    words = {word for word in clean(" ".join(map(str, element.itertext()))).split() if word}
    blocks = row_blocks(element)
    told = {word for each in blocks for text in (each.text, *each.columns) for word in text.split()}
    assert words <= told
    assert all(each.text == clean(each.text) for each in blocks)
    assert all(each.text.count("|") + 1 == len(each.columns) for each in blocks if each.columns)


@pytest.mark.parametrize("cells", [["a"], ["a", "", "c"], ["", "b|c"]])
def test_a_rows_cells_can_be_told_apart_again(cells: list[str]) -> None:
    assert len(row_text(cells).split(" | ")) == len(cells)
