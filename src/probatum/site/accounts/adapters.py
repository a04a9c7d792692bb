"""Where django-allauth asks this site: registration is closed, and secrets are kept under a key."""

import base64
import hashlib
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from probatum.site.accounts.pages import refusal

_CLOSED = "This account is closed."
# A secret of that length is what RFC 4226, section 4, requirement R6 recommends (160 bits).
_BYTES = 20


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves; the operator does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """What the owner of a closed account sees after signing in with the organisation."""
        return refusal(request, _CLOSED)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with a key made of Django's own.

    So a copy of the database alone gives nobody a code. Under another key they can't be read: then
    no code is right, and the operator resets the factor.
    """

    def encrypt(self, text: str) -> str:
        """The secret as the database keeps it."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that nobody knows when this was written under another key."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except (InvalidToken, UnicodeError):
            # Never an empty one: codes follow from it.
            return base64.b32encode(secrets.token_bytes(_BYTES)).decode("ascii")


def _box() -> Fernet:
    made = hashlib.sha256(b"probatum second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(made))
