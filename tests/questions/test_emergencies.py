"""Emergencies and what is declined, on labelled questions of our own wording."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from probatum.questions.declined import out_of_scope
from probatum.questions.emergencies import emergency

DATA = Path(__file__).parent / "data"
# The most calm questions that may be taken for an emergency.
FALSE_ALARMS = 0.02


def _labelled(name: str) -> dict[str, list[str]]:
    data: dict[str, list[str]] = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    return data


@pytest.mark.parametrize("half", ["emergencies_tuning", "emergencies_held_out"])
def test_no_emergency_is_missed(half: str) -> None:
    assert [q for q in _labelled(half)["urgent"] if emergency(q) is None] == []


@pytest.mark.parametrize("half", ["emergencies_tuning", "emergencies_held_out"])
def test_textbook_questions_on_the_same_matters_are_answered_calmly(half: str) -> None:
    calm = _labelled(half)["calm"]
    alarms = [q for q in calm if emergency(q) is not None]
    assert len(alarms) < FALSE_ALARMS * len(calm), alarms


def test_there_are_more_than_three_hundred_labelled_questions_each_once() -> None:
    halves = [_labelled(f"emergencies_{half}") for half in ("tuning", "held_out")]
    questions = [q for half in halves for label in half.values() for q in label]
    assert len(questions) >= 300
    assert len(set(questions)) == len(questions)


def test_hostile_and_personal_texts_are_declined_in_one_sentence() -> None:
    reasons = {q: out_of_scope(q) for q in _labelled("declined")["declined"]}
    assert [q for q, reason in reasons.items() if reason is None] == []
    assert all(r is not None and r.endswith(".") and ". " not in r for r in reasons.values())


def test_questions_that_only_look_so_are_not_declined() -> None:
    assert [q for q in _labelled("declined")["answered"] if out_of_scope(q)] == []


def test_clinical_questions_of_every_kind_are_neither_declined_nor_urgent() -> None:
    questions = [q for intent in _labelled("intents").values() for q in intent]
    found: dict[str, Any] = {q: out_of_scope(q) or emergency(q) for q in questions}
    assert [q for q, what in found.items() if what] == []


@pytest.mark.parametrize(
    "text",
    [
        "my chest " * 440,
        "took " * 800,
        "blood " * 660,
        "a" * 4000,
        "38 " * 1300,
        "baby swallowed " * 260,
        "Did Maria " * 400,
        "ignore " * 570,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    started = time.process_time()
    emergency(text)
    out_of_scope(text)
    assert time.process_time() - started < 2.0
