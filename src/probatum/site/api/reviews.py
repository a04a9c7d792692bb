"""What waits for review, and how reviews stand. Reading only: see `articles` for why."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from probatum.review.policy import Right
from probatum.site.api import listing
from probatum.site.api.app import DOCUMENT, api, sent
from probatum.site.api.articles import LIST, Slug, require
from probatum.site.api.door import ApiKey
from probatum.site.api.paging import Part, part_of
from probatum.site.board.finding import opened
from probatum.site.board.ledger import DamagedError
from probatum.site.board.models import Article, Summary
from probatum.site.board.people import policy
from probatum.site.board.summary import basis_of, may_wait
from probatum.site.engine import engine
from probatum.site.keys.scopes import Scope

_RISKS = ("high", "medium", "low")
review = ApiKey(Scope.REVIEW, open=False)


class Queue(Part):
    """Which part of what waits."""

    risk: Literal["high", "medium", "low"] | None = None
    topic: Annotated[str, Field(max_length=200, description="Id of a condition.")] = ""


@api.get("/reviews", auth=review, response=DOCUMENT, summary="What waits for review")
def reviews(request: HttpRequest, given: Query[Queue]) -> Any:
    """Versions that wait, the most urgent first; `damaged` names records that do not hold."""
    require(request, Right.SEE_QUEUE)
    rows: list[dict[str, Any]] = []
    damaged = []
    basis, now = basis_of(engine(), policy()), datetime.now(UTC)
    # The others have nothing that waits, by a summary that still holds.
    asked = Summary.objects.filter(may_wait(basis, now)).values("pk")
    for article in Article.objects.filter(pk__in=asked):
        try:
            rows += listing.waiting(request, article)
        except DamagedError:
            damaged.append(article.slug)
    found = [
        row
        for row in rows
        if given.risk in (None, row["risk"]) and (not given.topic or given.topic in row["topics"])
    ]
    found.sort(key=lambda row: (_RISKS.index(row["risk"]), -row["days"], row["title"]))
    return sent({**part_of("reviews", found, given), "damaged": damaged})


@api.get("/articles/{slug}/reviews", auth=review, response=LIST, summary="Reviews of an article")
def of_article(request: HttpRequest, slug: Slug) -> Any:
    """How the review of each submitted version stands, the newest first."""
    require(request, Right.SEE_QUEUE)
    book = opened(slug)
    every = sorted(book.record.versions.values(), key=lambda version: -version.number)
    return sent([listing.review(book, each) for each in every if each.content])
