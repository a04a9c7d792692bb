"""A real server on a free port and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.site import texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START = "import sys; from probatum.site.server import serve; serve('127.0.0.1', int(sys.argv[1]))"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of this run, with a library of its own that holds some texts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("library")
    texts.fill(folder / "library", folder / "files")
    library = str(folder / "library")
    log = tmp_path_factory.mktemp("log") / "server.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(port)],
            env={**os.environ, "PROBATUM_LIBRARY": library},
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
def chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium: set CHROMIUM to the path of one, or run scripts/ensure-chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: "Browser", site: str) -> Iterator[Any]:
    """Opens a page of the site; whatever the browser complains about fails the test."""
    contexts, complaints = [], []

    def opened(path: str, *, expect_status: int = 200, **options: Any) -> "Page":
        context = chromium.new_context(
            base_url=site, **{"viewport": {"width": 1280, "height": 900}, **options}
        )
        contexts.append(context)
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

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
