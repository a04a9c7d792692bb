"""The watch puts on record what ends an approval; lists say what logs say."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from probatum.evidence.source import Currency
from probatum.review.content import content_of
from probatum.review.log import Entry
from tests.site import board
from tests.site.test_articles import text

pytestmark = pytest.mark.usefixtures("kept")


def entries(article: Any) -> list[Entry]:
    return [Entry.model_validate_json(row.entry) for row in article.log.all()]


def library_says(
    monkeypatch: pytest.MonkeyPatch,
    editions: dict[str, Currency] | None = None,
    records: dict[str, str] | None = None,
) -> None:
    """The library as if it had changed: what it says of some editions and records."""
    from probatum.review.triggers import Evidence
    from probatum.site.board import ledger
    from probatum.site.board.models import Summary

    monkeypatch.setattr(
        ledger,
        "evidence_of",
        lambda engine: Evidence(
            lambda id: ((editions or {}).get(id, Currency.CURRENT), None), (records or {}).get
        ),
    )
    Summary.objects.update(basis="of the library before")


@pytest.mark.parametrize(
    ("state", "trigger"),
    [
        (Currency.RETRACTED, "source_retracted"),
        (Currency.SUPERSEDED, "source_superseded"),
        (Currency.CORRECTED, "source_corrected"),
    ],
)
def test_a_source_that_changes_reopens_the_article_on_record_and_once(
    approved: Any, made: Any, monkeypatch: pytest.MonkeyPatch, state: Currency, trigger: str
) -> None:
    from probatum.site.board.watch import Watched, watch

    edition = made.references[0].edition
    library_says(monkeypatch, {edition: state})
    before = len(entries(approved))
    assert watch() == Watched(looked=1, reopened=1)
    (entry,) = entries(approved)[before:]
    assert (entry.actor, entry.event.kind) == ("system", "reopened")
    assert (entry.event.trigger, entry.event.edition) == (trigger, edition)
    alone = {id for id, each in content_of(made).claims.items() if each.editions == (edition,)}
    assert set(entry.event.withdrawn) == (alone if state is Currency.RETRACTED else set())
    assert watch() == Watched(looked=1)
    assert len(entries(approved)) == before + 1


def test_a_newer_analysis_and_age_reopen_an_article_too(
    approved: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site.board import ledger
    from probatum.site.board.watch import watch

    record = next(
        record
        for each in content_of(made).claims.values()
        if not each.history
        for record in each.records
    )
    library_says(monkeypatch, records={record: "a-newer-one"})
    assert watch().reopened == 1
    assert entries(approved)[-1].event.trigger == "newer_analysis"
    board.review(approved, made)
    later = datetime.now(UTC) + timedelta(days=400)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return later

    monkeypatch.setattr(ledger, "datetime", Clock)
    assert watch().reopened == 1
    assert entries(approved)[-1].event.trigger == "age_limit"


def test_the_queue_the_list_and_the_page_say_so_before_and_after_the_watch(
    approved: Any, made: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site.board.watch import watch

    ruth = board.signed_in("ruth")
    assert "0 of 0 versions" in text(ruth.get("/review/"))
    assert "badge status-approved" in text(client.get("/articles/"))
    library_says(monkeypatch, {made.references[0].edition: Currency.RETRACTED})
    for _ in range(2):
        assert "badge status-reopened" in text(client.get("/articles/"))
        assert "Approval ended" in text(client.get("/articles/bevacizumab"))
        assert "Source retracted" in text(ruth.get("/review/"))
        watch()


def test_a_mark_in_the_library_itself_reopens_what_rests_on_it(
    approved: Any, made: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through `sources mark`, as `sources check --live` marks what a service says."""
    from django.conf import settings

    from probatum.engine import Engine
    from probatum.library.writer import Writer
    from probatum.site import engine
    from probatum.site.board.people import policy
    from probatum.site.board.summary import basis_of
    from probatum.site.board.watch import watch

    monkeypatch.setattr(settings, "PROBATUM_LIBRARY", str(tmp_path))
    clock = [0.0]
    current = engine.Current(engine._opened, lambda: clock[0])
    monkeypatch.setattr(engine, "current", lambda: current)
    edition = made.references[0].edition
    before = basis_of(engine.engine(), policy())
    assert watch().reopened == 0
    with Writer(tmp_path) as writer:
        for row in Engine.open(tmp_path).source(edition):
            writer.mark(row.edition, "retracted", None, None)
    clock[0] = 10.0
    engine.engine()
    assert basis_of(engine.engine(), policy()) != before
    assert watch().reopened == 1
    assert entries(approved)[-1].event.trigger == "source_retracted"


def test_a_summary_that_disagrees_with_the_log_is_mended(approved: Any, client: Any) -> None:
    from probatum.site.board.models import Summary
    from probatum.site.board.watch import Watched, rebuild, watch

    kept = Summary.objects.get(pk=approved.pk)
    Summary.objects.update(words="nonsense", waiting=True, listing={**kept.listing, "shown": None})
    assert watch() == Watched(looked=1, mended=1)
    mended = Summary.objects.get(pk=approved.pk)
    assert (mended.words, mended.waiting, mended.listing) == (kept.words, False, kept.listing)
    Summary.objects.all().delete()
    assert "0 of 0 articles" in text(client.get("/articles/"))
    assert rebuild(missing=True) == 1
    assert rebuild(missing=True) == 0
    assert "1 of 1 article" in text(client.get("/articles/"))


