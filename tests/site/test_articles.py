"""What the public sees of an article, and that none of it can be had without the record."""

import json
import re
import sqlite3
from typing import Any

import pytest

from probatum.review.content import content_of
from probatum.review.editing import without_claims
from tests.site import board

pytestmark = pytest.mark.usefixtures("kept")


def text(response: Any) -> str:
    """A page's words, runs of space as one."""
    return " ".join(response.content.decode().split())


def test_an_unreviewed_article_says_so_plainly(client: Any, made: Any) -> None:
    article = board.begin(made=made)
    assert client.get("/articles/bevacizumab").status_code == 404
    board.submit(article, made)
    page = text(client.get("/articles/bevacizumab"))
    assert "Nobody has reviewed this version. It waits for review." in page
    assert "No signature has been given." in page
    assert '<li class="current" aria-current="step">Submitted</li>' in page
    listed = text(client.get("/articles/"))
    assert "1 of 1 article." in listed
    assert "Unreviewed: waits for review" in listed


def test_an_approved_article_names_who_signed_what_and_when(client: Any, made: Any) -> None:
    article = board.begin(made=made)
    board.submit(article, made)
    board.review(article, made)
    page = text(client.get("/articles/bevacizumab"))
    assert "<strong>Reviewed and approved by the board.</strong>" in page
    assert "This exact version was signed by Dr Ruth Reviewer, 20" in page
    assert "<strong>Dr Ruth Reviewer</strong> (reviewer)" in page
    assert "I reviewed every claim." in page
    assert "No conflict of interest declared." in page
    assert f"Content SHA-256 {content_of(made).hash}." in page
    assert made.claims["c1"].text in page


def test_the_json_export_holds_the_answer_the_status_and_a_log_that_can_be_verified(
    client: Any, made: Any
) -> None:
    from probatum.review.log import Entry, verify

    article = board.begin(made=made)
    board.submit(article, made)
    board.review(article, made)
    response = client.get("/articles/bevacizumab.json")
    document = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    kept = {key: document[key] for key in ("schema", "slug", "version", "status", "content_hash")}
    assert kept == {
        "schema": "probatum.article/1",
        "slug": "bevacizumab",
        "version": 1,
        "status": "approved",
        "content_hash": content_of(made).hash,
    }
    assert [each["name"] for each in document["signatures"]] == ["Dr Ruth Reviewer"]
    assert document["answer"]["claims"].keys() == made.claims.keys()
    assert document["answer"]["review"] == "approved"
    log = [Entry.model_validate(each) for each in document["log"]]
    assert verify("bevacizumab", log) is None


def test_the_markdown_export_says_the_status_before_anything_else(client: Any, made: Any) -> None:
    article = board.begin(made=made)
    board.submit(article, made)
    lines = client.get("/articles/bevacizumab.md").content.decode().split("\n\n")
    assert lines[0] == f"# {board.QUESTION}"
    assert lines[1].startswith("**Unreviewed: waits for review.** Nobody has reviewed")


def test_a_later_version_waits_beside_the_approved_one(client: Any, made: Any) -> None:
    from probatum.review.events import Drafted

    article = board.begin(made=made)
    board.submit(article, made)
    board.review(article, made)
    shorter = without_claims(made, {list(made.claims)[-1]})
    board.does(article, "anna", Drafted(version=2, based_on=1))
    board.submit(article, shorter, version=2)
    page = text(client.get("/articles/bevacizumab"))
    assert "Reviewed and approved by the board" in page
    second = text(client.get("/articles/bevacizumab/versions/2"))
    assert "Nobody has reviewed this version." in second
    assert "What changed since version 1" in second
    changes = text(client.get("/articles/bevacizumab/versions/2/since/1"))
    assert "1 claim differs" in changes
    assert "Removed" in changes
    assert text(client.get("/articles/bevacizumab.json")).count('"version": 1, "status"') == 1


