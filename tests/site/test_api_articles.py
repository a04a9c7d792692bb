"""Articles over the API: what their pages show, begun and submitted by a key, signed by nobody."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.site import board
from tests.site.test_api import error, post
from tests.site.test_keys import bearer, key

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("kept")
OTHER = "What is the dose of cemiplimab in cervical cancer?"


@pytest.fixture
def made(client: "Client") -> Any:
    """Everybody's account, and Anna's submitted article."""
    board.accounts()
    answer = board.answer()
    board.submit(board.begin(made=answer), answer)
    return answer


def test_articles_are_listed_page_by_page_by_status_and_topic(client: "Client", made: Any) -> None:
    board.submit(board.begin("cemiplimab", other := board.answer(OTHER)), other)
    whole = client.get("/api/articles").json()
    assert (whole["count"], whole["next"]) == (2, None)
    slugs = [each["slug"] for each in whole["articles"]]
    assert sorted(slugs) == ["bevacizumab", "cemiplimab"]
    pages, offset = [], 0
    while offset is not None:
        page = client.get("/api/articles", {"limit": 1, "offset": offset}).json()
        pages += page["articles"]
        offset = page["next"]
    assert pages == whole["articles"]
    assert client.get("/api/articles", {"status": "approved"}).json()["count"] == 0
    assert client.get("/api/articles", {"status": "submitted"}).json()["count"] == 2
    (row,) = client.get("/api/articles", {"filter": "CEMIPLIMAB dose"}).json()["articles"]
    assert {name: row[name] for name in ("slug", "title", "status", "version", "approved")} == {
        "slug": "cemiplimab",
        "title": OTHER,
        "status": "submitted",
        "version": 1,
        "approved": None,
    }
    topic = row["topics"][0]
    assert client.get("/api/articles", {"topic": topic["id"]}).json()["count"] >= 1
    assert client.get("/api/articles", {"topic": "no such topic"}).json()["count"] == 0


def test_an_article_tells_its_status_and_who_signed_exactly_this(
    client: "Client", made: Any
) -> None:
    from probatum.site.board.models import Article

    board.review(Article.objects.get(slug="bevacizumab"), made)
    found = client.get("/api/articles/bevacizumab").json()
    assert found == client.get("/articles/bevacizumab.json").json()
    assert found["status"] == "approved"
    assert [each["name"] for each in found["signatures"]] == ["Dr Ruth Reviewer"]
    assert client.get("/api/articles/bevacizumab/versions/1").json() == found
    (row,) = client.get("/api/articles/bevacizumab/versions").json()
    assert (row["version"], row["status"], row["signatures"], row["content_hash"]) == (
        1,
        "approved",
        1,
        found["content_hash"],
    )


def test_what_changed_is_told_claim_by_claim(client: "Client", made: Any) -> None:
    from probatum.review.editing import without_claims
    from probatum.review.events import Drafted
    from probatum.site.board.models import Article

    article = Article.objects.get(slug="bevacizumab")
    board.review(article, made)
    gone = list(made.claims)[-1]
    shorter = without_claims(made, [gone])
    board.does(article, "anna", Drafted(version=2, based_on=1))
    board.submit(article, shorter, version=2)
    address = "/api/articles/bevacizumab/changes"
    found = client.get(address, {"since": 1, "version": 2}).json()
    assert (found["since"], found["version"]) == (1, 2)
    assert [(each["kind"], each["before"]) for each in found["changes"]] == [
        ("removed", made.claims[gone].text)
    ]
    assert client.get(address).json() == found
    assert error(client.get(address, {"since": 1, "version": 9})) == (404, "not_found", None)


def test_an_export_is_what_the_address_of_the_form_gives(client: "Client", made: Any) -> None:
    for form in ("json", "md"):
        given = client.get("/api/articles/bevacizumab/export", {"format": form})
        assert given.content == client.get(f"/articles/bevacizumab.{form}").content
        assert given.headers["X-Request-ID"]
    for form in ("exe", "../x", ""):
        refused = client.get("/api/articles/bevacizumab/export", {"format": form})
        assert refused.status_code in (404, 422)
        assert refused.json()["error"]["request_id"]


def test_what_was_withdrawn_is_gone_with_its_reason(client: "Client", made: Any) -> None:
    from probatum.review.events import Withdrawn
    from probatum.site.board.models import Article

    article = Article.objects.get(slug="bevacizumab")
    board.does(article, "edda", Withdrawn(version=1, reason="Unsafe."))
    gone = client.get("/api/articles/bevacizumab")
    assert error(gone) == (410, "gone", None)
    assert gone.json()["error"]["message"] == "This was withdrawn. The reason: Unsafe."
    assert error(client.get("/api/articles/bevacizumab/export"))[0] == 410


def test_a_record_that_was_changed_is_told_and_nothing_of_it_shown(
    client: "Client", made: Any
) -> None:
    from probatum.site.board.models import LogEntry

    board.unguard("board_logentry")
    entry = LogEntry.objects.last()
    assert entry
    LogEntry.objects.filter(pk=entry.pk).update(entry=entry.entry.replace("anna", "alan"))
    assert error(client.get("/api/articles/bevacizumab")) == (500, "internal", None)
    (row,) = client.get("/api/articles").json()["articles"]
    assert (row["status"], row["version"]) == ("damaged", None)


# -- writing ------------------------------------------------------------------------------------


def test_an_article_is_begun_and_submitted_by_a_key_that_may_write(
    client: "Client", made: Any
) -> None:
    held = bearer(key("anna", "write", "read"))
    begun = post(client, "articles", {"question": OTHER}, **held)
    assert begun.status_code == 201
    draft = begun.json()
    assert (draft["version"], draft["status"]) == (1, "draft")
    address = f"/api/articles/{draft['slug']}"
    assert client.get(address).status_code == 404
    shown = client.get(address, headers=held).json()
    assert (shown["status"], shown["state"]) == ("draft", draft["state"])
    stale = post(client, f"articles/{draft['slug']}/submit", {"state": "0" * 16}, **held)
    assert error(stale) == (409, "conflict", None)
    done = post(client, f"articles/{draft['slug']}/submit", {"state": draft["state"]}, **held)
    assert done.json() == {"slug": draft["slug"], "version": 1, "status": "submitted"}
    assert client.get(address).json()["status"] == "submitted"
    again = post(client, f"articles/{draft['slug']}/submit", {"state": draft["state"]}, **held)
    assert error(again) == (404, "not_found", None)


def test_a_key_does_no_more_than_its_account(client: "Client", made: Any) -> None:
    nobody = post(client, "articles", {"question": OTHER})
    assert error(nobody) == (401, "unauthorized", None)
    reader = post(client, "articles", {"question": OTHER}, **bearer(key("rita", "write")))
    assert error(reader) == (403, "forbidden", None)
    anna = post(client, "articles", {"question": OTHER}, **bearer(key("anna", "write"))).json()
    submission = {"state": anna["state"]}
    alan = bearer(key("alan", "write"))
    other = post(client, f"articles/{anna['slug']}/submit", submission, **alan)
    assert error(other) == (403, "forbidden", None)


def test_only_a_plain_answer_becomes_an_article(client: "Client", made: Any) -> None:
    held = bearer(key("anna", "write"))
    declined = post(client, "articles", {"question": "How is migraine treated?"}, **held)
    assert error(declined) == (400, "bad_request", None)
    form = client.post("/api/articles", {"question": OTHER}, headers=held)
    assert error(form) in ((400, "bad_request", None), (415, "unsupported_media_type", None))


def test_nothing_of_the_api_decides_or_signs(client: "Client", made: Any) -> None:
    described = client.get("/api/openapi.json").json()["paths"]
    writing = [path for path, methods in described.items() if "post" in methods]
    assert sorted(writing) == [
        "/api/articles",
        "/api/articles/{slug}/submit",
        "/api/ask",
        "/api/audit",
        "/api/extract",
        "/api/verify",
    ]


# -- done once ----------------------------------------------------------------------------------


def test_a_request_that_is_sent_again_is_done_once(client: "Client", made: Any) -> None:
    from probatum.site.board.models import Article

    held = {**bearer(key("anna", "write")), "Idempotency-Key": "job-7"}
    first = post(client, "articles", {"question": OTHER}, **held)
    second = post(client, "articles", {"question": OTHER}, **held)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    submission = f"articles/{first.json()['slug']}/submit"
    state = {"state": first.json()["state"]}
    held["Idempotency-Key"] = "job-8"
    done = post(client, submission, state, **held)
    assert post(client, submission, state, **held).json() == done.json()
    assert Article.objects.filter(title=OTHER).count() == 1


def test_another_request_under_the_same_name_is_refused(client: "Client", made: Any) -> None:
    held = {**bearer(key("anna", "write")), "Idempotency-Key": "job-7"}
    post(client, "articles", {"question": OTHER}, **held)
    other = post(client, "articles", {"question": board.QUESTION}, **held)
    assert error(other) == (422, "invalid", "header.Idempotency-Key")
    # The name is the caller's own: somebody else's request has its own.
    alan = {**bearer(key("alan", "write")), "Idempotency-Key": "job-7"}
    assert post(client, "articles", {"question": board.QUESTION}, **alan).status_code == 201
    bad = {**held, "Idempotency-Key": "two words"}
    refused = post(client, "articles", {"question": OTHER}, **bad)
    assert error(refused) == (400, "bad_request", "header.Idempotency-Key")


def test_what_was_refused_may_be_sent_again_and_nothing_asked_is_kept(
    client: "Client", made: Any
) -> None:
    from probatum.site.keys.models import Done

    held = {**bearer(key("anna", "write")), "Idempotency-Key": "job-7"}
    declined = post(client, "articles", {"question": "How is migraine treated?"}, **held)
    assert declined.status_code == 400
    assert not Done.objects.exists()
    assert post(client, "articles", {"question": OTHER}, **held).status_code == 201
    kept = json.dumps([str(vars(each)) for each in Done.objects.all()])
    assert "job-7" not in kept
    assert OTHER not in kept


def test_after_a_day_the_name_is_free(client: "Client", made: Any) -> None:
    from datetime import UTC, datetime, timedelta

    from probatum.site.keys.models import Done

    held = {**bearer(key("anna", "write")), "Idempotency-Key": "job-7"}
    post(client, "articles", {"question": OTHER}, **held)
    Done.objects.update(at=datetime.now(UTC) - timedelta(days=1, minutes=1))
    assert post(client, "articles", {"question": board.QUESTION}, **held).status_code == 201
    assert Done.objects.count() == 1


# -- reviews ------------------------------------------------------------------------------------


def test_what_waits_is_told_to_the_board_only(client: "Client", made: Any) -> None:
    assert client.get("/api/reviews").status_code == 401
    anna = client.get("/api/reviews", headers=bearer(key("anna", "review")))
    assert error(anna) == (403, "forbidden", None)
    held = bearer(key("ruth", "review"))
    found = client.get("/api/reviews", headers=held).json()
    assert (found["count"], found["next"], found["damaged"]) == (1, None, [])
    (row,) = found["reviews"]
    assert (row["slug"], row["version"], row["status"], row["triggers"], row["own"]) == (
        "bevacizumab",
        1,
        "submitted",
        ["new"],
        False,
    )
    assert row["open"] == row["claims"] == len(made.claims)
    empty = client.get("/api/reviews", {"topic": "none"}, headers=held).json()
    assert (empty["count"], empty["reviews"]) == (0, [])


def test_how_a_review_stands_is_told_claim_by_claim(client: "Client", made: Any) -> None:
    from probatum.site.board.models import Article

    board.review(Article.objects.get(slug="bevacizumab"), made)
    held = bearer(key("ruth", "review"))
    (found,) = client.get("/api/articles/bevacizumab/reviews", headers=held).json()
    assert (found["status"], found["open"]) == ("approved", [])
    assert {each["choice"] for each in found["decisions"]} == {"approve"}
    assert [each["name"] for each in found["signatures"]] == ["Dr Ruth Reviewer"]
    assert client.get("/api/reviews", headers=held).json()["count"] == 0
