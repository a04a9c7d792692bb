"""Who may open and send what: a table of every address. An address without a row fails the test."""

import re
from typing import Any

import pytest

from tests.site import board

pytestmark = pytest.mark.usefixtures("kept")
# A visitor, a signed-in reader, an author of the article, another author, a reviewer, an editor,
# an administrator.
WHO = ("", "rita", "anna", "alan", "ruth", "edda", "adam")
LOGIN = 302
ALL = dict.fromkeys(WHO, 200)
WRITERS = {"": LOGIN, "rita": 403, "anna": 200, "alan": 403, "ruth": 403, "edda": 200, "adam": 403}
AUTHORS = {**WRITERS, "alan": 200}
BOARD = {"": LOGIN, "rita": 403, "anna": 403, "alan": 403, "ruth": 200, "edda": 200, "adam": 200}
SIGNERS = {**BOARD, "ruth": 409, "edda": 409, "adam": 403}
MEMBERS = {**ALL, "": LOGIN}
NOBODY = dict.fromkeys(WHO, 404)
EDITORS = {"": LOGIN, **dict.fromkeys(WHO[1:], 403), "edda": 200}
SEEN = {**ALL, **dict.fromkeys(WHO[1:], 302)}
Q = "?q=When+should+bevacizumab+be+withheld+or+stopped%3F"

