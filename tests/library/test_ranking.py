"""The engine's best passages in a better order, by what their text shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.library.analysis import Analysis
from probatum.library.ranking import Weighed, ranked, scores, wanted, weighed

ANALYSIS = Analysis(lambda word: word.removesuffix("s") if len(word) > 3 else word)
FILLER = " Further text follows here and says something else entirely, at some length." * 3


def query(text: str, held: dict[str, int] | None = None, passages: int = 1000) -> Weighed:
    known = held or {}
    return weighed(wanted(text, ANALYSIS), passages, lambda term: known.get(term, 10))


def order(text: str, *passages: str) -> list[int]:
    texts = [ANALYSIS.text(passage) for passage in passages]
    return [place for place, _ in ranked(query(text), texts, [1.0] * len(texts))]


def test_a_passage_that_opens_with_the_subject_comes_before_one_that_mentions_it_late() -> None:
    late = FILLER + " Bevacizumab was given for cervical cancer."
    early = "Bevacizumab was given for cervical cancer." + FILLER
    assert order("bevacizumab cervical cancer", late, early) == [1, 0]


def test_words_in_the_order_of_the_query_are_worth_more_than_words_apart() -> None:
    apart = FILLER + " The cell was small in the lung and cancer was seen."
    together = FILLER + " The lung held small cell cancer and was seen in."
    assert order("small cell cancer", apart, together) == [1, 0]


def test_words_in_one_sentence_are_worth_more_than_words_in_several() -> None:
    several = FILLER + " Fistula was seen. Much else was. After bevacizumab no more came."
    one = FILLER + " Much else was. No more came. Seen was fistula some time after bevacizumab."
    assert order("bevacizumab fistula", several, one) == [1, 0]


def test_a_sentence_end_parts_neighbours() -> None:
    parted = FILLER + " It was in the lung. Cancer was seen also."
    joined = FILLER + " It was lung cancer. The same was seen also."
    assert order("lung cancer", parted, joined) == [1, 0]


def test_a_question_is_answered_in_words_that_it_does_not_hold() -> None:
    mentions = "Lynch syndrome was discussed at length by the committee of the society."
    answers = "Lynch syndrome follows an autosomal dominant pattern in each affected family."
    assert order("Is Lynch syndrome inherited?", mentions, answers) == [1, 0]
    assert order("Lynch syndrome", mentions, answers) == [0, 1]


def test_the_words_of_an_answer_are_worth_nothing_without_the_subject() -> None:
    other = "Autosomal dominant inheritance: each parent passes on one copy, in this pattern."
    subject = "Lynch syndrome was discussed at length by the committee of the society."
    assert order("Does Lynch syndrome run in families?", other, subject) == [1, 0]


def test_a_word_that_no_passage_holds_asks_for_nothing() -> None:
    made = weighed(wanted("cervical xyzzy", ANALYSIS), 100, {"cervical": 3, "xyzzy": 0}.__getitem__)
    assert [term for term, _ in made.boosts()] == ["cervical"]


def test_the_rare_words_of_a_long_statement_weigh_more_than_its_common_ones() -> None:
    words = [f"word{chr(97 + i)}" for i in range(26)] + [f"term{chr(97 + i)}" for i in range(26)]
    held = dict.fromkeys(words, 500) | {"worda": 1}
    long = dict(query(" ".join(words), held).boosts())
    assert long["worda"] == 1.0
    assert long["wordb"] < 0.5
    assert dict(query("worda wordb", held).boosts()) == {"worda": 1.0, "wordb": 1.0}


def test_a_repeated_word_of_a_query_gains_less_each_time() -> None:
    once, thrice = (dict(query(text).boosts())["pain"] for text in ("pain", "pain pain pain"))
    assert (once, thrice) == (1.0, 1.5)


def test_a_pasted_page_asks_the_engine_for_a_bounded_number_of_terms() -> None:
    page = " ".join(f"{a}{b}xyz" for a in "abcdefghij" for b in "klmnopqrst")
    assert len(query(page).boosts()) == 64


def test_candidates_that_were_not_read_stay_in_place_below_the_others() -> None:
    texts = [ANALYSIS.text("nothing of it"), ANALYSIS.text("cervical cancer")]
    found = ranked(query("cervical cancer"), texts, [4.0, 3.0, 2.0, 1.0])
    assert [place for place, _ in found] == [1, 0, 2, 3]
    values = [score for _, score in found]
    assert values == sorted(values, reverse=True)


def test_without_texts_the_engine_is_right() -> None:
    assert ranked(query("cervical"), [], [2.0, 1.0]) == [(0, 2.0), (1, 1.0)]


def test_passages_of_equal_worth_stay_as_the_engine_has_them() -> None:
    assert order("cervical", "Cervical.", "Cervical.", "Cervical.") == [0, 1, 2]


@pytest.mark.parametrize("text", ["", "?!", "the", "what is it?"])
def test_a_query_of_hardly_a_word_and_an_empty_passage_get_a_score(text: str) -> None:
    assert scores(query(text), [""]) == [0.0]


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=5))
def test_any_query_and_passages_get_finite_scores_above_zero(
    text: str, passages: list[str]
) -> None:
    found = scores(query(text), [ANALYSIS.text(passage) for passage in passages])
    assert [score for score in found if not 0.0 <= score < float("inf")] == []
    assert len(found) == len(passages)
