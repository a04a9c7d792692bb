"""Which network addresses may be fetched from: those of the public internet and no others.

A program that fetches what it is told can be told to fetch from the machine it runs on, from its
neighbours or from a cloud's metadata service (server-side request forgery, CWE-918). So a name is
resolved first, every address it has must be public, and the connection is made to an address that
was looked at, never to the name again.
"""

import ipaddress
import socket
from collections.abc import Callable

from probatum.evidence.base import ProbatumError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

# NAT64 (RFC 6052) and its local-use prefix (RFC 8215): the last 32 bits are an IPv4 address.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
# IPv4-compatible addresses (RFC 4291, section 2.5.5.1), deprecated, still read by some stacks.
_COMPATIBLE = ipaddress.ip_network("::/96")


class AddressError(ProbatumError):
    """An address that is not fetched from, with the reason in one sentence."""


class UnreachableError(AddressError):
    """The host cannot be found or connected to: it, or the network, is not there."""


def resolved(host: str, port: int) -> list[str]:
    """The network addresses of a host, in the system's order."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise UnreachableError("%(host)s cannot be found on the network.", host=host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, whatever it is written or wrapped in."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(each) for each in _within(parsed))


def _within(address: Address) -> list[Address]:
    """The address and every IPv4 address that it carries: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    found: list[Address] = [address]
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found += address.teredo
    if any(address in network for network in (*_NAT64, _COMPATIBLE)):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def _is_public(address: Address) -> bool:
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_reserved
        or address.is_unspecified
    )


def public_addresses(
    host: str, port: int, resolve: Resolve = resolved, public: Callable[[str], bool] = is_public
) -> list[str]:
    """The addresses of a host; AddressError when one of them is not public.

    One is enough to refuse: a name that is public and private at once is an attempt to get in.
    """
    found = resolve(host, port)
    if not found or not all(map(public, found)):
        raise AddressError(
            "%(host)s is not on the public internet, so it is not fetched.", host=host
        )
    return found
