"""What editors do: ask a reviewer, see what is late and how reviews go, take the trail out."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from probatum.review.log import Entry, verify
from tests.site import board
from tests.site.test_articles import text
from tests.site.test_language import read
from tests.site.words import left_in_english

pytestmark = pytest.mark.usefixtures("kept")
PAGE = "/review/bevacizumab/1"


@pytest.fixture
def article(client: Any) -> Any:
    """Anna's article, which waits for review."""
    board.accounts()
    made = board.answer()
    found = board.begin(made=made)
    board.submit(found, made)
    return found


@pytest.fixture
def edda(article: Any) -> Any:
    return board.signed_in("edda")


def kinds(article: Any) -> list[str]:
    return [json.loads(row.entry)["event"]["kind"] for row in article.log.all()]


def test_an_editor_asks_a_reviewer_who_finds_it_and_the_record_keeps_it(
    article: Any, edda: Any
) -> None:
    page = text(edda.get(PAGE))
    assert "Nobody in particular was asked to review it." in page
    # Not the author, nor those who may not decide, nor whoever has a closed account.
    assert [name for name in board.PEOPLE if f'<option value="{name}"' in page] == [
        "ruth",
        "rene",
        "edda",
    ]
    for _ in range(2):
        edda.post(f"{PAGE}/assign", {"reviewer": "ruth"})
    assert kinds(article) == ["drafted", "submitted", "assigned"]
    ruth, rene = board.signed_in("ruth"), board.signed_in("rene")
    assert "You were asked to review it, by Edda Editor on " in text(ruth.get(PAGE))
    assert "Dr Ruth Reviewer was asked to review it" in text(rene.get(PAGE))
    assert '<td data-column="Asked">you</td>' in text(ruth.get("/review/", {"assigned": "me"}))
    assert "0 of 1 version" in text(rene.get("/review/", {"assigned": "me"}))
    assert "1 of 1 version" in text(rene.get("/review/", {"assigned": "somebody"}))
    assert "asked Dr Ruth Reviewer to review version 1" in text(rene.get(PAGE))
    # A request, not a lock: another reviewer may begin.
    assert rene.post(PAGE, {"action": "begin", "conflict": "no"}).status_code == 302
    edda.post(f"{PAGE}/assign", {"reviewer": ""})
    assert kinds(article)[-1] == "assigned"
    assert "1 of 1 version" in text(ruth.get("/review/", {"assigned": "nobody"}))


@pytest.mark.parametrize("wanted", ["anna", "alan", "adam", "nobody-at-all"])
def test_who_may_not_review_it_cannot_be_asked(article: Any, edda: Any, wanted: str) -> None:
    refused = edda.post(f"{PAGE}/assign", {"reviewer": wanted})
    assert refused.status_code == 400
    assert "Only an open account that may decide" in text(refused)
    assert "assigned" not in kinds(article)


def test_a_review_that_is_late_is_marked_for_all_who_see_the_queue(
    article: Any, edda: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site.board import assigning, queue

    assert "overdue.</b>" not in text(edda.get("/review/"))

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=15)

    monkeypatch.setattr(queue, "datetime", Clock)
    monkeypatch.setattr(assigning, "datetime", Clock)
    page = text(edda.get("/review/"))
    assert "1 review overdue.</b>" in page
    assert '<span class="tag">overdue</span>' in page
    assert '<span class="tag">overdue</span>' in text(edda.get(PAGE))


def test_who_was_asked_and_is_late_gets_a_letter_that_tells_nothing_of_the_article(
    article: Any, edda: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core import mail
    from django.test.utils import override_settings

    from probatum.site.board import members, reminding

    edda.post(f"{PAGE}/assign", {"reviewer": "ruth"})
    locmem = "django.core.mail.backends.locmem.EmailBackend"

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=15)

    with override_settings(EMAIL_BACKEND=locmem):
        mail.outbox = []
        assert reminding.remind() == "0 reminders sent, 0 failed."
        monkeypatch.setattr(reminding, "datetime", Clock)
        assert reminding.remind() == "0 reminders sent, 0 failed."
        members.reach("ruth", "ruth@example.org")
        assert reminding.remind() == "1 reminders sent, 0 failed."
    (letter,) = mail.outbox
    assert letter.to == ["ruth@example.org"]
    assert letter.body.startswith("1 review that you were asked for is overdue. Sign in")
    assert "bevacizumab" not in f"{letter.subject} {letter.body}".casefold()
    with (
        override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_USE_TLS=False),
        pytest.raises(reminding.ReminderError, match="1 letters could not be sent"),
    ):
        reminding.remind()
    with pytest.raises(members.MemberError, match="is no e-mail address"):
        members.reach("ruth", "ruth at home")


