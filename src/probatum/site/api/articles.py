"""Articles over the API: read as their pages are, begun and submitted by a key that may write.

Claims are decided on and versions are signed on the site only: a signature says that a person has
compared each claim with its source, and asks for the person's password again. A key has neither.
"""

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from ninja import Path as InPath
from ninja import Query
from pydantic import Field, StringConstraints

from probatum.engine import Ask
from probatum.evidence.answer import ReaderName
from probatum.review.changes import changes
from probatum.review.policy import Right
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.service.arguments import Arguments, Name, Question
from probatum.site.api import listing
from probatum.site.api.app import DOCUMENT, ERRORS, api, require_json, sent
from probatum.site.api.bodies import ErrorBody
from probatum.site.api.door import ApiKey
from probatum.site.api.errors import ApiError
from probatum.site.api.once import once, repeated
from probatum.site.api.paging import Part, part_of
from probatum.site.board import drafts
from probatum.site.board.article_view import shown_answer
from probatum.site.board.finding import for_visitor, may_read, may_write, opened, version_of
from probatum.site.board.ledger import Ledger
from probatum.site.board.listing import Line, lines
from probatum.site.board.models import Article, Working
from probatum.site.board.people import actor_of, policy
from probatum.site.engine import engine
from probatum.site.keys.scopes import Scope

