"""The provider's signed word about who signed in, and whether it is to be believed.

The tests are those of OpenID Connect Core 1.0, section 3.1.3.7, with the signature verified in
every case; the nonce is compared by the caller, who knows it.
"""

from typing import Any

import jwt

# Public-key algorithms only: with a shared key, whoever knows it could write tokens (RFC 8725,
# section 3.1).
ALGORITHMS = (
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
# Seconds by which two clocks may differ.
LEEWAY = 60
# OpenID Connect Core 1.0, section 2: `sub` has at most 255 ASCII characters.
_LONGEST = 255


class TokenError(Exception):
    """A token that proves nothing."""


def claims_of(token: object, keys: object, issuer: str, client: str) -> dict[str, Any]:
    """The claims of a token, once it is proved; TokenError otherwise."""
    if not isinstance(token, str) or not isinstance(keys, dict):
        raise TokenError("no token, or no keys")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(token, keys),
            algorithms=list(ALGORITHMS),
            audience=client,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise TokenError(type(error).__name__) from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client) != client:
        raise TokenError("meant for another client")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST or not subject.isascii():
        raise TokenError("no subject")
    return claims


def _key(token: str, keys: dict[str, Any]) -> Any:
    """The one key that the token names; the only one when it names none."""
    wanted = jwt.get_unverified_header(token).get("kid")
    usable = [
        key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")
    ]
    found = [key for key in usable if wanted is None or key.key_id == wanted]
    if len(found) != 1:
        raise TokenError("no such key")
    return found[0].key
