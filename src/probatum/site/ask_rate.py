"""How often one person may have a page work: ask, search or audit.

Reading is not limited: an article, a source and a form cost next to nothing.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

from probatum.site.rates import caller_at, seconds_to_wait

View = Callable[[HttpRequest], HttpResponseBase]


def limited(view: View) -> View:
    """The view; who has it work too often gets 429 and the seconds to wait."""

    @wraps(view)
    def counted(request: HttpRequest) -> HttpResponseBase:
        works = request.method == "POST" or "q" in request.GET
        wait = seconds_to_wait("PROBATUM_ASK_RATE", _caller(request)) if works else 0
        if wait:
            from probatum.site.views import asked_too_often

            return asked_too_often(request, wait)
        return view(request)

    return counted


def _caller(request: HttpRequest) -> str:
    """A person who is signed in, else an address: many people may share one of those."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return caller_at(request.META.get("REMOTE_ADDR", ""))
