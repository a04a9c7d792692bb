"""Figures for Prometheus: counted by route, read by few, and telling of nobody."""

from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.site import board

pytestmark = pytest.mark.usefixtures("kept")
LOCAL = {"headers": {"host": "localhost"}}


@pytest.fixture(autouse=True)
def _local(monkeypatch: pytest.MonkeyPatch, client: Any) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver", "localhost", "example.org"])


def figures(client: Any) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by its name and labels."""
    body = client.get("/metrics", **LOCAL).content.decode()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status(client: Any) -> None:
    name = (
        "probatum_requests_total",
        (("method", "GET"), ("route", "article"), ("status", "404")),
    )
    before = figures(client).get(name, 0)
    for slug in ("ruth-roe", "born-1951"):
        client.get(f"/articles/{slug}")
    after = figures(client)
    assert after[name] - before == 2
    assert after["probatum_request_seconds_count", (("route", "article"),)] >= 2
    client.get("/api/health")
    routes = {dict(labels).get("route", "") for _, labels in figures(client)}
    assert "health" in {route.rpartition(":")[2] for route in routes if ":" in route}


def test_what_is_held_and_how_the_board_stands_is_told(client: Any) -> None:
    from datetime import UTC, datetime

    from probatum.site.work import queue

    board.accounts()
    made = board.answer()
    article = board.begin(made=made)
    board.submit(article, made)
    queue.put("watch", "", datetime.now(UTC))
    told = figures(client)
    assert told["probatum_library", (("what", "records"),)] > 0
    assert told["probatum_articles", (("state", "submitted"),)] == 1
    assert told["probatum_articles_unwatched", ()] == 0
    assert told["probatum_jobs", (("state", "waiting"),)] == 1
    assert told["probatum_last_watch_timestamp_seconds", ()] == 0


def test_no_question_address_or_name_is_in_the_figures(client: Any) -> None:
    board.accounts()
    made = board.answer()
    board.begin(made=made)
    client.get("/ask", {"q": "Ruth Roe, born 1951, bevacizumab dose?"})
    client.post("/api/ask", {"question": "Ruth Roe"}, content_type="application/json")
    client.get("/ruth-roe/born-1951")
    client.generic("RUTHROE", "/")
    told = figures(client)
    words = " ".join(f"{name} {labels}" for name, labels in told).casefold()
    assert [word for word in ("ruth", "1951", "bevacizumab", "anna") if word in words] == []
    # A figure's own digits may hold any year by chance, of seconds or bytes; as a whole it may not.
    assert 1951 not in told.values()


@pytest.mark.parametrize(
    "sent",
    [
        {"headers": {"host": "example.org"}},
        {"headers": {"host": "localhost", "x-forwarded-for": "203.0.113.9"}},
        {"headers": {"host": "localhost", "forwarded": "for=203.0.113.9"}},
        {"headers": {"host": "localhost"}, "REMOTE_ADDR": "203.0.113.9"},
        {"headers": {"host": "localhost", "authorization": "Bearer x"}, "REMOTE_ADDR": "10.0.0.1"},
    ],
)
def test_without_a_token_only_this_machine_reads_them(client: Any, sent: dict[str, Any]) -> None:
    response = client.get("/metrics", **sent)
    assert response.status_code == 403
    assert b"probatum_" not in response.content
    assert client.get("/metrics", **LOCAL).status_code == 200


def test_with_a_token_whoever_sends_it_reads_them_and_nobody_else(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "PROBATUM_METRICS_TOKEN", "a long token é")
    far = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", **LOCAL).status_code == 403
    for wrong in ("Bearer ", "Bearer a long", "Basic a long token é", ""):
        sent = client.get("/metrics", headers={"authorization": wrong}, **far)
        assert sent.status_code == 403
    right = {"authorization": "Bearer a long token é"}
    assert client.get("/metrics", headers=right, **far).status_code == 200