def test_a_damaged_log_is_found_by_the_watch_and_nothing_of_it_counts(
    approved: Any, client: Any
) -> None:
    from django.db import connection

    from probatum.site.board.models import LogEntry
    from probatum.site.board.watch import watch

    entry = LogEntry.objects.filter(article=approved).last()
    changed = json.loads(entry.entry) | {"name": "Somebody Else"}
    board.unguard("board_logentry")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE board_logentry SET entry = %s WHERE id = %s", [json.dumps(changed), entry.pk]
        )
    found = watch()
    assert (found.looked, found.damaged, found.mended) == (1, 1, 1)
    assert "The record of this article is damaged" in text(client.get("/articles/bevacizumab"))
    assert "amaged" in text(client.get("/articles/"))
    edda = board.signed_in("edda")
    assert "is damaged; nothing of it counts" in text(edda.get("/review/"))
    assert "1 article with a damaged record is left out." in text(edda.get("/review/statistics"))


def test_one_article_that_cannot_be_looked_at_does_not_keep_the_rest_from_it(
    approved: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site.board import watch as module

    other = board.begin("another", made)
    looked = []

    def look(article: Any, held: Any, rules: Any) -> tuple[bool, bool]:
        looked.append(article.slug)
        if article.pk == approved.pk:
            raise ZeroDivisionError("the words of an error")
        return False, False

    monkeypatch.setattr(module, "look", look)
    with pytest.raises(module.WatchError) as told:
        module.watch()
    assert str(told.value) == "1 articles could not be looked at (ZeroDivisionError)."
    assert looked == ["bevacizumab", other.slug]


def test_a_round_that_is_halted_stops_between_two_articles(approved: Any) -> None:
    from probatum.site.board.watch import Watched, watch

    assert watch(lambda: True) == Watched(halted=True)


def test_a_list_of_many_articles_comes_in_pages_and_is_searched_by_title_and_topic(
    made: Any, client: Any
) -> None:
    from probatum.review.events import Drafted, Withdrawn
    from probatum.site.board.models import Article

    article = board.begin(made=made)
    board.submit(article, made)
    for number in range(120):
        other = Article.objects.create(slug=f"a{number}", title=f"Article number {number:03}")
        board.does(other, "anna", Drafted(version=1))
        if number == 7:
            board.does(other, "anna", Withdrawn(version=1, reason="Twice."))
    anna = board.signed_in("anna")
    first = text(anna.get("/articles/"))
    # A draft that was withdrawn is offered to nobody.
    assert "120 of 120 articles." in first
    assert "Page 1 of 3" in first
    assert first.count("<h2><a href=") == 50
    second = text(anna.get("/articles/", {"page": "2", "status": "", "filter": ""}))
    assert '<a href="/articles/a51/edit">Article number 051</a>' in second
    assert 'href="/articles/?page=3&amp;status=&amp;filter="' in second
    last = text(anna.get("/articles/", {"page": "99"}))
    assert ("Page 3 of 3" in last, last.count("<h2><a href=")) == (True, 20)
    assert "1 of 120 article" in text(anna.get("/articles/", {"filter": "NUMBER 042"}))
    assert "1 of 120 article" in text(anna.get("/articles/", {"filter": "bevacizumab cervical"}))
    assert "1 of 1 article." in text(client.get("/articles/", {"page": "x"}))


def test_the_list_shows_each_visitor_what_the_policy_lets_them_read(made: Any) -> None:
    from probatum.review.events import ChangesRequested, Declared, Taken

    article = board.begin(made=made)
    seen = {}
    for state in ("draft", "submitted", "changes_requested"):
        if state == "submitted":
            board.submit(article, made)
        if state == "changes_requested":
            asked = ChangesRequested(version=1, comment="Plainer.")
            board.does(article, "ruth", Taken(version=1), Declared(version=1, conflict=False))
            board.does(article, "ruth", asked)
        seen[state] = [
            who
            for who in ("rita", "anna", "alan", "ruth", "edda", "adam")
            if "1 of 1 article" in text(board.signed_in(who).get("/articles/"))
        ]
    assert seen == {
        "draft": ["anna", "edda"],
        "submitted": ["rita", "anna", "alan", "ruth", "edda", "adam"],
        "changes_requested": ["anna", "ruth", "edda", "adam"],
    }


def test_of_very_many_articles_the_round_is_left_to_the_worker(
    approved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site.board import queue
    from probatum.site.work.models import Job

    monkeypatch.setattr(queue, "_MOST_AT_ONCE", 0)
    edda = board.signed_in("edda")
    response = edda.post("/review/")
    assert response.headers["Location"] == "/review/?looked=soon"
    assert "being looked at in the background" in text(edda.get("/review/?looked=soon"))
    assert [(job.kind, job.subject) for job in Job.objects.all()] == [("watch", "")]
