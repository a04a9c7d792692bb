"""A reviewer declares, decides claim by claim and signs exactly what they read."""

import re
from typing import Any

import pytest

from probatum.review.content import content_of, digest
from tests.site import board

pytestmark = pytest.mark.usefixtures("kept")
PAGE = "/review/bevacizumab/1"


@pytest.fixture
def article(made: Any) -> Any:
    kept = board.begin(made=made)
    board.submit(kept, made)
    return kept


@pytest.fixture
def ruth(article: Any) -> Any:
    """Ruth, who has begun the review."""
    client = board.signed_in("ruth")
    client.post(PAGE, {"action": "begin", "conflict": "no"})
    return client


def text(response: Any) -> str:
    """A page's words, runs of space as one."""
    return " ".join(response.content.decode().split())


def entries() -> list[Any]:
    """The events of the log so far."""
    from probatum.review.log import Entry
    from probatum.site.board.models import LogEntry

    return [Entry.model_validate_json(row.entry).event for row in LogEntry.objects.all()]


def kinds() -> list[str]:
    """What has happened so far."""
    return [each.kind for each in entries()]


def approves(client: Any, made: Any) -> None:
    """Every claim is approved by its button."""
    for claim in made.claims:
        done = client.post(f"{PAGE}/claims/{claim}", {"choice": "approve", "seen": "0"})
        assert done.status_code == 302


def test_the_queue_shows_what_waits_with_risk_age_topic_and_trigger(article: Any) -> None:
    ruth = board.signed_in("ruth")
    page = text(ruth.get("/review/"))
    assert "1 of 1 version" in page
    assert '<td data-column="Risk">high</td><td data-column="Waits">0 days</td>' in page
    assert "New or edited" in page
    assert "0 of 1 version" in text(ruth.get("/review/", {"risk": "low"}))
    assert "0 of 1 version" in text(ruth.get("/review/", {"trigger": "age_limit"}))
    assert "1 of 1 version" in text(ruth.get("/review/", {"trigger": "new", "risk": "high"}))


def test_the_page_shows_each_claim_beside_the_words_it_rests_on(ruth: Any, made: Any) -> None:
    page = text(ruth.get(PAGE))
    for claim in made.claims.values():
        assert f'id="c-{claim.id}"' in page
    assert "<mark>" in page
    assert "Your declaration: None declared." in page
    assert "By Anna Author" in page
    assert f"{len(made.claims)} claim" in page


def test_a_review_begins_once_however_often_the_button_is_pressed(ruth: Any) -> None:
    assert ruth.post(PAGE, {"action": "begin", "conflict": "no"}).status_code == 302
    assert kinds() == ["drafted", "submitted", "taken", "declared"]


def test_whoever_declares_a_conflict_decides_nothing(article: Any, made: Any) -> None:
    rene = board.signed_in("rene")
    assert rene.post(PAGE, {"action": "begin"}).status_code == 400
    rene.post(PAGE, {"action": "begin", "conflict": "yes", "statement": "I own shares."})
    assert kinds() == ["drafted", "submitted", "declared"]
    page = text(rene.get(PAGE))
    assert "You declared a conflict of interest, so others review this version." in page
    assert 'class="approve"' not in page
    refused = rene.post(f"{PAGE}/claims/c1", {"choice": "approve", "seen": "0"})
    assert refused.status_code == 400


def test_after_a_decision_the_next_open_claim_is_the_next_down_the_page(made: Any) -> None:
    from probatum.review.editing import section_moved

    moved = section_moved(made, made.sections[0].id, 1)
    board.submit(board.begin(made=moved), moved)
    ruth = board.signed_in("ruth")
    ruth.post(PAGE, {"action": "begin", "conflict": "no"})
    claims = re.findall(r'id="c-([^"]+)" class="review-claim', text(ruth.get(PAGE)))
    assert (sorted(claims), claims != list(made.claims)) == (sorted(made.claims), True)
    for claim, after in zip(claims, [*claims[1:], claims[-1]], strict=True):
        sent = {"choice": "approve", "seen": "0"}
        done = ruth.post(f"{PAGE}/claims/{claim}", sent)
        assert done.headers["Location"] == f"{PAGE}#c-{after}"


