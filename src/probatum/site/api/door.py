"""Who may call an address of the API: anybody or a key with the scope, and how often.

A browser's session counts for nothing here: without a key everybody is a visitor, so no page of
another site can have a signed-in browser do anything.
"""

import math
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja.security import HttpBearer

from probatum.site.api.errors import ApiError
from probatum.site.keys.keeping import found
from probatum.site.keys.models import Key
from probatum.site.keys.scopes import Scope
from probatum.site.rates import caller_of, limiter_of

_NEEDED = "This needs a key, sent as Authorization: Bearer."
_UNKNOWN = "The key is not known here, has expired or was revoked."


class ApiKey(HttpBearer):
    """A key with a scope; where `open` says so, also anybody without one."""

    def __init__(self, scope: Scope, *, open: bool = True) -> None:
        """`open` is what the address is unless the operator asks everybody for a key."""
        super().__init__()
        self.scope = scope
        self.open = open

    def __call__(self, request: HttpRequest) -> Any:
        """Whoever asks, as `request.user`; ApiError says why they may not."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        given = scheme.lower() == "bearer"
        key = found(text.strip()) if given else None
        # Guesses count as well, by the address they come from.
        _limited(request, key)
        request.user = key.owner if key else AnonymousUser()
        request.api_key = key
        if given and key is None:
            raise ApiError(401, _UNKNOWN)
        if key is None:
            if not self.open or settings.PROBATUM_API_KEYS:
                raise ApiError(401, _NEEDED)
            return "anybody"
        if self.scope.value not in key.scopes:
            raise ApiError(403, f"The key may not do this: it lacks the scope {self.scope.value}.")
        return key

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Not used: all is judged above, so that each refusal has its own sentence."""
        raise NotImplementedError


def _limited(request: HttpRequest, key: Key | None) -> None:
    limiter = limiter_of("PROBATUM_API_RATE")
    if limiter is None:
        return
    seconds = math.ceil(limiter.wait(f"key {key.pk}" if key else caller_of(request)))
    if seconds:
        error = ApiError(429, f"Too many requests; please wait {seconds} s.")
        error.headers = {"Retry-After": str(seconds)}
        raise error
