"""Whatever was written, by whomever and however: readers have it at their next request."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from probatum.review.editing import without_claims
from tests.loops import finished
from tests.site import board
from tests.site.asgi import PATH, Page, Site


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


TRIGGERS = (("logentry", "update"), ("logentry", "delete"), ("version", "update"))


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
