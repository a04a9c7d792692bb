"""Accounts are made, changed and closed by the operator; a name stays one person's for ever."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from probatum.review.people import Role
from probatum.site.database import DatabaseError, database
from probatum.site.secret import secret_key


@pytest.fixture
def members(client: Any, kept: None) -> Any:
    from probatum.site.board import members

    return members


def test_an_account_signs_in_with_the_password_that_was_printed(members: Any, client: Any) -> None:
    password = members.add("ruth", "Dr Ruth Example", [Role.REVIEWER, Role.EDITOR])
    assert members.members() == (
        members.Member("ruth", "Dr Ruth Example", ("editor", "reviewer"), True),
    )
    assert client.login(username="ruth", password=password)
    assert "Signed in as Dr Ruth Example" in client.get("/").content.decode()


def test_another_password_ends_the_sessions_of_the_account(members: Any, client: Any) -> None:
    password = members.add("ruth", "Dr Ruth Example", [Role.REVIEWER])
    client.login(username="ruth", password=password)
    assert client.get("/review/").status_code == 200
    members.new_password("ruth")
    assert client.get("/review/").status_code == 302


def test_a_role_that_is_taken_away_counts_at_once(members: Any, client: Any) -> None:
    client.login(username="ruth", password=members.add("ruth", "Dr Ruth", [Role.REVIEWER]))
    members.give("ruth", [])
    assert client.get("/review/").status_code == 403


def test_a_closed_account_is_shut_out_and_its_name_is_not_given_again(
    members: Any, client: Any
) -> None:
    client.login(username="ruth", password=members.add("ruth", "Dr Ruth", [Role.REVIEWER]))
    members.close("ruth")
    assert client.get("/review/").status_code == 302
    with pytest.raises(members.MemberError, match="already"):
        members.add("ruth", "Somebody else", [])


@pytest.mark.parametrize("name", ["", "system", "Ruth", "a b", "-x", "x" * 61, "ruth\n", "<b>"])
def test_a_name_that_would_mislead_is_refused(members: Any, name: str) -> None:
    with pytest.raises(members.MemberError, match="cannot be an account's name"):
        members.add(name, "Dr Ruth", [])


def test_the_programs_own_role_is_given_to_nobody(members: Any) -> None:
    with pytest.raises(members.MemberError, match="the program's own"):
        members.add("ruth", "Dr Ruth", [Role.SYSTEM])


def test_the_demonstration_has_an_article_in_every_state_and_works_again(
    members: Any, client: Any
) -> None:
    from probatum.site.board import demo
    from probatum.site.board.ledger import ledger
    from probatum.site.board.models import Article, LogEntry
    from probatum.site.board.people import policy
    from probatum.site.board.words import code_of
    from probatum.site.engine import engine

    assert len(demo.accounts()) == 3
    made = {title: state for state, title in demo.articles()}
    written = LogEntry.objects.count()
    assert (demo.accounts(), len(dict(demo.articles()))) == ({}, 8)
    assert LogEntry.objects.count() == written
    for article in Article.objects.all():
        book = ledger(article, engine(), policy())
        codes = {code_of(each) for each in book.record.versions.values()}
        assert made[article.title] in codes
    page = client.get("/articles/").content.decode()
    assert "Reviewed and approved by the board" in page


def test_what_the_demonstration_signs_says_that_nobody_has_reviewed_it() -> None:
    from probatum.site.board.demo import PEOPLE, STATEMENT

    assert STATEMENT.endswith("No person has reviewed this.")
    assert [each.name.endswith("(no real person)") for each in PEOPLE] == [True] * 3


def test_a_database_is_named_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert database(Path("/x"))["NAME"] == str(Path("/x/site.sqlite"))
    monkeypatch.setenv("DATABASE_URL", "sqlite:////var/lib/board.sqlite")
    assert database(Path("/x"))["NAME"] == "/var/lib/board.sqlite"
    monkeypatch.setenv(
        "DATABASE_URL", "postgres://ann:p%40ss@db.example:5433/board?sslmode=require"
    )
    found = database(Path("/x"))
    keys = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert [found[key] for key in keys] == [
        "django.db.backends.postgresql",
        "board",
        "ann",
        "p@ss",
        "db.example",
        "5433",
        {"sslmode": "require"},
    ]


@pytest.mark.parametrize("address", ["mysql://u:secret@h/n", "postgres://h", "sqlite://", "x"])
def test_a_bad_address_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(DatabaseError, match="DATABASE_URL") as caught:
        database(Path("/x"))
    assert "secret" not in str(caught.value)


def test_the_key_is_made_once_and_is_its_owners_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PROBATUM_SECRET_KEY", raising=False)
    key = secret_key(tmp_path / "new")
    assert secret_key(tmp_path / "new") == key
    assert len(key) > 40
    files = sorted((tmp_path / "new").iterdir())
    assert [each.name for each in files] == ["secret-key"]
    if os.name == "posix":
        assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    monkeypatch.setenv("PROBATUM_SECRET_KEY", "given")
    assert secret_key(tmp_path / "new") == "given"
