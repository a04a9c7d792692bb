"""The server listens where it was told, and knows by which names it may be called."""

import pytest

from probatum.site.server import allowed_hosts

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
