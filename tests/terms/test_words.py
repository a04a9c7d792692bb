"""Words and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.terms.words import normal, sentences, words


@given(st.text())
def test_every_word_is_the_slice_that_it_names(text: str) -> None:
    tokens = words(text)
    assert [t.text for t in tokens] == [text[t.start : t.end] for t in tokens]
    assert all(t.start < t.end for t in tokens)
    assert sorted(t.start for t in tokens) == [t.start for t in tokens]


@given(st.text())
def test_sentences_lie_apart_and_leave_only_white_space_out(text: str) -> None:
    spans = sentences(text)
    at = 0
    for start, end in spans:
        assert text[at:start].strip() == ""
        assert start < end
        at = end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumours", "tumor"),
        ("oestrogen", "Estrogen"),
        ("haemorrhage", "hemorrhage"),
        ("gynaecological", "gynecological"),
        ("randomised", "randomized"),
        ("localised", "localized"),
        ("metastases", "metastasis"),
        ("biopsies", "biopsy"),
        ("viruses", "virus"),
        ("abscesses", "abscess"),
        ("centre", "center"),
        ("women", "woman"),
        ("labelled", "labeled"),
        ("paralysed", "paralyzed"),
    ],
)
def test_spellings_and_numbers_of_a_word_are_one(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("cisplatin", "carboplatin"), ("uterus", "uterine"), ("acute", "acuter"), ("hypo", "hyper")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_folding_covers_accents_greek_dots_possessives_and_ampersands() -> None:
    text = "Crohn’s, Sjögren, α, U.S. & x²"
    assert [(t.text, t.norm) for t in words(text)] == [
        ("Crohn", "crohn"),
        ("Sjögren", "sjogren"),
        ("α", "alpha"),
        ("U.S.", "us"),
        ("&", "and"),
        ("x²", "x2"),
    ]


def test_decimals_and_abbreviations_do_not_end_a_sentence() -> None:
    text = (
        "The HR was 0.67 (P<0.001). Dr. Smith et al. agreed, e.g. on dose. Is it so? Yes!\n\n"
        "A new paragraph without a stop\n- an item\n- another"
    )
    assert [text[a:b] for a, b in sentences(text)] == [
        "The HR was 0.67 (P<0.001).",
        "Dr. Smith et al. agreed, e.g. on dose.",
        "Is it so?",
        "Yes!",
        "A new paragraph without a stop",
        "- an item",
        "- another",
    ]
