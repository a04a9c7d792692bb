"""Signing in with the organisation's account, against a provider that can misbehave."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from probatum.review.people import Role
from probatum.site.accounts.single_sign_on import (
    SingleSignOn,
    SingleSignOnError,
    demanded_roles,
    safe_address,
    single_sign_on,
)
from tests.site import board
from tests.site.provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.usefixtures("kept")
BEGIN, BACK = "/login/organisation", "/login/organisation/callback"


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def rules(client: Any, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Settings of the operator; without more, nobody but those who are linked comes in."""
    from django.conf import settings

    def set_(**more: Any) -> None:
        made = SingleSignOn(issuer=provider.issuer, client=CLIENT, secret=SECRET)
        monkeypatch.setattr(settings, "PROBATUM_OIDC", replace(made, **more))

    set_()
    board.accounts()
    return set_


def arrive(client: Any, provider: Provider, path: str = BEGIN) -> Any:
    """The whole way there and back; the response at the end of it."""
    there = client.get(path)
    assert there.status_code == 302, there.content.decode()
    return client.get(f"{BACK}?{provider.arrives(there.headers['Location'])}")


def signed_in(client: Any) -> str | None:
    """The account of whoever uses this browser."""
    from django.contrib.auth import get_user

    user = get_user(client)
    return user.username if user.is_authenticated else None


def test_the_way_there_holds_state_nonce_and_challenge_and_no_secret(
    rules: Any, client: Any, provider: Provider
) -> None:
    address = client.get(BEGIN).headers["Location"]
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{provider.issuer}/authorize?")
    assert sorted(asked) == [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "nonce",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
    ]
    assert asked["code_challenge_method"] == ["S256"]
    assert sorted(asked["scope"][0].split()) == ["openid", "profile"]
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert (
        client.get(f"{BEGIN}?scope=admin&auth_params=prompt%3Dnone")
        .headers["Location"]
        .count("admin")
        == 0
    )


def test_a_linked_person_comes_in_and_goes_on_to_what_was_asked_for(
    rules: Any, client: Any, provider: Provider
) -> None:
    from probatum.site.board import members

    members.link("ruth", "248-ruth")
    before = client.session.session_key
    response = arrive(client, provider, f"{BEGIN}?next=/review/")
    assert (response.status_code, response.headers["Location"]) == (302, "/review/")
    assert signed_in(client) == "ruth"
    assert client.session.session_key != before
    assert client.get("/review/").status_code == 200
    assert provider.refused == []


def test_nobody_is_led_to_another_site(rules: Any, client: Any, provider: Provider) -> None:
    from probatum.site.board import members

    members.link("ruth", "248-ruth")
    response = arrive(client, provider, f"{BEGIN}?next=https://evil.example/")
    assert response.headers["Location"] == "/articles/"


def test_a_stranger_is_refused_and_leaves_no_account(
    rules: Any, client: Any, provider: Provider
) -> None:
    from django.contrib.auth.models import User

    provider.claims["preferred_username"] = "ruth"
    response = arrive(client, provider)
    assert response.status_code == 403
    assert "Nobody has made an account here for you." in response.content.decode()
    assert signed_in(client) is None
    assert User.objects.count() == len(board.PEOPLE)


def test_an_account_of_the_claimed_name_is_linked_once_and_for_one_person(
    rules: Any, client: Any, provider: Provider
) -> None:
    rules(account_claim="preferred_username")
    provider.claims["preferred_username"] = "ruth"
    arrive(client, provider)
    assert signed_in(client) == "ruth"
    client.post("/logout")
    # The link holds when the name changes there, and another of the same name is a stranger.
    provider.claims["preferred_username"] = "somebody"
    arrive(client, provider)
    assert signed_in(client) == "ruth"
    client.post("/logout")
    provider.claims.update(sub="another", preferred_username="ruth")
    assert arrive(client, provider).status_code == 403


