"""The direction of a comparison: what is said, of which group, and whether chance explains it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.extract.comparison import judge
from probatum.extract.comparison.cues import find_cues
from probatum.extract.comparison.significance import intervals, p_values


def way(text: str, outcome: str = "pain") -> str | None:
    found = judge(text, "drug A", "placebo", outcome)
    return found.direction if found else None


@pytest.mark.parametrize(
    ("text", "outcome", "direction"),
    [
        ("Pain was lower with drug A than with placebo (P = 0.01).", "pain", "decreased"),
        ("Pain was lower with placebo than with drug A (P = 0.01).", "pain", "increased"),
        ("Compared with placebo, drug A increased bone density (P < 0.001).", "bone density",
         "increased"),
        ("There was no significant difference in pain between the groups (P = 0.4).", "pain",
         "no_difference"),
        ("Pain did not differ between drug A and placebo.", "pain", "no_difference"),
        ("Pain was lower with drug A but not significantly so (P = 0.42).", "pain",
         "no_difference"),
        ("Pain improved significantly more with drug A than with placebo (P = 0.002).", "pain",
         "decreased"),
        ("Quality of life improved significantly with drug A compared with placebo (P = 0.02).",
         "quality of life", "increased"),
        ("Quality of life was significantly worse in the placebo group than in the drug A group "
         "(P = 0.02).", "quality of life", "increased"),
        ("Significantly fewer patients in the drug A group had infections (3% v 12%, P = 0.01).",
         "infections", "decreased"),
    ],
)  # fmt: skip
def test_the_direction_is_that_of_the_outcomes_value(
    text: str, outcome: str, direction: str
) -> None:
    assert way(text, outcome) == direction


def test_the_sentence_that_says_so_comes_with_it() -> None:
    text = "Forty patients were enrolled. Pain was lower with drug A than with placebo (P = 0.01)."
    found = judge(text, "drug A", "placebo", "pain")
    assert found is not None
    assert text[found.start : found.end] == text[30:]
    assert found.reasons == ("“lower” of the intervention", "“P = 0.01” is below 0.05")


def test_in_a_longer_text_the_sentence_about_the_outcome_is_found() -> None:
    filler = "The trial was done in six hospitals. Consent was given in writing. "
    said = "Nausea was significantly higher with drug A than with placebo (P = 0.003)."
    text = filler * 4 + said + " " + filler * 4
    found = judge(text, "drug A", "placebo", "nausea")
    assert found is not None
    assert (text[found.start : found.end], found.direction) == (said, "increased")


def test_a_text_that_says_nothing_of_it_gets_no_direction() -> None:
    assert way("Forty patients were enrolled at one hospital.") is None


def test_an_empty_text_gets_no_direction() -> None:
    assert way("") is None


def test_less_improvement_counts_against_and_less_worsening_for() -> None:
    signs = [
        [c.sign for c in find_cues(text, 0, len(text))]
        for text in ("less improvement", "greater reduction", "decreased less", "less worsening")
    ]
    assert signs == [[-1], [-1], [1], [1]]


def test_p_values_are_held_against_the_usual_threshold() -> None:
    text = "(P < 0.05), (p=.3), p > 0.05, P = 0.0004, p ≤ .001"
    assert [p.significant for p in p_values(text)] == [True, False, False, True, True]


def test_an_interval_of_a_ratio_is_held_against_one_and_of_a_difference_against_none() -> None:
    text = "OR 0.6 (95% CI 0.4 to 0.9); mean difference -2 (95% CI -4 to 1); RR 1.2, 95% CI 0.9-1.6"
    assert [(r.side, r.ratio) for r in intervals(text)] == [(-1, True), (0, False), (0, True)]


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_judgement_and_its_span_lies_inside(
    text: str, intervention: str, comparator: str, outcome: str
) -> None:
    found = judge(text, intervention, comparator, outcome)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert 0 <= found.certainty <= 1


WORDS = ["pain", "lower", "not", "drug A", "placebo", "than", "(P = 0.2)", "3 v 4", ";", ".", "no"]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_no_order_of_telling_words_breaks_the_judgement(text: str) -> None:
    judge(text, "drug A", "placebo", "pain")
