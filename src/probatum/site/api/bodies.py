"""The shape of errors, and how much one request may bring."""

from typing import Literal

from ninja import Schema

# Claims or texts in one request.
MOST_AT_ONCE = 200


class ErrorDetail(Schema):
    """What was wrong, in a code for programs and a sentence for people."""

    code: Literal[
        "bad_request",
        "invalid",
        "unauthorized",
        "forbidden",
        "not_found",
        "method_not_allowed",
        "conflict",
        "gone",
        "too_large",
        "unsupported_media_type",
        "too_many",
        "busy",
        "internal",
        "error",
    ]
    message: str
    field: str | None = None
    request_id: str | None = None


class ErrorBody(Schema):
    """The one shape of errors."""

    error: ErrorDetail
