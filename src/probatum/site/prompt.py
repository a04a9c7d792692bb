"""Connections that send each part of a response at once.

asyncio asks for that where it makes the listening socket itself and not on one that it is given, as
the workers of `probatum serve --workers 2` are. Then every second part waits some 40 ms for the
browser to confirm the first (RFC 896; RFC 1122, section 4.2.3.2).
"""

import asyncio
import socket

from uvicorn.protocols.http.h11_impl import H11Protocol


class PromptProtocol(H11Protocol):
    """Uvicorn's own, on a socket that does not wait."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Set the option before anything is sent."""
        connection = transport.get_extra_info("socket")
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)  # type: ignore[arg-type]
