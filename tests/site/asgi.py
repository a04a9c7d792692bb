"""The site as a server runs it, and a visitor as a server sees one: by ASGI's messages."""

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.loops import finished

# The article that the board has approved.
PATH = "/articles/bevacizumab"


@dataclass(frozen=True)
class Page:
    """A response as it was sent."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def text(self) -> str:
        return " ".join(self.body.decode().split())

    def header(self, name: str) -> str:
        return dict(self.headers).get(name.encode(), b"").decode()


@dataclass
class Visitor:
    """Asks an application for pages, one after the other or all at once."""

    application: Any
    headers: dict[str, str] = field(default_factory=dict)
    host: str = "testserver"
    scheme: str = "http"
    method: str = "GET"

    def get(self, address: str, **headers: str) -> Page:
        return self.together([address], **headers)[0]

    def together(self, addresses: Iterable[str], **headers: str) -> list[Page]:
        async def all_of_them() -> list[Page]:
            return await asyncio.gather(*(self.ask(each, **headers) for each in addresses))

        return finished(all_of_them())

    async def ask(self, address: str, **headers: str) -> Page:
        """The same in a loop that runs."""
        path, _, query = address.partition("?")
        given = {"host": self.host, **self.headers, **headers}
        sent: list[dict[str, Any]] = []
        messages = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if messages:
                return messages.pop()
            await asyncio.Event().wait()
            raise AssertionError("nobody sets it")

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": self.method,
            "scheme": self.scheme,
            "path": path,
            "query_string": query.encode(),
            "headers": [
                (name.replace("_", "-").encode(), value.encode()) for name, value in given.items()
            ],
            "server": ("testserver", 80),
            "client": ("127.0.0.1", 5000),
        }
        await self.application(scope, receive, send)
        body = b"".join(each.get("body", b"") for each in sent[1:])
        return Page(sent[0]["status"], tuple(sent[0]["headers"]), body)


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