@pytest.mark.parametrize(
    ("claims", "name", "printed"),
    [
        ({"preferred_username": "Nia.New", "name": "Dr Nia  New"}, "nia.new", "Dr Nia New"),
        ({"preferred_username": "ruth", "name": "Not Ruth"}, None, "Not Ruth"),
        ({"preferred_username": "system"}, None, None),
        ({"preferred_username": "a b\n<i>"}, None, None),
        ({"name": ["a", "list"]}, None, None),
        ({"name": "x" * 500}, None, "x" * 140),
    ],
)
def test_a_new_account_has_no_role_no_password_and_nobodys_name(
    rules: Any,
    client: Any,
    provider: Provider,
    claims: dict[str, Any],
    name: str | None,
    printed: str | None,
) -> None:
    from django.contrib.auth.models import User

    rules(create=True)
    provider.claims.update(claims)
    arrive(client, provider)
    found = signed_in(client)
    assert found == name if name else str(found).startswith("sso-")
    user = User.objects.get(username=found)
    assert user.get_full_name() == (printed or found)
    assert (list(user.groups.all()), user.has_usable_password()) == ([], False)
    assert client.get("/review/").status_code == 403


def test_roles_follow_the_claim_at_each_sign_in_when_the_operator_says_so(
    rules: Any, client: Any, provider: Provider
) -> None:
    given = (("staff", Role.AUTHOR), ("board", Role.REVIEWER))
    rules(create=True, role_claim="groups", roles=given)
    provider.claims.update(groups=["board", "administrator", "staff"], preferred_username="nia")

    def roles() -> list[str]:
        from django.contrib.auth.models import User

        user = User.objects.get(username="nia")
        return sorted(user.groups.values_list("name", flat=True))

    arrive(client, provider)
    assert roles() == ["author", "reviewer"]
    client.post("/logout")
    provider.claims["groups"] = "staff"
    arrive(client, provider)
    assert roles() == ["author"]
    client.post("/logout")
    provider.claims["groups"] = {"board": 1}
    arrive(client, provider)
    assert roles() == []


def test_a_closed_account_stays_closed(rules: Any, client: Any, provider: Provider) -> None:
    from probatum.site.board import members

    members.link("ruth", "248-ruth")
    members.close("ruth")
    response = arrive(client, provider)
    assert (response.status_code, signed_in(client)) == (403, None)
    assert "This account is closed." in response.content.decode()


def _changed(**claims: Any) -> Callable[[Provider], None]:
    return lambda provider: provider.claims.update(claims)


def _signed_by_a_stranger(provider: Provider) -> None:
    provider.signing = provider.stranger


def _unsigned(provider: Provider) -> None:
    provider.algorithm = "none"


def _signed_with_the_shared_secret(provider: Provider) -> None:
    provider.algorithm, provider.signing = "HS256", SECRET * 4  # type: ignore[assignment]


def _another_issuer(provider: Provider) -> None:
    provider.published["issuer"] = "https://other.example"


@pytest.mark.parametrize(
    "fault",
    [
        _changed(iss="https://other.example"),
        _changed(nonce="another"),
        _changed(nonce=None),
        _changed(nonce=7),
        _changed(aud="another-client"),
        _changed(aud=[CLIENT, "another-client"]),
        _changed(azp="another-client"),
        _changed(exp=int(time.time()) - 600, iat=int(time.time()) - 900),
        _changed(exp=None),
        _changed(iat=int(time.time()) + 3600),
        _changed(sub=None),
        _changed(sub=""),
        _changed(sub="x" * 256),
        _signed_by_a_stranger,
        _unsigned,
        _signed_with_the_shared_secret,
    ],
)
def test_a_token_that_proves_nothing_lets_nobody_in(
    rules: Any, client: Any, provider: Provider, fault: Callable[[Provider], None]
) -> None:
    rules(create=True)
    fault(provider)
    response = arrive(client, provider)
    assert (response.status_code, signed_in(client)) == (403, None)
    assert "does not prove who you are" in response.content.decode()


