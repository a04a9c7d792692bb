"""The API's description of itself (OpenAPI 3.1), with what the framework leaves out of it.

That an address is open to anybody without a key too; which answers there are, each for itself; and
that one address can answer in another form.
"""

from functools import cache
from typing import Any

from probatum.site.api.app import api
from probatum.site.api.once import HEADER

_SCHEME = "ApiKey"
_ERROR = {"$ref": "#/components/schemas/ErrorBody"}
_DAY = "A name of the caller's own for this request: sent again within a day, it is done once."


@cache
def description() -> dict[str, Any]:
    """The description, as it is served and as it lies in the documentation.

    Made once a process: the framework takes seconds for it.
    """
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/"))
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    return made


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    needed = operation["operationId"].startswith(("probatum_site_api_reviews",)) or (
        method == "post" and path.startswith("/api/articles")
    )
    if operation.get("security") and not needed:
        operation["security"] = [{}, *operation["security"]]
    errors = {"content": {"application/json": {"schema": _ERROR}}, "description": "Refused"}
    found = {str(code): each for code, each in operation["responses"].items() if str(code) < "400"}
    operation["responses"] = {**found, "default": errors}
    if method == "post" and path.startswith("/api/articles"):
        header = {
            "in": "header",
            "name": HEADER,
            "required": False,
            "description": _DAY,
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[!-~]+$"},
        }
        operation.setdefault("parameters", []).append(header)
    if path == "/api/ask":
        answered = operation["responses"]["200"]["content"]
        answered["text/event-stream"] = {"schema": {"type": "string"}}
    if path.endswith("/export"):
        operation["responses"]["200"]["content"] = {"*/*": {}}
