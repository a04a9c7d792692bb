"""A request that creates something is done once, however often it is sent.

Whoever did not get the answer sends the request again with the same `Idempotency-Key` and gets the
answer that was lost. Kept for a day: a hash of that key and of the request, and the answer.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from probatum.site.api.errors import ApiError
from probatum.site.keys.models import Done

HEADER = "Idempotency-Key"
_FORM = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT = timedelta(days=1)


def repeated(request: HttpRequest) -> HttpResponse | None:
    """The answer that the same request got before, found without beginning to do anything."""
    given = _given(request)
    if given is None:
        return None
    row = Done.objects.filter(key=request.api_key, given=given, at__gte=_oldest()).first()
    return _again(row, _asked(request)) if row else None


def once(request: HttpRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """What `work` answers, or what it answered to the same request before.

    With the key of another request, ApiError 422. What was refused may be sent again.
    """
    given = _given(request)
    if given is None:
        return work()
    asked = _asked(request)
    with transaction.atomic():
        Done.objects.filter(at__lt=_oldest()).delete()
        # The unique row makes a second request of the same moment wait for the first to end.
        row, new = Done.objects.select_for_update().get_or_create(
            key=request.api_key, given=given, defaults={"asked": asked}
        )
        if not new:
            return _again(row, asked)
        response = work()
        row.status, row.content = response.status_code, response.content.decode()
        row.save()
    return response


def _again(row: Done, asked: str) -> HttpResponse:
    if row.asked != asked:
        sentence = f"This {HEADER} came with another request before; use a new one."
        raise ApiError(422, sentence, f"header.{HEADER}")
    kind = "application/json; charset=utf-8"
    response = HttpResponse(row.content, status=row.status, content_type=kind)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _given(request: HttpRequest) -> str | None:
    """A hash of the key that came with the request; ApiError for one that is none."""
    given = request.headers.get(HEADER)
    if given is None:
        return None
    if not _FORM.fullmatch(given):
        sentence = f"{HEADER} must be 1 to 255 letters, digits or signs, without spaces."
        raise ApiError(400, sentence, f"header.{HEADER}")
    return _hash(given.encode())


def _asked(request: HttpRequest) -> str:
    return _hash(f"{request.method} {request.get_full_path()}\n".encode() + request.body)


def _oldest() -> datetime:
    return datetime.now(UTC) - _KEPT


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
