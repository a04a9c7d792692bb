"""Accounts of those who write and review. A name in the log is one person's for ever.

So an account is closed and never deleted, and its name is not given again.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.review.people import SYSTEM, Role
from probatum.site.accounts.identity import PROVIDER, identity
from probatum.site.accounts.single_sign_on import SingleSignOn

# 16 bytes are more than anybody guesses; the owner chooses another on their account's page.
_BYTES = 16
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)
# Characters of a printed name; Django's field takes 150.
PRINTED = 140
# OpenID Connect Core 1.0, section 2: `sub` has at most 255 ASCII characters.
_SUBJECT = 255


class MemberError(ProbatumError):
    """An account that cannot be made or changed so."""


@dataclass(frozen=True)
class Member:
    """An account: its name, what a signature prints, its roles, whether it is open, and how its
    owner signs in beside or instead of a password.
    """

    name: str
    printed: str
    roles: tuple[str, ...]
    open: bool
    password: bool = True
    second_factor: bool = False
    linked: bool = False


def add(name: str, printed: str, roles: Iterable[Role], password: bool = True) -> str:
    """Make an account; its password is returned this once and kept as a hash only.

    Without one, its owner signs in with their organisation, and nothing is returned.
    """
    if not NAME.fullmatch(name) or name == SYSTEM.id:
        raise MemberError(
            f"{name!r} cannot be an account's name: use small letters, digits, '.', '_' and '-', "
            f"and another name than {SYSTEM.id!r}."
        )
    shown = " ".join(plain(printed).split())
    if not shown or len(shown) > PRINTED:
        raise MemberError(f"The printed name needs 1 to {PRINTED} characters.")
    if User.objects.filter(username=name).exists():
        raise MemberError(f"There is an account {name!r} already.")
    made = secrets.token_urlsafe(_BYTES) if password else ""
    # Django prints first and last name with a space between; the whole name is in the second.
    user = User.objects.create_user(name, password=made or None, last_name=shown)
    _give(user, roles)
    return made


def members() -> tuple[Member, ...]:
    """Every account, by name."""
    totp = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    factors = set(totp.values_list("user_id", flat=True))
    links = set(SocialAccount.objects.values_list("user_id", flat=True))
    return tuple(
        Member(
            user.username,
            user.get_full_name() or user.username,
            tuple(user.groups.order_by("name").values_list("name", flat=True)),
            user.is_active,
            user.has_usable_password(),
            user.pk in factors,
            user.pk in links,
        )
        for user in User.objects.order_by("username")
    )


def give(name: str, roles: Iterable[Role]) -> None:
    """Give an account exactly these roles."""
    _give(found(name), roles)


def new_password(name: str) -> str:
    """Another password, which ends every session of the account; returned this once."""
    user = found(name)
    password = secrets.token_urlsafe(_BYTES)
    user.set_password(password)
    user.save()
    return password


def reset_second_factor(name: str) -> None:
    """Take an account's second factor and recovery codes away; its owner sets up others."""
    Authenticator.objects.filter(user=found(name)).delete()


def link(name: str, subject: str) -> None:
    """Let a person of the organisation's sign-in, by their subject there, into this account only.

    Whoever was linked to it before is not any more; a subject that has another account is refused.
    """
    rules: SingleSignOn | None = settings.PROBATUM_OIDC
    if rules is None:
        raise MemberError("Set PROBATUM_OIDC_ISSUER first: a subject is one of an issuer.")
    if not subject or len(subject) > _SUBJECT or not subject.isascii():
        raise MemberError(f"A subject has 1 to {_SUBJECT} ASCII characters.")
    user, uid = found(name), identity(rules.issuer, subject)
    held = SocialAccount.objects.filter(provider=PROVIDER, uid=uid).first()
    if held is not None and held.user_id != user.pk:
        raise MemberError(f"This subject belongs to the account {held.user.username!r}.")
    with transaction.atomic():
        SocialAccount.objects.filter(provider=PROVIDER, user=user).delete()
        SocialAccount.objects.create(provider=PROVIDER, user=user, uid=uid)


def reach(name: str, address: str) -> None:
    """Where reminders for an account go; an empty address ends them."""
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise MemberError(f"{plain(address)[:200]!r} is no e-mail address.") from error
    user = found(name)
    user.email = address
    user.save()


def close(name: str) -> None:
    """Nobody signs in with the account any more; what it did stays on record."""
    user = found(name)
    user.is_active = False
    user.save()


def found(name: str) -> User:
    """The account of this name; MemberError when there is none."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise MemberError(f"There is no account {name!r}.")
    return user


def _give(user: User, roles: Iterable[Role]) -> None:
    wanted = [role.value for role in roles]
    if Role.SYSTEM.value in wanted:
        raise MemberError("The role system is the program's own.")
    names = [role for role in wanted if role != Role.READER.value]
    user.groups.set(Group.objects.filter(name__in=names))
