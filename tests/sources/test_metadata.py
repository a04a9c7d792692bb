"""What is known of a work is one line, readable and of bounded length, whatever a parser forgot."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fuzz.promises import broken_item
from probatum.evidence.document import Block, Deletion, Document, Relation, Skipped
from probatum.evidence.source import Depth, SourceType
from probatum.sources.works.metadata import tidy

PLAIN = Document(
    source="pmid:1",
    title="A title",
    type=SourceType.OTHER,
    depth=Depth.ABSTRACT,
    blocks=(Block("Words.", "row", ("Results",), 1, ("Arm", ""), "x"),),
    format="md",
    version="2",
    authors=("Doe J",),
    relations=(Relation("reports", "nct:NCT01234567", "a note"),),
)


def test_a_clean_document_is_handed_on_as_it_is() -> None:
    assert tidy(PLAIN) is PLAIN


def test_every_word_around_the_text_is_cleaned() -> None:
    made = replace(
        PLAIN,
        source="file:a\nb\x1b.md\ud800",
        title=" A\x07  title ",
        version="\u202e2\n",
        label=" ",
        authors=("Doe\tJ", "\u200b"),
        year=99_999,
        relations=(Relation("reports", "nct:NCT01234567", "a\nnote"), Relation("reports", "\x00")),
        blocks=(Block("Words.", "row", ("Results\r\n", "\ufeff"), 1, ("Arm ", ""), "x"),),
    )
    assert tidy(made) == replace(PLAIN, source="file:ab.md")


def test_an_id_is_not_changed_where_it_can_be_printed() -> None:
    decomposed = replace(PLAIN, source="beir:e\u0301")
    assert tidy(decomposed) is decomposed


def test_a_work_that_nothing_is_known_of_is_told() -> None:
    assert tidy(replace(PLAIN, title="\x00", blocks=())) == Skipped(
        "pmid:1", "it has neither a title nor a text"
    )
    assert tidy(replace(PLAIN, source="beir:\u202e")) == Skipped(
        "A title", "its id has no character to be read"
    )


def test_a_title_or_authors_without_end_are_told() -> None:
    assert tidy(replace(PLAIN, title="x" * 20_001)) == Skipped(
        "pmid:1", "its title is longer than 20,000 characters"
    )
    assert tidy(replace(PLAIN, subjects=("x" * 1_000,) * 2_001)) == Skipped(
        "pmid:1", "its authors and subjects are longer than 2,000,000 characters"
    )


def test_reasons_and_deletions_are_cleaned_too() -> None:
    assert tidy(Skipped("line\n1", "it is\x1b odd")) == Skipped("line 1", "it is odd")
    assert tidy(Deletion("pmid:1\n")) == Deletion("pmid:1")
    for item in (Skipped("line 1", "it is odd"), Deletion("pmid:1")):
        assert tidy(item) is item


WORDS = st.text(max_size=12)


@given(WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3).map(tuple), st.integers() | st.none())
def test_any_words_become_what_was_promised(
    source: str, title: str, word: str, words: tuple[str, ...], year: int | None
) -> None:
    made = tidy(
        replace(
            PLAIN,
            source=f"file:{source}",
            title=title,
            body=word,
            authors=words,
            year=year,
            relations=(Relation("comments_on", word, title),),
            blocks=(Block("Words.", headings=words, columns=words),),
        )
    )
    assert broken_item(made) is None
    assert tidy(made) == made
