"""Which kind of answer a question wants, on labelled questions of our own wording."""

from pathlib import Path

import yaml

from probatum.answers.outline import outlines
from probatum.engine import Engine
from probatum.questions.understand import understand

LABELLED: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "intents.yaml").read_text("utf-8")
)
# What the rules reach, less a little: they must not get worse.
LEAST_RIGHT = 0.93


def test_there_are_three_hundred_labelled_questions_each_once() -> None:
    questions = [q for intent in LABELLED.values() for q in intent]
    assert len(questions) >= 300
    assert len(set(questions)) == len(questions)


def test_questions_get_the_intent_that_they_are_labelled_with(engine: Engine) -> None:
    wrong = [
        (intent, question)
        for intent, questions in LABELLED.items()
        for question in questions
        if understand(question, engine.library).intent != intent
    ]
    total = sum(map(len, LABELLED.values()))
    assert len(wrong) <= (1 - LEAST_RIGHT) * total, wrong


def test_every_intent_has_an_outline() -> None:
    assert set(LABELLED) - set(outlines()) == set()