MADE: dict[Any, Any] = {201: dict[str, Any], ERRORS: ErrorBody}
LIST: dict[Any, Any] = {200: list[dict[str, Any]], ERRORS: ErrorBody}
_MOST_FAULTS = 5
Slug = Annotated[str, InPath(max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")]
Number = Annotated[int, InPath(ge=1, le=1_000_000)]
Form = Annotated[str, Query(pattern=r"^[a-z]{1,8}(?:\.[a-z]{1,8})?$")]
read = ApiKey(Scope.READ)
write = ApiKey(Scope.WRITE, open=False)


class Wanted(Part):
    """Which articles, and which part of them."""

    status: Annotated[str, Field(max_length=40)] = ""
    topic: Annotated[
        Name, Field(description="Id of a term, or words that the topic's name must hold.")
    ] = ""
    filter: Annotated[Name, Field(description="Words that each title must hold.")] = ""


class Between(Arguments):
    """Two versions; by default the one that is shown and the one before it."""

    version: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    since: Annotated[int | None, Field(ge=1, le=1_000_000)] = None


class NewArticle(Arguments):
    """A question whose answer becomes a draft."""

    question: Question
    reader: ReaderName = ReaderName.CLINICIAN
    region: Annotated[str | None, StringConstraints(max_length=40)] = None


class Submission(Arguments):
    """The draft as the caller saw it: its `state`, which any change makes another."""

    state: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


def require(request: HttpRequest, right: Right) -> None:
    """Only for those who have the right over any article or their own."""
    allowed = policy().rights[right]
    if not actor_of(request).every_role & {*allowed.any, *allowed.own}:
        raise ApiError(403, "The account of this key does not have the role that this needs.")


def readable(request: HttpRequest, book: Ledger, standing: Standing | None) -> Standing:
    """A version that the caller may read; else there is none, or it is gone with the reason."""
    if standing is None:
        raise Http404
    if may_read(request, book, standing):
        return standing
    if standing.state is State.WITHDRAWN:
        reason = (standing.reason or "none given").rstrip(".")
        raise ApiError(410, f"This was withdrawn. The reason: {reason}.")
    raise Http404


@api.get("/articles", auth=read, response=DOCUMENT, summary="List articles")
def articles(request: HttpRequest, given: Query[Wanted]) -> Any:
    """The articles that the caller may read, by title, with the status of each."""
    words, topic = given.filter.casefold().split(), given.topic.casefold()
    found = [
        line
        for line in lines(actor_of(request), policy())
        if given.status in ("", line.code)
        and all(word in line.title.casefold() for word in words)
        and (not topic or any(_on(topic, each) for each in _topics(line)))
    ]
    part = part_of("articles", found, given)
    # Found by their summaries; what is told of those on this page is read from their logs.
    shown = Article.objects.in_bulk([line.pk for line in part["articles"]])
    rows = (listing.row(request, shown[line.pk]) for line in part["articles"])
    return sent({**part, "articles": [row for row in rows if row is not None]})


def _topics(line: Line) -> tuple[str, ...]:
    return line.version.conditions if line.version else ()


def _on(topic: str, held: str) -> bool:
    return topic == held or topic in engine().name(held).casefold()


@api.post("/articles", auth=write, response=MADE, summary="Begin an article", url_name="articles")
def begin(request: HttpRequest, body: NewArticle) -> Any:
    """The answer to the question as a draft; the same person's draft of it is gone on with."""
    require_json(request)
    require(request, Right.DRAFT)
    if said := repeated(request):
        return said
    ask = Ask(question=body.question, reader=body.reader, region=body.region)
    answer = engine().ask(ask)

    def work() -> Any:
        article = drafts.begin(actor_of(request), answer)
        working = Working.objects.get(article=article)
        made = {"slug": article.slug, "version": working.number, "status": "draft"}
        return sent({**made, "state": drafts.state_of(working)}, status=201)

    return once(request, work)


@api.get("/articles/{slug}", auth=read, response=DOCUMENT, summary="Show an article")
def article(request: HttpRequest, slug: Slug) -> Any:
    """The version that its page shows: the answer, the status of it, and who signed it."""
    book = opened(slug)
    return sent(listing.document(book, readable(request, book, for_visitor(request, book))))


@api.get("/articles/{slug}/versions", auth=read, response=LIST, summary="List versions")
def versions(request: HttpRequest, slug: Slug) -> Any:
    """The submitted versions that the caller may read, the newest first."""
    book = opened(slug)
    rows = listing.versions(request, book)
    if not rows:
        readable(request, book, for_visitor(request, book))
    return sent(rows)


@api.get("/articles/{slug}/versions/{number}", auth=read, response=DOCUMENT, summary="One version")
def version(request: HttpRequest, slug: Slug, number: Number) -> Any:
    """One version of an article, which may be an older one."""
    book = opened(slug)
    return sent(listing.document(book, readable(request, book, version_of(book, number))))


@api.get("/articles/{slug}/changes", auth=read, response=DOCUMENT, summary="What changed")
def changed(request: HttpRequest, slug: Slug, given: Query[Between]) -> Any:
    """What changed from one version to a later one, claim by claim and word by word."""
    book = opened(slug)
    numbers = [row["version"] for row in listing.versions(request, book)]
    last = given.version or next(iter(numbers), 0)
    first = given.since or next((each for each in numbers if each < last), last)
    new = readable(request, book, version_of(book, last))
    old = readable(request, book, version_of(book, first))
    found = changes(shown_answer(book, old), shown_answer(book, new))
    return sent({"slug": slug, "since": first, "version": last, **listing.differences(found)})


@api.get("/articles/{slug}/export", auth=read, response=DOCUMENT, summary="Export an article")
def export(request: HttpRequest, slug: Slug, format: Form = "json") -> HttpResponseBase:
    """The public version in a form such as `json` or `md`, as `/articles/{slug}.{format}`."""
    try:
        found = resolve(f"/articles/{slug}.{format}")
    except Resolver404 as error:
        raise Http404 from error
    made: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return made


@api.post("/articles/{slug}/submit", auth=write, response=DOCUMENT, summary="Submit a draft")
def submit(request: HttpRequest, slug: Slug, body: Submission) -> Any:
    """Fix the draft as a version and put it before the board; 422 says what is in the way."""
    require_json(request)
    book = opened(slug)
    if not may_write(request, book):
        raise ApiError(403, "The account of this key may not write on this article.")
    if said := repeated(request):
        return said

    def work() -> Any:
        working = get_object_or_404(Working, article=book.article)
        faults = drafts.submit(book.article, actor_of(request), body.state)
        if faults:
            told = "; ".join(f"{f.claim}: {', '.join(f.reasons)}" for f in faults[:_MOST_FAULTS])
            raise ApiError(422, f"What is in the way: {told}.", "body.state")
        return sent({"slug": slug, "version": working.number, "status": "submitted"})

    return once(request, work)
