"""Fetching one page: guarded at every step, limited in time, size, redirects and content.

The name is resolved and judged, the connection goes to the very address that was judged, the peer
of the open connection is judged again, and each redirect starts from the beginning. No proxy,
cookie or credential is ever used.
"""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from probatum.sources.web.addresses import (
    AddressError,
    Resolve,
    is_public,
    public_addresses,
    resolved,
)

Connect = Callable[[str, int, float], socket.socket]

PORTS: Final = {"http": (80, 443), "https": (443, 80)}
# Bytes of a page after decompression: the longest guideline page known here has under 3 MB.
MOST_BYTES: Final = 10_000_000
# Seconds for a whole fetch with its redirects, and for one step of it.
SECONDS: Final = 30.0
STEP_SECONDS: Final = 10.0
REDIRECTS: Final = 5
KINDS: Final = (
    "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf",
    "application/xml", "text/xml",
)  # fmt: skip
_PIECE: Final = 65_536
_LONGEST_ADDRESS: Final = 2_000
_MOVED: Final = frozenset((301, 302, 303, 307, 308))
_HEADERS: Final = {
    "User-Agent": "probatum (fetches one page at a person's request)",
    "Accept": ", ".join(KINDS),
    "Accept-Encoding": "gzip, identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page: the address it was read from in the end, its type and its bytes."""

    address: str
    kind: str
    content: bytes


def is_address(text: str) -> bool:
    """Whether a person's words are an address to fetch rather than the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def fetch(
    address: str,
    *,
    resolve: Resolve = resolved,
    connect: Connect | None = None,
    public: Callable[[str], bool] = is_public,
) -> Page:
    """The page at an address; AddressError says in one sentence why there is none.

    `resolve`, `connect` and `public` are the network's doors, for tests to put their own in.
    """
    deadline = time.monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        parts = judged(address)
        port = parts.port or PORTS[parts.scheme][0]
        host = str(parts.hostname)
        places = public_addresses(host, port, resolve, public)
        opened = _open(host, port, places, deadline, connect or _connected, public)
        moved = _answer(parts, host, port, opened, deadline)
        if isinstance(moved, Page):
            return moved
        address = urljoin(address, moved)
    raise AddressError(f"The page is redirected more than {REDIRECTS} times.")


def judged(address: str) -> SplitResult:
    """The parts of an address that may be fetched; AddressError for any other."""
    if len(address) > _LONGEST_ADDRESS or any(c.isspace() or ord(c) < 32 for c in address):
        raise AddressError("The address is too long or holds blanks.")
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise AddressError("The address cannot be read.") from error
    if parts.scheme not in PORTS:
        raise AddressError("Only addresses that begin with http:// or https:// are fetched.")
    if parts.username is not None or parts.password is not None:
        raise AddressError("An address with a name or password in it is not fetched.")
    if not host:
        raise AddressError("The address names no host.")
    if port is not None and port not in PORTS[parts.scheme]:
        raise AddressError("Only ports 80 and 443 are fetched from.")
    return parts


def _connected(place: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((place, port), timeout=seconds)


def _open(
    host: str,
    port: int,
    places: list[str],
    deadline: float,
    connect: Connect,
    public: Callable[[str], bool],
) -> socket.socket:
    """A connection to one of the addresses that were judged, judged again at its other end."""
    for place in places:
        try:
            opened = connect(place, port, _left(deadline))
        except OSError:
            continue
        peer = str(opened.getpeername()[0])
        if not public(peer):
            opened.close()
            raise AddressError(f"{host} is not on the public internet, so it is not fetched.")
        return opened
    raise AddressError(f"{host} does not answer.")


def _left(deadline: float) -> float:
    left = min(STEP_SECONDS, deadline - time.monotonic())
    if left <= 0:
        raise AddressError(f"The page did not arrive within {SECONDS:.0f} seconds.")
    return left


def _answer(
    parts: SplitResult, host: str, port: int, opened: socket.socket, deadline: float
) -> Page | str:
    """The page, or where it has moved to."""
    connection = http.client.HTTPConnection(host, port, timeout=_left(deadline))
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            opened = context.wrap_socket(opened, server_hostname=host)
        connection.sock = opened
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        connection.request("GET", path, headers=_HEADERS)
        answer = connection.getresponse()
        if answer.status in _MOVED and (moved := answer.getheader("Location")):
            return moved
        if answer.status != 200:
            raise AddressError(f"{host} answers with status {answer.status} instead of a page.")
        kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        if kind not in KINDS:
            raise AddressError(
                f"{host} sends {kind or 'no type'}, and only pages and PDFs are read."
            )
        content = _content(answer, opened, deadline)
        return Page(parts.geturl(), kind, content)
    except TimeoutError as error:
        raise AddressError(f"{host} did not answer in time.") from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise AddressError(f"{host} could not be read from.") from error
    finally:
        connection.close()
        opened.close()


def _content(answer: http.client.HTTPResponse, opened: socket.socket, deadline: float) -> bytes:
    """The body, unpacked, never more than the limit and never past the deadline."""
    encoding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", ""):
        raise AddressError("The page is packed in a way that was not asked for.")
    # 16 + the largest window: a gzip header is expected (zlib manual, inflateInit2).
    packed = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
    content = bytearray()
    received = 0
    while True:
        opened.settimeout(_left(deadline))
        piece = answer.read1(_PIECE)
        if not piece:
            return bytes(content)
        received += len(piece)
        content += packed.decompress(piece, MOST_BYTES + 1 - len(content)) if packed else piece
        if len(content) > MOST_BYTES or received > MOST_BYTES:
            raise AddressError(f"The page is larger than {MOST_BYTES // 1_000_000} MB.")