def test_a_provider_that_names_itself_otherwise_is_not_the_one(
    rules: Any, client: Any, provider: Provider
) -> None:
    _another_issuer(provider)
    assert client.get(BEGIN).status_code == 403


@pytest.mark.parametrize(
    "answer",
    [(500, {}), (200, "not JSON"), (200, []), (200, {"issuer": None}), (302, {}), (404, "")],
)
def test_a_provider_that_answers_wrongly_is_said_to(
    rules: Any, client: Any, provider: Provider, answer: tuple[int, Any]
) -> None:
    provider.answer = answer
    assert client.get(BEGIN).status_code in (403, 502)


def test_a_provider_that_is_down_is_said_to_be(rules: Any, client: Any, provider: Provider) -> None:
    there = client.get(BEGIN).headers["Location"]
    provider.close()
    for path in (BEGIN, f"{BACK}?{provider.arrives(there)}"):
        response = client.get(path)
        assert response.status_code == 502
        assert "cannot be reached" in response.content.decode()


def test_an_answer_to_another_browsers_question_is_refused(
    rules: Any, client: Any, provider: Provider
) -> None:
    """Else somebody could be signed in to the account of another."""
    from django.test import Client

    rules(create=True)
    sent = provider.arrives(client.get(BEGIN).headers["Location"])
    other = Client()
    for query in (sent, sent.replace("state=", "state=x"), "code=1", "", "error=server_error"):
        response = other.get(f"{BACK}?{query}")
        assert (response.status_code, signed_in(other)) == (403, None)
    assert client.get(f"{BACK}?{sent}").status_code == 302
    # Once only.
    client.post("/logout")
    assert client.get(f"{BACK}?{sent}").status_code == 403


def test_leaving_the_providers_page_is_no_error_of_ours(
    rules: Any, client: Any, provider: Provider
) -> None:
    state = parse_qs(urlsplit(client.get(BEGIN).headers["Location"]).query)["state"][0]
    response = client.get(f"{BACK}?error=access_denied&error_description=%3Cb%3E&state={state}")
    assert response.status_code == 403
    assert "left before it was done" in response.content.decode()


def test_a_link_on_another_site_begins_nothing(rules: Any, client: Any) -> None:
    response = client.get(BEGIN, headers={"sec-fetch-site": "cross-site"})
    assert (response.status_code, response.headers["Location"]) == (302, "/login")


