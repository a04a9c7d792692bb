"""The least that a server can do: one short answer to everything. A baseline for bench/site.py.

Served by uvicorn as the site is, with the same connections.
"""

import argparse
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

BODY = b"Hello.\n"
HEADERS = [(b"content-type", b"text/plain"), (b"content-length", str(len(BODY)).encode())]


async def application(
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
) -> None:
    """An ASGI application without a framework."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": BODY})


def main() -> None:
    """Serve it until stopped."""
    import uvicorn

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    uvicorn.run(
        "bench._hello:application",
        port=options.port,
        workers=options.workers,
        access_log=False,
        log_level="warning",
        lifespan="off",
        http="probatum.site.prompt:PromptProtocol",
    )


if __name__ == "__main__":
    main()
