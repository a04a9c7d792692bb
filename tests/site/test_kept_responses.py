"""A response that is kept is the one that would be made now, for exactly this visitor."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.site import board
from tests.site.asgi import PATH, Site, Visitor

OF_VISITORS = (
    *("/", "/about", "/editorial-policy", "/articles/", "/articles/?status=approved", PATH),
    *(f"{PATH}/versions/1", "/topics/", "/sources/", "/feeds/articles.atom", "/sitemap.xml"),
)
OF_NOBODY_ELSE = ("/healthz", "/login", "/search?q=bevacizumab", "/articles/none", "/api/health")


@pytest.mark.parametrize("address", OF_VISITORS)
def test_what_is_kept_is_what_django_sends_to_the_byte(
    site: Site, article: Any, address: str
) -> None:
    visitor = site.visitor()
    first, second = visitor.get(address), visitor.get(address)
    assert first.status == 200
    assert site.asked == [address.partition("?")[0]]
    assert first == second == site.long_way(address)
    assert second.header("Content-Security-Policy").startswith("default-src 'none'")


@pytest.mark.parametrize("address", OF_NOBODY_ELSE)
def test_what_no_view_has_offered_is_made_anew_each_time(
    site: Site, article: Any, address: str
) -> None:
    for _ in range(2):
        site.visitor().get(address)
    assert len(site.asked) == 2


def test_the_api_gives_each_request_an_id_of_its_own(site: Site) -> None:
    ids = {site.visitor().get("/api/health").header("X-Request-ID") for _ in range(3)}
    assert (len(ids), "" in ids) == (3, False)


def test_languages_hosts_and_filters_do_not_mix(site: Site, article: Any) -> None:
    asked: list[tuple[Visitor, str, dict[str, str]]] = [
        (site.visitor(), PATH, {}),
        (site.visitor(), PATH, {"accept_language": "de-AT,de;q=0.9"}),
        (site.visitor(), PATH, {"cookie": "probatum_language=de", "accept_language": "en"}),
        (site.visitor(), PATH, {"cookie": "probatum_language=en", "accept_language": "de"}),
        (site.visitor(), PATH, {"accept_encoding": "gzip, br"}),
        (site.visitor(scheme="https"), PATH, {}),
        (site.visitor(), "/articles/", {}),
        (site.visitor(), "/articles/?status=draft", {}),
        (site.visitor(), "/articles/?filter=bevacizumab", {}),
    ]
    first = [visitor.get(address, **sent) for visitor, address, sent in asked]
    django = len(site.asked)
    assert [visitor.get(address, **sent) for visitor, address, sent in asked] == first
    assert len(site.asked) == django
    languages = [page.header("Content-Language") for page in first[:4]]
    assert languages == ["en", "de", "de", "en"]
    # The browser's wish and the visitor's choice lead to one page, which is made once.
    assert (first[1], first[0]) == (first[2], first[3])
    assert django == len(asked) - 2
    assert first[4].header("Content-Encoding") == "gzip"
    assert "https://testserver/articles/" in first[5].text
    assert len({page.body for page in first}) == len(asked) - 2


def test_articles_for_two_kinds_of_readers_do_not_mix(site: Site, article: Any) -> None:
    from probatum.engine import Ask
    from probatum.evidence.answer import ReaderName
    from probatum.site.engine import engine

    made = engine().ask(Ask(question=board.QUESTION, reader=ReaderName.PATIENT))
    other = board.begin("for-patients", made)
    board.submit(other, made)
    visitor = site.visitor()
    pages = [visitor.get(each).body for each in (PATH, "/articles/for-patients") * 2]
    assert pages[:2] == pages[2:]
    assert pages[0] != pages[1]


def test_a_name_that_the_site_does_not_have_gets_nothing_that_is_kept(
    site: Site, article: Any
) -> None:
    assert site.visitor().get(PATH).status == 200
    assert [site.visitor(host="elsewhere.example").get(PATH).status for _ in range(2)] == [400, 400]


def test_whoever_is_signed_in_has_pages_of_their_own_and_leaves_none_behind(
    site: Site, article: Any
) -> None:
    session = board.signed_in("ruth").cookies["sessionid"].value
    ruth = site.visitor(headers={"cookie": f"a=b; sessionid={session}"})
    for _ in range(2):
        assert "Signed in as Dr Ruth Reviewer" in ruth.get(PATH).text
    before = len(site.asked)
    visitor = site.visitor(headers={"cookie": "a=b; csrftoken=0123456789abcdef0123456789abcdef"})
    assert ["Dr Ruth Reviewer</a>" in visitor.get(PATH).text for _ in range(2)] == [False, False]
    assert len(site.asked) == before + 1
    assert "Signed in as Dr Ruth Reviewer" in ruth.get(PATH).text
    # A session that has ended is one for Django too.
    ended = site.visitor(headers={"cookie": "sessionid=ended"})
    assert "Sign in" in ended.get(PATH).text
    assert len(site.asked) == before + 3


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer x"},
        {"if_none_match": '"x"'},
        {"content_length": "0"},
        {"range": "bytes=0-1"},
    ],
)
def test_who_asks_for_something_else_goes_the_long_way(
    site: Site, article: Any, headers: dict[str, str]
) -> None:
    site.visitor().get("/")
    site.visitor().get("/", **headers)
    site.visitor(method="HEAD").get("/")
    site.visitor().get(f"/?{'x' * 400}")
    assert len(site.asked) == 4


def test_a_page_that_sets_a_cookie_is_not_kept_though_it_was_offered(site: Site) -> None:
    from django.http import HttpResponse

    from probatum.site.kept_responses import KeptResponses
    from probatum.site.shelf import Shelf

    made = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        scope["probatum.offer"].until = float("inf")
        made.append(1)
        headers = [(b"Set-Cookie", b"a=b")] if len(made) < 3 else []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": HttpResponse(b"x").content})

    kept = KeptResponses(application, site.application._unchanged, Shelf())
    for _ in range(5):
        Visitor(kept).get("/")
    assert len(made) == 3


def test_every_request_is_counted_whoever_answers_it(site: Site, article: Any) -> None:
    from probatum.site.metrics import REQUESTS, SECONDS

    def counted() -> tuple[float, float]:
        asked = REQUESTS.labels("article", "GET", "200")._value.get()
        samples = SECONDS.labels("article").collect()[0].samples
        return asked, sum(each.value for each in samples if each.name.endswith("_count"))

    before = counted()
    for _ in range(4):
        site.visitor().get(PATH)
    assert counted() == (before[0] + 4, before[1] + 4)
    assert len(site.asked) == 1


def test_many_who_wait_for_one_page_have_it_made_once(
    site: Site, article: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = site.visitor()
    visitor.get(PATH)
    inner = site.application._application

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.05)
        await inner(scope, receive, send)

    monkeypatch.setattr(site.application, "_application", slow)
    site.by_hand("UPDATE auth_user SET first_name = first_name || '.'")
    before = len(site.asked)
    pages = visitor.together([PATH] * 6)
    assert (len(site.asked) - before, len(set(pages))) == (1, 1)


def test_memory_is_bounded_however_many_addresses_are_asked_for(site: Site) -> None:
    from probatum.site.shelf import Shelf

    shelf = site.application._shelf = Shelf(most=3)
    for number in range(6):
        site.visitor().get(f"/about?{number}")
    assert shelf.amount[0] == 3


def test_while_the_database_is_not_there_or_busy_everything_goes_the_long_way(
    site: Site, tmp_path: Path
) -> None:
    from probatum.site.unchanged import NOTHING, Watched

    assert Watched(tmp_path / "none.sqlite").seen() == NOTHING
    (tmp_path / "broken.sqlite").write_bytes(b"no database" * 100)
    assert Watched(tmp_path / "broken.sqlite").seen() is None
    site.application._unchanged.database = Watched(tmp_path / "broken.sqlite")
    assert site.application._unchanged.mark() is None
    for _ in range(2):
        assert site.visitor().get("/about").status == 200
    assert len(site.asked) == 2


def test_on_postgresql_nothing_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    from probatum.site.kept_responses import kept
    from probatum.site.shelf import Shelf

    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    inner = site.application._application
    assert kept(inner, Shelf()) is inner
