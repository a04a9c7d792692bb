"""Abbreviations that a text defines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.terms.abbreviations import find_abbreviations


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Median overall survival (OS) was longer.", [("OS", "overall survival")]),
        (
            "with a combined positive score (CPS) of 1; hazard ratio (HR), 0.67",
            [("CPS", "combined positive score"), ("HR", "hazard ratio")],
        ),
        ("of heat shock transcription factor (HSF)", [("HSF", "heat shock transcription factor")]),
        ("The ORR (objective response rate) was low.", [("ORR", "objective response rate")]),
        ("confidence interval (CI, two-sided)", [("CI", "confidence interval")]),
        ("It was seen in most women (see above) in 2021 (Japan).", []),
        ("(OS)", []),
    ],
)
def test_a_defined_abbreviation_is_found_with_its_long_form(
    text: str, pairs: list[tuple[str, str]]
) -> None:
    assert [(short, long) for short, long, _, _ in find_abbreviations(text)] == pairs


@given(st.text(alphabet=st.sampled_from("aAbB ().,-1é\n")))
def test_the_long_form_is_always_the_slice(text: str) -> None:
    found = find_abbreviations(text)
    assert [text[start:end] for _, _, start, end in found] == [long for _, long, _, _ in found]