# Name of the route: the address to open, and the status for each of them.
GET: dict[str, tuple[str, dict[str, int]]] = {
    "home": ("/", ALL),
    "ask": ("/ask" + Q, ALL),
    "search": ("/search", ALL),
    "sources": ("/sources/", ALL),
    "source": ("/sources/nothing", dict.fromkeys(WHO, 404)),
    "audit": ("/audit/", ALL),
    "articles": ("/articles/", ALL),
    "article-new": ("/articles/new" + Q, AUTHORS),
    "article": ("/articles/bevacizumab", ALL),
    "article-export": ("/articles/bevacizumab.json", ALL),
    "article-version": ("/articles/bevacizumab/versions/1", ALL),
    "article-version-export": ("/articles/bevacizumab/versions/1.pdf", ALL),
    "topics": ("/topics/", ALL),
    "topic": ("/topics/nothing", dict.fromkeys(WHO, 404)),
    "articles-feed": ("/feeds/articles.atom", ALL),
    "sitemap": ("/sitemap.xml", ALL),
    "robots": ("/robots.txt", ALL),
    "article-changes": ("/articles/bevacizumab/versions/1/since/1", ALL),
    "article-edit": ("/articles/bevacizumab/edit", WRITERS),
    "article-edit-claim": (
        "/articles/bevacizumab/edit/c1",
        {**WRITERS, "anna": 405, "alan": 405, "edda": 405},
    ),
    "review-queue": ("/review/", BOARD),
    "review": ("/review/bevacizumab/1", BOARD),
    "review-claim": ("/review/bevacizumab/1/claims/c1", {**SIGNERS, "ruth": 405, "edda": 405}),
    "review-sign": ("/review/bevacizumab/1/sign", SIGNERS),
    "review-assign": (
        "/review/bevacizumab/1/assign",
        {**EDITORS, "edda": 405},
    ),
    "review-statistics": ("/review/statistics", EDITORS),
    "review-trail": ("/review/trail.jsonl", EDITORS),
    "editorial-policy": ("/editorial-policy", ALL),
    "account_login": ("/login", SEEN),
    "mfa_authenticate": ("/login/code", dict.fromkeys(WHO, 302)),
    "account_reauthenticate": ("/login/again", MEMBERS),
    # To the page for the password, or to sign in.
    "mfa_reauthenticate": ("/login/again/code", dict.fromkeys(WHO, 302)),
    # No organisation is named in these tests; see test_single_sign_on.py.
    "openid-begin": ("/login/organisation", dict.fromkeys(WHO, 404)),
    "openid-callback": ("/login/organisation/callback", dict.fromkeys(WHO, 404)),
    "mfa_index": ("/account/second-factor", MEMBERS),
    # The password is asked again first.
    "mfa_activate_totp": ("/account/second-factor/add", dict.fromkeys(WHO, 302)),
    "mfa_generate_recovery_codes": ("/account/second-factor/codes/new", dict.fromkeys(WHO, 302)),
    # Nobody here has a second factor; see test_second_factor.py.
    "mfa_deactivate_totp": ("/account/second-factor/remove", {**NOBODY, "": LOGIN}),
    "mfa_view_recovery_codes": ("/account/second-factor/codes", {**NOBODY, "": LOGIN}),
    "account": ("/account/", MEMBERS),
    "account-keys": ("/account/keys", MEMBERS),
    "about": ("/about", ALL),
    "language": ("/language", dict.fromkeys(WHO, 405)),
    # The name that these browsers ask for is not this machine's; see test_metrics.py.
    "metrics": ("/metrics", dict.fromkeys(WHO, 403)),
    "healthz": ("/healthz", ALL),
    "api:ask": ("/api/ask", dict.fromkeys(WHO, 405)),
    "api:audit": ("/api/audit", dict.fromkeys(WHO, 405)),
    "api:verify": ("/api/verify", dict.fromkeys(WHO, 405)),
    "api:extract": ("/api/extract", dict.fromkeys(WHO, 405)),
    "api:search": ("/api/search?q=examploma", ALL),
    "api:sources": ("/api/sources", ALL),
    "api:source": ("/api/sources/nothing", dict.fromkeys(WHO, 404)),
    # A session counts for nothing under /api/: without a key everybody is a visitor.
    "api:articles": ("/api/articles", ALL),
    "api:article": ("/api/articles/bevacizumab", ALL),
    "api:versions": ("/api/articles/bevacizumab/versions", ALL),
    "api:version": ("/api/articles/bevacizumab/versions/1", ALL),
    "api:changed": ("/api/articles/bevacizumab/changes", ALL),
    "api:export": ("/api/articles/bevacizumab/export", ALL),
    "api:submit": ("/api/articles/bevacizumab/submit", dict.fromkeys(WHO, 405)),
    "api:reviews": ("/api/reviews", dict.fromkeys(WHO, 401)),
    "api:of_article": ("/api/articles/bevacizumab/reviews", dict.fromkeys(WHO, 401)),
    "api:health": ("/api/health", ALL),
    "api:openapi": ("/api/openapi.json", ALL),
    # Whoever sends its form is out: what comes after it is asked by visitors only.
    "logout": ("/logout", dict.fromkeys(WHO, 405)),
}
# What changes something: the address, what is sent, and who gets past the door. Those who do are
# told what is wrong with it (400 and the like) or led on (302); the others get 403 or sign in.
OPEN = frozenset(WHO)
POST: dict[str, tuple[str, dict[str, str], frozenset[str]]] = {
    "article-new": ("/articles/new", {"q": ""}, frozenset(("anna", "alan", "edda"))),
    "article-edit": ("/articles/bevacizumab/edit", {}, frozenset(("anna", "edda"))),
    "article-edit-claim": (
        "/articles/bevacizumab/edit/c1",
        {"text": "x"},
        frozenset(("anna", "edda")),
    ),
    "review-queue": ("/review/", {}, frozenset(("ruth", "edda", "adam"))),
    "review": ("/review/bevacizumab/1", {}, frozenset(("ruth", "edda", "adam"))),
    "review-claim": ("/review/bevacizumab/1/claims/c1", {}, frozenset(("ruth", "edda"))),
    "review-sign": ("/review/bevacizumab/1/sign", {}, frozenset(("ruth", "edda"))),
    "review-assign": ("/review/bevacizumab/1/assign", {}, frozenset(("edda",))),
    "ask": ("/ask", {"q": "x"}, OPEN),
    "audit": ("/audit/", {}, OPEN),
    "api:ask": ("/api/ask", {}, OPEN),
    "api:audit": ("/api/audit", {}, OPEN),
    "api:verify": ("/api/verify", {}, OPEN),
    "api:extract": ("/api/extract", {}, OPEN),
    # Past the door, and told that a key is needed.
    "api:articles": ("/api/articles", {}, OPEN),
    "api:submit": ("/api/articles/bevacizumab/submit", {}, OPEN),
    "language": ("/language", {"language": "de"}, OPEN),
    "account_login": ("/login", {}, OPEN),
    # Without a first step, everybody is led back to it.
    "mfa_authenticate": ("/login/code", {}, OPEN),
    "account_reauthenticate": ("/login/again", {}, OPEN - {""}),
    "mfa_reauthenticate": ("/login/again/code", {}, OPEN - {""}),
    "mfa_activate_totp": ("/account/second-factor/add", {}, OPEN - {""}),
    "mfa_deactivate_totp": ("/account/second-factor/remove", {}, OPEN - {""}),
    "mfa_generate_recovery_codes": ("/account/second-factor/codes/new", {}, OPEN - {""}),
    "logout": ("/logout", {}, OPEN),
    "account": ("/account/", {}, OPEN - {""}),
    "account-keys": ("/account/keys", {}, OPEN - {""}),
}