def test_statistics_tell_by_reviewer_and_topic_what_is_open_and_done(
    article: Any, edda: Any
) -> None:
    made = board.answer()
    board.review(article, made)
    other = board.begin("another", made)
    board.submit(other, made)
    page = text(edda.get("/review/statistics"))
    assert "1 open, 0 of them overdue; 1 approved, 0 returned; median 0.0 days." in page
    row = (
        '<tr><th scope="row">Dr Ruth Reviewer</th><td data-column="Open">0</td>'
        '<td data-column="Overdue">0</td><td data-column="Approved">1</td>'
        '<td data-column="Returned">0</td><td data-column="Median days">0.0</td></tr>'
    )
    assert row in page
    assert '<th scope="row">Nobody yet</th><td data-column="Open">1</td>' in page
    assert "cervical cancer</th>" in page


def test_an_editor_who_reads_german_finds_all_of_it_in_german(
    article: Any, edda: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site.board import assigning, queue
    from probatum.site.board.models import Article
    from probatum.site.board.people import policy
    from probatum.site.board.summary import damaged
    from probatum.site.engine import engine

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(days=15)

    board.review(article, board.answer())
    other = board.begin("another", board.answer())
    board.submit(other, board.answer())
    edda.post("/review/another/1/assign", {"reviewer": "ruth"})
    broken = Article.objects.create(slug="broken", title="Broken")
    damaged(broken, engine(), policy()).save()
    monkeypatch.setattr(queue, "datetime", Clock)
    monkeypatch.setattr(assigning, "datetime", Clock)
    pages = {
        path: text(edda.get(path, headers={"accept-language": "de"}))
        for path in ("/review/", "/review/another/1", "/review/statistics")
    }
    for path, page in pages.items():
        assert (path, left_in_english(read(page))) == (path, set())
    assert "<b>1 Begutachtung ist überfällig.</b>" in pages["/review/"]
    assert "Dr Ruth Reviewer wurde am " in pages["/review/another/1"]
    figures = "1 offen, davon 0 überfällig; 1 freigegeben, 0 zurückgegeben; Median 0,0 Tage."
    assert figures in pages["/review/statistics"]
    assert '<th scope="row" lang="en">cervical cancer</th>' in pages["/review/statistics"]
    refused = edda.post(
        "/review/another/1/assign", {"reviewer": "anna"}, headers={"accept-language": "de"}
    )
    assert "Angefragt werden kann nur, wer ein offenes Konto hat" in text(refused)


def test_the_trail_is_every_entry_of_all_articles_and_verifies_by_itself(
    article: Any, edda: Any
) -> None:
    made = board.answer()
    board.review(article, made)
    board.begin("another", made)
    response = edda.get("/review/trail.jsonl")
    assert response.headers["Content-Type"] == "application/x-ndjson"
    body = b"".join(response.streaming_content).decode()
    entries = [Entry.model_validate_json(line) for line in body.splitlines()]
    by = {slug: [e for e in entries if e.article == slug] for slug in ("bevacizumab", "another")}
    assert sum(map(len, by.values())) == len(entries)
    assert len(by["bevacizumab"]) == article.log.count()
    assert {slug: verify(slug, of) for slug, of in by.items()} == dict.fromkeys(by)


def test_what_was_taken_out_of_a_draft_last_is_put_back_with_todays_words(client: Any) -> None:
    from probatum.evidence.answer import Answer
    from probatum.review.changes import changes
    from probatum.site.board import drafts
    from probatum.site.board.ledger import read_answer
    from probatum.site.board.models import Working

    board.accounts()
    made = board.answer()
    held = drafts.begin(board.actor("anna"), made)
    anna = board.signed_in("anna")
    edit = f"/articles/{held.slug}/edit"

    def working() -> Any:
        return Working.objects.get(article=held)

    def now() -> Answer:
        return read_answer(working().content)

    def does(action: str, item: str = "") -> Any:
        sent = {"action": action, "item": item, "seen": drafts.shape_of(working())}
        return anna.post(edit, sent)

    assert "Put back" not in text(anna.get(edit))
    assert does("undo").status_code == 400
    one, two = list(made.claims)[:2]
    does("claim-remove", one)
    without = now()
    does("section-remove", without.sections[-1].id)
    assert "Put back what was taken out last" in text(anna.get(edit))
    stale = anna.post(edit, {"action": "undo", "seen": "x"})
    assert stale.status_code == 409
    does("undo")
    assert now() == without
    assert one not in now().claims
    does("undo")
    assert changes(made, now()).claims == ()
    assert now() == made
    assert "Put back" not in text(anna.get(edit))
    # Another order since: what was taken out has no place any more that could be restored.
    does("claim-remove", two)
    assert does("section-down", now().sections[0].id).status_code == 302
    assert "Put back" not in text(anna.get(edit))
