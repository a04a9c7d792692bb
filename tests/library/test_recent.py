"""What is remembered of recent answers: terms for a follow-up, and nothing that a person wrote."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from probatum.engine import Ask, Engine
from probatum.library import recent
from probatum.library.library import Library
from probatum.library.recent import FILE_NAME, recall, remember

QUESTION = (
    "My patient Ottilie Unwahrscheinlich, born 1961: cemiplimab for recurrent cervical cancer?"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Engine(Library.open(tmp_path_factory.mktemp("library")))


def test_what_was_remembered_is_recalled_and_the_newest_wins(tmp_path: Path) -> None:
    remember(tmp_path, "a", "one")
    remember(tmp_path, "a", "two")
    assert (recall(tmp_path, "a"), recall(tmp_path, "b")) == ("two", None)


def test_only_the_last_answers_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_KEPT", 3)
    for number in range(6):
        remember(tmp_path, str(number), "context")
    assert [recall(tmp_path, str(n)) is not None for n in range(6)] == [False] * 3 + [True] * 3


def test_no_word_of_the_question_is_kept(tmp_path: Path, engine: Engine) -> None:
    token = engine.context(Ask(question=QUESTION))
    remember(tmp_path, "f" * 16, token)
    import base64

    words = base64.urlsafe_b64decode(token + "==").decode()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in ("Ottilie", "Unwahrscheinlich", "1961", "My patient", "born"):
        assert word not in words
        assert word.encode() not in held
    assert "cemiplimab" in words


def test_a_token_keeps_what_a_follow_up_needs(engine: Engine) -> None:
    token = engine.context(Ask(question=QUESTION))
    need = engine.need(Ask(question="And what about safety?", context=token))
    assert need.conditions == ("cervical-cancer",)
    assert need.interventions == ("cemiplimab",)


def test_a_memory_that_cannot_be_opened_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    remember(tmp_path, "a", "one")
    assert recall(tmp_path, "a") is None
    assert recall(tmp_path / "nowhere", "a") is None


def test_the_memory_holds_ids_and_tokens_only(tmp_path: Path) -> None:
    remember(tmp_path, "a", "one")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(answer)")]
    assert columns == ["number", "id", "context"]
