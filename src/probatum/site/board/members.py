"""Accounts of those who write and review. A name in the log is one person's for ever.

So an account is closed and never deleted, and its name is not given again.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, User

from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.review.people import SYSTEM, Role

# 16 bytes are more than anybody guesses; the owner chooses another on their account's page.
_BYTES = 16
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)
_PRINTED = 140


class MemberError(ProbatumError):
    """An account that cannot be made or changed so."""


@dataclass(frozen=True)
class Member:
    """An account: its name, what a signature prints, its roles, and whether it is open."""

    name: str
    printed: str
    roles: tuple[str, ...]
    open: bool


def add(name: str, printed: str, roles: Iterable[Role]) -> str:
    """Make an account; its password is returned this once and kept as a hash only."""
    if not _NAME.fullmatch(name) or name == SYSTEM.id:
        raise MemberError(
            f"{name!r} cannot be an account's name: use small letters, digits, '.', '_' and '-', "
            f"and another name than {SYSTEM.id!r}."
        )
    shown = " ".join(plain(printed).split())
    if not shown or len(shown) > _PRINTED:
        raise MemberError(f"The printed name needs 1 to {_PRINTED} characters.")
    if User.objects.filter(username=name).exists():
        raise MemberError(f"There is an account {name!r} already.")
    password = secrets.token_urlsafe(_BYTES)
    # Django prints first and last name with a space between; the whole name is in the second.
    user = User.objects.create_user(name, password=password, last_name=shown)
    _give(user, roles)
    return password


def members() -> tuple[Member, ...]:
    """Every account, by name."""
    return tuple(
        Member(
            user.username,
            user.get_full_name() or user.username,
            tuple(user.groups.order_by("name").values_list("name", flat=True)),
            user.is_active,
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
