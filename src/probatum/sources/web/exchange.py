"""One guarded question to a host: judged before, limited in time and size, and read whole.

The name is resolved and judged, the connection goes to the very address that was judged, and the
peer of the open connection is judged again. No proxy, cookie or credential is ever used.
"""

import http.client
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, quote

from probatum.sources.web.addresses import (
    AddressError,
    Resolve,
    UnreachableError,
    is_public,
    public_addresses,
    resolved,
)

Connect = Callable[[str, int, float], socket.socket]

_PIECE: Final = 65_536
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class BrokenOffError(AddressError):
    """The host took the question and did not answer it whole: worth asking again."""


class TooLargeError(AddressError):
    """The host sends more than is read."""


def connected(place: str, port: int, seconds: float) -> socket.socket:
    """A connection to a network address."""
    return socket.create_connection((place, port), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Doors:
    """The network's doors, for tests to put their own in."""

    resolve: Resolve = resolved
    connect: Connect = connected
    public: Callable[[str], bool] = is_public


@dataclass(frozen=True)
class Deadline:
    """When an exchange must be over, and how long one step of it may take, both in seconds."""

    seconds: float
    step: float
    what: str = "answer"
    _begun: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds for the next step; BrokenOffError when there are none."""
        left = min(self.step, self._begun + self.seconds - time.monotonic())
        if left <= 0:
            raise BrokenOffError(
                "The %(what)s did not arrive within %(seconds)s seconds.",
                what=self.what,
                seconds=f"{self.seconds:.0f}",
            )
        return left


@dataclass(frozen=True, slots=True)
class Reply:
    """A host's reply, of which the head has been read."""

    response: http.client.HTTPResponse
    opened: socket.socket
    host: str
    deadline: Deadline

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status

    @property
    def kind(self) -> str:
        """The media type, without parameters, in lower case; empty when none is told."""
        return (self.header("Content-Type") or "").partition(";")[0].strip().lower()

    def header(self, name: str) -> str | None:
        """The value of a header."""
        return self.response.getheader(name)

    def content(self, most: int) -> bytes:
        """The body, unpacked, whole, never more than `most` bytes and never past the deadline."""
        encoding = (self.header("Content-Encoding") or "identity").strip().lower()
        if encoding not in ("identity", "gzip", ""):
            raise AddressError(
                "The %(what)s is packed in a way that was not asked for.", what=self.deadline.what
            )
        # 16 + the largest window: a gzip header is expected (zlib manual, inflateInit2).
        packed = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        content = bytearray()
        received = 0
        while True:
            self.opened.settimeout(self.deadline.left())
            piece = self.response.read1(_PIECE)
            if not piece:
                break
            received += len(piece)
            content += packed.decompress(piece, most + 1 - len(content)) if packed else piece
            if len(content) > most or received > most:
                raise TooLargeError(
                    "The %(what)s is larger than %(most)s MB.",
                    what=self.deadline.what,
                    most=f"{most / 1_000_000:g}",
                )
        # What Content-Length promised and did not come, or a packed stream without its end.
        if self.response.length or (packed is not None and received and not packed.eof):
            raise BrokenOffError(
                "The %(what)s of %(host)s breaks off.", what=self.deadline.what, host=self.host
            )
        return bytes(content)


@contextmanager
def asked(
    parts: SplitResult,
    headers: Mapping[str, str],
    deadline: Deadline,
    doors: Doors,
) -> Iterator[Reply]:
    """The reply to a GET; AddressError, or one of its kinds, says in a sentence why there is none.

    The caller has judged the address's scheme and port.
    """
    host = str(parts.hostname)
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    places = public_addresses(host, port, doors.resolve, doors.public)
    opened = _open(host, port, places, deadline, doors)
    connection = http.client.HTTPConnection(host, port, timeout=deadline.left())
    try:
        if parts.scheme == "https":
            opened = _secure().wrap_socket(opened, server_hostname=host)
        connection.sock = opened
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        connection.request("GET", path, headers=dict(headers))
        yield Reply(connection.getresponse(), opened, host, deadline)
    except ssl.SSLCertVerificationError as error:
        raise AddressError(
            "The certificate of %(host)s is not to be trusted.", host=host
        ) from error
    except TimeoutError as error:
        raise BrokenOffError("%(host)s did not answer in time.", host=host) from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise BrokenOffError("%(host)s could not be read from.", host=host) from error
    finally:
        connection.close()
        opened.close()


@lru_cache(maxsize=1)
def _secure() -> ssl.SSLContext:
    """Certificates and names are verified; made once, as reading the system's list takes time."""
    return ssl.create_default_context()


def _open(
    host: str, port: int, places: list[str], deadline: Deadline, doors: Doors
) -> socket.socket:
    """A connection to one of the addresses that were judged, judged again at its other end."""
    for place in places:
        try:
            opened = doors.connect(place, port, deadline.left())
        except OSError:
            continue
        peer = str(opened.getpeername()[0])
        if not doors.public(peer):
            opened.close()
            raise AddressError(
                "%(host)s is not on the public internet, so it is not fetched.", host=host
            )
        return opened
    raise UnreachableError("%(host)s does not answer.", host=host)
