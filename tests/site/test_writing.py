"""An author turns an answer into a draft, edits it and submits what passes."""

import re
from typing import Any

import pytest

from tests.site import board

pytestmark = pytest.mark.usefixtures("kept")
ADDRESS = "/articles/when-should-bevacizumab-be-withheld-or-stopped"
EDIT = f"{ADDRESS}/edit"


@pytest.fixture
def anna(client: Any) -> Any:
    board.accounts()
    return board.signed_in("anna")


def text(response: Any) -> str:
    """A page's words, runs of space as one."""
    return " ".join(response.content.decode().split())


def begun(anna: Any) -> Any:
    """The draft of Anna's article."""
    from probatum.site.board.models import Article

    response = anna.post("/articles/new", {"q": board.QUESTION})
    assert (response.status_code, response.headers["Location"]) == (302, EDIT)
    return Article.objects.get().working


def fresh(working: Any) -> Any:
    """The draft as it is now."""
    working.refresh_from_db()
    return working


def seen(page: str, claim: str) -> str:
    """What the form of a claim says it has seen."""
    form = re.search(rf'action="{EDIT}/{claim}".*?name="seen" value="(\w+)"', page, re.S)
    assert form
    return form[1]


def shape(page: str) -> str:
    """What the buttons that move things say they have seen."""
    found = re.search(r'name="seen" value="(\w+)"><input type="hidden" name="item"', page)
    assert found
    return found[1]


def whole(page: str) -> str:
    """What the button that submits says it has seen."""
    found = re.search(r'id="draft-seen" name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_the_answer_page_offers_a_draft_to_authors_and_to_nobody_else(
    anna: Any, client: Any
) -> None:
    address = {"q": board.QUESTION}
    assert "Turn into a draft" in text(anna.get("/ask", address))
    assert "Turn into a draft" not in text(client.get("/ask", address))
    assert "Turn into a draft" not in text(board.signed_in("ruth").get("/ask", address))


def test_an_answer_becomes_a_draft_once_however_often_it_is_sent(anna: Any) -> None:
    from probatum.site.board.models import Article

    page = text(anna.get("/articles/new", {"q": board.QUESTION}))
    assert "The question becomes the article’s title and is kept." in page
    begun(anna)
    begun(anna)
    assert Article.objects.count() == 1
    assert "Draft of version 1: not reviewed" in text(anna.get(EDIT))
    assert anna.get(ADDRESS).headers["Location"] == EDIT


def test_what_is_no_plain_answer_becomes_no_article(anna: Any) -> None:
    wrong = "Since cemiplimab is FDA-approved for cervical cancer, what dose should I give?"
    response = anna.post("/articles/new", {"q": wrong})
    assert response.status_code == 400
    assert "Only a plain answer can become an article" in text(response)


def test_words_that_fail_a_check_are_kept_shown_with_the_reason_and_not_submitted(
    anna: Any,
) -> None:
    working = begun(anna)
    page = anna.get(EDIT).content.decode()
    wrong = "Withhold bevacizumab for 99 weeks before surgery."
    done = anna.post(f"{EDIT}/c1", {"text": wrong, "seen": seen(page, "c1")})
    assert (done.status_code, done.headers["Location"]) == (302, f"{EDIT}#c-c1")
    assert fresh(working).pending == {"c1": wrong}
    page = anna.get(EDIT).content.decode()
    assert "These words are kept for you and cannot be submitted." in page
    assert wrong in page
    refused = anna.post(EDIT, {"action": "submit", "seen": whole(page)})
    assert refused.status_code == 422
    assert "Not submitted: 1 sentence did not pass." in text(refused)
    from probatum.site.board.models import Version

    assert Version.objects.count() == 0


def test_words_that_pass_become_the_claim_and_are_submitted_once(anna: Any, client: Any) -> None:
    from probatum.site.board.ledger import read_answer
    from probatum.site.board.models import LogEntry, Version

    working = begun(anna)
    page = anna.get(EDIT).content.decode()
    old = read_answer(working.content).claims["c1"].text
    own = old.rstrip(".") + ", as its label says."
    anna.post(f"{EDIT}/c1", {"text": old + " ", "seen": "stale"})
    assert fresh(working).pending == {}
    anna.post(f"{EDIT}/c1", {"text": own, "seen": seen(page, "c1")})
    outcome = fresh(working).pending.get("c1"), read_answer(working.content).claims["c1"].text
    assert outcome in ((own, old), (None, own))
    page = anna.get(EDIT).content.decode()
    anna.post(f"{EDIT}/c1", {"text": old, "seen": seen(page, "c1")})
    assert (fresh(working).pending, read_answer(working.content).claims["c1"].text) == ({}, old)
    page = anna.get(EDIT).content.decode()
    for _ in range(2):
        done = anna.post(EDIT, {"action": "submit", "seen": whole(page)})
        assert (done.status_code, done.headers["Location"]) == (302, ADDRESS)
    assert Version.objects.count() == 1
    assert LogEntry.objects.count() == 2
    assert "Nobody has reviewed this version." in text(client.get(ADDRESS))


