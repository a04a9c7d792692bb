"""Who gets to the tools over HTTP: known host names and origins, and who knows the token.

A page of another site can have a browser send requests to a server on the reader's own machine,
under a host name of its choice (DNS rebinding). The specification of the protocol asks servers to
check `Origin` against that; here `Host` is checked as well.
"""

import hmac
from collections.abc import Sequence
from typing import Any

from mcp.server import Server
from mcp.server.transport_security import TransportSecuritySettings

# Bytes of one request: a text to audit has at most a million characters.
_MOST_BYTES = 4_500_000
# A page of this machine, or one that a server with TLS in front of this one has sent.
_SCHEMES = ("http", "https")


def guarded(made: "Server[Any]", hosts: Sequence[str], token: str | None) -> Any:
    """The application; each request stands alone, so nothing of one caller reaches another."""
    allowed = [name for host in hosts for name in (host, f"{host}:*")]
    settings = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=allowed,
        allowed_origins=[f"{scheme}://{name}" for scheme in _SCHEMES for name in allowed],
    )
    app = made.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=_MOST_BYTES,
        transport_security=settings,
    )
    return _Bearer(app, token) if token else app


class _Bearer:
    """Only requests that carry the token get further."""

    def __init__(self, app: Any, token: str) -> None:
        self._app = app
        self._wanted = f"Bearer {token}".encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(given, self._wanted):
                headers = [(b"www-authenticate", b"Bearer"), (b"content-length", b"0")]
                await send({"type": "http.response.start", "status": 401, "headers": headers})
                await send({"type": "http.response.body", "body": b""})
                return
        await self._app(scope, receive, send)
