"""From a provider's proved word to an account here: one to link, a new one, or none."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, User

from probatum.render.characters import plain
from probatum.review.people import SYSTEM, Role
from probatum.site.accounts.identity import PROVIDER, identity
from probatum.site.accounts.single_sign_on import SingleSignOn
from probatum.site.board.members import NAME, PRINTED

# Claims in which providers keep the name that people type.
_USUAL_NAME = "preferred_username"


def account_of(claims: Mapping[str, Any], rules: SingleSignOn) -> User | None:
    """The account for somebody who arrives for the first time; None when there is to be none."""
    if rules.account_claim:
        name = claims.get(rules.account_claim)
        user = User.objects.filter(username=name).first() if isinstance(name, str) else None
        if user is not None:
            # Names at a provider pass to others; a link, once made, does not.
            taken = SocialAccount.objects.filter(user=user, provider=PROVIDER).exists()
            return None if taken else user
    return _made(claims, rules) if rules.create else None


def _made(claims: Mapping[str, Any], rules: SingleSignOn) -> User:
    wanted = claims.get(rules.account_claim or _USUAL_NAME)
    name = wanted.lower() if isinstance(wanted, str) else ""
    if not NAME.fullmatch(name) or name == SYSTEM.id or User.objects.filter(username=name).exists():
        name = f"sso-{identity(rules.issuer, claims['sub'])[:12]}"
    said = claims.get("name")
    printed = " ".join(plain(said).split())[:PRINTED] if isinstance(said, str) else ""
    return User.objects.create_user(name, password=None, last_name=printed or name)


def roles_of(claims: Mapping[str, Any], rules: SingleSignOn) -> tuple[Role, ...]:
    """The roles that a claim gives, a word or a list of words."""
    said = claims.get(rules.role_claim)
    values = said if isinstance(said, list) else [said]
    return tuple(dict.fromkeys(role for value, role in rules.roles if value in values))


def give_roles(user: User, claims: Mapping[str, Any], rules: SingleSignOn) -> None:
    """Exactly the roles that the provider names, when the operator leaves them to it."""
    if rules.roles:
        names = [role.value for role in roles_of(claims, rules)]
        user.groups.set(Group.objects.filter(name__in=names))
