"""Keys of programs: shown once, kept as a hash, bound to scopes, an account and a time."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.site import board
from tests.site.test_api import error, post
from tests.site.test_language import read
from tests.site.words import left_in_english

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("kept")
RESULT = {"text": "Nothing"}


@pytest.fixture
def people(client: "Client") -> None:
    board.accounts()


def key(name: str, *scopes: str, days: int = 30) -> str:
    """A key of somebody's account."""
    from django.contrib.auth.models import User

    from probatum.site.keys.keeping import make
    from probatum.site.keys.scopes import Scope

    owner = User.objects.get(username=name)
    return make(owner, "a program", [Scope(scope) for scope in scopes], days).text


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_a_key_opens_what_its_scopes_name_and_nothing_else(client: "Client", people: None) -> None:
    held = key("rita", "audit")
    assert post(client, "extract", RESULT, **bearer(held)).status_code == 200
    refused = post(client, "ask", {"question": "Why?"}, **bearer(held))
    assert error(refused) == (403, "forbidden", None)
    assert refused.json()["error"]["message"] == (
        "The key may not do this: it lacks the scope ask."
    )


@pytest.mark.parametrize("text", ["", "x", "probatum_00000000_" + "a" * 43, "é" * 10, "x" * 9_000])
def test_a_key_that_is_none_is_refused_even_where_none_is_needed(
    client: "Client", text: str
) -> None:
    refused = post(client, "extract", RESULT, **bearer(text))
    assert error(refused) == (401, "unauthorized", None)
    assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_ends_when_it_is_revoked_when_its_time_is_over_and_with_its_account(
    client: "Client", people: None
) -> None:
    from django.contrib.auth.models import User

    from probatum.site.keys.keeping import revoke
    from probatum.site.keys.models import Key

    first, second, third = key("rita", "audit"), key("rita", "audit"), key("anna", "audit")
    assert [post(client, "extract", RESULT, **bearer(k)).status_code for k in (first, second)] == [
        200,
        200,
    ]
    revoke(first.split("_")[1])
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    Key.objects.filter(prefix=second.split("_")[1]).update(expires=yesterday)
    User.objects.filter(username="anna").update(is_active=False)
    for ended in (first, second, third):
        assert post(client, "extract", RESULT, **bearer(ended)).status_code == 401


def test_only_a_hash_is_kept_and_the_day_of_the_last_use(client: "Client", people: None) -> None:
    from probatum.site.keys.models import Key

    held = key("rita", "audit")
    kept = Key.objects.get()
    assert held not in str(vars(kept))
    assert held.split("_", 2)[2] not in str(vars(kept))
    assert kept.last_used is None
    post(client, "extract", RESULT, **bearer(held))
    assert Key.objects.get().last_used == datetime.now(UTC).date()


def test_an_operator_can_ask_everybody_for_a_key(
    client: "Client", people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "PROBATUM_API_KEYS", True)
    refused = client.get("/api/sources")
    assert error(refused) == (401, "unauthorized", None)
    assert client.get("/api/sources", headers=bearer(key("rita", "read"))).status_code == 200
    assert client.get("/api/health").status_code == 200
    assert client.get("/api/openapi.json").status_code == 200


def test_the_session_of_a_browser_opens_nothing_under_the_api(people: None) -> None:
    browser = board.signed_in("ruth")
    assert browser.get("/review/").status_code == 200
    assert browser.get("/api/reviews").status_code == 401


# -- the page -----------------------------------------------------------------------------------

FORM = {"name": "Night job", "scope": ["ask", "audit"], "days": "30", "password": board.PASSWORD}


def test_a_key_is_made_on_the_page_and_shown_once(people: None) -> None:
    browser = board.signed_in("rita")
    made = browser.post("/account/keys", FORM)
    (shown,) = re.findall(r"<code>(probatum_[^<]+)</code>", made.content.decode())
    assert made.headers["Cache-Control"].startswith(("max-age=0", "no-store"))
    again = browser.get("/account/keys").content.decode()
    assert shown not in again
    assert "Night job" in again
    assert shown.split("_")[1] in again
    assert "ask, audit" in again
    assert post(browser, "extract", RESULT, **bearer(shown)).status_code == 200


def test_another_password_and_half_a_form_make_no_key(people: None) -> None:
    from probatum.site.keys.models import Key

    browser = board.signed_in("rita")
    for change, sentence in (
        ({"password": "wrong"}, "The password is not right."),
        ({"name": " "}, "The key needs a name of 1 to 60 characters."),
        ({"scope": ["everything"]}, "The key needs a scope: ask, audit, read, write, review."),
        ({"days": "1000"}, "A key lasts 1 to 366 days."),
        ({"days": "never"}, "A key lasts 1 to 366 days."),
    ):
        refused = browser.post("/account/keys", {**FORM, **change})
        assert refused.status_code == 422
        assert sentence in refused.content.decode()
    assert not Key.objects.exists()


def test_who_reads_german_finds_keys_and_their_refusals_in_german(people: None) -> None:
    browser = board.signed_in("rita")
    german = {"accept-language": "de"}
    made = browser.post("/account/keys", FORM, headers=german).content.decode()
    again = browser.get("/account/keys", headers=german).content.decode()
    for page in (made, again):
        assert left_in_english(read(page)) == set()
    assert (
        '<td data-column="Darf">ask, audit</td><td data-column="Zuletzt benutzt">nie</td>' in made
    )
    assert re.search(r'<td data-column="Bis">\d\d\.\d\d\.\d{4}</td>', made)
    refused = browser.post("/account/keys", {**FORM, "days": "0"}, headers=german)
    assert "Ein Schlüssel gilt 1 bis 366 Tage." in refused.content.decode()


def test_a_key_is_revoked_by_its_owner_and_by_nobody_else(people: None) -> None:
    held = key("rita", "audit")
    prefix = held.split("_")[1]
    form = {"action": "revoke", "prefix": prefix}
    assert board.signed_in("ruth").post("/account/keys", form).status_code == 422
    browser = board.signed_in("rita")
    assert post(browser, "extract", RESULT, **bearer(held)).status_code == 200
    assert browser.post("/account/keys", form).headers["Location"] == "/account/keys"
    assert post(browser, "extract", RESULT, **bearer(held)).status_code == 401
    assert "revoked" in browser.get("/account/keys").content.decode()


# -- how often ----------------------------------------------------------------------------------


def test_who_asks_too_often_is_told_when_to_come_again(
    client: "Client", people: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from probatum.site import rates

    monkeypatch.setattr(settings, "PROBATUM_API_RATE", "2/day")
    rates._limiter.cache_clear()
    held = key("rita", "audit")
    assert [post(client, "extract", RESULT).status_code for _ in range(2)] == [200, 200]
    refused = post(client, "extract", RESULT)
    assert error(refused) == (429, "too_many", None)
    assert 0 < int(refused.headers["Retry-After"]) <= 43_200
    # A key is another caller than the address that it comes from, and so is another address.
    assert post(client, "extract", RESULT, **bearer(held)).status_code == 200
    other = client.post(
        "/api/extract", RESULT, content_type="application/json", REMOTE_ADDR="192.0.2.7"
    )
    assert other.status_code == 200
    assert client.get("/api/health").status_code == 200


def test_guesses_of_keys_are_counted_too(client: "Client", monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from probatum.site import rates

    monkeypatch.setattr(settings, "PROBATUM_API_RATE", "3/day")
    rates._limiter.cache_clear()
    made = [post(client, "extract", RESULT, **bearer(f"x{n}")).status_code for n in range(5)]
    assert made == [401, 401, 401, 429, 429]