def test_a_retraction_shows_at_once_and_withdraws_what_rested_on_it_alone(
    client: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.evidence.source import Currency
    from probatum.review.triggers import Evidence
    from probatum.site.board import ledger

    article = board.begin(made=made)
    board.submit(article, made)
    board.review(article, made)
    edition = made.references[0].edition
    content = content_of(made)
    alone = [c for c, each in content.claims.items() if each.editions == (edition,)]
    assert alone
    monkeypatch.setattr(
        ledger,
        "evidence_of",
        lambda engine: Evidence(
            lambda id: (Currency.RETRACTED if id == edition else Currency.CURRENT, None),
            lambda record: None,
        ),
    )
    page = text(client.get("/articles/bevacizumab"))
    assert "<strong>Approval ended: to be reviewed again.</strong>" in page
    assert "was retracted." in page
    assert "no longer counts" in page
    assert [c for c in alone if made.claims[c].text in page] == []
    document = json.loads(client.get("/articles/bevacizumab.json").content)
    assert document["status"] == "reopened"
    assert sorted(document["withdrawn_claims"]) == sorted(alone)
    assert document["signatures"] == []


def test_a_withdrawn_article_is_gone_with_its_reason(client: Any, made: Any) -> None:
    from probatum.review.events import Withdrawn

    article = board.begin(made=made)
    board.submit(article, made)
    board.does(article, "adam", Withdrawn(version=1, reason="It was unsafe."))
    for address in ("/articles/bevacizumab", "/articles/bevacizumab.json"):
        response = client.get(address)
        assert response.status_code == 410
        assert "The reason: It was unsafe." in text(response)
        assert made.claims["c1"].text not in text(response)


def test_a_changed_text_or_log_is_shown_as_damage_and_never_as_reviewed(
    client: Any, made: Any
) -> None:
    from django.db import connection

    article = board.begin(made=made)
    board.submit(article, made)
    board.review(article, made)
    changes = (
        ("board_version", "content", "The text of version 1 was changed", ("withheld", "given")),
        ("board_logentry", "entry", "was changed after it was written", ("Ruth", "Rosa")),
    )
    # Its page is kept from now on, and must not stand in for the record.
    assert client.get("/articles/bevacizumab").status_code == 200
    for table, column, reason, (old, new) in changes:
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT tampered")
            board.unguard(table)
            cursor.execute(f"UPDATE {table} SET {column} = replace({column}, %s, %s)", [old, new])
            response = client.get("/articles/bevacizumab")
            cursor.execute("ROLLBACK TO tampered")
        assert response.status_code == 500
        assert reason in text(response)
        assert "approved by the board" not in text(response)
    assert client.get("/articles/bevacizumab").status_code == 200


def test_the_database_refuses_to_change_or_delete_what_is_kept(client: Any, made: Any) -> None:
    from django.db import DatabaseError, connection, transaction

    from probatum.site.board.models import KeptError, LogEntry, Version

    article = board.begin(made=made)
    board.submit(article, made)
    statements = [
        "UPDATE board_logentry SET number = 9",
        "DELETE FROM board_logentry",
        "UPDATE board_version SET content = ''",
        "DELETE FROM board_version",
    ]
    if connection.vendor == "postgresql":
        # Keys are tested first, so that nothing but the trigger stands in the way.
        immediately = "SET CONSTRAINTS ALL IMMEDIATE; "
        statements += [
            f"{immediately}TRUNCATE {table}" for table in ("board_logentry", "board_version")
        ]
    for statement in statements:
        with (
            pytest.raises((DatabaseError, sqlite3.Error), match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    for row in (LogEntry.objects.first(), Version.objects.first()):
        assert row
        with pytest.raises(KeptError):
            row.save()
        with pytest.raises(KeptError):
            row.delete()


def test_migrations_and_models_say_the_same(client: Any) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "board", check=True, dry_run=True, verbosity=0)


def test_the_policy_page_is_the_data(client: Any) -> None:
    page = text(client.get("/editorial-policy"))
    assert 'Sign</th><td data-column="Who">reviewer, editor</td>' in page
    assert "2 signatures where the article has a part “algorithm”." in page


def test_who_only_reads_gets_no_cookie(client: Any, made: Any) -> None:
    article = board.begin(made=made)
    board.submit(article, made)
    addresses = ("/articles/", "/articles/bevacizumab", "/editorial-policy", "/audit/")
    assert [dict(client.get(each).cookies) for each in addresses] == [{}] * 4


def test_signing_in_and_out(client: Any, made: Any) -> None:
    wrong = client.post("/login", {"username": "ruth", "password": "wrong"})
    assert "The name or the password is not right." in text(wrong)
    right = client.post(
        "/login", {"username": "ruth", "password": board.PASSWORD, "next": "/review/"}
    )
    assert (right.status_code, right.headers["Location"]) == (302, "/review/")
    assert "Signed in as Dr Ruth Reviewer" in text(client.get("/articles/"))
    assert client.get("/logout").status_code == 405
    client.post("/logout")
    assert "Sign in" in text(client.get("/articles/"))


def test_signing_in_leads_to_no_other_site(client: Any, made: Any) -> None:
    fields = {"username": "ruth", "password": board.PASSWORD, "next": "https://evil.example/"}
    assert client.post("/login", fields).headers["Location"] == "/articles/"


def test_a_kept_page_is_the_same_until_what_it_was_made_of_changes(client: Any, made: Any) -> None:
    article = board.begin(made=made)
    board.submit(article, made)
    waiting = text(client.get("/articles/bevacizumab"))
    assert text(client.get("/articles/bevacizumab")) == waiting
    german = text(client.get("/articles/bevacizumab", headers={"accept-language": "de"}))
    assert '<html lang="de">' in german
    assert "Signed in as" in text(board.signed_in("ruth").get("/articles/bevacizumab"))
    assert text(client.get("/articles/bevacizumab")) == waiting
    board.review(article, made)
    assert "This exact version was signed by" in text(client.get("/articles/bevacizumab"))


def test_from_an_article_a_reader_goes_on_to_other_words_and_to_a_follow_up(
    client: Any, made: Any
) -> None:
    article = board.begin(made=made)
    board.submit(article, made)
    page = client.get("/articles/bevacizumab").content.decode()
    assert "reviewed by nobody, in words for a:" in page
    assert "reader=patient" in page
    assert 'id="q-follow"' in page
    asked = re.search(r'name="follow" value="([\w-]+)"', page)
    assert asked
    answered = client.get("/ask", {"q": "When is it withheld?", "follow": asked[1]})
    assert answered.status_code == 200
