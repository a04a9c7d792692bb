"""The addresses of the API, each a few lines around what the commands call."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Body, Query
from ninja import Path as InPath
from pydantic import Field

from probatum.engine import Engine
from probatum.evidence.answer import Answer
from probatum.service import documents, held
from probatum.service.arguments import (
    FURTHEST,
    MOST_LISTED,
    AskArguments,
    AuditArguments,
    ExtractArguments,
    ListArguments,
    SearchArguments,
    VerifyArguments,
)
from probatum.service.asking import Wanted, answered, wanted
from probatum.site.api import articles, reviews
from probatum.site.api.app import DOCUMENT, DOCUMENTS, api, require_json, sent
from probatum.site.api.bodies import MOST_AT_ONCE
from probatum.site.api.door import ApiKey
from probatum.site.api.errors import ApiError
from probatum.site.engine import engine, library_folder
from probatum.site.keys.scopes import Scope

__all__ = ["api", "articles", "reviews"]

EVENTS = "text/event-stream"
T = TypeVar("T")


class SearchPart(SearchArguments):
    """A search, and which part of what it finds, as in every other list."""

    limit: Annotated[int | None, Field(ge=1, le=MOST_LISTED)] = None


def _some(given: T | list[T]) -> list[T]:
    some = given if isinstance(given, list) else [given]
    if len(some) > MOST_AT_ONCE:
        raise ApiError(413, f"At most {MOST_AT_ONCE} are taken at once, not {len(some):,}.")
    return some


@api.post("/ask", auth=ApiKey(Scope.ASK), response=DOCUMENT, summary="Answer a question")
def ask(request: HttpRequest, body: AskArguments) -> Any:
    """The answer document; with `Accept: text/event-stream` its parts as they are ready."""
    require_json(request)
    current = engine()
    what = wanted(body, current, library_folder())
    if EVENTS in request.headers.get("Accept", ""):
        return StreamingHttpResponse(_events(what, current), content_type=EVENTS)
    return sent(_document(answered(what, current, library_folder())))


def _document(answer: Answer) -> dict[str, Any]:
    from probatum.render.json import answer_document

    return answer_document(answer)


def _events(what: Wanted, current: Engine) -> Iterator[str]:
    """What was understood, each claim that passed, and then the whole document."""
    try:
        document = _document(answered(what, current, library_folder()))
    except Exception as error:
        yield _event("error", {"code": "bad_request", "message": _sentence(error)})
        return
    yield _event("understood", document["understood"])
    for section in document["sections"]:
        for claim in section["claims"]:
            told = document["claims"][claim]
            yield _event("claim", {"id": claim, "section": section["id"], **told})
    yield _event("answer", document)


def _sentence(error: Exception) -> str:
    from probatum.evidence.base import ProbatumError

    return str(error) if isinstance(error, ProbatumError) else "Something went wrong on our side."


def _event(name: str, data: object) -> str:
    # JSON has no bare line end, so the data is one line.
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=True)}\n\n"


@api.post(
    "/audit", auth=ApiKey(Scope.AUDIT), response=DOCUMENT, summary="Audit a text claim by claim"
)
def audit(request: HttpRequest, body: AuditArguments) -> Any:
    """The audit document of a text that somebody else wrote."""
    from probatum.site.auditing import one_of_few

    require_json(request)
    with one_of_few() as free:
        if not free:
            raise ApiError(503, "Other texts are being audited; please try again soon.")
        return sent(documents.audited(body, engine()))


@api.post(
    "/verify", auth=ApiKey(Scope.AUDIT), response=DOCUMENTS, summary="Hold claims against texts"
)
def verify(
    request: HttpRequest, body: Annotated[VerifyArguments | list[VerifyArguments], Body()]
) -> Any:
    """The verdict document of a claim, or those of a list of claims in order."""
    require_json(request)
    made = [documents.verdict(item, engine()) for item in _some(body)]
    return sent(made if isinstance(body, list) else made[0])


@api.post(
    "/extract",
    auth=ApiKey(Scope.AUDIT),
    response=DOCUMENTS,
    summary="Read comparative results out of texts",
)
def extract(
    request: HttpRequest, body: Annotated[ExtractArguments | list[ExtractArguments], Body()]
) -> Any:
    """The results document of a text, or those of a list of texts in order."""
    require_json(request)
    made = [documents.results(item) for item in _some(body)]
    return sent(made if isinstance(body, list) else made[0])


@api.get(
    "/search", auth=ApiKey(Scope.READ), response=DOCUMENT, summary="Find passages of the held texts"
)
def search(request: HttpRequest, given: Query[SearchPart]) -> Any:
    """Passages, best first, as `probatum search --format json` prints them.

    `limit` is another name for `k`; `next` is the offset of the further ones, or null.
    """
    k = given.k if given.limit is None else given.limit
    asked = SearchArguments.model_validate({**given.model_dump(exclude={"limit"}), "k": k})
    found = documents.passages(asked, engine())
    end = asked.offset + k
    more = len(found["hits"]) == k and end <= FURTHEST
    return sent({**found, "next": end if more else None})


@api.get("/sources", auth=ApiKey(Scope.READ), response=DOCUMENT, summary="List what is held")
def sources(request: HttpRequest, given: Query[ListArguments]) -> Any:
    """Editions with all words of the filter: what packs describe by title, then the last added.

    `next` is the offset of the further ones, null where there are none.
    """
    return sent(held.listed(given, engine()))


@api.get(
    "/sources/{path:id}", auth=ApiKey(Scope.READ), response=DOCUMENTS, summary="Show one source"
)
def source(request: HttpRequest, id: Annotated[str, InPath(max_length=500)]) -> Any:
    """The editions that an id names: one edition, or all of a source."""
    return sent(held.editions(id, engine()))


@api.get("/health", response=DOCUMENT, summary="Whether this server can answer")
def health(request: HttpRequest) -> Any:
    """The state of the library that it answers from."""
    return sent({"status": "ok", "library": engine().library_state.model_dump()})


@api.get("/openapi.json", include_in_schema=False, url_name="openapi")
def openapi(request: HttpRequest) -> Any:
    """This description."""
    from probatum.site.api.description import description

    return sent(description())
