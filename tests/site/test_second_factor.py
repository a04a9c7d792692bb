"""A second factor at the door and at the signature, and a limit on tries of either."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest

from tests.site import board
from tests.site.test_reviewing import PAGE, approves, text

pytestmark = pytest.mark.usefixtures("kept")
FACTOR = "/account/second-factor"
PERIOD = 30


def code_of(secret: str, at: float) -> str:
    """RFC 4226, section 5.3, and RFC 6238, section 4, written again for the tests."""
    digest = hmac.new(
        base64.b32decode(secret), struct.pack(">Q", int(at) // PERIOD), hashlib.sha1
    ).digest()
    offset = digest[-1] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


class Clock:
    """The time that django-allauth sees; each code needs a moment of its own."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now

    def next_code(self, secret: str) -> str:
        self.now += PERIOD
        return code_of(secret, self.now)


@pytest.fixture
def clock(client: Any, monkeypatch: pytest.MonkeyPatch) -> Clock:
    from allauth.mfa.totp.internal import auth

    made = Clock()
    monkeypatch.setattr(auth, "time", made)
    return made


@pytest.fixture
def people(client: Any) -> None:
    board.accounts()


def test_the_tests_own_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: SHA-1, the last six of its eight digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [code_of(secret, at) for at in (59, 1111111109, 20000000000)] == [
        "287082",
        "081804",
        "353130",
    ]


def again(browser: Any, password: str = board.PASSWORD) -> Any:
    return browser.post("/login/again", {"password": password, "next": f"{FACTOR}/add"})


def add(browser: Any, clock: Clock) -> tuple[str, list[str]]:
    """Somebody adds a second factor; its key and the recovery codes."""
    again(browser)
    page = browser.get(f"{FACTOR}/add").content.decode()
    secret = re.search(r"Key: <code>([A-Z2-7 ]+)</code>", page)
    assert secret, page
    key = secret[1].replace(" ", "")
    done = browser.post(f"{FACTOR}/add", {"code": clock.next_code(key)})
    assert done.headers["Location"] == f"{FACTOR}/codes"
    codes = re.findall(r"<code>(\d{8})</code>", browser.get(f"{FACTOR}/codes").content.decode())
    assert len(codes) == 10
    return key, codes


def first_step(name: str, **more: str) -> Any:
    from django.test import Client

    browser = Client(raise_request_exception=False)
    fields = {"username": name, "password": board.PASSWORD, **more}
    return browser, browser.post("/login", fields)


def test_a_factor_is_added_once_the_password_was_given_again(people: None, clock: Clock) -> None:
    ruth = board.signed_in("ruth")
    assert ruth.get(f"{FACTOR}/add").headers["Location"].startswith("/login/again?next=")
    assert "password is not right" in again(ruth, "wrong").content.decode()
    assert ruth.get(f"{FACTOR}/add").status_code == 302
    assert again(ruth).headers["Location"] == f"{FACTOR}/add"
    page = ruth.get(f"{FACTOR}/add").content.decode()
    assert "<svg" in page
    assert "<?xml" not in page
    assert "data:" not in page
    assert 'style="' not in page
    assert ruth.post(f"{FACTOR}/add", {"code": "000000"}).status_code == 200
    add(ruth, clock)
    assert "Recovery codes left: 10." in ruth.get(FACTOR).content.decode()


def test_the_password_alone_opens_no_account_that_has_a_factor(people: None, clock: Clock) -> None:
    key, _ = add(board.signed_in("ruth"), clock)
    browser, response = first_step("ruth", next="/review/")
    assert response.headers["Location"] == "/login/code"
    before = browser.session.session_key
    assert browser.get("/review/").status_code == 302
    wrong = browser.post("/login/code", {"code": "000000"})
    assert "The code is not right" in wrong.content.decode()
    assert browser.get("/review/").status_code == 302
    done = browser.post("/login/code", {"code": clock.next_code(key)})
    assert done.headers["Location"] == "/review/"
    assert browser.get("/review/").status_code == 200
    # Another session from here on, so that a key that was planted before is worth nothing.
    assert browser.session.session_key != before


def test_a_code_works_once(people: None, clock: Clock) -> None:
    key, codes = add(board.signed_in("ruth"), clock)
    code = clock.next_code(key)
    for given in (code, codes[0]):
        browser, _ = first_step("ruth")
        assert browser.post("/login/code", {"code": given}).status_code == 302
        browser, _ = first_step("ruth")
        assert browser.post("/login/code", {"code": given}).status_code == 200


