"""The same question on the same snapshot gives the same bytes, and another answer another id."""

import json
from collections.abc import Callable

import pytest

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.library.library import Library
from probatum.packs.loader import load_pack, shipped_packs
from probatum.render.json import answer_json

Asker = Callable[..., Answer]
CLOCK = {"created": "", "elapsed_ms": 0}


def still(answer: Answer) -> str:
    """The document's bytes but for the clock."""
    return answer_json(answer.model_copy(update=CLOCK))


@pytest.fixture(scope="module")
def again() -> Engine:
    """An engine on the shipped packs, read anew."""
    return Engine(Library.of(load_pack(folder) for folder in shipped_packs()))


@pytest.fixture(scope="module")
def turned() -> Engine:
    """An engine on the shipped packs, read in the other order."""
    return Engine(Library.of(load_pack(folder) for folder in reversed(shipped_packs())))


def test_a_repeated_question_gives_the_same_bytes(
    ask: Asker, ask_again: Asker, example: str
) -> None:
    assert still(ask_again(example)) == still(ask(example))


def test_a_library_read_anew_gives_the_same_bytes(ask: Asker, again: Engine, example: str) -> None:
    assert still(again.ask(Ask(question=example))) == still(ask(example))


def test_the_order_in_which_packs_are_read_changes_no_answer(
    ask: Asker, turned: Engine, example: str
) -> None:
    answer = turned.ask(Ask(question=example))
    assert (answer.sections, answer.references) == (ask(example).sections, ask(example).references)


def test_the_id_is_made_of_the_content_and_not_of_the_clock(
    ask: Asker, ask_again: Asker, example: str
) -> None:
    first, second = ask(example), ask_again(example)
    assert first.id == second.id
    other = {
        ask(example, reader="patient").id,
        ask(example, region="japan").id,
        ask(example, as_of="2025-12-31").id,
        ask(example + " Please.").id,
    }
    assert len({first.id, *other}) == 5


def test_the_id_given_with_a_question_is_no_part_of_the_answer(ask: Asker, example: str) -> None:
    assert ask(example, question_id="a").id == ask(example, question_id="b").id == ask(example).id


def test_the_document_survives_a_round_through_json(ask: Asker, example: str) -> None:
    text = still(ask(example))
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) == text
