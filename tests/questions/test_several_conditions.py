"""Diseases named side by side share their last words, and each is asked about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.engine import Engine
from probatum.questions.named import named_mentions
from probatum.questions.several import side_by_side, with_shared_heads
from probatum.questions.understand import understand


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("What treats breast and lung cancer?", ("breast-cancer", "lung-cancer")),
        (
            "Is it used in cervical, ovarian or endometrial cancer?",
            ("cervical-cancer", "ovarian-cancer", "endometrial-cancer"),
        ),
        ("What treats lung cancer?", ("lung-cancer",)),
        ("What treats breast cancer and lung cancer?", ("breast-cancer", "lung-cancer")),
        ("Which drugs and lung cancer?", ("lung-cancer",)),
    ],
)
def test_a_list_shares_its_last_word(
    engine: Engine, question: str, conditions: tuple[str, ...]
) -> None:
    assert understand(question, engine.library).conditions == conditions


@pytest.mark.parametrize(
    ("question", "run"),
    [
        ("What treats breast and lung cancer?", ("breast-cancer", "lung-cancer")),
        ("What is known in breast cancer and in lung cancer?", ("breast-cancer", "lung-cancer")),
        ("How is lung cancer treated in women with breast cancer?", None),
        ("How is lung cancer treated?", None),
    ],
)
def test_only_diseases_named_side_by_side_are_asked_about_each(
    engine: Engine, question: str, run: tuple[str, ...] | None
) -> None:
    vocabulary = engine.library.vocabulary
    found = with_shared_heads(question, named_mentions(question, vocabulary), vocabulary)
    told = side_by_side(question, found)
    assert (told[1] if told else None) == run


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["breast", "lung cancer", ", ", " and ", " or in ", "x "])))
def test_names_of_a_list_lie_in_the_question(engine: Engine, words: list[str]) -> None:
    question = "".join(words)
    vocabulary = engine.library.vocabulary
    for each in with_shared_heads(question, named_mentions(question, vocabulary), vocabulary):
        assert question[each.start : each.end] == each.text
