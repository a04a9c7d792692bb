"""Questions that are answered by yes or no, and what results reply to them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.extract.closed.concluding import concluding
from probatum.extract.closed.differing import differing
from probatum.extract.closed.question import ClosedQuestion, closed_question
from probatum.extract.closed.reply import Reply, concluded, plain_reply, reply, results_of

AFFECTS = "Does zinc affect the duration of the common cold?"
NOTHING = (
    "In all, 212 adults took part. The duration of the cold did not differ with zinc or placebo "
    "(7.1 v 7.0 days, P = 0.81). There was no effect of zinc on the duration of the common cold."
)
SOMETHING = (
    "In all, 212 adults took part. The duration of the common cold was significantly shorter with "
    "zinc than with placebo (5.0 v 7.0 days, P < 0.001)."
)


def asked(text: str) -> ClosedQuestion:
    question = closed_question(text)
    assert question is not None
    return question


def told(question: str, text: str) -> Reply:
    made = reply(asked(question), text)
    assert made is not None
    return made


@pytest.mark.parametrize(
    "text",
    [
        "What is the dose of zinc?",
        "How is a cold treated?",
        "Zinc for the common cold: what is known?",
        "Zinc shortens a cold.",
    ],
)
def test_a_question_that_no_yes_answers_is_not_closed(text: str) -> None:
    assert closed_question(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "verb"),
    [
        (AFFECTS, "affect", "does"),
        ("Are zinc and placebo equally good?", "same", "are"),
        ("Zinc for the common cold: is it necessary?", "need", "is"),
        ("Is there a difference in survival?", "difference", "is"),
        ("Zinc: a predictor of recovery?", "predict", "none"),
        ("Do cats dream?", "plain", "do"),
    ],
)
def test_a_closed_question_is_read_for_its_kind(text: str, kind: str, verb: str) -> None:
    question = asked(text)
    assert (question.kind, question.verb) == (kind, verb)


def test_results_without_a_difference_reply_no() -> None:
    made = told(AFFECTS, NOTHING)
    assert (made.says, made.told) == ("no", True)
    assert NOTHING[made.start : made.end].endswith(
        ("P = 0.81).", "no effect of zinc on the duration of the common cold.")
    )


def test_results_with_a_difference_reply_yes() -> None:
    made = told(AFFECTS, SOMETHING)
    assert (made.says, made.told) == ("yes", True)
    assert SOMETHING[made.start : made.end].startswith("The duration of the common cold was")


def test_no_difference_speaks_for_yes_where_sameness_is_asked_for() -> None:
    text = "Survival was similar with drains and without. There was no significant difference."
    same = told("Is survival with drains the same as without?", text)
    apart = told("Does survival differ with drains and without?", text)
    assert same.chances[0] > apart.chances[0]


def test_only_the_results_of_a_labelled_abstract_are_read() -> None:
    text = (
        "BACKGROUND: Zinc may shorten a cold.\nRESULTS: Nothing differed.\nCONCLUSION: It does not."
    )
    assert [text[a:b].strip() for a, b in results_of(text)] == ["Nothing differed."]
    assert results_of("No labels here.") == [(0, 15)]


def test_a_text_about_something_else_is_never_told() -> None:
    made = reply(asked(AFFECTS), "Trees grew higher in spring (P < 0.001).")
    assert made is None or not made.told


def test_a_difference_is_surer_where_one_was_found() -> None:
    found, none = differing(AFFECTS, SOMETHING), differing(AFFECTS, NOTHING)
    assert found.keys() == none.keys()
    assert all(found[name] > none[name] for name in found)
    assert all(-1 <= value <= 1 for value in (*found.values(), *none.values()))
    assert differing(AFFECTS, "") == {}


def test_a_text_without_a_word_of_the_question_leaves_it_to_the_question_and_is_not_told() -> None:
    text = "Trees grew. Rain fell. Snow fell. Wind blew. Suns rose. Moons set. Stars shone."
    made = reply(asked(AFFECTS), text)
    assert made is not None
    assert (made.start, made.end, made.told) == (0, len(text), False)
    assert reply(asked(AFFECTS), "  ") is None


LABELLED = "BACKGROUND: Colds are common.\nRESULTS: {}\nCONCLUSION: {}"
SHORTENS = "Zinc significantly reduces and improves the duration of the common cold."
LEAVES = "There is no effect of zinc on the duration of the common cold; it is not recommended."


def test_a_labelled_conclusion_is_read_apart_from_results() -> None:
    text = LABELLED.format(NOTHING, SHORTENS)
    made = concluded(asked(AFFECTS), text)
    assert made is not None
    assert (made.says, made.told) == ("yes", True)
    assert text[made.start : made.end] == f"CONCLUSION: {SHORTENS}"
    assert concluded(asked(AFFECTS), SOMETHING) is None


def test_a_conclusion_that_says_what_the_results_say_is_told() -> None:
    plain = plain_reply(asked(AFFECTS), LABELLED.format(SOMETHING, SHORTENS))
    assert plain is not None
    assert (plain[0], plain[1].says) == ("conclusion", "yes")


def test_results_are_told_where_no_conclusion_is_labelled() -> None:
    plain = plain_reply(asked(AFFECTS), NOTHING)
    assert plain is not None
    assert (plain[0], plain[1].says) == ("results", "no")


def test_of_a_review_only_what_is_sure_enough_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from probatum.extract.closed import reply as reading

    plain = plain_reply(asked(AFFECTS), NOTHING)
    assert plain is not None
    for least, told in ((plain[1].certainty, plain), (plain[1].certainty + 0.01, None)):
        monkeypatch.setattr(reading, "_LEAST_OF_REVIEWS", least)
        assert plain_reply(asked(AFFECTS), NOTHING, review=True) == told
        assert plain_reply(asked(AFFECTS), NOTHING) == plain


@pytest.mark.parametrize(("results", "conclusion"), [(NOTHING, SHORTENS), (SOMETHING, LEAVES)])
def test_nothing_is_told_where_results_and_conclusion_disagree(
    results: str, conclusion: str
) -> None:
    assert plain_reply(asked(AFFECTS), LABELLED.format(results, conclusion)) is None


def test_a_conclusion_is_read_for_what_it_leaves_open() -> None:
    firm = concluding("Zinc is effective and should be recommended.")
    thin = concluding("There is insufficient evidence, and no firm conclusions can be drawn.")
    assert (firm["supports said"], firm["undecided said"]) == (1.0, 0.0)
    assert (thin["supports said"], thin["undecided said"]) == (0.0, 1.0)
    assert firm["said on balance"] > 0.0


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300), st.text(max_size=80))
def test_any_labelled_text_gets_a_plain_reply_within_it_or_none(text: str, question: str) -> None:
    whole = LABELLED.format(text, text)
    plain = plain_reply(ClosedQuestion(question, "plain", frozenset(), "none", question), whole)
    assert plain is None or 0 <= plain[1].start <= plain[1].end <= len(whole)


def test_rates_of_success_speak_to_whether_a_thing_works() -> None:
    question = "Are glued wounds as a treatment at home feasible?"
    often = told(question, "The treatment at home succeeded in 96% of wounds.")
    seldom = told(question, "The treatment at home succeeded in 9% of wounds.")
    assert often.chances[0] > seldom.chances[0]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_gets_a_reply_within_it_or_none(text: str, question: str) -> None:
    made = reply(ClosedQuestion(question, "plain", frozenset(), "none", question), text)
    assert made is None or 0 <= made.start <= made.end <= len(text)
    assert made is None or sum(made.chances) == pytest.approx(1)


def test_a_long_hostile_text_takes_no_longer_than_its_length() -> None:
    text = ("no " + "a" * 200 + " AUC " + " " * 500 + "Results:") * 200
    spans = results_of(text)
    assert all(a <= b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    reply(asked(AFFECTS), text)
    hostile = "CONCLUSION: " + ("further " + "a " * 50 + "not " + " " * 300 + "studies ") * 200
    started = time.process_time()
    plain_reply(asked(AFFECTS), hostile)
    # Linear time takes a tenth of that on a slow machine.
    assert time.process_time() - started < 10
