"""Text is cleaned once, to one line of readable characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.sources.layout.text import clean

# Every kind of character, the rare and the forbidden ones often.
CHARACTERS = st.characters() | st.sampled_from(
    "\x00\x1b\x07\x85\x9b\xa0\xad\u0301\u0344\u1100\u1161\u11a8\u2028\u2029\u200b\u200d\u202e"
    "\u2066\ufeff\ufffe\uffff\ufff9\ud800\udfff\U000e0041\U0001f469\u2126\ufb1d\u0958"
    "aei \t\n\r\x0b\x0c"
)
TEXTS = st.text(CHARACTERS, max_size=60)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        ("  two  words \n\t here ", "two words here"),
        ("no\xa0break\u2009thin\u3000wide", "no break thin wide"),
        (
            "line\u2028separator\u2029paragraph\x0bpage\x0cform",
            "line separator paragraph page form",
        ),
        ("a\r\nb\x85c", "a b c"),
        ("soft\xadhyphen zero\u200bwidth \ufeffmark", "softhyphen zerowidth mark"),
        ("0.6\u202e9\u202c and \u206612\u2069", "0.69 and 12"),
        ("\x1b[31mred\x07\x9b0m", "[31mred0m"),
        ("e\u0301 Å \u212b", "é Å Å"),
        ("Soci\x00\u0301ety e\u200d\u0301", "Socíety é"),
        ("half \ud83d of a pair \udc00", "half of a pair"),
        ("tag\U000e0041s no\ufffecharacter\uffff", "tags nocharacter"),
        ("10⁶ m² µg ½ ﬁ ≥ −", "10⁶ m² µg ½ ﬁ ≥ −"),
        ("🩺 β-hCG 漢字 שלום", "🩺 β-hCG 漢字 שלום"),
    ],
)
def test_it_is_one_line_of_readable_text(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@given(TEXTS)
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_it_never_grows_beyond_its_normal_form(text: str) -> None:
    assert len(clean(text)) <= len(unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_nothing_is_left_that_nobody_reads_or_that_cannot_be_written(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert cleaned == " ".join(cleaned.split())
    unwanted = {"Cc", "Cs", "Zl", "Zp"}
    assert [each for each in cleaned if unicodedata.category(each) in unwanted] == []


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=60))
def test_letters_figures_and_signs_are_kept_as_they_are(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)
