"""Quotes look like quotes in every output, stand in their passage, and lead to their place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.render.arrange import page
from probatum.render.card import Card
from probatum.render.characters import part
from probatum.render.held_text import Block, passage_view
from probatum.render.html import standalone
from probatum.render.json import answer_document
from probatum.render.markdown import markdown
from probatum.render.passage import Piece, around, pieces, window
from probatum.render.text import answer_text
from tests.render import quoted
from tests.render.quoted import Holder

ORIGIN = "Care of examploma, p. 4, Safety \u203a Signs"


def card(words: Holder) -> Card:
    return page(quoted.answer(), words).cards[-1]


def spans_of(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    """Spans in order that do not overlap."""
    ends = sorted({min(cut, len(text)) for cut in cuts})
    return list(zip(ends[::2], ends[1::2], strict=False))


# -- in an answer --------------------------------------------------------------------------------


def test_a_quote_keeps_its_marks_and_lines_and_says_where_it_stands() -> None:
    line = page(quoted.answer(), Holder(None)).sections[-1].lines[0]
    assert (line.text, line.origin) == (f"\u201c{quoted.QUOTE}\u201d", ORIGIN)
    others = [each for section in page(quoted.answer()).sections[:-1] for each in section.lines]
    assert others
    assert [each for each in others if each.origin is not None or "\n" in each.text] == []


def test_the_terminal_shows_a_quote_line_by_line_with_its_origin() -> None:
    text = answer_text(quoted.answer(), width=80)
    shown = text[text.index("In the words of held texts") :].split("\n\n")[0].splitlines()[2:]
    number = len(quoted.answer().references)
    assert shown == [
        "\u2022 \u201cWatch for these signs:",
        "  a zorgle count above 12",
        f"  pale <b>quennels</b> in the morning\u201d [{number}]",
        f"  {ORIGIN}",
    ]


def test_markdown_shows_a_quote_with_hard_breaks_and_its_origin() -> None:
    text = markdown(quoted.answer())
    shown = text[text.index("## In the words of held texts") :].split("\n\n")[1]
    number = len(quoted.answer().references)
    assert shown == (
        "- \u201cWatch for these signs:\\\n"
        "  a zorgle count above 12\\\n"
        "  pale \\<b\\>quennels\\</b\\> in the morning\u201d"
        f"[^{number}] *({ORIGIN})*"
    )


def test_json_holds_the_quote_its_place_and_that_it_is_one() -> None:
    claim = answer_document(quoted.answer())["claims"]["c99"]
    assert (claim["form"], claim["text"]) == ("quote", f"\u201c{quoted.QUOTE}\u201d")
    assert claim["anchors"] == [
        {
            "source": "file:notes/guide.md",
            "edition": quoted.EDITION,
            "locator": "p. 4, Safety \u203a Signs",
            "quote": quoted.QUOTE,
            "start": quoted.START,
            "end": quoted.START + len(quoted.QUOTE),
            "record": None,
        }
    ]


def test_a_card_shows_the_passage_around_the_quote_its_licence_and_the_way_there() -> None:
    evidence = card(Holder(quoted.passage())).evidence[0]
    assert evidence.pieces == (
        Piece(quoted.TEXT[: quoted.START - 1000], marked=False),
        Piece(quoted.QUOTE, marked=True),
        Piece(quoted.TEXT[quoted.START - 1000 + len(quoted.QUOTE) :], marked=False),
    )
    assert (evidence.locator, evidence.licence) == ("p. 4, Safety \u203a Signs", "CC BY 4.0")
    assert evidence.address == (
        "/sources/file%3Anotes%2Fguide.md%402033"
        f"?from={quoted.START}&to={quoted.START + len(quoted.QUOTE)}#quote"
    )


def test_of_a_long_passage_whole_sentences_beside_the_quote_are_shown() -> None:
    before = "".join(f"Sentence {number} is in front of it. " for number in range(40))
    text = f"{before}The quote stands here. " + "This comes after it. " * 40
    start = len(before)
    first, last = around(text, (start, start + 22))
    assert text[first:start].startswith("Sentence ")
    assert 200 < start - first < 340
    assert text[start + 22 : last].endswith("This comes after it.")
    assert 200 < last - start - 22 < 340


@pytest.mark.parametrize("other", [None, "another text", "link only"])
def test_where_the_passage_is_gone_other_or_not_to_be_shown_the_quote_stands_alone(
    other: str | None,
) -> None:
    held = quoted.passage("D" if other == "link only" else "A")
    gone = replace(held, text=held.text.replace("zorgle", "quarks")) if other else None
    shown = card(Holder(held if other == "link only" else gone)).evidence[0].pieces
    assert [piece.text for piece in shown if piece.marked] == [quoted.QUOTE]
    assert {piece.text.strip() for piece in shown if not piece.marked} <= {"\u2026"}


def test_the_saved_page_marks_the_quote_and_makes_no_markup_of_it() -> None:
    text = standalone(quoted.answer(), Holder(quoted.passage()))
    escaped = quoted.QUOTE.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<mark>{escaped}</mark>" in text
    assert "<b>quennels</b>" not in text
    assert f'<span class="quoted">\u201c{escaped}\u201d</span>' in text
    assert "Licence: CC BY 4.0" in text
    assert 'href="/' not in text


# -- pieces and windows --------------------------------------------------------------------------


@given(st.text(max_size=200), st.lists(st.integers(0, 220), max_size=12))
def test_pieces_hold_the_text_once_and_in_order(text: str, cuts: list[int]) -> None:
    spans = spans_of(text, cuts)
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == "".join(
        part(text[a:b])
        for a, b in zip(
            [0, *[e for span in spans for e in span]],
            [*[e for span in spans for e in span], len(text)],
            strict=True,
        )
    )
    assert [p.text for p in found if p.marked] == [t for a, b in spans if (t := part(text[a:b]))]


@given(st.text(alphabet="ab. \n", max_size=300), st.lists(st.integers(0, 300), max_size=8))
def test_a_window_is_part_of_the_text_and_no_longer_than_asked(text: str, cuts: list[int]) -> None:
    spans = spans_of(text, cuts)
    first, last = window(text, spans, 60)
    assert 0 <= first <= last <= len(text)
    assert last - first <= 60
    assert len(text) > 60 or (first, last) == (0, len(text))


def test_a_window_takes_the_place_with_most_marks_from_the_start_of_its_sentence() -> None:
    text = "One word. " + "x" * 80 + ". Here one word meets another word. " + "y" * 80
    marks = [(4, 8), *[(text.index(w), text.index(w) + 4) for w in ("word meets", "word. y")]]
    first, last = window(text, marks, 60)
    assert text[first:last].startswith("Here one word meets another word.")


@given(st.text(alphabet="ab. \n", min_size=1, max_size=900), st.data())
def test_around_a_quote_is_always_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = around(text, (start, end))
    assert 0 <= first <= start
    assert end <= last <= len(text)


# -- a text on the page of its source ------------------------------------------------------------


def words(block: Block) -> str:
    """The words of a block, marks aside."""
    lines = [*block.lines, *(cell for row in block.rows for _, cell in row)]
    return " ".join("".join(piece.text for piece in line) for line in lines)


def test_a_passage_is_shown_as_headings_paragraphs_lists_and_tables_with_the_quote_marked() -> None:
    view = passage_view(quoted.passage(), (quoted.START, quoted.START + len(quoted.QUOTE)))
    assert (view.id, view.locator) == ("p1000", "p. 4, Safety \u203a Signs")
    assert [(block.kind, block.depth, words(block)) for block in view.blocks] == [
        ("heading", 1, "Signs"),
        (
            "text",
            2,
            "Examplimab is tolerated by most. It was tried in 300 adults, of whom 12 stopped it. "
            "Watch for these signs:",
        ),
        ("item", 0, "a zorgle count above 12 pale <b>quennels</b> in the morning"),
        ("text", 2, "Tell the team about them. They know what to do."),
        ("row", 0, "Drug Dose Examplimab 350 mg"),
    ]
    assert view.blocks[-1].columns == ("What", "How much")
    marked = [
        (piece.text, piece.id)
        for block in view.blocks
        for line in block.lines
        for piece in line
        if piece.marked
    ]
    assert marked == [
        ("Watch for these signs:", "quote"),
        ("a zorgle count above 12", None),
        ("pale <b>quennels</b> in the morning", None),
    ]
