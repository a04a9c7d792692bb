"""What speaks for a sentence being on what was asked, and how much each sign counts."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.answers.bearing import Question
from probatum.answers.support import Support, passage_support, support_weights
from probatum.library.analysis import analysis


def asked(*words: str, same: tuple[tuple[str, str], ...] = ()) -> Question:
    """A question with these words of equal weight, and with other names of some."""
    terms = analysis().terms
    return Question(
        weights={term: 1.0 for word in words for term in terms(word)},
        same=tuple((frozenset(terms(name)), frozenset(terms(word))) for word, name in same),
        kinds=(),
        definition=False,
        statement=False,
        several=False,
        labels=(),
    )


def support(question: Question, text: str, title: str = "") -> Support:
    words = frozenset(question.weights)
    return passage_support(question, words, title, frozenset(analysis().terms(title)), text)


GOUT = asked("gout", "kidney", "stones")


def test_a_passage_counts_by_the_share_of_the_question_that_it_has() -> None:
    assert support(GOUT, "Gout swells a toe.").passage == pytest.approx(1 / 3)
    assert support(GOUT, "Kidney stones come with gout.").passage == 1.0


def test_words_that_stand_together_in_both_count_as_pairs() -> None:
    assert support(GOUT, "Kidney stones come with gout.").pairs == 0.5
    assert support(GOUT, "Gout has stones. In other people a weak kidney fails.").pairs == 0.0


def test_a_word_met_under_another_name_is_asked_for_in_no_pair() -> None:
    question = asked("rash", "brandex", same=(("brandex", "examplimab"),))
    assert support(question, "Rash is seen with examplimab.") == Support(1.0, 1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("title", "named", "other"),
    [
        ("Gout", 1.0, 0.0),
        ("Gout of the toe", 0.0, 0.5),
        ("Notes of mine", 0.0, 0.0),
        ("Podagra (gout)", 1.0, 0.0),
        ("Brandex in gout", 0.0, 0.0),
        ("A trial of one drug for gout in four hundred adults with kidney stones", 0.0, 0.0),
    ],
)
def test_a_short_title_tells_what_a_work_is_on(title: str, named: float, other: float) -> None:
    found = support(GOUT, "Gout.", title)
    assert (found.named, found.other) == (named, other)


@pytest.mark.parametrize(
    ("words", "of", "told"), [(1, 5, 1 / 6), (9, 12, 1.0), (1, 1, 0.5), (2, 2, 0.5), (4, 4, 4 / 6)]
)
def test_a_sentence_counts_by_its_words_and_a_short_question_met_whole_by_three(
    words: int, of: int, told: float
) -> None:
    assert Support(1.0, 1.0, 0.0, 0.0).of(words, of).words == pytest.approx(told)


def test_every_sign_has_its_weight_and_points_the_way_that_its_reason_says() -> None:
    weights = support_weights().weights
    assert weights.keys() == Support(0, 0, 0, 0).signs.keys()
    assert {name for name, weight in weights.items() if weight < 0} == {"always", "other"}


def test_a_chance_below_the_calibrated_one_is_enough_only_of_a_text_filed_under_the_disease() -> (
    None
):
    thin, firm = Support(0.2, 0.0, 0.0, 0.0), Support(1.0, 1.0, 1.0, 0.0, 1.0)
    assert thin.chance < support_weights().least < firm.chance
    assert [thin.enough, thin.of(1, 4, sure=True).enough, firm.enough] == [False, True, True]


@given(st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_a_chance_is_a_probability_and_more_of_the_question_never_lowers_it(
    values: list[float],
) -> None:
    passage, pairs, named, other, words = values
    found = Support(passage, pairs, named, other, words)
    assert 0.0 < found.chance < 1.0
    assert Support(1.0, 1.0, 1.0, 0.0, 1.0).chance >= found.chance


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_has_a_support_between_none_and_all(text: str, title: str) -> None:
    assert all(0.0 <= value <= 1.0 for value in asdict(support(GOUT, text, title)).values())
