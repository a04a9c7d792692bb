"""The likeness of two questions, by words alone."""

from hypothesis import given
from hypothesis import strategies as st

from probatum.questions.likeness import Likeness
from probatum.questions.same_words import said_in

WORDS = Likeness()
TEXT = st.text(max_size=200)


def test_a_question_in_near_words_is_told_from_another_on_the_subject() -> None:
    near, other, far = WORDS.scores(
        "How is gout treated?",
        ["What is the treatment of gout?", "What causes gout?", "Is measles contagious?"],
    )
    assert near > 0.5 > max(other, far)


def test_a_question_in_words_that_mean_the_same_is_told_from_one_in_the_same_words() -> None:
    same, other = WORDS.scores(
        "Is it safe for my kid to take ibuprofen for a sore belly?",
        [
            "Can a child be harmed by ibuprofen that is given for stomach pain?",
            "For how long is a bottle of ibuprofen for my kid good once it is open?",
        ],
    )
    assert same > other


def test_words_are_said_in_another_form_or_by_one_that_means_the_same() -> None:
    assert said_in({"kid", "swollen"}, {"children", "swelling"}) == 1.0
    assert said_in({"thyroid"}, {"thyroxine"}) < 1.0
    assert said_in((), {"gout"}) == 0.0


def test_no_candidates_give_no_scores() -> None:
    assert WORDS.scores("How is gout treated?", []) == []


@given(TEXT, TEXT)
def test_a_score_is_a_share_and_the_same_either_way(one: str, other: str) -> None:
    score = WORDS.scores(one, [other])[0]
    assert 0 <= score <= 1
    assert WORDS.scores(other, [one])[0] == score


@given(TEXT)
def test_nothing_is_liker_to_a_question_than_itself(text: str) -> None:
    assert WORDS.scores(text, [text])[0] >= WORDS.scores(text, [text + " gout"])[0]