def test_a_decision_made_twice_is_recorded_once(ruth: Any) -> None:
    for _ in range(2):
        sent = {"choice": "approve", "seen": "0"}
        assert ruth.post(f"{PAGE}/claims/c1", sent).status_code == 302
    assert kinds().count("decided") == 1


def test_a_rejection_needs_its_reason_and_is_shown_with_it(ruth: Any) -> None:
    sent = {"choice": "reject", "seen": "0", "reason": "unclear"}
    refused = ruth.post(f"{PAGE}/claims/c1", sent)
    assert refused.status_code == 400
    assert "A rejection needs a reason and a comment." in text(refused)
    ruth.post(f"{PAGE}/claims/c1", {**sent, "comment": "Which surgery?"})
    page = text(ruth.get(PAGE))
    assert "<b>Rejected</b> by Dr Ruth Reviewer" in page
    assert "A reader would misunderstand it. Which surgery?" in page


def test_proposed_words_go_through_the_gate(ruth: Any, made: Any) -> None:
    sent = {"choice": "amend", "seen": "0", "proposed": "Give 99 mg/kg to everybody."}
    refused = ruth.post(f"{PAGE}/claims/c1", sent)
    assert refused.status_code == 422
    assert "The proposed words do not pass:" in text(refused)
    same = ruth.post(f"{PAGE}/claims/c1", {**sent, "proposed": made.claims["c1"].text})
    assert "they are the words that stand there" in text(same)
    assert "decided" not in kinds()


def test_a_decision_on_an_older_view_shows_both_and_records_neither_twice(
    ruth: Any, made: Any
) -> None:
    rene = board.signed_in("rene")
    rene.post(PAGE, {"action": "declare", "conflict": "no"})
    reject = {"choice": "reject", "seen": "0", "reason": "outdated", "comment": "See 2033."}
    rene.post(f"{PAGE}/claims/c1", reject)
    clash = ruth.post(f"{PAGE}/claims/c1", {"choice": "approve", "seen": "0"})
    assert clash.status_code == 409
    page = text(clash)
    assert "<b>Rejected</b> by Dr Rene Reviewer" in page
    assert "See 2033." in page
    assert "<b>Approve</b>" in page
    assert kinds().count("decided") == 1
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    ruth.post(f"{PAGE}/claims/c1", {"choice": "approve", "seen": seen[1]})
    assert kinds().count("decided") == 2


def test_the_dialog_says_what_is_signed_and_asks_for_the_password(ruth: Any, made: Any) -> None:
    early = ruth.get(f"{PAGE}/sign")
    assert early.status_code == 409
    approves(ruth, made)
    page = text(ruth.get(f"{PAGE}/sign"))
    content = content_of(made).hash
    assert f"content <code>{content}</code>" in page
    assert "I approve exactly this content." in page
    assert "It is printed as <strong>Dr Ruth Reviewer</strong>" in page
    wrong = ruth.post(f"{PAGE}/sign", {"content": content, "password": "wrong"})
    assert wrong.status_code == 422
    assert "The password is not right. Nothing was signed." in text(wrong)
    other = {"content": digest("other"), "password": board.PASSWORD}
    assert ruth.post(f"{PAGE}/sign", other).status_code == 409
    assert "signed" not in kinds()


def test_a_signature_is_given_once_and_approves_this_content(
    ruth: Any, made: Any, client: Any
) -> None:
    approves(ruth, made)
    sent = {"content": content_of(made).hash, "password": board.PASSWORD}
    for _ in range(2):
        done = ruth.post(f"{PAGE}/sign", sent)
        assert (done.status_code, done.headers["Location"]) == (302, PAGE)
    signed = [each for each in entries() if each.kind == "signed"]
    assert [(each.content, each.statement) for each in signed] == [
        (
            content_of(made).hash,
            f"I have compared each of the {len(made.claims)} claims of version 1 with the words it "
            "rests on, and I approve exactly this content.",
        )
    ]
    assert "Reviewed and approved by the board" in text(client.get("/articles/bevacizumab"))


