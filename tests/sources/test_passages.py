"""The held text and its passages: slices that cover every block and cut no row and no sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.promises import broken_layout
from probatum.evidence.document import Block, Document
from probatum.evidence.source import Depth, SourceType
from probatum.sources import passages as passages_module
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError
from probatum.sources.passages import Passage, Run, lay_out

SENTENCE = "Of the 304 women, 69% were alive at 12 months (95% CI 60 to 76; P < 0.001). "


def document(*blocks: Block, title: str = "A title", depth: Depth = Depth.FULL_TEXT) -> Document:
    return Document(
        source="file:x",
        title=title,
        type=SourceType.OTHER,
        depth=depth,
        blocks=blocks,
        format="md",
    )


def slices(laid_out: Document) -> list[str]:
    text, passages = lay_out(laid_out)
    assert broken_layout(laid_out, text, passages) is None
    return [text[passage.start : passage.end] for passage in passages]


def test_the_text_is_the_title_and_the_blocks_under_their_headings() -> None:
    text, passages = lay_out(
        document(
            Block("One. Two.", headings=("Methods", "Patients")),
            Block("Three.", headings=("Methods", "Analysis"), page=2, code="x"),
        )
    )
    assert text == "A title\nMethods\nPatients\nOne. Two.\nAnalysis\nThree."
    assert passages == (
        Passage(
            8,
            len(text),
            (
                Run(8, ("Methods", "Patients")),
                Run(35, ("Methods", "Analysis"), 2),
                Run(44, ("Methods", "Analysis"), 2, (), "x"),
            ),
            ((25, 29), (30, 34), (44, 50)),
        ),
    )


def test_a_title_alone_is_a_passage_and_nothing_is_none() -> None:
    assert lay_out(document()) == ("A title", (Passage(0, 7, (Run(0),), ((0, 7),)),))
    assert lay_out(document(title="")) == ("", ())
    assert lay_out(document(Block(""))) == lay_out(document())


def test_a_work_without_a_title_begins_with_its_text() -> None:
    text, passages = lay_out(document(Block("Words."), title=""))
    assert (text, passages) == ("Words.", (Passage(0, 6, (Run(0),), ((0, 6),)),))


def test_a_heading_that_is_a_block_is_not_shown_twice() -> None:
    text, _ = lay_out(
        document(
            Block("Methods", "heading"),
            Block("One.", headings=("Methods",)),
            Block("Patients", "heading", ("Methods",)),
            Block("Two.", headings=("Methods", "Patients")),
            Block("Three.", headings=("Methods",)),
        )
    )
    assert text == "A title\nMethods\nOne.\nPatients\nTwo.\nThree."


def test_an_abstract_is_one_passage_and_a_long_text_is_not() -> None:
    blocks = tuple(
        Block((SENTENCE * 9).strip(), headings=(name,)) for name in ("AIM", "METHODS", "RESULTS")
    )
    assert len(slices(document(*blocks, depth=Depth.ABSTRACT))) == 1
    assert len(slices(document(*blocks))) == 3


def test_short_sections_are_joined_and_a_heading_is_never_last() -> None:
    blocks = [
        Block(text, kind, path)
        for number in range(40)
        for text, kind, path in (
            (f"Section {number}", "heading", ()),
            (SENTENCE.strip(), "paragraph", (f"Section {number}",)),
        )
    ]
    found = slices(document(*blocks))  # type: ignore[arg-type]
    assert 4 < len(found) < 12
    assert [each for each in found if not each.endswith(".")] == []
    assert [each for each in found if not each.startswith("Section")] == []


def test_a_long_line_is_cut_between_sentences() -> None:
    found = slices(document(Block((SENTENCE * 200).strip())))
    assert len(found) == 6
    assert {each[-7:] for each in found} == {"0.001)."}
    assert max(map(len, found)) <= 3_000


def test_a_line_without_a_sentence_end_is_cut_nowhere() -> None:
    assert slices(document(Block("word " * 1_999 + "word"))) == ["word " * 1_999 + "word"]


def test_a_row_stays_whole_however_long_it_is() -> None:
    row = " | ".join([SENTENCE.strip()] * 60)
    rows = [Block(row, "row", ("Table",), None, ("A", "B"))] * 3
    assert slices(document(Block("Caption.", "caption", ("Table",)), *rows)) == [
        "Table\nCaption.",
        row,
        row,
        row,
    ]


def test_items_of_a_list_are_known_among_the_sentences() -> None:
    text, [passage] = lay_out(
        document(Block("We advise:"), Block("One. Two.", "item"), Block("Three.", "item"))
    )
    said = [text[start:end] for start, end in passage.sentences]
    assert (said, passage.items) == (["We advise:", "One.", "Two.", "Three."], (1, 2, 3))


def test_a_text_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages_module, "TEXT_CHARACTERS", 1_000)
    with pytest.raises(UnreadableError) as error:
        lay_out(document(*[Block("word " * 100)] * 4))
    assert str(error.value) == "its text is longer than 1,000 characters"


def test_paragraphs_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages_module, "BLOCKS", 3)
    assert len(slices(document(*[Block("word")] * 3))) == 1
    with pytest.raises(UnreadableError) as error:
        lay_out(document(*[Block("word")] * 4))
    assert str(error.value) == "it has more than 3 paragraphs, rows and headings"


WORDS = st.sampled_from(
    ["Drug A works.", "P = 0.03.", "e.g. this", "cells | more", "5 mg", "A", "…", "No. 5 (Fig. 2)"]
)
LINES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.text(max_size=30).map(clean),
    st.integers(1, 90).map(lambda times: (SENTENCE * times).strip()),
    st.integers(1, 4_000).map("x".__mul__),
)
PATHS = st.lists(
    st.sampled_from(["A", "B", "Drug A works.", "A long heading of a part"]), max_size=3
)
BLOCKS = st.builds(
    Block,
    text=LINES,
    kind=st.sampled_from(["paragraph", "item", "caption", "row", "row", "heading"]),
    headings=PATHS.map(tuple),
    page=st.none() | st.integers(1, 3),
    columns=st.sampled_from([(), (), ("Arm", "Months")]),
    code=st.sampled_from([None, None, "34066-1"]),
)


@given(
    st.lists(BLOCKS, max_size=12),
    st.text(max_size=20).map(clean),
    st.sampled_from([Depth.ABSTRACT, Depth.FULL_TEXT]),
)
def test_any_document_is_laid_out_as_promised(
    blocks: list[Block], title: str, depth: Depth
) -> None:
    made = document(*blocks, title=title, depth=depth)
    text, passages = lay_out(made)
    assert broken_layout(made, text, passages) is None
    assert lay_out(made) == (text, passages)


def test_a_broken_layout_is_told() -> None:
    rows = [Block(f"{number} | {'x' * 2_000}", "row", ("T",)) for number in range(3)]
    made = document(*rows)
    text, (first, second, third) = lay_out(made)
    assert broken_layout(made, text, (first, second, third)) is None
    cut = Passage(second.start, second.end - 5, second.runs, ((second.start, second.end - 5),))
    bare = Passage(second.start, second.end, (Run(second.start),), second.sentences)
    for broken in (
        broken_layout(made, text + "x", (first, second, third)),
        broken_layout(made, text, (first, third)),
        broken_layout(made, text, (first, third, second)),
        broken_layout(made, text, (first, second)),
        broken_layout(made, text, (first, cut, third)),
        broken_layout(made, text, (first, bare, third)),
    ):
        assert broken is not None
