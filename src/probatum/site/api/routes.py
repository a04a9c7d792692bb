"""The addresses of the API, each a few lines around what the commands call.

Documents are sent as the program prints them, not copied through a second model, so that a command
and the API cannot differ.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Body, NinjaAPI, Query
from ninja import Path as InPath

from probatum import __version__
from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer
from probatum.evidence.source import SourceType
from probatum.site.api.bodies import (
    MOST_AT_ONCE,
    AskBody,
    AuditBody,
    ErrorBody,
    ExtractBody,
    VerifyBody,
)
from probatum.site.api.errors import ApiError, told_by
from probatum.site.engine import engine

EVENTS = "text/event-stream"
# Passages and sources in one response at most; further ones by `offset`.
MOST_LISTED = 200
_FURTHEST = 500
_FURTHEST_SOURCE = 10_000
T = TypeVar("T")

api = NinjaAPI(
    title="Probatum",
    version=__version__,
    description="Clinical answers in which every sentence has stood a test the reader can repeat.",
    docs_url=None,
    # Its own page of it would answer any method.
    openapi_url=None,
)
told_by(api)
DOCUMENT: dict[Any, Any] = {200: dict[str, Any], frozenset(range(400, 600)): ErrorBody}
DOCUMENTS: dict[Any, Any] = {
    200: dict[str, Any] | list[dict[str, Any]],
    frozenset(range(400, 600)): ErrorBody,
}


def _json(document: object) -> HttpResponse:
    content = json.dumps(document, ensure_ascii=False)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


def _require_json(request: HttpRequest) -> None:
    """A form of another site can send anything but this type without being asked."""
    if request.content_type != "application/json":
        raise ApiError(415, "The body must be JSON, sent as application/json.")


def _some(given: T | list[T]) -> list[T]:
    some = given if isinstance(given, list) else [given]
    if len(some) > MOST_AT_ONCE:
        raise ApiError(413, f"At most {MOST_AT_ONCE} are taken at once, not {len(some):,}.")
    return some


@api.post("/ask", response=DOCUMENT, summary="Answer a question")
def ask(request: HttpRequest, body: AskBody) -> Any:
    """The answer document; with `Accept: text/event-stream` its parts as they are ready."""
    _require_json(request)
    held = engine()
    question = _question(body, held)
    if EVENTS in request.headers.get("Accept", ""):
        return StreamingHttpResponse(_events(question, held), content_type=EVENTS)
    return _json(_document(_answered(question, held)))


def _question(body: AskBody, held: Engine) -> Ask:
    from probatum.library.recent import recall

    if body.region is not None and body.region not in held.regions():
        known = ", ".join(held.regions())
        raise ApiError(422, f"The region is not known; use one of {known}.", "body.region")
    context = recall(_folder(), body.follow) if body.follow else None
    if body.follow and context is None:
        raise ApiError(404, "No earlier answer with this id is known here.", "body.follow")
    return Ask(
        question=body.question,
        reader=body.reader,
        region=body.region,
        as_of=body.as_of,
        context=context,
        question_id=None if body.id is None else str(body.id),
    )


def _folder() -> Path | None:
    return Path(settings.PROBATUM_LIBRARY) if settings.PROBATUM_LIBRARY else None


def _answered(question: Ask, held: Engine) -> Answer:
    """The answer; what was understood is kept, in terms only, for a follow-up."""
    from probatum.library.recent import remember

    answer = held.ask(question)
    if answer.claims:
        editions = [reference.edition for reference in answer.references]
        remember(_folder(), answer.id, held.context(question), editions)
    return answer


def _document(answer: Answer) -> dict[str, Any]:
    from probatum.render.json import answer_document

    return answer_document(answer)


def _events(question: Ask, held: Engine) -> Iterator[str]:
    """What was understood, each claim that passed, and then the whole document."""
    try:
        document = _document(_answered(question, held))
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


@api.post("/audit", response=DOCUMENT, summary="Audit a text claim by claim")
def audit(request: HttpRequest, body: AuditBody) -> Any:
    """The audit document of a text that somebody else wrote."""
    from probatum.answers.audit.auditor import audit as audited
    from probatum.render.audit_json import audit_document
    from probatum.site.auditing import one_of_few

    _require_json(request)
    with one_of_few() as free:
        if not free:
            raise ApiError(503, "Other texts are being audited; please try again soon.")
        made = audited(body.text, engine().library, question=body.question, name=body.name)
    return _json(audit_document(made))


@api.post("/verify", response=DOCUMENTS, summary="Hold claims against texts")
def verify(request: HttpRequest, body: Annotated[VerifyBody | list[VerifyBody], Body()]) -> Any:
    """The verdict document of a claim, or those of a list of claims in order."""
    _require_json(request)
    made = [_verdict(item, engine()) for item in _some(body)]
    return _json(made if isinstance(body, list) else made[0])


def _verdict(item: VerifyBody, held: Engine) -> dict[str, Any]:
    from probatum.checks.entailment.judge import entailment_judge
    from probatum.checks.evidence.source import NotHeldError, held_source
    from probatum.checks.evidence.verify import verify as judged

    if item.evidence is None and item.source is None:
        raise ApiError(422, "A claim needs evidence or the id of a held source.", "body.evidence")
    source = None
    if item.source is not None:
        try:
            source = held_source(item.source, held.library)
        except NotHeldError as error:
            raise ApiError(404, str(error), "body.source") from error
    evidence = item.evidence if item.evidence is not None else source.text if source else ""
    verdict = judged(
        item.claim,
        evidence,
        vocabulary=held.library.vocabulary,
        source=source,
        entailment=entailment_judge(),
    )
    return dict(verdict.document(item.id))


@api.post("/extract", response=DOCUMENTS, summary="Read comparative results out of texts")
def extract(request: HttpRequest, body: Annotated[ExtractBody | list[ExtractBody], Body()]) -> Any:
    """The results document of a text, or those of a list of texts in order."""
    _require_json(request)
    made = [_results(item) for item in _some(body)]
    return _json(made if isinstance(body, list) else made[0])


def _results(item: ExtractBody) -> dict[str, Any]:
    from probatum.extract.findings_json import result_json
    from probatum.extract.results import find_results

    parts = [item.text] if item.text is not None else [item.title, item.abstract]
    given = [part for part in parts if part is not None]
    if not given:
        raise ApiError(422, "A text is needed, or a title and an abstract.", "body.text")
    results = find_results("\n".join(given))
    return {"id": item.id, "results": [result_json(result) for result in results]}


@api.get("/search", response=DOCUMENT, summary="Find passages of the held texts")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=1_000)],
    k: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 10,
    offset: Annotated[int, Query(ge=0, le=_FURTHEST)] = 0,
    type: SourceType | None = None,
    since: Annotated[int | None, Query(ge=1000, le=9999)] = None,
    until: Annotated[int | None, Query(ge=1000, le=9999)] = None,
    body: Annotated[str | None, Query(max_length=200)] = None,
    condition: Annotated[str | None, Query(max_length=200)] = None,
    outdated: bool = False,
) -> Any:
    """Passages, best first, as `probatum search --format json` prints them."""
    from probatum.library.search import Request
    from probatum.render.passage import search_document

    found = engine().library.search
    wanted = Request(
        q,
        offset + k,
        types=(type,) if type else (),
        body=body,
        years=(since, until),
        condition=condition,
        outdated=outdated,
    )
    return _json(search_document(found, q, found.search(wanted)[offset:]))


@api.get("/sources", response=DOCUMENT, summary="List what is held")
def sources(
    request: HttpRequest,
    filter: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 50,
    offset: Annotated[int, Query(ge=0, le=_FURTHEST_SOURCE)] = 0,
) -> Any:
    """Editions with all words of the filter: what packs describe by title, then the last added.

    `next` is the offset of the further ones, null where there are none.
    """
    from probatum.render.source_json import source_document
    from probatum.site.held import matching, wanted_words

    words = wanted_words(filter)
    curated = matching(engine().curated(), words)
    texts = engine().texts(words, max(1, offset + limit - len(curated)))
    found = len(curated) + texts.found
    here = (*curated, *texts.rows)[offset : offset + limit]
    return _json(
        {
            "count": found,
            "next": offset + limit if offset + limit < found else None,
            "sources": [source_document(row) for row in here],
        }
    )


@api.get("/sources/{path:id}", response=DOCUMENTS, summary="Show one source")
def source(request: HttpRequest, id: Annotated[str, InPath(max_length=500)]) -> Any:
    """The editions that an id names: one edition, or all of a source."""
    from probatum.render.source_json import source_document

    rows = engine().source(id)
    if not rows:
        raise ApiError(404, "No source with this id is held.", "path.id")
    return _json([source_document(row) for row in rows])


@api.get("/health", response=DOCUMENT, summary="Whether this server can answer")
def health(request: HttpRequest) -> Any:
    """The state of the library that it answers from."""
    return _json({"status": "ok", "library": engine().library_state.model_dump()})


@api.get("/openapi.json", include_in_schema=False, url_name="openapi")
def openapi(request: HttpRequest) -> Any:
    """This description."""
    return _json(api.get_openapi_schema())