def test_the_page_for_signing_in_names_the_organisation_only_when_there_is_one(
    rules: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    rules(name="St <Example>")
    page = client.get("/login?next=/review/%3Fa%3D1").content.decode()
    assert '<a href="/login/organisation?next=%2Freview%2F%3Fa%3D1">' in page
    assert "Sign in with St &lt;Example&gt;</a>" in page
    monkeypatch.setattr(settings, "PROBATUM_OIDC", None)
    assert BEGIN not in client.get("/login").content.decode()
    assert client.get(BEGIN).status_code == 404


def test_nothing_but_the_identity_is_kept_of_a_token(
    rules: Any, client: Any, provider: Provider
) -> None:
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken

    rules(create=True)
    provider.claims.update(email="nia@example.org", email_verified=True, name="Nia")
    arrive(client, provider)
    (kept,) = SocialAccount.objects.values_list("extra_data", "uid")
    assert kept[0] == {"id_token": {"account": kept[1]}}
    assert (SocialToken.objects.count(), EmailAddress.objects.count()) == (0, 0)
    assert "nia@example.org" not in str(client.session.items())


def test_a_subject_is_linked_by_the_operator_to_one_account(rules: Any, client: Any) -> None:
    from probatum.site.board import members

    members.link("ruth", "248-ruth")
    with pytest.raises(members.MemberError, match="belongs to the account 'ruth'"):
        members.link("rene", "248-ruth")
    members.link("ruth", "249-ruth")
    members.link("rene", "248-ruth")
    linked = [each.name for each in members.members() if each.linked]
    assert linked == ["rene", "ruth"]
    with pytest.raises(members.MemberError, match="subject has"):
        members.link("ruth", "é")


ISSUER = {
    "PROBATUM_OIDC_ISSUER": "https://id.example.org/realm",
    "PROBATUM_OIDC_CLIENT_ID": "probatum",
    "PROBATUM_OIDC_CLIENT_SECRET": "not to be seen",
}


def _set(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in {**ISSUER, **settings}.items():
        monkeypatch.setenv(name, value)


def test_the_settings_are_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert single_sign_on() is None
    secret = tmp_path / "secret"
    secret.write_text("from a file\n", encoding="utf-8")
    _set(
        monkeypatch,
        PROBATUM_OIDC_CLIENT_SECRET="",
        PROBATUM_OIDC_CLIENT_SECRET_FILE=str(secret),
        PROBATUM_OIDC_NAME="St Example",
        PROBATUM_OIDC_SCOPES="profile groups",
        PROBATUM_OIDC_ACCOUNT_CLAIM="preferred_username",
        PROBATUM_OIDC_CREATE="1",
        PROBATUM_OIDC_ROLE_CLAIM="groups",
        PROBATUM_OIDC_ROLES="cn=board,ou=x=reviewer, staff=author".replace(",ou", ";ou"),
    )
    found = single_sign_on()
    assert found == SingleSignOn(
        issuer="https://id.example.org/realm",
        client="probatum",
        secret="from a file",
        name="St Example",
        scopes=("openid", "profile", "groups"),
        account_claim="preferred_username",
        create=True,
        role_claim="groups",
        roles=(("cn=board;ou=x", Role.REVIEWER), ("staff", Role.AUTHOR)),
    )
    assert "from a file" not in repr(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"PROBATUM_OIDC_ISSUER": "http://id.example.org"},
        {"PROBATUM_OIDC_ISSUER": "https://user@id.example.org"},
        {"PROBATUM_OIDC_CLIENT_ID": ""},
        {"PROBATUM_OIDC_CLIENT_SECRET": ""},
        {"PROBATUM_OIDC_CLIENT_SECRET_FILE": "/nothing/there"},
        {"PROBATUM_OIDC_CLIENT_SECRET": "", "PROBATUM_OIDC_CLIENT_SECRET_FILE": "/nothing/there"},
        {"PROBATUM_OIDC_ROLES": "staff=author"},
        {"PROBATUM_OIDC_ROLES": "staff=system", "PROBATUM_OIDC_ROLE_CLAIM": "groups"},
        {"PROBATUM_OIDC_ROLES": "author", "PROBATUM_OIDC_ROLE_CLAIM": "groups"},
    ],
)
def test_settings_that_are_not_whole_are_refused_without_the_secret(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str]
) -> None:
    _set(monkeypatch, **wrong)
    with pytest.raises(SingleSignOnError, match="PROBATUM_OIDC_") as caught:
        single_sign_on()
    assert "not to be seen" not in str(caught.value)


def test_roles_that_ask_for_a_second_factor_are_named_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert demanded_roles() == frozenset()
    monkeypatch.setenv("PROBATUM_SECOND_FACTOR", "reviewer, editor")
    assert demanded_roles() == {Role.REVIEWER, Role.EDITOR}
    monkeypatch.setenv("PROBATUM_SECOND_FACTOR", "reviewers")
    with pytest.raises(SingleSignOnError, match="PROBATUM_SECOND_FACTOR"):
        demanded_roles()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://id.example.org/x", True),
        ("http://localhost:8080/x", True),
        ("http://id.example.org", False),
        ("https://a:b@id.example.org", False),
        ("ftp://id.example.org", False),
        ("https://", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_a_provider_is_asked_over_https_only(address: object, safe: bool) -> None:
    assert safe_address(address) is safe
