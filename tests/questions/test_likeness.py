"""The likeness of two questions, by words alone."""

from hypothesis import given
from hypothesis import strategies as st

from probatum.questions.likeness import Likeness

WORDS = Likeness()
TEXT = st.text(max_size=200)


def test_a_question_in_near_words_is_told_from_another_on_the_subject() -> None:
    near, other, far = WORDS.scores(
        "How is gout treated?",
        ["What is the treatment of gout?", "What causes gout?", "Is measles contagious?"],
    )
    assert near > 0.5 > max(other, far)


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
