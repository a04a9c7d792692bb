"""A response that is kept is the one that would be made now, for exactly this visitor."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from probatum.review.editing import without_claims
from tests.loops import finished
from tests.site import board
from tests.site.asgi import Page, Visitor

PATH = "/articles/bevacizumab"
OF_VISITORS = (
    *("/", "/about", "/editorial-policy", "/articles/", "/articles/?status=approved", PATH),
    *(f"{PATH}/versions/1", "/topics/", "/sources/", "/feeds/articles.atom", "/sitemap.xml"),
)
OF_NOBODY_ELSE = ("/healthz", "/login", "/search?q=bevacizumab", "/articles/none", "/api/health")


@dataclass
class Site:
    """The application as a server runs it, on a database of its own; `asked` are Django's."""

    file: Path
    application: Any = None
    asked: list[str] = field(default_factory=list)

    def visitor(self, **more: Any) -> Visitor:
        return Visitor(self.application, **more)

    def long_way(self, address: str, **headers: str) -> Page:
        return Visitor(self.application._application).get(address, **headers)

    def by_hand(self, *statements: str) -> None:
        """Somebody writes past the site."""
        with closing(sqlite3.connect(self.file)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()


def copied(source: Path, file: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(file)) as new:
        old.backup(new)


@pytest.fixture(scope="module")
def _approved(_django: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the board's accounts and one article that it has approved."""
    from django.db import connection, connections

    default = connections.settings["default"]
    if not default["ENGINE"].endswith("sqlite3"):
        pytest.skip("kept on SQLite only")
    file = tmp_path_factory.mktemp("approved") / "site.sqlite"
    copied(Path(default["NAME"]), file)
    with pytest.MonkeyPatch.context() as patch:
        connection.close()
        patch.setitem(default, "NAME", str(file))
        board.accounts()
        made = board.answer()
        article = board.begin(made=made)
        board.submit(article, made)
        board.review(article, made)
        connection.close()
    return file


@pytest.fixture
def site(_approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    from django.core.asgi import get_asgi_application
    from django.db import connection, connections

    from probatum.site.kept_responses import KeptResponses
    from probatum.site.shelf import Shelf
    from probatum.site.unchanged import Unchanged

    made = Site(tmp_path / "site.sqlite")
    copied(_approved, made.file)
    connection.close()
    monkeypatch.setitem(connections.settings["default"], "NAME", str(made.file))
    django = get_asgi_application()

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        made.asked.append(scope["path"])
        await django(scope, receive, send)

    unchanged = Unchanged.of_settings()
    assert unchanged is not None
    made.application = KeptResponses(counted, unchanged, Shelf())
    yield made
    unchanged.close()
    connection.close()


@pytest.fixture
def article(site: Site) -> Any:
    """One that the board has approved."""
    from probatum.site.board.models import Article

    return Article.objects.get(slug="bevacizumab")


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


def test_what_a_reviewer_does_shows_at_the_next_request(site: Site, article: Any) -> None:
    from probatum.review.events import Drafted, Reopened, Withdrawn

    visitor, made = site.visitor(), board.answer()

    def shown(address: str = PATH) -> Page:
        visitor.get(address)
        return visitor.get(address)

    assert "Reviewed and approved by the board" in shown().text
    assert "badge status-approved" in shown("/articles/").text
    board.does(article, "edda", Reopened(version=1, trigger="editor", detail="A doubt."))
    assert "Approval ended: to be reviewed again." in visitor.get(PATH).text
    assert "badge status-reopened" in visitor.get("/articles/").text
    board.review(article, made)
    assert "Reviewed and approved by the board" in visitor.get(PATH).text
    assert "badge status-approved" in visitor.get("/articles/").text
    board.does(article, "anna", Drafted(version=2, based_on=1))
    board.submit(article, without_claims(made, {list(made.claims)[-1]}), version=2)
    board.review(article, without_claims(made, {list(made.claims)[-1]}), version=2)
    assert "Review of version 2" in visitor.get(PATH).text
    assert "A later version has taken the place" in visitor.get(f"{PATH}/versions/1").text
    board.does(article, "edda", Withdrawn(version=2, reason="It was wrong."))
    gone = visitor.get(PATH)
    assert (gone.status, "The reason: It was wrong." in gone.text) == (410, True)
    # And nothing of it is kept.
    assert visitor.get(PATH) == gone
    assert site.asked[-2:] == [PATH, PATH]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE board_logentry SET entry = replace(entry, 'Ruth', 'Rita') WHERE number = 3",
        "DELETE FROM board_logentry WHERE number = 3",
        "UPDATE board_version SET content = replace(content, 'bevacizumab', 'cisplatin')",
    ],
)
def test_a_log_that_somebody_changes_by_hand_is_shown_as_damaged_at_once(
    site: Site, article: Any, statement: str
) -> None:
    visitor = site.visitor()
    for _ in range(2):
        assert "Reviewed and approved by the board" in visitor.get(PATH).text
    drop = (f"DROP TRIGGER board_{table}_no_{change}" for table, change in TRIGGERS)
    site.by_hand(*drop, statement)
    damaged = visitor.get(PATH)
    assert (damaged.status, "The record of this article is damaged" in damaged.text) == (500, True)


TRIGGERS = (("logentry", "update"), ("logentry", "delete"), ("version", "update"))


def test_bytes_that_are_changed_without_sqlite_are_seen_as_well(site: Site, article: Any) -> None:
    visitor = site.visitor()
    with closing(sqlite3.connect(site.file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "Dr Ruth Reviewer" in visitor.get(PATH).text
    assert site.application._unchanged.mark() == site.application._unchanged.mark()
    content = site.file.read_bytes()
    assert content.count(b"Dr Ruth Reviewer")
    with site.file.open("r+b") as file:
        file.write(content.replace(b"Dr Ruth Reviewer", b"Dr Rita Reviewer"))
    assert visitor.get(PATH).status == 500


def test_another_file_in_the_place_of_the_database_is_read_at_once(
    site: Site, article: Any, tmp_path: Path
) -> None:
    """As a copy that is put back."""
    from probatum.review.events import Withdrawn

    visitor, copy = site.visitor(), tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(site.file)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    board.does(article, "edda", Withdrawn(version=1, reason="It was wrong."))
    assert visitor.get(PATH).status == 410
    from django.db import connection

    connection.close()
    for beside in ("-wal", "-shm"):
        site.file.with_name(f"{site.file.name}{beside}").unlink(missing_ok=True)
    copy.replace(site.file)
    assert visitor.get(PATH).status == 200


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


def test_a_page_ends_when_an_approval_does_and_after_a_minute_in_any_case(
    site: Site, article: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site import kept_responses
    from probatum.site.board import ledger, listing, summary

    visitor = site.visitor()
    visitor.get(PATH), visitor.get("/articles/")
    monkeypatch.setattr(kept_responses, "LONGEST", 1e9)
    later = datetime.now(UTC) + timedelta(days=400)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return later

    for module in (ledger, listing, summary):
        monkeypatch.setattr(module, "datetime", Clock)
    visitor.get(PATH), visitor.get("/articles/")
    assert len(site.asked) == 2
    monkeypatch.setattr(time, "time", later.timestamp)
    assert "The approval is older than" in visitor.get(PATH).text
    assert "badge status-reopened" in visitor.get("/articles/").text
    visitor.get("/"), visitor.get("/")
    assert len(site.asked) == 5
    monkeypatch.setattr(kept_responses, "LONGEST", 0.0)
    visitor.get("/")
    assert len(site.asked) == 6


def test_another_engine_drops_everything_and_is_looked_for_though_all_is_kept(
    site: Site, article: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.service.current import Current
    from probatum.site import kept_responses
    from probatum.site.engine import engine

    opened = engine()
    clock = [0.0]

    class Stale:
        """The engine, which says that its library was changed."""

        outdated = True

        def __getattr__(self, name: str) -> Any:
            return getattr(opened, name)

    turns: list[Any] = [opened, Stale()]
    current = Current(turns.pop, lambda: clock[0])
    current.get()
    monkeypatch.setattr(kept_responses, "current", lambda: current)
    visitor = site.visitor()
    visitor.get("/"), visitor.get("/")
    assert (len(site.asked), len(turns)) == (1, 1)
    clock[0] = 10.0
    visitor.get("/")
    assert (len(site.asked), turns) == (2, [])


def test_texts_that_are_added_drop_everything(site: Site, article: Any, tmp_path: Path) -> None:
    from probatum.library.catalogue import connect
    from probatum.site.unchanged import Watched

    folder = tmp_path / "library"
    made = connect(folder, write=True)
    assert made
    made.close()
    site.application._unchanged.library = Watched(folder / "documents.sqlite")
    visitor = site.visitor()
    visitor.get("/"), visitor.get("/")
    assert len(site.asked) == 1
    with closing(sqlite3.connect(folder / "documents.sqlite")) as connection:
        connection.execute("INSERT INTO mark VALUES ('a', 'retracted', NULL, NULL)")
        connection.commit()
    visitor.get("/"), visitor.get("/")
    assert len(site.asked) == 2


def test_what_was_written_while_a_page_was_made_makes_it_one_that_never_holds(
    site: Site, article: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from probatum.site import kept_responses

    inner = site.application._application

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await inner(scope, receive, send)
        site.by_hand("UPDATE auth_user SET first_name = first_name || '.'")

    monkeypatch.setattr(site.application, "_application", slow)
    visitor = site.visitor()
    visitor.get(PATH)
    monkeypatch.setattr(site.application, "_application", inner)
    visitor.get(PATH), visitor.get(PATH)
    assert len(site.asked) == 2
    assert kept_responses.LONGEST > 1


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


def test_who_reads_after_a_write_sees_it_whoever_else_reads(site: Site, article: Any) -> None:
    """Each title is written and then asked for: it must be the one that comes."""
    visitor, written = site.visitor(), []

    async def others() -> None:
        while len(written) < 12:
            await visitor.ask("/articles/")
            await asyncio.sleep(0)

    async def writer() -> list[bool]:
        seen = []
        for number in range(12):
            title = f"Title {number}."
            statement = f"UPDATE board_article SET title = '{title}'"
            await asyncio.to_thread(site.by_hand, statement)
            pages = await asyncio.gather(*(visitor.ask("/articles/") for _ in range(3)))
            seen += [title in page.text for page in pages]
            written.append(title)
        return seen

    async def both() -> list[bool]:
        return (await asyncio.gather(writer(), others(), others()))[0]

    assert finished(both()) == [True] * 36


OTHER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
os.environ["PROBATUM_ALLOWED_HOSTS"] = "testserver"
from probatum.site.asgi import application
from tests.loops import finished
from tests.site.asgi import Visitor
visitor, path = Visitor(application), sys.argv[1]
for _ in sys.stdin:
    page = visitor.get(path)
    again = visitor.get(path)
    print(page.status, "approved by the board" in page.text, page == again, flush=True)
"""


def test_what_one_process_writes_shows_at_the_next_request_to_another(
    site: Site, article: Any
) -> None:
    from probatum.review.events import Withdrawn

    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{site.file}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", OTHER, PATH],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin
        assert other.stdout

        def told() -> str:
            other.stdin.write("ask\n")
            other.stdin.flush()
            return other.stdout.readline().strip()

        assert told() == "200 True True"
        assert site.visitor().get(PATH).status == 200
        board.does(article, "edda", Withdrawn(version=1, reason="It was wrong."))
        assert told() == "410 False True"
        assert site.visitor().get(PATH).status == 410
        other.stdin.close()
