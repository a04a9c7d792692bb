"""The search language: operators in capitals, phrases, brackets, and never an error."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.library.index import Any, Every, Node, Phrase, Terms, Without, Words
from probatum.library.query import parse

A, B, C = Words("alpha"), Words("beta"), Words("gamma")


def node(text: str) -> Node | None:
    query = parse(text)
    return query.node if query else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alpha", A),
        ("alpha beta", Words("alpha beta")),
        ('"alpha beta"', Phrase("alpha beta")),
        ("alpha AND beta", Every((A, B))),
        ("alpha OR beta", Any((A, B))),
        ("alpha NOT beta", Without(A, B)),
        ("alpha -beta", Without(A, B)),
        ('alpha -"beta gamma"', Without(A, Phrase("beta gamma"))),
        ("alpha -beta -gamma", Without(Without(A, B), C)),
        ("alpha OR beta AND gamma", Any((A, Every((B, C))))),
        ("(alpha OR beta) AND gamma", Every((Any((A, B)), C))),
        ("alpha AND NOT beta", Without(A, B)),
        ("NOT alpha AND beta", Without(B, A)),
        ("alpha AND beta AND NOT gamma", Without(Every((A, B)), C)),
        ("alpha OR NOT beta", A),
        ('alpha "beta gamma"', Every((A, Phrase("beta gamma")))),
        ("alpha (beta OR gamma)", Every((A, Any((B, C))))),
        ("((alpha))", A),
    ],
)
def test_operators_make_a_tree(text: str, expected: Node) -> None:
    assert node(text) == expected


def test_and_binds_what_it_joins_before_minus_takes_away() -> None:
    assert node("alpha AND beta -gamma") == Every((A, Without(B, C)))


@pytest.mark.parametrize("text", ["alpha and beta or not gamma", "Alpha And Beta Or Not Gamma"])
def test_operators_count_in_capitals_only(text: str) -> None:
    assert node(text) == Words(text)


@pytest.mark.parametrize(
    "text", ["PD-L1", "non-small-cell", "5-year", "alpha - beta", "alpha—beta", "10-20 mg"]
)
def test_a_hyphen_that_does_not_open_a_word_takes_nothing_away(text: str) -> None:
    made = node(text)
    assert isinstance(made, Words)
    assert made.text.split() == [part for part in text.split() if part != "-"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"alpha beta', Phrase("alpha beta")),
        ('alpha "beta', Every((A, Phrase("beta")))),
        ("(alpha OR beta", Any((A, B))),
        ("alpha) beta", Words("alpha beta")),
        (")alpha", A),
        ("alpha AND", A),
        ("OR alpha", A),
        ("AND OR alpha", A),
        ("alpha () beta", Words("alpha beta")),
        ('alpha "" beta', Words("alpha beta")),
        ("alpha NOT", A),
    ],
)
def test_what_is_left_unfinished_ends_with_the_line(text: str, expected: Node) -> None:
    assert node(text) == expected


@pytest.mark.parametrize(
    "text", ["", "  ", "?!", '""', '"', "()", "-", "AND", "OR OR", "NOT alpha", "-alpha", "(((("]
)
def test_a_text_without_a_wanted_word_is_no_query(text: str) -> None:
    assert parse(text) is None


def test_words_and_plainness_are_told() -> None:
    plain, odd = parse("what is alpha?"), parse('alpha AND "beta gamma" -delta')
    assert plain is not None
    assert odd is not None
    assert (plain.words, plain.plain) == ("what is alpha?", True)
    assert odd.plain is False
    assert odd.words.split()[:3] == ["alpha", "beta", "gamma"]


def test_brackets_deeper_than_anybody_writes_are_read_without_harm() -> None:
    made = parse("(" * 5_000 + "alpha" + ")" * 5_000)
    assert made is None or made.node == A
    assert parse("(" * 15 + "alpha" + ")" * 15) is not None


def leaves(made: Node) -> Iterator[Node]:
    match made:
        case Every() | Any():
            assert len(made.parts) > 1
            for part in made.parts:
                yield from leaves(part)
        case Without():
            yield from leaves(made.wanted)
            yield from leaves(made.unwanted)
        case Terms() | Words() | Phrase():
            yield made


PIECES = st.sampled_from(
    ("alpha", "AND", "OR", "NOT", "-", '"', "(", ")", " ", "β", "?", "-x", "\t")
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_no_text_is_an_error_and_every_leaf_holds_a_word(text: str) -> None:
    made = parse(text)
    if made is not None:
        for leaf in leaves(made.node):
            assert isinstance(leaf, (Words, Phrase))
            assert any(character.isalnum() for character in leaf.text)


@given(st.lists(st.sampled_from(("alpha", "and", "or", "PD-L1", "5-year", "what?"))))
def test_plain_words_stay_as_they_were_typed(words: list[str]) -> None:
    made = parse(" ".join(words))
    if made is None:
        assert not any(word for word in words)
    else:
        assert (made.plain, made.node) == (True, Words(" ".join(words)))
