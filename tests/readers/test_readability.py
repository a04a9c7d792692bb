import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.library.library import Library
from probatum.readers.readability import (
    Counts,
    counts,
    exempt_names,
    grade,
    report,
    smog,
    syllables,
)

COUNTED = {
    1: "dose stopped walked weeks months shrank hours tired once stage cells the high eyes drug",
    2: "cancer table treated treatment needed patient people guideline safely statement trial "
    "rhythm create issue language ancient million breathing higher",
    3: "medicine hospital period recurrent survival median diseases ratio serious platinum "
    "infusion surgery video earlier confidence",
    4: "radiation diagnosis operation variety society evaluate usually",
    5: "chemotherapy association individual",
}


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, words in COUNTED.items() for word in words.split()]
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


# Counted by hand: sentences, words, syllables, words of three or more syllables.
TEXTS = [
    ("The cat sat on the mat. It was warm.", Counts(2, 9, 9, 0)),
    (
        "Your doctor will check your blood before each dose. "
        "Call the hospital if you have a fever.",
        Counts(2, 17, 22, 1),
    ),
    (
        "Chemotherapy prolonged survival significantly. Radiation alone was not evaluated.",
        Counts(2, 9, 28, 5),
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_texts_are_counted_as_by_hand(text: str, expected: Counts) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("text", "kincaid", "mclaughlin"),
    [
        # 0.39 words/sentences + 11.8 syllables/words - 15.59
        # 1.0430 sqrt(30 long words/sentences) + 3.1291
        (TEXTS[0][0], -2.035, 3.1291),
        (TEXTS[1][0], 2.9956, 7.1686),
        (TEXTS[2][0], 22.8761, 12.1617),
    ],
)
def test_grades_are_those_of_the_published_formulas(
    text: str, kincaid: float, mclaughlin: float
) -> None:
    assert (round(grade(text), 4), round(smog(text), 4)) == (kincaid, mclaughlin)


def test_a_decimal_or_an_abbreviation_does_not_end_a_sentence() -> None:
    assert counts("The value was 11.7 months, e.g. in one group. It rose.").sentences == 2


def test_names_without_a_shorter_word_do_not_make_a_text_hard(library: Library) -> None:
    plain, hard = "You are given it each week.", "You are given pembrolizumab each week."
    assert grade(hard, exempt_names(hard, library)) == grade(plain)


def test_ordinary_words_are_never_exempt(library: Library) -> None:
    text = "Administration necessitates hospitalisation of every participant."
    assert grade(text, exempt_names(text, library)) > 15


def test_a_text_without_words_has_grade_zero() -> None:
    assert (grade("..."), smog("")) == (0.0, 0.0)


def test_the_report_names_terms_that_nobody_explains(library: Library) -> None:
    found = report("Pembrolizumab and temozolomide are drugs.", library)
    assert found.unexplained_terms == ("temozolomide",)


@given(st.text(max_size=300))
def test_any_text_gets_a_grade(text: str) -> None:
    found = counts(text)
    assert found.sentences >= 1
    assert found.syllables >= found.words >= found.long_words >= 0