@pytest.fixture
def people(client: Any) -> dict[str, Any]:
    """A browser for each of them, and Anna's submitted article."""
    board.accounts()
    made = board.answer()
    board.submit(board.begin(made=made), made)
    return {name: board.signed_in(name) if name else client for name in WHO}


def routes() -> dict[str, Any]:
    """Every address of the site, by name; those of the API with its prefix."""
    from django.urls import URLResolver

    from probatum.site.urls import urlpatterns

    found: dict[str, Any] = {}
    for each in urlpatterns:
        if isinstance(each, URLResolver):
            # Its root, which names no address, only answers that there is nothing.
            found |= {f"api:{one.name}": one for one in each.url_patterns if one.name != "api-root"}
        else:
            found[each.name] = each
    return found


def test_every_address_has_a_row_for_opening_it(client: Any) -> None:
    assert sorted(GET) == sorted(routes())


@pytest.mark.parametrize("name", GET)
def test_only_those_of_the_table_may_open_it(people: dict[str, Any], name: str) -> None:
    address, expected = GET[name]
    found = {who: browser.get(address).status_code for who, browser in people.items()}
    assert found == expected


def test_every_address_that_takes_a_form_has_a_row_for_it(people: dict[str, Any]) -> None:
    """Found by asking: an address takes forms unless everybody who gets past the door hears 405."""
    taking = []
    # Last of all the address that signs out: those after it would be asked by visitors only.
    for name in sorted(GET, key=lambda each: each == "logout"):
        address, _ = GET[name]
        statuses = {browser.post(address).status_code for browser in people.values()}
        if 405 not in statuses or not statuses <= {405, 302, 403}:
            taking.append(name)
    assert sorted(taking) == sorted(POST)


@pytest.mark.parametrize("name", POST)
def test_only_those_of_the_table_get_past_the_door_with_a_form(
    people: dict[str, Any], name: str
) -> None:
    address, sent, allowed = POST[name]
    passed = set()
    for who, browser in people.items():
        response = browser.post(address, sent)
        to_login = re.match(r"/login\?next=", response.headers.get("Location", ""))
        if response.status_code != 403 and not to_login:
            passed.add(who)
        assert response.status_code < 500 or name == "audit"
    assert passed == allowed


def test_a_door_that_is_open_is_not_a_right_to_everything_behind_it(
    people: dict[str, Any],
) -> None:
    """An administrator withdraws, and neither begins a review nor asks for changes."""
    for sent in ({"action": "begin", "conflict": "no"}, {"action": "request", "comment": "x"}):
        refused = people["adam"].post("/review/bevacizumab/1", sent)
        assert refused.status_code == 400
        assert "Your roles do not allow this" in refused.content.decode()
    people["adam"].post("/review/bevacizumab/1", {"action": "withdraw", "comment": "Unsafe."})
    assert people[""].get("/articles/bevacizumab").status_code == 410
    assert people["ruth"].get("/articles/bevacizumab").status_code == 200
