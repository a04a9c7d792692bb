"""The terminal's text shows everything, at any width, and nothing can steer the terminal."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from probatum.render.characters import plain
from probatum.render.text import answer_text
from tests.render import samples
from tests.render.changed import with_texts

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120).filter(
    lambda text: bool(plain(text))
)


def letters(text: str) -> str:
    """The text without white space, since lines break anywhere between words."""
    return re.sub(r"\s+", "", text)


def test_a_refusal_is_short_and_says_what_is_held() -> None:
    assert answer_text(samples.declined(), width=80) == (
        "How is a broken wrist set?\n"
        "\n"
        "! Not answered: The library holds nothing on wrist fractures; it holds\n"
        "  examploma.\n"
        "\n"
        "Not understood in the question: wrist.\n"
        "\n"
        "Limits of this answer\n"
        "─────────────────────\n"
        "• Nothing on this condition is held.\n"
        "\n"
        "Related questions\n"
        "─────────────────\n"
        "• What are the treatment options for recurrent examploma?\n"
        "\n"
        "Not reviewed by a medical board. As of 2033-02-01.\n"
        "Library 5a4b3c2d1e0f: 9 sources, 11 records. Answer ffffffffffff.\n"
        "\n"
        "For professionals. It does not replace clinical judgement; check the sources.\n"
    )


def test_an_emergency_is_said_before_everything_but_the_question() -> None:
    lines = [line for line in answer_text(samples.urgent()).splitlines() if line]
    assert lines[1] == (
        "! This may be an emergency: Heavy bleeding is an emergency: call the emergency"
    )


def test_a_wrong_premise_is_corrected_before_the_bottom_line() -> None:
    text = answer_text(samples.corrected())
    places = [
        text.index(words)
        for words in ("Agency U approved examplimab; it", "[Correction] [6]", "Bottom line\n")
    ]
    assert places == sorted(places)


@given(width=st.integers(60, 160))
@settings(max_examples=30, deadline=None)
def test_every_claim_and_cell_is_shown_at_every_width(width: int) -> None:
    answer = samples.full()
    text = answer_text(answer, width=width)
    seen = letters(text)
    tabled = {cell.claim for s in answer.sections if s.table for r in s.table.rows for cell in r}
    told = [each.text for key, each in answer.claims.items() if key not in tabled | {"c5"}]
    assert [each for each in told if letters(each) not in seen] == []
    words = {
        word
        for section in answer.sections
        if section.table
        for row in section.table.rows
        for cell in row
        for word in cell.text.split()
    }
    assert sorted(word for word in words if word not in text) == []
    assert [n for n in range(1, 9) if not re.search(rf"\[(\d,)*{n}(,\d)*\]", text)] == []
    assert [line for line in text.splitlines() if cell_len(line) > width] == []


@given(claim=WORDS, cell=WORDS, title=WORDS, width=st.integers(60, 160))
@settings(max_examples=60, deadline=None)
def test_no_text_is_cut_off_or_read_as_markup(
    claim: str, cell: str, title: str, width: int
) -> None:
    text = answer_text(with_texts(claim, cell, title), width=width)
    assert letters(plain(claim)) in letters(text)
    assert letters(plain(title)) in letters(text)
    missing = [word for word in set(letters(plain(cell))) if word not in text]
    assert missing == []


def test_a_long_cell_without_blanks_is_broken_and_not_cropped() -> None:
    text = answer_text(with_texts("c", "x" * 500, "t"), width=60)
    assert text.count("x") >= 500


def test_control_characters_and_markup_in_content_do_nothing() -> None:
    hostile = "a\x1b[2Jb \u202e69.0 [red]c[/red] \x07\x9b31m"
    text = answer_text(with_texts(hostile, hostile, hostile))
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text) == []
    assert "a[2Jb 69.0 [red]c[/red] 31m" in text


def test_colour_is_used_only_when_it_is_asked_for() -> None:
    assert "\x1b[" not in answer_text(samples.full())
    assert "\x1b[" in answer_text(samples.full(), colour=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", answer_text(samples.full(), colour=True)).split() == (
        answer_text(samples.full()).split()
    )
