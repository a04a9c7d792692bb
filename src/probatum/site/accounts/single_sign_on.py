"""The operator's settings of single sign-on with OpenID Connect, from the environment.

One provider only: the hospital's or publisher's own. Nothing is on unless an issuer is named.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from probatum.evidence.base import ProbatumError
from probatum.review.people import Role

_LOCAL = ("localhost", "127.0.0.1", "::1")
_MOST_SECRET = 4_000


class SingleSignOnError(ProbatumError):
    """Settings of single sign-on that cannot be used."""


@dataclass(frozen=True)
class SingleSignOn:
    """An OpenID provider, and what its word is worth here.

    `account_claim` names an account that the operator made, and links to it at the first sign-in.
    `create` makes an account for whoever has none. With `roles` (value of the claim to role) the
    provider decides on roles at each sign-in; without, the operator does.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str = "your organisation"
    scopes: tuple[str, ...] = ("openid", "profile")
    account_claim: str = ""
    create: bool = False
    role_claim: str = ""
    roles: tuple[tuple[str, Role], ...] = ()


def safe_address(address: object) -> bool:
    """Whether an address is https, or http on this machine, where a test stands."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)


def single_sign_on() -> SingleSignOn | None:
    """What the environment says; None without an issuer, SingleSignOnError when it is not whole."""
    issuer = os.environ.get("PROBATUM_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    if not safe_address(issuer) or urlsplit(issuer).query:
        raise SingleSignOnError(
            "PROBATUM_OIDC_ISSUER must be an https address, as the provider names itself."
        )
    client = os.environ.get("PROBATUM_OIDC_CLIENT_ID", "").strip()
    if not client:
        raise SingleSignOnError("PROBATUM_OIDC_ISSUER needs PROBATUM_OIDC_CLIENT_ID beside it.")
    role_claim = os.environ.get("PROBATUM_OIDC_ROLE_CLAIM", "").strip()
    roles = _roles(os.environ.get("PROBATUM_OIDC_ROLES", ""))
    if bool(role_claim) != bool(roles):
        raise SingleSignOnError("PROBATUM_OIDC_ROLE_CLAIM and PROBATUM_OIDC_ROLES go together.")
    scopes = os.environ.get("PROBATUM_OIDC_SCOPES", "openid profile").split()
    return SingleSignOn(
        issuer=issuer,
        client=client,
        secret=_secret(),
        name=" ".join(os.environ.get("PROBATUM_OIDC_NAME", "").split()) or "your organisation",
        scopes=tuple(dict.fromkeys(("openid", *scopes))),
        account_claim=os.environ.get("PROBATUM_OIDC_ACCOUNT_CLAIM", "").strip(),
        create=os.environ.get("PROBATUM_OIDC_CREATE") == "1",
        role_claim=role_claim,
        roles=roles,
    )


def _secret() -> str:
    """The client's secret, from a file when one is named; no error holds any of it."""
    path = os.environ.get("PROBATUM_OIDC_CLIENT_SECRET_FILE", "")
    given = os.environ.get("PROBATUM_OIDC_CLIENT_SECRET", "")
    if path and given:
        raise SingleSignOnError(
            "Set PROBATUM_OIDC_CLIENT_SECRET or PROBATUM_OIDC_CLIENT_SECRET_FILE, not both."
        )
    if path:
        try:
            with Path(path).open(encoding="utf-8") as file:
                given = file.read(_MOST_SECRET)
        except (OSError, UnicodeDecodeError) as error:
            raise SingleSignOnError(
                f"PROBATUM_OIDC_CLIENT_SECRET_FILE cannot be read ({type(error).__name__})."
            ) from None
    if not given.strip():
        raise SingleSignOnError(
            "PROBATUM_OIDC_ISSUER needs PROBATUM_OIDC_CLIENT_SECRET or "
            "PROBATUM_OIDC_CLIENT_SECRET_FILE beside it."
        )
    return given.strip()


def _roles(text: str) -> tuple[tuple[str, Role], ...]:
    """`value=role` with commas between; a value may be given more than one role."""
    found = []
    for part in text.split(","):
        if not part.strip():
            continue
        value, _, role = part.rpartition("=")
        if not value.strip() or role.strip() not in _GIVEN:
            raise SingleSignOnError(
                "PROBATUM_OIDC_ROLES takes value=role with commas between, where role is one of "
                + ", ".join(_GIVEN)
                + "."
            )
        found.append((value.strip(), Role(role.strip())))
    return tuple(found)


_GIVEN = tuple(role.value for role in Role if role not in (Role.READER, Role.SYSTEM))


def demanded_roles() -> frozenset[Role]:
    """Roles that count only with a second factor, from PROBATUM_SECOND_FACTOR."""
    named = [part.strip() for part in os.environ.get("PROBATUM_SECOND_FACTOR", "").split(",")]
    wrong = [name for name in named if name and name not in _GIVEN]
    if wrong:
        raise SingleSignOnError(
            "PROBATUM_SECOND_FACTOR names roles with commas between: " + ", ".join(_GIVEN) + "."
        )
    return frozenset(Role(name) for name in named if name)
