"""The API itself, and what its addresses share.

Documents are sent as the program prints them, not copied through a second model, so that a command
and the API cannot differ.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from probatum import __version__
from probatum.site.api.bodies import ErrorBody
from probatum.site.api.errors import ApiError, told_by

api = NinjaAPI(
    title="Probatum",
    version=__version__,
    description="Clinical answers in which every sentence has stood a test the reader can repeat.",
    docs_url=None,
    # Its own page of it would answer any method.
    openapi_url=None,
)
told_by(api)
ERRORS = frozenset(range(400, 600))
DOCUMENT: dict[Any, Any] = {200: dict[str, Any], ERRORS: ErrorBody}
DOCUMENTS: dict[Any, Any] = {200: dict[str, Any] | list[dict[str, Any]], ERRORS: ErrorBody}


def sent(document: object, status: int = 200) -> HttpResponse:
    """A document as JSON."""
    content = json.dumps(document, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/json; charset=utf-8")


def require_json(request: HttpRequest) -> None:
    """A form of another site can send anything but this type without being asked."""
    if request.content_type != "application/json":
        raise ApiError(415, "The body must be JSON, sent as application/json.")
