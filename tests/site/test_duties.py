"""What the settings have the worker do, and settings that cannot be read."""

from pathlib import Path
from typing import Any

import pytest

from probatum.site.work.schedule import Order, ScheduleError, minutes, orders, port


def test_minutes_are_a_whole_number_of_a_sensible_size() -> None:
    assert [minutes(text) for text in ("1", "60", "10080")] == [1, 60, 10080]
    for text in ("0", "-1", "1.5", "", "x", "10081", "९", "9" * 5000):
        with pytest.raises(ScheduleError, match="PROBATUM_WATCH_MINUTES takes a whole number"):
            minutes(text)


def test_a_port_is_one() -> None:
    assert [port(text) for text in ("25", "65535")] == [25, 65535]
    for text in ("0", "65536", "smtp", ""):
        with pytest.raises(ScheduleError, match="PROBATUM_EMAIL_PORT takes a number"):
            port(text)


def test_standing_orders_are_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "orders"
    file.write_text('# nightly\n\npubmed "grey wrist"[ti] AND rest\ntrials NCT01365455\n')
    first, second = orders(file)
    assert (first.source, first.words) == ("pubmed", ("grey wrist[ti]", "AND", "rest"))
    assert second == Order(second.subject, "trials", ("NCT01365455",))
    assert len(first.subject) == 16
    assert "wrist" not in first.subject


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("pubmed", "line 1: write one of pubmed, trials, labels, pmc, then ids or a search"),
        ("# x\nweb x", "line 2: write one of"),
        ('pubmed "x', "line 1: a quote is not closed"),
    ],
)
def test_a_line_that_is_no_order_is_named(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "orders"
    file.write_text(text)
    with pytest.raises(ScheduleError, match=reason):
        orders(file)
    with pytest.raises(ScheduleError, match="which PROBATUM_SYNC names, cannot be read"):
        orders(tmp_path / "missing")


def test_only_the_watch_is_done_unless_more_is_set(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from probatum.site.work.duties import duties
    from probatum.sources.live.errors import LiveError

    assert {name: duty.every for name, duty in duties().items()} == {"watch": 3600.0}
    file = tmp_path / "orders"
    file.write_text("pubmed 1 2\nlabels x")
    monkeypatch.setattr(settings, "PROBATUM_SYNC", str(file))
    monkeypatch.setattr(settings, "PROBATUM_RECHECK", "pubmed, crossref")
    monkeypatch.setattr(settings, "EMAIL_HOST", "mail.example.org")
    found = duties()
    assert list(found) == ["watch", "recheck", "remind", "sync"]
    assert len(found["sync"].subjects) == 2
    monkeypatch.setattr(settings, "PROBATUM_RECHECK", "bing")
    with pytest.raises(LiveError, match="'bing' is no live source"):
        duties()


def test_syncs_and_re_checks_reach_the_services_and_then_the_articles(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against the tests' own services, with invented works."""
    from django.conf import settings

    from probatum.engine import Engine
    from probatum.site.work.duties import duties
    from tests.sources.live.services import article, services

    file = tmp_path / "orders"
    file.write_text("pubmed 25007392\n")
    folder = tmp_path / "library"
    monkeypatch.setattr(settings, "PROBATUM_LIBRARY", str(folder))
    monkeypatch.setattr(settings, "PROBATUM_SYNC", str(file))
    monkeypatch.setattr(settings, "PROBATUM_RECHECK", "pubmed")
    with services() as world:
        for name, value in world.environment.items():
            monkeypatch.setenv(name, value)
        world.articles = {"25007392": article("Rest in grey wrist", "Rest helps in grey wrist.")}
        found = duties()
        (subject,) = found["sync"].subjects
        assert found["sync"].run(subject) == "pubmed, 1 fetched, 1 added or renewed."
        assert found["sync"].run(subject) == "pubmed, 0 fetched, 0 added or renewed."
        assert found["recheck"].run("") == "0 editions marked, 0 newer versions to fetch."
    assert Engine.open(folder).source("pmid:25007392")
