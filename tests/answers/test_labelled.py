"""A label tells a thing from its siblings: what is said of the one is no answer on the other."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.answers.labelled import labels

SECONDS = 1.0


def agrees(question: str, words: str, around: str = "") -> bool:
    """Whether the words, under what stands above them, fit every label of the question."""
    return all(label.agrees(words, around) for label in labels(question))


# -- which questions have labels ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How is stage III thymoma treated?", 1),
        ("How is stage 3 thymoma treated?", 1),
        ("How is stage IIIB2 thymoma treated?", 1),
        ("How is type-2 diabetes treated?", 1),
        ("Are grade 4 events rare in phase 2 trials?", 2),
        ("Are NYHA classes II and III treated alike?", 1),
        ("Was vitamin D taken?", 1),
        ("Was it due to a want of vitamin D.", 1),
        ("Is vitamin A, taken daily, of use?", 1),
        ("Is vitamin A of use?", 1),
        ("is hepatitis c curable", 1),
        ("Hepatitis B-related cancer", 1),
        ("Do vitamins C and E help?", 1),
        ("Is hepatitis B worse than vitamin D deficiency?", 2),
        ("Who has blood group B and who has blood group A?", 2),
        ("How is stage II treated, and how is stage II found?", 1),
        # Amounts, ranges of a value, initials, words.
        ("How is gout treated?", 0),
        ("Is a dose of 5 mg enough?", 0),
        ("Is a level 2.5 times the usual one high?", 0),
        ("Is a level 150 above the usual one high?", 0),
        ("Are grade 3-4 events rare?", 0),
        ("Is infection by the germ E. coli frequent?", 0),
        ("Should people take a vitamin a day?", 0),
        ("Is influenza a disease of the winter?", 0),
        ("What can I do about gout?", 0),
        ("Which stage I am in is not known to me.", 0),
        ("Which type I have is not known to me.", 0),
        ("Is vitamin B12 of use?", 0),
        ("", 0),
    ],
)
def test_a_question_has_a_label_for_each_noun_that_is_numbered_or_lettered(
    question: str, count: int
) -> None:
    assert len(labels(question)) == count


def test_the_same_label_twice_is_one() -> None:
    assert labels("Is type 2 like type 2?") == labels("What is type 2?")


# -- what agrees --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("stage III thymoma", "Stage III thymoma is rare."),
        ("stage III thymoma", "Stage 3 thymoma is rare."),
        ("stage 3 thymoma", "STAGE III thymoma is rare."),
        ("stage III thymoma", "Stage IIIA thymoma is rare."),
        ("stage 3 thymoma", "Stage IIIb2 thymoma is rare."),
        ("stage IIIB thymoma", "Stage 3b thymoma is rare."),
        ("stage III thymoma", "Stages II and III are rare."),
        ("stage III thymoma", "Stages I, II, and III are rare."),
        ("stage III thymoma", "Stages II/III are rare."),
        ("stage III thymoma", "Stage II\u2013III is rare."),
        ("stage III thymoma", "Stage II to III is rare."),
        ("stage III thymoma", "Stage-III thymoma is rare."),
        ("class II heart failure", "Classes I and II are mild."),
        ("vitamin D deficiency", "Vitamin D is made in the skin."),
        ("vitamin D deficiency", "Vitamins A, C and D are sold."),
        ("is hepatitis c curable", "Hepatitis C-related cancer is rarer."),
        ("Do vitamins C and E help?", "Vitamin C was taken."),
        ("Do vitamins C and E help?", "Vitamin E was taken."),
        ("grade 3 or 4 events", "Grade 4 events were rare."),
        ("factor V Leiden", "Factor 5 is one of many."),
        ("Is it vitamin A?", "Vitamin A was taken."),
    ],
)
def test_words_on_the_thing_so_labelled_agree_whatever_stands_above(
    question: str, words: str
) -> None:
    assert agrees(question, words)
    assert agrees(question, words, "Stage IV, vitamin K, hepatitis E, class IV, grade 1, factor 9")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("stage III thymoma", "Stage II thymoma is rare."),
        ("stage III thymoma", "Stages I and II are rare."),
        ("stage IIIB thymoma", "Stage IIIA thymoma is rare."),
        ("stage IIIB thymoma", "Stage III thymoma is rare."),
        ("stage I thymoma", "Stage II thymoma is rare."),
        ("type 1 diabetes", "Type 12 of it is rare."),
        ("factor 1 deficiency", "Factor 10 is one of many."),
        ("factor I deficiency", "Factor X is one of many."),
        ("vitamin D deficiency", "Vitamin C was taken daily."),
        ("vitamin d deficiency", "Vitamins C and E were taken."),
        ("Hepatitis B treatment", "Hepatitis A is treated by rest."),
        ("Do vitamins C and E help?", "Vitamin D was taken."),
        ("grade 3 or 4 events", "Grade 2 events were rare."),
        ("Is it vitamin A?", "Vitamin D was taken."),
    ],
)
def test_words_on_a_sibling_do_not_agree_whatever_stands_above(question: str, words: str) -> None:
    assert not agrees(question, words)
    assert not agrees(question, words, question)


def test_words_that_name_no_label_are_about_what_stands_above_them() -> None:
    question, words = "How is stage III thymoma treated?", "Surgery comes before radiation."
    assert agrees(question, words, "Thymoma\nStage III")
    assert agrees(question, words, "Thymoma\nStages II and III")
    assert not agrees(question, words, "Thymoma\nStage II")
    assert not agrees(question, words, "Thymoma")
    assert not agrees(question, words)


def test_a_lone_a_in_the_words_is_a_word_and_no_label() -> None:
    assert agrees("vitamin D deficiency", "Children take a vitamin a day.", "Vitamin D")


def test_every_label_of_the_question_must_fit() -> None:
    question = "Are grade 4 events rare in phase 2 trials?"
    assert agrees(question, "Grade 4 events were rare in phase II.")
    assert not agrees(question, "Grade 4 events were rare in phase III.")
    assert not agrees(question, "Grade 3 events were rare in phase II.")


# -- always -------------------------------------------------------------------------------------

NOUNS = ("stage", "type", "grade", "class", "factor", "level")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@given(st.sampled_from(NOUNS), st.integers(1, 10), st.integers(1, 10), st.booleans())
def test_a_number_agrees_with_itself_in_either_script_and_with_no_other(
    noun: str, asked: int, said: int, roman: bool
) -> None:
    question = f"How is {noun} {asked} treated?"
    written = ROMAN[said - 1] if roman else str(said)
    assert agrees(question, f"{noun.title()} {written} is treated.") is (asked == said)
    assert agrees(f"How is {noun} {ROMAN[asked - 1]} seen?", f"{noun} {written}.") is (
        asked == said
    )


@given(st.sampled_from("ABCDEGHK"), st.sampled_from("ABCDEGHK"))
def test_a_letter_agrees_with_itself_and_with_no_other(asked: str, said: str) -> None:
    assert agrees(f"Is hepatitis {asked} treated?", f"Hepatitis {said} is.") is (asked == said)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(), st.text())
def test_any_text_has_labels_that_any_other_agrees_with_or_not(
    question: str, words: str, around: str
) -> None:
    for label in labels(f"{question} stage 2 {around}"):
        assert label.agrees(words, around) in (True, False)


@pytest.mark.parametrize("text", ["12,", "v,", "xd,", "b, ", "3b3, ", "12 ", "- ", " ", "A/", "ix"])
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    for question in ("How is stage 3 treated?", f"How is stage {text * 5_000} treated?"):
        for label in labels(question[:4_000]):
            label.agrees(f"Stage {text * 5_000}!", f"stage {text * 5_000}?")
    assert time.process_time() - started < SECONDS


def test_a_number_that_ends_a_question_behind_a_name_is_a_label() -> None:
    (label,) = labels("What causes examplar ataxia 3?")
    assert label.agrees("Examplar ataxia 3 is inherited.", "")
    assert not label.agrees("Examplar ataxia 11 is inherited.", "Examplar ataxia 3")
    assert labels("Is it given to children under 5?") == ()
