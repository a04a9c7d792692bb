"""What is remembered of recent answers: terms for a follow-up, and nothing that a person wrote."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from probatum.engine import Ask, Engine
from probatum.library import recent
from probatum.library.library import Library
from probatum.library.recent import FILE_NAME, mark_removed, recall, remember, removed_under

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


def test_answers_that_rest_on_what_was_removed_are_named_the_newest_first(tmp_path: Path) -> None:
    remember(tmp_path, "a", "one", ["pmid:1@2020", "nice:ng1@2021"])
    remember(tmp_path, "b", "two", ["pmid:1@2020"])
    remember(tmp_path, "c", "three", ["nice:ng1@2021"])
    remember(tmp_path, "d", "four")
    assert mark_removed(tmp_path, ["pmid:1@2020"]) == ("b", "a")
    under = {id: removed_under(tmp_path, id) for id in "abcde"}
    assert under == {
        "a": ("pmid:1@2020",),
        "b": ("pmid:1@2020",),
        "c": (),
        "d": (),
        "e": (),
    }


def test_what_was_removed_earlier_is_not_named_again_for_another_edition(tmp_path: Path) -> None:
    remember(tmp_path, "a", "one", ["pmid:1@2020"])
    remember(tmp_path, "b", "two", ["pmid:2@2020", "pmid:1@2020"])
    assert mark_removed(tmp_path, ["pmid:1@2020"]) == ("b", "a")
    assert mark_removed(tmp_path, ["pmid:2@2020", "pmid:3@2020"]) == ("b",)
    assert removed_under(tmp_path, "b") == ("pmid:1@2020", "pmid:2@2020")
    assert mark_removed(tmp_path, []) == ()


def test_an_answer_that_is_given_anew_rests_on_what_it_cites_now(tmp_path: Path) -> None:
    remember(tmp_path, "a", "one", ["pmid:1@2020", "pmid:2@2020", "pmid:2@2020"])
    mark_removed(tmp_path, ["pmid:1@2020"])
    remember(tmp_path, "a", "one", ["pmid:2@2020"])
    assert removed_under(tmp_path, "a") == ()
    assert mark_removed(tmp_path, ["pmid:1@2020"]) == ()


def test_an_answer_that_is_forgotten_rests_on_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "_KEPT", 2)
    for id in "abc":
        remember(tmp_path, id, "context", ["pmid:1@2020"])
    assert mark_removed(tmp_path, ["pmid:1@2020"]) == ("c", "b")
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM rests_on").fetchone() == (2,)


def test_a_memory_of_an_earlier_program_takes_editions_too(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute(
            "CREATE TABLE answer (number INTEGER PRIMARY KEY, id TEXT UNIQUE, context TEXT)"
        )
        connection.execute("INSERT INTO answer (id, context) VALUES ('old', 'context')")
    assert (recall(tmp_path, "old"), removed_under(tmp_path, "old")) == ("context", ())
    remember(tmp_path, "new", "context", ["pmid:1@2020"])
    assert mark_removed(tmp_path, ["pmid:1@2020"]) == ("new",)


def test_a_memory_that_cannot_be_opened_marks_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 1000)
    assert (mark_removed(tmp_path, ["a"]), removed_under(tmp_path, "a")) == ((), ())


def test_many_editions_can_be_removed_at_once(tmp_path: Path) -> None:
    many = [f"pmid:{n}@2020" for n in range(3000)]
    remember(tmp_path, "a", "one", many)
    assert mark_removed(tmp_path, many) == ("a",)
    assert len(removed_under(tmp_path, "a")) == 3000
