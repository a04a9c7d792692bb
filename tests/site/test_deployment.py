"""What a site on the open internet needs: TLS only, and requests that end."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from probatum.site.body_limit import limited
from tests.loops import finished

SHOW = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "probatum.site.settings"
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
client = Client()
for secure in (True, False):
    # The server in front says which of the two it was.
    page = client.get("/login", headers={"x-forwarded-proto": "https" if secure else "http"})
    print(page.headers.get("Strict-Transport-Security"))
    for name, cookie in page.cookies.items():
        print(name, cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"])
"""


def environment(folder: Path, database: str, **more: str) -> dict[str, str]:
    # The tests' own leave to read the database from a loop is nothing that a deployment has.
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {
        **own,
        "PROBATUM_LIBRARY": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "probatum.site.settings",
        **more,
    }


def test_djangos_checks_for_deployment_find_nothing(tmp_path: Path, empty: str) -> None:
    hosts = {"PROBATUM_ALLOWED_HOSTS": "answers.example.org"}
    env = environment(tmp_path, empty, PROBATUM_HTTPS="1", **hosts)
    found = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout) == (
        0,
        "System check identified no issues (4 silenced).\n",
    ), found.stderr


def test_behind_tls_browsers_are_held_to_it_and_cookies_to_this_very_name(
    tmp_path: Path, empty: str
) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=environment(tmp_path, empty, PROBATUM_HTTPS="1"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines() == [
        "max-age=31536000",
        "__Host-csrftoken True True Lax /",
        "None",
        "__Host-csrftoken True True Lax /",
    ]


def test_without_tls_nothing_is_promised_about_it(client: Any) -> None:
    assert client.get("/login").headers.get("Strict-Transport-Security") is None


class Sent:
    """An ASGI server's side of one request, and an application that reads all of it."""

    def __init__(self, *chunks: bytes, length: bytes | None = None) -> None:
        self.chunks = list(chunks)
        self.headers = [(b"content-length", length)] if length is not None else []
        self.read, self.kinds = b"", []

    async def receive(self) -> dict[str, Any]:
        body = self.chunks.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(self.chunks)}

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            self.kinds.append(message["type"])
            self.read += message.get("body", b"")
            more = message.get("more_body", False)

    def go(self, most: int = 10) -> tuple[bytes, str]:
        scope = {"type": "http", "headers": self.headers}
        finished(limited(self.application, most)(scope, self.receive, print))  # type: ignore[arg-type]
        return self.read, self.kinds[-1]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (Sent(b"x" * 10, length=b"10"), (b"x" * 10, "http.request")),
        (Sent(b"x" * 11, length=b"11"), (b"", "http.request")),
        (Sent(b"x" * 6, b"x" * 4), (b"x" * 10, "http.request")),
        (Sent(b"x" * 6, b"x" * 5, b"x"), (b"x" * 6, "http.disconnect")),
        # Who says less than they send is counted all the same.
        (Sent(b"x" * 6, b"x" * 6, length=b"3"), (b"x" * 6, "http.disconnect")),
        (Sent(b"x", length=b"many"), (b"x", "http.request")),
    ],
)
def test_a_request_ends_at_the_most_that_a_page_takes(
    sent: Sent, expected: tuple[bytes, str]
) -> None:
    assert sent.go() == expected


def test_after_a_body_that_was_not_taken_only_the_end_of_the_connection_is_heard() -> None:
    """Django listens for that beside its answer, and takes anything else for a fault."""
    messages = [{"type": "http.request", "body": b"x", "more_body": True}] * 3
    messages.append({"type": "http.disconnect"})
    heard = []

    async def receive() -> Any:
        return messages.pop(0)

    async def application(scope: Any, received: Any, send: Any) -> None:
        heard.extend([await received(), await received()])

    scope = {"type": "http", "headers": [(b"content-length", b"11")]}
    finished(limited(application, 10)(scope, receive, print))  # type: ignore[arg-type]
    assert heard == [
        {"type": "http.request", "body": b"", "more_body": False},
        {"type": "http.disconnect"},
    ]
