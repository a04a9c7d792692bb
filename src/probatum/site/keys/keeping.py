"""Keys are made, shown once, found by their hash, and revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.render.language import told
from probatum.site.keys.models import Key
from probatum.site.keys.scopes import MOST_DAYS, USUAL_DAYS, Scope

# So that a key is recognised where it should not be: in a log, a paste, a repository.
_MARK = "probatum"
_PREFIX_BYTES = 4
_SECRET_BYTES = 32
_LONGEST = 120
_MOST_NAME = 60
# Keys of one account at a time; a person loses track of more.
_MOST_KEYS = 20


class KeyRefusedError(ProbatumError):
    """A key that cannot be made or found so."""


@dataclass(frozen=True)
class Made:
    """A new key: its text, which is shown this once, and what is kept of it."""

    text: str
    key: Key


def make(owner: Any, name: str, scopes: Iterable[Scope], days: int = USUAL_DAYS) -> Made:
    """Make a key for an account; KeyRefusedError says what is wrong."""
    shown = " ".join(plain(name).split())
    if not shown or len(shown) > _MOST_NAME:
        words = told("The key needs a name of 1 to %(most)s characters.")
        raise KeyRefusedError(words % {"most": _MOST_NAME})
    wanted = sorted({Scope(scope).value for scope in scopes})
    if not wanted:
        words = told("The key needs a scope: %(scopes)s.")
        raise KeyRefusedError(words % {"scopes": ", ".join(Scope)})
    if not 1 <= days <= MOST_DAYS:
        raise KeyRefusedError(told("A key lasts 1 to %(most)s days.") % {"most": MOST_DAYS})
    if len([key for key in listed(owner) if works(key)]) >= _MOST_KEYS:
        words = told("An account has at most %(most)s keys; revoke one first.")
        raise KeyRefusedError(words % {"most": _MOST_KEYS})
    prefix = secrets.token_hex(_PREFIX_BYTES)
    text = f"{_MARK}_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    today = _today()
    key = Key.objects.create(
        owner=owner,
        name=shown,
        prefix=prefix,
        hash=_hash(text),
        scopes=wanted,
        created=today,
        expires=today + timedelta(days=days),
    )
    return Made(text, key)


def found(text: str) -> Key | None:
    """The key with this text, if it works; the day is noted."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    key = Key.objects.select_related("owner").filter(hash=_hash(text)).first()
    if key is None or not works(key):
        return None
    if key.last_used != _today():
        # One write a day, not one a request.
        Key.objects.filter(pk=key.pk).update(last_used=_today())
    return key


def works(key: Key) -> bool:
    """Whether the key can be used: neither revoked nor expired, its account open."""
    return key.revoked is None and key.expires >= _today() and bool(key.owner.is_active)


def listed(owner: Any = None) -> tuple[Key, ...]:
    """The keys of an account, or of all, the newest first."""
    every = Key.objects.select_related("owner")
    return tuple(every.filter(owner=owner) if owner is not None else every)


def revoke(prefix: str, owner: Any = None) -> None:
    """End a key, for good; KeyRefusedError when there is none of this prefix."""
    every = Key.objects.filter(prefix=prefix)
    if owner is not None:
        every = every.filter(owner=owner)
    if not every.exists():
        raise KeyRefusedError(told("There is no key with this prefix."))
    every.filter(revoked=None).update(revoked=datetime.now(UTC))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _today() -> date:
    return datetime.now(UTC).date()
