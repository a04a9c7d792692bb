"""The page of an account's keys: what there is, another one shown once, and an end to one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from probatum.evidence.base import ProbatumError
from probatum.render.language import day, told_error
from probatum.site.board.accounts import password_complaint
from probatum.site.keys import keeping
from probatum.site.keys.keeping import KeyRefusedError, Made
from probatum.site.keys.scopes import MOST_DAYS, USUAL_DAYS, Scope


@sensitive_post_parameters("password")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponseBase:
    """The account's keys for programs; POST makes one, shown this once, or revokes one."""
    if request.method != "POST":
        return _page(request)
    try:
        if request.POST.get("action") == "revoke":
            keeping.revoke(request.POST.get("prefix", ""), request.user)
            return redirect("account-keys")
        return _page(request, made=_made(request))
    except ProbatumError as error:
        return _page(request, complaint=told_error(error))


def _made(request: HttpRequest) -> Made:
    """A new key; its owner's password is asked again, for a key outlives the session."""
    user = request.user
    if user.has_usable_password():
        wrong = password_complaint(request, request.POST.get("password", ""))
        if wrong:
            raise KeyRefusedError(wrong)
    scopes = [Scope(each) for each in request.POST.getlist("scope") if each in set(Scope)]
    days = request.POST.get("days", "")
    return keeping.make(
        user, request.POST.get("name", ""), scopes, int(days) if _is_number(days) else 0
    )


def _meanings() -> dict[Scope, str]:
    """What each scope allows, in the language of the page."""
    return {
        Scope.ASK: _("ask questions"),
        Scope.AUDIT: _("audit texts, verify claims, extract results"),
        Scope.READ: _("search, see sources and the articles that the account may read"),
        Scope.WRITE: _("begin and submit articles"),
        Scope.REVIEW: _("see what waits for review and how reviews stand"),
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len("10000")


def _page(
    request: HttpRequest, made: Made | None = None, complaint: str | None = None
) -> HttpResponse:
    rows: list[dict[str, Any]] = [
        {
            "key": key,
            "works": keeping.works(key),
            "scopes": ", ".join(key.scopes),
            "used": day(key.last_used.isoformat()) if key.last_used else "",
            "until": day(key.expires.isoformat()),
        }
        for key in keeping.listed(request.user)
    ]
    values = {
        "rows": rows,
        "made": made,
        "complaint": complaint,
        "scopes": [(scope.value, meaning) for scope, meaning in _meanings().items()],
        "days": USUAL_DAYS,
        "most_days": MOST_DAYS,
        "asks_password": request.user.has_usable_password(),
    }
    return render(request, "keys.html", values, status=422 if complaint else 200)
