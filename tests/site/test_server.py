"""The server listens where it was told, and knows by which names it may be called."""

import asyncio
import socket

import pytest
import uvicorn

from probatum.site.prompt import PromptProtocol
from probatum.site.server import allowed_hosts
from tests.loops import finished

OWN = "localhost,127.0.0.1,[::1]"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", f"{OWN},127.0.0.1"),
        ("192.0.2.7", f"{OWN},192.0.2.7"),
        ("2001:db8::7", f"{OWN},[2001:db8::7]"),
        ("clinic.example", f"{OWN},clinic.example"),
        ("0.0.0.0", OWN),
        ("::", OWN),
    ],
)
def test_a_wildcard_address_admits_no_other_name(host: str, expected: str) -> None:
    assert allowed_hosts(host) == expected


def test_a_connection_of_a_socket_that_was_given_sends_each_part_at_once() -> None:
    """Else every response on a connection that is kept waits for a delayed confirmation."""

    async def application(scope: object, receive: object, send: object) -> None:
        raise AssertionError("nothing is asked")

    async def connected() -> int:
        config = uvicorn.Config(application, http=PromptProtocol, lifespan="off", log_config=None)
        config.load()
        state = uvicorn.Server(config).server_state
        seen: list[PromptProtocol] = []

        def made() -> PromptProtocol:
            seen.append(PromptProtocol(config=config, server_state=state, app_state={}))
            return seen[-1]

        # Without the number of TCP, as uvicorn makes the one that workers share.
        given = socket.socket()
        given.bind(("127.0.0.1", 0))
        server = await asyncio.get_running_loop().create_server(made, sock=given)
        async with server:
            _, writer = await asyncio.open_connection(*given.getsockname())
            while not seen or seen[0].transport is None:
                await asyncio.sleep(0.01)
            accepted = seen[0].transport.get_extra_info("socket")
            option = int(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
        return option

    assert finished(connected()) != 0