def test_recovery_codes_are_shown_once_and_new_ones_end_the_old(people: None, clock: Clock) -> None:
    ruth = board.signed_in("ruth")
    _, old = add(ruth, clock)
    shown = ruth.get(f"{FACTOR}/codes").content.decode()
    assert "They were shown already." in shown
    assert old[0] not in shown
    ruth.post(f"{FACTOR}/codes/new")
    new = re.findall(r"<code>(\d{8})</code>", ruth.get(f"{FACTOR}/codes").content.decode())
    browser, _ = first_step("ruth")
    assert browser.post("/login/code", {"code": old[0]}).status_code == 200
    assert browser.post("/login/code", {"code": new[0]}).status_code == 302


def test_tries_of_a_code_are_limited(people: None, clock: Clock) -> None:
    key, _ = add(board.signed_in("ruth"), clock)
    browser, _ = first_step("ruth")
    for _ in range(5):
        browser.post("/login/code", {"code": "000000"})
    assert browser.post("/login/code", {"code": clock.next_code(key)}).status_code == 200
    other, _ = first_step("ruth")
    assert other.post("/login/code", {"code": clock.next_code(key)}).status_code == 200


def test_tries_of_a_password_are_limited_for_the_account_and_not_for_others(
    people: None,
) -> None:
    from django.test import Client

    browser = Client()
    for _ in range(5):
        wrong = browser.post("/login", {"username": "ruth", "password": "wrong"})
        assert "The name or the password is not right." in wrong.content.decode()
    late = browser.post("/login", {"username": "RUTH", "password": board.PASSWORD})
    assert "There were too many tries." in late.content.decode()
    _, response = first_step("rene")
    assert response.status_code == 302


def test_tries_from_one_address_are_limited_whatever_the_account(people: None) -> None:
    from django.test import Client

    browser = Client()
    for number in range(10):
        browser.post("/login", {"username": f"nobody{number}", "password": "wrong"})
    late = browser.post("/login", {"username": "ruth", "password": board.PASSWORD})
    assert "There were too many tries." in late.content.decode()
    elsewhere = browser.post(
        "/login",
        {"username": "ruth", "password": board.PASSWORD},
        REMOTE_ADDR="192.0.2.9",
        # Anybody can write such a header; it is no address.
        headers={"x-forwarded-for": "127.0.0.1"},
    )
    assert elsewhere.status_code == 302


def test_removing_the_factor_asks_again_and_takes_the_codes_along(
    people: None, clock: Clock
) -> None:
    key, _ = add(board.signed_in("ruth"), clock)
    browser, _ = first_step("ruth")
    browser.post("/login/code", {"code": clock.next_code(key)})
    assert browser.post(f"{FACTOR}/remove").headers["Location"].startswith("/login/again")
    again(browser)
    assert browser.post(f"{FACTOR}/remove").headers["Location"] == FACTOR
    browser, response = first_step("ruth")
    assert response.headers["Location"] == "/articles/"
    assert "There is none." in browser.get("/account/").content.decode()


def test_the_operator_resets_a_factor_that_was_lost(people: None, clock: Clock) -> None:
    from probatum.site.board import members

    add(board.signed_in("ruth"), clock)
    assert [each.name for each in members.members() if each.second_factor] == ["ruth"]
    members.reset_second_factor("ruth")
    assert [each.name for each in members.members() if each.second_factor] == []
    _, response = first_step("ruth")
    assert response.headers["Location"] == "/articles/"


