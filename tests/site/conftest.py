"""Django with the real engine, on libraries made for this run.

Its database is a file of SQLite; with PROBATUM_TEST_DATABASE=postgresql every test that uses one
uses a PostgreSQL server of this run instead, or the server whose address is named in its place.
"""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.site import asgi, board, texts
from tests.site.postgres import CHOSEN, GIVEN, NoPostgresError, database, server

if TYPE_CHECKING:
    from django.test import Client


if CHOSEN not in ("sqlite", "postgresql") and not GIVEN:
    # Without the words themselves: an address may hold a password.
    raise pytest.UsageError(
        "PROBATUM_TEST_DATABASE is sqlite, postgresql or the address of a PostgreSQL server, "
        "postgres://user:password@host/name"
    )


@pytest.fixture(scope="session")
def _address(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The database of all tests that share one; None for a file beside the library."""
    if CHOSEN == "sqlite":
        yield None
    else:
        with database(request.getfixturevalue("postgres")) as address:
            yield address


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of its own, for a test that starts processes on it."""
    if CHOSEN == "sqlite":
        yield f"sqlite:///{tmp_path / 'site.sqlite'}"
    else:
        with database(request.getfixturevalue("postgres")) as address:
            yield address


@pytest.fixture(scope="session")
def _django(tmp_path_factory: pytest.TempPathFactory, _address: str | None) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("library")
    os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
    os.environ["PROBATUM_LIBRARY"] = str(folder)
    os.environ["DATABASE_URL"] = _address or f"sqlite:///{folder / 'site.sqlite'}"
    # A browser that an earlier test of the same process drives leaves an event loop running, and
    # Django then takes every test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    # Passwords are hashed slowly on purpose; a test signs in a hundred times.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    yield folder
    for name in ("PROBATUM_LIBRARY", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        del os.environ[name]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a database on a PostgreSQL server of this test run.

    Where the packages for it have builds it must start; elsewhere a test is skipped, with
    the reason. A server that PROBATUM_TEST_DATABASE names is used in its place.
    """
    if GIVEN:
        yield CHOSEN
        return
    with ExitStack() as stack:
        try:
            address = stack.enter_context(server())
        except NoPostgresError as error:
            if sys.platform == "linux" and platform.machine() == "x86_64":
                raise
            pytest.skip(f"no PostgreSQL on this machine: {error}")
        yield address


@pytest.fixture
def kept(_django: Path) -> Iterator[None]:
    """What a test keeps in the database is gone after it."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client(_django: Path) -> "Client":
    """A browser without scripts that shows a 500 page instead of raising."""
    from django.test import Client

    return Client(raise_request_exception=False)


@pytest.fixture(scope="session")
def _texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("with-texts")
    texts.fill(folder / "library", folder / "files")
    return folder / "library"


@pytest.fixture
def on_library(client: "Client", monkeypatch: pytest.MonkeyPatch) -> "Callable[[Path], Client]":
    """Gives the same browser on a library of another folder."""
    from django.conf import settings

    from probatum.site import engine

    def opened(folder: Path) -> "Client":
        current = engine.Current(engine._opened, lambda: 0.0)
        monkeypatch.setattr(settings, "PROBATUM_LIBRARY", str(folder))
        monkeypatch.setattr(engine, "current", lambda: current)
        return client

    return opened


@pytest.fixture
def reader(on_library: "Callable[[Path], Client]", _texts: Path) -> "Client":
    """The same browser on a library that holds texts."""
    return on_library(_texts)


@pytest.fixture
def made(client: Any) -> Any:
    """The answer that articles of these tests are made of, with the accounts of the board."""
    board.accounts()
    return board.answer()


@pytest.fixture
def approved(made: Any) -> Any:
    """An article that was reviewed and signed."""
    article = board.begin(made=made)
    board.submit(article, made)
    board.review(article, made)
    return article


@pytest.fixture(scope="session")
def _reviewed(_django: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the board's accounts and one article that it has approved."""
    from django.db import connection, connections

    default = connections.settings["default"]
    if not default["ENGINE"].endswith("sqlite3"):
        pytest.skip("kept on SQLite only")
    file = tmp_path_factory.mktemp("reviewed") / "site.sqlite"
    asgi.copied(Path(default["NAME"]), file)
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
def site(_reviewed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[asgi.Site]:
    """The application as a server runs it, on a database of its own with an approved article."""
    from django.core.asgi import get_asgi_application
    from django.db import connection, connections

    from probatum.site.kept_responses import KeptResponses
    from probatum.site.shelf import Shelf
    from probatum.site.unchanged import Unchanged

    made = asgi.Site(tmp_path / "site.sqlite")
    asgi.copied(_reviewed, made.file)
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
def article(site: asgi.Site) -> Any:
    """One that the board has approved."""
    from probatum.site.board.models import Article

    return Article.objects.get(slug="bevacizumab")
