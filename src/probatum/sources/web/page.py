"""Fetching one page: guarded at every step, limited in time, size, redirects and content.

Each redirect starts from the beginning; see `exchange` for what is judged and when.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from probatum.sources.web.addresses import AddressError, Resolve, is_public, resolved
from probatum.sources.web.exchange import Connect, Deadline, Doors, Reply, asked, connected

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
    deadline = Deadline(SECONDS, STEP_SECONDS, "page")
    doors = Doors(resolve, connect or connected, public)
    for _ in range(REDIRECTS + 1):
        parts = judged(address)
        with asked(parts, _HEADERS, deadline, doors) as reply:
            moved = _answer(parts, reply)
        if isinstance(moved, Page):
            return moved
        address = urljoin(address, moved)
    raise AddressError("The page is redirected more than %(most)s times.", most=REDIRECTS)


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


def _answer(parts: SplitResult, reply: Reply) -> Page | str:
    """The page, or where it has moved to."""
    if reply.status in _MOVED and (moved := reply.header("Location")):
        return moved
    if reply.status != 200:
        raise AddressError(
            "%(host)s answers with status %(status)s instead of a page.",
            host=reply.host,
            status=reply.status,
        )
    if reply.kind not in KINDS:
        raise AddressError(
            "%(host)s sends %(kind)s, and only pages and PDFs are read.",
            host=reply.host,
            kind=reply.kind or "no type",
        )
    return Page(parts.geturl(), reply.kind, reply.content(MOST_BYTES))
