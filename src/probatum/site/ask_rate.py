"""How often one person may have a page work: ask, search or audit.

Reading is not limited: an article, a source and a form cost next to nothing.
"""

import math
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

from probatum.site.rates import caller_of, limiter_of

View = Callable[[HttpRequest], HttpResponseBase]


def limited(view: View) -> View:
    """The view; who has it work too often gets 429 and the seconds to wait."""

    @wraps(view)
    def counted(request: HttpRequest) -> HttpResponseBase:
        works = request.method == "POST" or "q" in request.GET
        limiter = limiter_of("PROBATUM_ASK_RATE") if works else None
        if limiter is None:
            return view(request)
        caller = _caller(request)
        seconds = math.ceil(limiter.wait(caller))
        if seconds:
            from probatum.site.views import asked_too_often

            return asked_too_often(request, seconds)
        response = view(request)
        if response.status_code == 303:
            # The page that the browser is sent to does the work, and counts.
            limiter.give_back(caller)
        return response

    return counted


def _caller(request: HttpRequest) -> str:
    """A person who is signed in, else an address: many people may share one of those."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return caller_of(request)
