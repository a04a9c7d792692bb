"""Errors of the API in one shape: `{"error": {"code", "message", "field", "request_id"}}`.

Some are raised by the API, some by Django before the API is reached (no such address, a body that
is too large, a fault of ours). The middleware gives them all the same shape, and every response the
id under which the caller can ask about it.
"""

import re
import uuid
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.service.refusal import Kind, RefusedError
from probatum.site.board.drafts import StaleError
from probatum.site.board.ledger import DamagedError
from probatum.site.board.words import SENTENCES

PREFIX = "/api/"
HEADER = "X-Request-ID"
# An id that a proxy gave is kept if it cannot be mistaken for anything else in a log.
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
_NAMES = {
    400: ("bad_request", "The request cannot be read."),
    401: ("unauthorized", "This needs a key."),
    403: ("forbidden", "This is not allowed."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take this method."),
    409: ("conflict", "Something else was done meanwhile."),
    410: ("gone", "This was withdrawn."),
    413: ("too_large", "The body is larger than this server takes."),
    415: ("unsupported_media_type", "The body must be JSON, sent as application/json."),
    429: ("too_many", "Too many requests."),
    500: ("internal", "Something went wrong on our side; it was noted without your text."),
    503: ("busy", "Others are being served; please try again soon."),
}


_STATUSES: dict[Kind, int] = {"invalid": 422, "forbidden": 403, "not_found": 404, "busy": 503}


class ApiError(ProbatumError):
    """A request that is refused, in one sentence; `field` names what is wrong in it."""

    def __init__(self, status: int, message: str, field: str | None = None) -> None:
        """`status` is one of those that have a code."""
        super().__init__(message)
        self.status = status
        self.field = field
        self.headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}


class ApiErrors:
    """Middleware: the shape of errors, and the request's id, under the API's addresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, an error of Django's own rewritten."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        given = request.headers.get(HEADER, "")
        request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        request.request_id = request_id
        response = self.get_response(request)
        if response.status_code >= 400 and not hasattr(response, "told"):
            allowed = response.headers.get("Allow")
            response = refusal(request, response.status_code)
            if allowed:
                response.headers["Allow"] = allowed
        response.headers[HEADER] = request_id
        return response


def refusal(
    request: HttpRequest, status: int, message: str | None = None, field: str | None = None
) -> JsonResponse:
    """The error document; without a message, the one that the status has."""
    code, usual = _NAMES.get(status, ("error", "The request was refused."))
    error = {
        "code": "invalid" if status == 422 else code,
        "message": message or usual,
        "field": field,
        "request_id": getattr(request, "request_id", None),
    }
    response = JsonResponse({"error": error}, status=status)
    response.told = True
    return response


def _place(request: HttpRequest, field: str | None) -> str | None:
    """The field with where it stands, as in errors of what was sent."""
    if field is None:
        return None
    return f"{'body' if request.method == 'POST' else 'path'}.{field}"


def told_by(api: NinjaAPI) -> None:
    """Have the API word its errors so."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0] if error.errors else {}
        field = ".".join(str(part) for part in first.get("loc", ())[1:]) or None
        words = plain(str(first.get("msg", "Not valid")))[:300].rstrip(".")
        return refusal(request, 422, f"{words}.", field)

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        return refusal(request, error.status_code, "The body is not valid JSON.")

    @api.exception_handler(ApiError)
    def refused(request: HttpRequest, error: ApiError) -> HttpResponse:
        response = refusal(request, error.status, str(error), error.field)
        for name, value in error.headers.items():
            response.headers[name] = value
        return response

    @api.exception_handler(StaleError)
    def stale(request: HttpRequest, error: StaleError) -> HttpResponse:
        return refusal(request, 409, str(error))

    @api.exception_handler(DamagedError)
    def damaged(request: HttpRequest, error: DamagedError) -> HttpResponse:
        return refusal(request, 500, f"{SENTENCES['damaged']} {error}")

    @api.exception_handler(RefusedError)
    def not_done(request: HttpRequest, error: RefusedError) -> HttpResponse:
        return refusal(request, _STATUSES[error.kind], str(error), _place(request, error.field))

    @api.exception_handler(ProbatumError)
    def unusable(request: HttpRequest, error: ProbatumError) -> HttpResponse:
        return refusal(request, 400, str(error))

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return refusal(request, 413)
