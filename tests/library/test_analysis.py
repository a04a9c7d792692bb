"""Words of texts and queries must meet however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.library.analysis import Analysis, american


def plain_stem(word: str) -> str:
    """A stand-in for a stemmer: the plural alone."""
    return word.removesuffix("s") if len(word) > 3 else word


ANALYSIS = Analysis(plain_stem)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumours", "tumor"),
        ("oesophageal haemorrhage", "esophageal hemorrhage"),
        ("randomised", "randomized"),
        ("β-blockers", "beta blocker"),
        ("naïve", "naive"),
        ("Crohn’s", "crohn"),
        ("HIF-1α", "HIF-1alpha"),
    ],
)
def test_two_spellings_of_a_word_are_the_same_terms(one: str, other: str) -> None:
    assert ANALYSIS.terms(one) == ANALYSIS.terms(other)


@pytest.mark.parametrize(
    ("hyphen", "joined"), [("PD-L1", "PDL1"), ("HER-2", "HER2"), ("IL‑6", "IL6")]
)
def test_a_marker_with_and_without_its_hyphen_share_a_term(hyphen: str, joined: str) -> None:
    assert joined.lower() in ANALYSIS.terms(hyphen)
    assert ANALYSIS.terms(joined)[0] == joined.lower()


def test_a_hyphen_between_words_or_numbers_joins_nothing() -> None:
    assert ANALYSIS.terms("long-term, 5-year") == ["long", "term", "5", "year"]


def test_a_word_with_digits_is_found_by_its_letters_too() -> None:
    assert ANALYSIS.terms("CD4+") == ["cd4", "cd"]


def test_a_part_that_is_a_stop_word_is_no_term() -> None:
    assert ANALYSIS.terms("HER2") == ["her2"]


def test_each_sentence_is_a_line_and_a_decimal_point_ends_none() -> None:
    assert ANALYSIS.text("Risk fell by 2.5 percent. No deaths!\nTable") == (
        "risk fell by 2 5 percent\nno death\ntable"
    )


def test_stop_words_stay_in_the_text_and_are_left_out_of_what_it_is_about() -> None:
    assert ANALYSIS.terms("cancer of the cervix") == ["cancer", "of", "the", "cervix"]
    assert ANALYSIS.content("cancer of the cervix") == ["cancer", "cervix"]


def test_a_query_of_stop_words_alone_is_about_these() -> None:
    assert ANALYSIS.content("to be or not") == ["to", "be", "or", "not"]


def test_a_run_of_letters_too_long_for_a_word_is_left_out() -> None:
    assert ANALYSIS.terms("ACGT" * 30 + " repeat") == ["repeat"]


def test_a_word_whose_stem_is_empty_stays_itself() -> None:
    assert Analysis(lambda word: "").terms("cells") == ["cells"]


def test_short_words_keep_their_spelling() -> None:
    assert american("our") == "our"


@given(st.text())
def test_any_text_becomes_terms_without_space_or_upper_case(text: str) -> None:
    terms = ANALYSIS.terms(text)
    assert [term for term in terms if not term or term.split() != [term]] == []
    assert terms == [term.lower() for term in terms]


@given(st.text())
def test_the_same_text_always_becomes_the_same_terms(text: str) -> None:
    assert Analysis(plain_stem).text(text) == ANALYSIS.text(text)
