"""A visitor of the site as a server sees one: an ASGI application and its messages."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.loops import finished


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
