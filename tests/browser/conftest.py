"""A real server on a free port and a real Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.program import probatum
from tests.site import texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 120_000  # milliseconds
START = "import sys; from probatum.site.server import serve; serve('127.0.0.1', int(sys.argv[1]))"


def environment(library: str) -> dict[str, str]:
    """What a process gets that works on this library, and on no database of other tests."""
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**own, "PROBATUM_LIBRARY": library}


@contextmanager
def served(library: str, log: Path) -> Iterator[str]:
    """The address of a server of its own; what it writes to its log fails the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(port)],
            env=environment(library),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(300):
                assert process.poll() is None, log.read_text()
                try:
                    urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert log.read_text() == ""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of this run, with a library of its own that holds some texts."""
    folder = tmp_path_factory.mktemp("library")
    texts.fill(folder / "library", folder / "files")
    with served(str(folder / "library"), tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A server filled with the demonstration, and the passwords of its accounts."""
    library = str(tmp_path_factory.mktemp("board") / "library")
    done = probatum("users", "demo", "--library", library)
    assert done.status == 0, done
    lines = [line.split(": ") for line in done.out.splitlines() if line.startswith("demo-")]
    with served(library, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address, dict(lines)


@dataclass
class Chromium:
    """A browser whose profiles are used again: making one costs more than showing most pages.

    Between two uses a profile loses all that a site can leave in it.
    """

    browser: "Browser"
    _idle: "dict[str, list[BrowserContext]]" = field(default_factory=dict)
    # Of those who have signed in on the board's site, by their name.
    cookies: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def profiles(self) -> "Iterator[Callable[..., BrowserContext]]":
        """Gives profiles with these options until the end, each to one caller."""
        given: list[tuple[str, BrowserContext]] = []

        def profile(**options: Any) -> "BrowserContext":
            kind = json.dumps(options, sort_keys=True)
            idle = self._idle.setdefault(kind, [])
            context = idle.pop() if idle else self.browser.new_context(**options)
            # Half a minute, Playwright's own limit, is not enough where others have the machine.
            context.set_default_timeout(_PATIENCE)
            given.append((kind, context))
            return context

        yield profile
        for kind, context in given:
            _cleaned(context)
            self._idle[kind].append(context)


def _cleaned(context: "BrowserContext") -> None:
    """Take out of a profile what the pages of a test and their visitor left."""
    for page in context.pages:
        context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.close()
    # Last, when no answer is on its way that could set another.
    context.clear_cookies()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium: set CHROMIUM to the path of one, or run scripts/ensure-chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield Chromium(browser)
        browser.close()


@pytest.fixture
def open_page(chromium: Chromium, site: str) -> Iterator[Any]:
    """Opens a page of the site; whatever the browser complains about fails the test."""
    with opening(chromium, site) as opened:
        yield opened


@pytest.fixture
def open_board(chromium: Chromium, board: tuple[str, dict[str, str]]) -> Iterator[Any]:
    """The same on the board's site, as a visitor or as somebody who has signed in."""
    address, passwords = board
    with opening(chromium, address) as opened:
        yield signing_in(opened, passwords, chromium.cookies)


def signing_in(opened: Any, passwords: dict[str, str], cookies: dict[str, Any]) -> Any:
    """Opens a page as a visitor, or as one of these people.

    With `still` as somebody who has signed in earlier, where one has: only for pages that are
    looked at, because what is done on them is remembered with the signing in.
    """

    def signed_in(path: str, name: str = "", *, still: bool = False, **options: Any) -> "Page":
        if not name:
            return opened(path, **options)
        if still and name in cookies:
            return opened(path, cookies=cookies[name], **options)
        page = opened("/login", **options)
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(passwords[name])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/articles/")
        if still:
            cookies[name] = page.context.cookies()
        page.goto(path)
        return page

    signed_in.passwords = passwords  # type: ignore[attr-defined]
    return signed_in


@contextmanager
def opening(chromium: Chromium, site: str) -> Iterator[Any]:
    """Opens pages of a site, each in a profile of its own; complaints of theirs are a failure."""
    complaints: list[str] = []

    def opened(path: str, *, expect_status: int = 200, cookies: Any = (), **options: Any) -> "Page":
        context = profile(base_url=site, **{"viewport": {"width": 1280, "height": 900}, **options})
        context.add_cookies(cookies)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: (
                complaints.append(line.text)
                if line.type in ("error", "warning") and "Failed to load resource" not in line.text
                else None
            ),
        )
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith(site) else complaints.append(f"fetched {asked.url}")
            ),
        )
        response = page.goto(path)
        assert response is not None
        assert response.status == expect_status
        return page

    with chromium.profiles() as profile:
        yield opened
    assert complaints == []
