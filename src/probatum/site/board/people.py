"""From an account to the one who acts: roles are Django's groups of the same names."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from probatum.review.people import Actor, Role
from probatum.review.policy import SHIPPED, Policy, Right, load

# The role `system` is nobody's: a group of that name gives nothing.
GIVEN = (Role.AUTHOR, Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR)


def policy() -> Policy:
    """The editorial policy in force."""
    path = settings.PROBATUM_POLICY
    return load(Path(path) if path else SHIPPED)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, with the roles that their account has now; a visitor is a reader."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Actor.reader()
    if not hasattr(request, "_actor"):
        names = set(user.groups.values_list("name", flat=True))
        roles = tuple(role for role in GIVEN if role.value in names)
        waiting = _waiting(request, roles)
        request._withheld = waiting
        request._actor = Actor(
            id=user.get_username(),
            name=user.get_full_name() or user.get_username(),
            roles=tuple(role for role in roles if role not in waiting),
        )
    found: Actor = request._actor
    return found


def withheld(request: HttpRequest) -> tuple[Role, ...]:
    """Roles that whoever asks has, and that count only once they signed in with a second factor."""
    if not actor_of(request).id:
        return ()
    found: tuple[Role, ...] = request._withheld
    return found


def _waiting(request: HttpRequest, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    demanding = tuple(role for role in roles if role in settings.PROBATUM_SECOND_FACTOR)
    if not demanding:
        return ()
    from probatum.site.accounts.second_factor import was_used

    return () if was_used(request) else demanding


def signed_in(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs: who is signed in, and which rooms are open to them."""
    actor = actor_of(request)
    if not actor.id:
        return {"actor": None}
    rules = policy()
    return {
        "actor": actor,
        "may_draft": rules.may(actor, Right.DRAFT),
        "may_review": rules.may(actor, Right.SEE_QUEUE),
    }


View = Callable[..., HttpResponseBase]


def needs(right: Right) -> Callable[[View], View]:
    """Only for those who have the right over any article or their own; others sign in first."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if not actor.id:
                return redirect_to_login(request.get_full_path())
            allowed = policy().rights[right]
            if not actor.every_role & {*allowed.any, *allowed.own}:
                if set(withheld(request)) & {*allowed.any, *allowed.own}:
                    return redirect("mfa_index")
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return wrapped