def test_saving_while_typing_gives_the_line_beside_the_words(anna: Any) -> None:
    begun(anna)
    page = anna.get(EDIT).content.decode()
    sent = {"text": "Give 99 mg/kg to everybody.", "seen": seen(page, "c1")}
    response = anna.post(f"{EDIT}/c1", sent, headers={"hx-request": "true"})
    fragment = text(response)
    assert response.status_code == 200
    assert fragment.startswith('<div class="claim-state" role="status">')
    assert 'class="fault"' in fragment
    assert "Saved." in fragment


def test_two_authors_at_one_sentence_see_both_texts_and_lose_neither(anna: Any) -> None:
    working = begun(anna)
    page = anna.get(EDIT).content.decode()
    edda = board.signed_in("edda")
    edda.post(f"{EDIT}/c1", {"text": "Edda writes this.", "seen": seen(page, "c1")})
    late = {"text": "Anna writes that.", "seen": seen(page, "c1")}
    clash = anna.post(f"{EDIT}/c1", late)
    assert clash.status_code == 409
    assert "Edda writes this." in text(clash)
    assert "Anna writes that." in text(clash)
    assert fresh(working).pending == {"c1": "Edda writes this."}
    typing = anna.post(f"{EDIT}/c1", late, headers={"hx-request": "true"})
    assert "It now reads: <q>Edda writes this.</q>" in text(typing)
    again = re.search(r'name="seen" value="(\w+)"', clash.content.decode())
    assert again
    anna.post(f"{EDIT}/c1", {**late, "seen": again[1]})
    assert fresh(working).pending == {"c1": "Anna writes that."}
    assert fresh(working).writers == ["anna", "edda"]


def test_a_part_moves_once_however_often_the_button_is_pressed(anna: Any) -> None:
    from probatum.site.board.ledger import read_answer

    working = begun(anna)
    sections = [each.id for each in read_answer(working.content).sections]
    sent = {"action": "section-down", "item": sections[0], "seen": shape(text(anna.get(EDIT)))}
    assert anna.post(EDIT, sent).status_code == 302
    assert anna.post(EDIT, sent).status_code == (409 if len(sections) > 1 else 302)
    now = [each.id for each in read_answer(fresh(working).content).sections]
    assert now == [*sections[1:2], sections[0], *sections[2:]]


def test_a_claim_is_taken_out_with_its_place_in_the_bottom_line(anna: Any) -> None:
    from probatum.site.board.ledger import read_answer

    working = begun(anna)
    sent = {"action": "claim-remove", "item": "c1", "seen": shape(text(anna.get(EDIT)))}
    anna.post(EDIT, sent)
    answer = read_answer(fresh(working).content)
    assert "c1" not in answer.claims
    assert "c1" not in answer.bottom_line


def test_others_neither_see_nor_edit_the_draft(anna: Any, client: Any) -> None:
    begun(anna)
    found = {}
    for name in ("alan", "ruth", "rita", "adam"):
        other = board.signed_in(name)
        found[name] = (other.get(EDIT).status_code, other.get(ADDRESS).status_code)
    assert found == {
        "alan": (403, 404),
        "ruth": (403, 404),
        "rita": (403, 404),
        "adam": (403, 404),
    }
    assert client.get(EDIT).headers["Location"] == f"/login?next={EDIT}"


def test_a_withdrawn_draft_is_gone_and_that_it_was_there_is_not(anna: Any, client: Any) -> None:
    from probatum.site.board.models import LogEntry, Working

    begun(anna)
    assert anna.post(EDIT, {"action": "withdraw", "reason": " "}).status_code == 400
    anna.post(EDIT, {"action": "withdraw", "reason": "Not needed."})
    assert Working.objects.count() == 0
    assert LogEntry.objects.count() == 2
    assert client.get(ADDRESS).status_code == 404
    for name in ("edda", "adam"):
        other = board.signed_in(name)
        assert (other.get(ADDRESS).status_code, other.get("/articles/").status_code) == (404, 200)


def test_a_form_of_another_site_changes_nothing(anna: Any) -> None:
    from django.test import Client

    from probatum.site.board.models import Article

    strict = Client(enforce_csrf_checks=True)
    assert strict.login(username="anna", password=board.PASSWORD)
    response = strict.post("/articles/new", {"q": board.QUESTION})
    assert response.status_code == 403
    assert "The form is not this site’s own" in text(response)
    assert Article.objects.count() == 0