def test_the_password_of_somebody_else_signs_nothing(ruth: Any, made: Any) -> None:
    from django.contrib.auth.models import User

    rene = User.objects.get(username="rene")
    rene.set_password("another horse battery staple")
    rene.save()
    approves(ruth, made)
    sent = {"content": content_of(made).hash, "password": "another horse battery staple"}
    assert ruth.post(f"{PAGE}/sign", sent).status_code == 422
    assert "signed" not in kinds()


def test_authors_are_told_what_to_change_and_take_an_amendment_over(
    ruth: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = board.signed_in("anna")
    text_now = made.claims["c1"].text
    better = text_now.replace("28 days", "4 weeks") if "28 days" in text_now else text_now
    board.does_decide("ruth", "bevacizumab", "c1", made, f"{better} (as proposed)")
    ruth.post(PAGE, {"action": "request", "comment": "Please take my words over."})
    assert kinds()[-1] == "changes_requested"
    edit = "/articles/bevacizumab/edit"
    assert "Begin a new version from these words" in text(anna.get(edit))
    anna.post(edit, {"action": "begin"})
    anna.post(edit, {"action": "begin"})
    page = text(anna.get(edit))
    assert "Please take my words over." in page
    assert "Dr Ruth Reviewer</b> proposed other words" in page
    assert f"<q>{better} (as proposed)</q>" in page
    assert kinds().count("drafted") == 2


def test_a_version_that_was_sent_back_is_gone_on_with_while_an_older_one_is_on_show(
    approved: Any, made: Any
) -> None:
    from probatum.review.editing import without_claims
    from probatum.review.events import ChangesRequested, Declared, Drafted, Taken
    from probatum.site.board.ledger import read_answer
    from probatum.site.board.models import Working

    anna, edit = board.signed_in("anna"), "/articles/bevacizumab/edit"
    gone = list(made.claims)[-1]
    board.does(approved, "anna", Drafted(version=2, based_on=1))
    board.submit(approved, without_claims(made, {gone}), version=2)
    asked = ChangesRequested(version=2, comment="Say it more plainly.")
    board.does(approved, "ruth", Taken(version=2), Declared(version=2, conflict=False), asked)
    page = text(anna.get(edit))
    assert "Say it more plainly." in page
    assert "Version 2: Unreviewed: changes were requested." in page
    anna.post(edit, {"action": "begin"})
    assert entries()[-1] == Drafted(version=3, based_on=2)
    assert gone not in read_answer(Working.objects.get().content).claims


def test_an_editor_reopens_what_was_approved(ruth: Any, made: Any, client: Any) -> None:
    approves(ruth, made)
    ruth.post(f"{PAGE}/sign", {"content": content_of(made).hash, "password": board.PASSWORD})
    edda = board.signed_in("edda")
    assert "Reopen" in text(edda.get(PAGE))
    for _ in range(2):
        edda.post(PAGE, {"action": "reopen", "comment": "A reader wrote in."})
    assert kinds().count("reopened") == 1
    assert "A reader wrote in." in text(client.get("/articles/bevacizumab"))
    assert "Reopened by an editor" in text(ruth.get("/review/"))


def test_looking_at_all_articles_writes_down_what_has_changed(
    ruth: Any, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.evidence.source import Currency
    from probatum.review.triggers import Evidence
    from probatum.site.board import ledger
    from probatum.site.board.models import Summary

    edition = made.references[0].edition
    monkeypatch.setattr(
        ledger,
        "evidence_of",
        lambda engine: Evidence(
            lambda id: (Currency.SUPERSEDED if id == edition else Currency.CURRENT, "newer"),
            lambda record: None,
        ),
    )
    Summary.objects.update(basis="")
    assert "Source superseded" in text(ruth.get("/review/"))
    assert "reopened" not in kinds()
    ruth.post("/review/")
    assert "reopened" not in kinds()
    edda = board.signed_in("edda")
    for _ in range(2):
        assert edda.post("/review/").headers["Location"] == "/review/?looked=1"
    assert kinds().count("reopened") == 1