def test_the_database_alone_gives_nobody_a_code(
    people: None, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allauth.mfa.models import Authenticator
    from django.conf import settings

    key, _ = add(board.signed_in("ruth"), clock)
    assert all(key not in str(row.data) for row in Authenticator.objects.all())
    monkeypatch.setattr(settings, "SECRET_KEY", "another key, as after a restore without it")
    browser, _ = first_step("ruth")
    for code in (clock.next_code(key), code_of("", clock.now)):
        assert browser.post("/login/code", {"code": code}).status_code == 200


@pytest.fixture
def made(people: None) -> Any:
    answer = board.answer()
    board.submit(board.begin(made=answer), answer)
    return answer


def reviewed(browser: Any, made: Any) -> None:
    """All is done but the signature."""
    browser.post(PAGE, {"action": "begin", "conflict": "no"})
    approves(browser, made)


def content(page: str) -> str:
    found = re.search(r'name="content" value="([0-9a-f]+)"', page)
    assert found, page
    return found[1]


def test_a_signature_takes_a_fresh_code_in_the_place_of_the_password(
    made: Any, clock: Clock
) -> None:
    ruth = board.signed_in("ruth")
    key, _ = add(ruth, clock)
    reviewed(ruth, made)
    page = text(ruth.get(f"{PAGE}/sign"))
    assert "Or a code of your second factor" in page
    used = clock.next_code(key)
    browser, _ = first_step("ruth")
    browser.post("/login/code", {"code": used})
    fields = {"content": content(page)}
    for wrong in ({}, {"code": "000000"}, {"code": used}, {"password": "wrong"}):
        assert ruth.post(f"{PAGE}/sign", {**fields, **wrong}).status_code == 422
    signed = ruth.post(f"{PAGE}/sign", {**fields, "code": clock.next_code(key)})
    assert (signed.status_code, signed.headers["Location"]) == (302, PAGE)
    assert ruth.get(f"{PAGE}/sign").status_code == 302


def test_a_code_of_somebody_without_a_factor_signs_nothing(made: Any) -> None:
    ruth = board.signed_in("ruth")
    reviewed(ruth, made)
    fields = {"content": content(text(ruth.get(f"{PAGE}/sign"))), "code": "123456"}
    refused = ruth.post(f"{PAGE}/sign", fields)
    assert refused.status_code == 422
    assert "This account has no second factor. Nothing was signed." in text(refused)


def test_tries_at_the_signature_are_limited(made: Any) -> None:
    ruth = board.signed_in("ruth")
    reviewed(ruth, made)
    fields = {"content": content(text(ruth.get(f"{PAGE}/sign")))}
    for _ in range(5):
        ruth.post(f"{PAGE}/sign", {**fields, "password": "wrong"})
    late = ruth.post(f"{PAGE}/sign", {**fields, "password": board.PASSWORD})
    assert late.status_code == 422
    assert "There were too many tries. Please wait five minutes. Nothing was signed." in text(late)


def test_an_account_without_a_password_signs_with_a_second_factor_only(
    made: Any, clock: Clock
) -> None:
    from django.contrib.auth.models import User
    from django.test import Client

    user = User.objects.get(username="ruth")
    user.set_unusable_password()
    user.save()
    ruth = Client(raise_request_exception=False)
    ruth.force_login(user)
    reviewed(ruth, made)
    page = text(ruth.get(f"{PAGE}/sign"))
    assert "Your account has no password." in page
    assert '<button type="submit">Sign</button>' not in page
    for wrong in ({}, {"password": ""}, {"password": board.PASSWORD}):
        assert ruth.post(f"{PAGE}/sign", {"content": content(page), **wrong}).status_code == 422
    page = ruth.get("/account/").content.decode()
    assert "Another password" not in page
    fields = {"old_password": "", "new_password1": "x" * 20, "new_password2": "x" * 20}
    assert ruth.post("/account/", fields).status_code in (200, 403)
    assert not User.objects.get(username="ruth").has_usable_password()
    key, _ = add(ruth, clock)
    page = text(ruth.get(f"{PAGE}/sign"))
    fields = {"content": content(page), "code": clock.next_code(key)}
    assert ruth.post(f"{PAGE}/sign", fields).headers["Location"] == PAGE


def test_roles_that_ask_for_a_factor_wait_for_one(
    made: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    from probatum.review.people import Role

    monkeypatch.setattr(settings, "PROBATUM_SECOND_FACTOR", frozenset({Role.REVIEWER}))
    ruth = board.signed_in("ruth")
    assert ruth.get("/review/").headers["Location"] == FACTOR
    assert ruth.post(f"{PAGE}/sign", {}).headers["Location"] == FACTOR
    assert "your roles reviewer count only with a second factor" in text(ruth.get(FACTOR))
    assert board.signed_in("edda").get("/review/").status_code == 200
    assert board.signed_in("anna").get("/review/").status_code == 403
    key, _ = add(ruth, clock)
    assert ruth.get("/review/").status_code == 200
    # A session in which no code was given is not enough.
    other = board.signed_in("ruth")
    assert other.get("/review/").headers["Location"] == FACTOR
    browser, _ = first_step("ruth")
    browser.post("/login/code", {"code": clock.next_code(key)})
    assert browser.get("/review/").status_code == 200
    again(browser)
    browser.post(f"{FACTOR}/remove")
    assert browser.get("/review/").headers["Location"] == FACTOR


def test_signing_in_takes_another_session_and_drops_what_was_planted(people: None) -> None:
    from django.test import Client

    browser = Client()
    browser.get("/login")
    session = browser.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    browser.cookies["sessionid"] = planted
    browser.post("/login", {"username": "ruth", "password": board.PASSWORD})
    assert browser.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/review/").status_code == 302


def test_another_password_ends_other_sessions_and_needs_the_old_one(people: None) -> None:
    ruth, other = board.signed_in("ruth"), board.signed_in("ruth")
    fields = {"new_password1": "four random words here", "new_password2": "four random words here"}
    assert ruth.post("/account/", {"old_password": "wrong", **fields}).status_code == 200
    done = ruth.post("/account/", {"old_password": board.PASSWORD, **fields})
    assert done.headers["Location"] == "/account/?changed=1"
    assert ruth.get("/review/").status_code == 200
    assert other.get("/review/").status_code == 302
    for _ in range(6):
        late = ruth.post("/account/", {"old_password": "wrong", **fields})
    assert late.status_code == 429
    assert "Too many tries" in late.content.decode()
