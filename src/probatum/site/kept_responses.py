"""Responses that every visitor may have, sent again while nothing has changed that they rest on.

They are looked up before Django is asked, because Django's own way costs more than most pages. What
is sent is what Django sent before, to the byte. It is compared first with the mark of database and
library, at every request: a decision, a withdrawal or a change of the log, by whichever process,
shows at the very next request.

Only what a view has offered is kept, and it is sent to nobody who has signed in. No response is
kept that sets a cookie, so none that holds the token of a form.
"""

import asyncio
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.middleware.gzip import re_accepts_gzip
from django.utils import translation

from probatum.site.body_limit import Application, Message, Receive, Send
from probatum.site.engine import current
from probatum.site.metrics import counted
from probatum.site.shelf import Shelf
from probatum.site.unchanged import Mark, Unchanged

_OFFER = "probatum.offer"
# Seconds after which a page is made anew though nothing is known to have changed.
LONGEST = 60.0
# A longer query is nothing that a link of this site holds.
_MOST_QUERY = 300
_PIECE = 2**16
# What a response depends on beside its address.
_READ = (b"host", b"cookie", b"accept-language", b"accept-encoding")
# Who sends one of these asks for something else than a page: nothing that is kept.
_NEVER = frozenset(
    (
        b"authorization",
        b"content-length",
        b"transfer-encoding",
        b"if-none-match",
        b"if-modified-since",
        b"range",
    )
)
Scope = MutableMapping[str, Any]
Until = Callable[[], datetime | None]


@dataclass
class _Offer:
    """What a view says of its response: under which route it is counted, and for how long it holds.

    `until` is a time in seconds since 1970; 0 while nothing was offered.
    """

    route: str = ""
    until: float = 0.0


@dataclass(frozen=True)
class _Kept:
    """A response as it was sent, the mark of what it was made of, and when that was."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    route: str
    mark: Mark
    made: float
    until: float

    def holds(self, mark: Mark) -> bool:
        """Whether it would be the same if it were made now."""
        young = time.monotonic() - self.made < LONGEST
        return self.mark == mark and young and time.time() < self.until


def shared(request: HttpRequest, response: HttpResponse, until: Until | None = None) -> Any:
    """The response, which may be sent to everybody who is not signed in.

    It must rest on nothing but its address, the language, the database, the library and settings.
    `until` gives the time from which it would be another though nothing was written.
    """
    # There is none for a request with a session: who is signed in needs no look here.
    offer: _Offer | None = getattr(request, "scope", {}).get(_OFFER)
    if offer is not None and response.status_code == 200:
        ends = until() if until else None
        offer.route = request.resolver_match.view_name
        offer.until = ends.timestamp() if ends else float("inf")
    return response


class KeptResponses:
    """An application whose responses are kept where they may be."""

    def __init__(self, application: Application, unchanged: Unchanged, shelf: Shelf) -> None:
        """Nothing is kept yet."""
        self._application = application
        self._unchanged = unchanged
        self._shelf = shelf
        self._looking = False
        self._making: dict[object, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The response that is kept, or the application's own."""
        began = time.perf_counter()
        key = asked(scope) if scope["type"] == "http" else None
        if key is None:
            await self._application(scope, receive, send)
            return
        await self._look()
        mark = self._unchanged.mark()
        kept = self._shelf.get(key)
        if isinstance(kept, _Kept) and mark is not None:
            if not kept.holds(mark) and key in self._making:
                # Somebody else is having it made: one way through Django is enough for all.
                await self._making[key].wait()
                mark, kept = self._unchanged.mark(), self._shelf.get(key)
            if isinstance(kept, _Kept) and mark is not None and kept.holds(mark):
                await _send(kept, send)
                counted(kept.route, "GET", 200, time.perf_counter() - began)
                return
        await self._make(key, mark, scope, receive, send)

    async def _look(self) -> None:
        """Now and then the engine looks for news, as it does for whoever asks it something."""
        if current().due and not self._looking:
            self._looking = True
            try:
                # It may have to open the library anew, which takes seconds.
                await asyncio.to_thread(current().get)
            finally:
                self._looking = False

    async def _make(
        self, key: object, mark: Mark | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        offer = _Offer()
        sent = _Sent(send, offer)
        first = key not in self._making
        if first:
            self._making[key] = asyncio.Event()
        try:
            await self._application({**scope, _OFFER: offer}, receive, sent)
            # The mark is that of before: what was written meanwhile makes it one that never holds.
            if mark is not None and sent.whole:
                kept = _Kept(
                    sent.headers, sent.body, offer.route, mark, time.monotonic(), offer.until
                )
                self._shelf.put(key, kept, len(kept.body) + 1_000)
        finally:
            if first:
                self._making.pop(key).set()


class _Sent:
    """Passes a response on, and keeps what was offered of it."""

    def __init__(self, send: Send, offer: _Offer) -> None:
        self._send = send
        self._offer = offer
        self._pieces: list[bytes] = []
        self._wanted = False
        self.headers: tuple[tuple[bytes, bytes], ...] = ()
        self.whole = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = tuple(message["headers"])
            self._wanted = (
                self._offer.until > 0
                and message["status"] == 200
                and all(name.lower() != b"set-cookie" for name, _ in self.headers)
            )
        elif self._wanted:
            self._pieces.append(message.get("body", b""))
            self.whole = not message.get("more_body", False)
        await self._send(message)

    @property
    def body(self) -> bytes:
        return b"".join(self._pieces)


async def _send(kept: _Kept, send: Send) -> None:
    """In pieces as Django's, so that no more waits in memory for a visitor who reads slowly."""
    await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
    for start in range(0, max(1, len(kept.body)), _PIECE):
        piece = kept.body[start : start + _PIECE]
        more = start + _PIECE < len(kept.body)
        await send({"type": "http.response.body", "body": piece, "more_body": more})


def asked(scope: Scope) -> tuple[object, ...] | None:
    """All that a visitor's page may depend on of the request; None for one that is not a visitor's.

    Of the cookies a visitor's page knows the language only, as Django resolves it.
    """
    if scope["method"] != "GET" or len(scope["query_string"]) > _MOST_QUERY:
        return None
    proxy = settings.SECURE_PROXY_SSL_HEADER
    forwarded = proxy[0].removeprefix("HTTP_").replace("_", "-").lower().encode() if proxy else b""
    found: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in _NEVER or name in found:
            return None
        if name in _READ or name == forwarded:
            found[name] = value.decode("latin-1")
    cookies = parse_cookie(found.get(b"cookie", ""))
    if b"host" not in found or settings.SESSION_COOKIE_NAME in cookies:
        return None
    request = HttpRequest()
    request.COOKIES = cookies
    request.META = {"HTTP_ACCEPT_LANGUAGE": found.get(b"accept-language", "")}
    return (
        scope.get("root_path", ""),
        scope["path"],
        scope["query_string"],
        scope["scheme"],
        found.get(forwarded),
        found[b"host"],
        translation.get_language_from_request(request),
        bool(re_accepts_gzip.search(found.get(b"accept-encoding", ""))),
    )


def kept(application: Application, shelf: Shelf) -> Application:
    """The application, whose responses are kept; as it is where nothing tells of changes."""
    unchanged = Unchanged.of_settings()
    return application if unchanged is None else KeptResponses(application, unchanged, shelf)
