"""No request is larger than the largest that a page takes.

Django writes what does not fit into memory to the disk before any view sees it, whoever sends it
and wherever to. A text may be about a patient, and a disk may be full; so it ends here.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.http import HttpRequest, HttpResponse

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

_TOO_LARGE = "probatum.too_large"


def limited(application: Application, most: int) -> Application:
    """The application, of which no request has a body of more than so many bytes."""

    async def bounded(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        if _announced(scope) > most:
            # Answered by Django, in the shape of its errors, as if nothing had been sent.
            await application({**scope, _TOO_LARGE: True}, _without_body(receive), send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            # A body that grows without having said how long it is: as if its sender had gone.
            return {"type": "http.disconnect"} if seen > most else message

        await application(scope, counted, send)

    return bounded


def _announced(scope: MutableMapping[str, Any]) -> int:
    """The length that the request gives for its body; 0 when it gives none that can be read."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _without_body(receive: Receive) -> Receive:
    """An empty body, and after it the end of the connection when that comes."""
    begun = False

    async def nothing() -> Message:
        nonlocal begun
        if not begun:
            begun = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while (message := await receive())["type"] != "http.disconnect":
            # What was sent nevertheless is let go.
            continue
        return message

    return nothing


class BodyLimit:
    """The refusal itself, inside what gives errors their shape and responses their headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 when the body was announced as too large."""
        if getattr(request, "scope", {}).get(_TOO_LARGE):
            from probatum.site.views import too_large

            return too_large(request)
        return self.get_response(request)
