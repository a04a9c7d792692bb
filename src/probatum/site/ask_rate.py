"""How often one person may have a page work: ask, search or audit.

Reading is not limited: an article, a source and a form cost next to nothing.
"""

import math
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from probatum.site.rates import caller_at, limiter

View = Callable[[HttpRequest], HttpResponseBase]


def limited(view: View) -> View:
    """The view; who has it work too often gets 429 and the seconds to wait."""

    @wraps(view)
    def counted(request: HttpRequest) -> HttpResponseBase:
        counter = limiter(settings.PROBATUM_ASK_RATE, "PROBATUM_ASK_RATE")
        if counter and (request.method == "POST" or "q" in request.GET):
            wait = counter.wait(_caller(request))
            if wait:
                from probatum.site.views import asked_too_often

                return asked_too_often(request, math.ceil(wait))
        return view(request)

    return counted


def _caller(request: HttpRequest) -> str:
    """A person who is signed in, else an address: many people may share one of those."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    return caller_at(request.META.get("REMOTE_ADDR", ""))
