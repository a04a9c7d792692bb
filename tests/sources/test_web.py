"""Fetching a page: only from the public internet, only so much, only for so long."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from probatum.sources.web.addresses import AddressError, is_public
from probatum.sources.web.page import MOST_BYTES, fetch, judged

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "localhost", "",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_known(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address) is True


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/x", "file:///etc/passwd", "http://user:pw@example.org/",
        "http://example.org:8080/", "https://example.org:22/", "http://", "http://[::1",
        "http://a b", "gopher://example.org",
    ],
)  # fmt: skip
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(AddressError):
        judged(address)


def test_a_name_with_one_private_address_is_refused_before_anything_is_opened() -> None:
    def connect(place: str, port: int, seconds: float) -> socket.socket:
        raise AssertionError("nothing may be opened")

    with pytest.raises(AddressError, match="not on the public internet"):
        fetch(
            "http://example.org/", resolve=lambda host, port: [PUBLIC, "10.0.0.1"], connect=connect
        )


@contextmanager
def server(*answers: bytes) -> Iterator[int]:
    """A server that gives these answers, one a connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for answer in answers:
            try:
                opened, _ = listening.accept()
                with opened:
                    opened.recv(65_536)
                    opened.sendall(answer)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1]
    listening.close()


def fetched(port: int, address: str = "http://example.org/") -> bytes:
    """A page from the server of the test, in whose place the network's doors are put."""
    return fetch(
        address,
        resolve=lambda host, _: ["10.9.9.9"] if host == "inside.example" else [PUBLIC],
        connect=lambda place, _, seconds: socket.create_connection(("127.0.0.1", port), seconds),
        public=lambda place: place in (PUBLIC, "127.0.0.1"),
    ).content


def answer(body: bytes, kind: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def test_the_other_end_of_the_connection_is_judged_again() -> None:
    with server(answer(b"x")) as port, pytest.raises(AddressError, match="not on the public"):
        fetch(
            "http://example.org/",
            resolve=lambda host, _: [PUBLIC],
            connect=lambda place, _, seconds: socket.create_connection(("127.0.0.1", port)),
        )


def test_a_page_is_read() -> None:
    with server(answer(b"<p>Hello</p>")) as port:
        assert fetched(port) == b"<p>Hello</p>"


def test_a_redirect_into_the_private_network_is_refused() -> None:
    moved = answer(b"", status="302 Found", more="Location: http://inside.example/\r\n")
    with server(moved) as port, pytest.raises(AddressError, match=r"inside\.example is not on"):
        fetched(port)


def test_redirects_without_end_are_refused() -> None:
    moved = answer(b"", status="302 Found", more="Location: /again\r\n")
    with server(*[moved] * 9) as port, pytest.raises(AddressError, match="redirected more than"):
        fetched(port)


def test_another_type_an_error_and_a_page_too_large_are_refused() -> None:
    with server(answer(b"x", "image/png")) as port, pytest.raises(AddressError, match="image/png"):
        fetched(port)
    with server(answer(b"x", status="404 No")) as port, pytest.raises(AddressError, match="404"):
        fetched(port)
    large = answer(b"x" * (MOST_BYTES + 1))
    with server(large) as port, pytest.raises(AddressError, match="larger than 10 MB"):
        fetched(port)
