"""The list of articles, read from summaries: words, status, and a page at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from probatum.render.characters import plain
from probatum.review.people import Actor
from probatum.review.policy import Policy
from probatum.review.states import State
from probatum.site.board.models import Article, Summary
from probatum.site.board.paging import paged
from probatum.site.board.people import actor_of, policy
from probatum.site.board.summary import (
    Listing,
    VersionLine,
    basis_of,
    holds,
    listing_of,
    next_ages_at,
)
from probatum.site.board.watch import exact
from probatum.site.board.words import day, status_words
from probatum.site.engine import engine
from probatum.site.kept_responses import shared

STATUSES = ("approved", "reopened", "under_review", "submitted", "changes_requested", "draft")
_READ = ("article_id", "article__slug", "article__title", "words", "damaged", "listing")


@dataclass(frozen=True)
class Row:
    """An article in the list."""

    address: str
    title: str
    code: str
    status: str
    number: int
    changed: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """An article that this visitor may find; `version` is None when its record is damaged."""

    pk: int
    slug: str
    title: str
    words: str
    version: VersionLine | None

    @property
    def code(self) -> str:
        return self.version.code if self.version else "damaged"


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """The articles that the visitor may read, with the status of each, fifty on a page."""
    status = request.GET.get("status", "")
    words = plain(request.GET.get("filter", ""))[:200]
    held = lines(actor_of(request), policy())
    wanted = words.casefold().split()
    found = [
        line
        for line in held
        if (not status or line.code == status) and all(word in line.words for word in wanted)
    ]
    page = paged(found, request)
    values = {
        "rows": _shown(page.rows, actor_of(request), policy()),
        "found": len(found),
        "held": len(held),
        "filter": words,
        "status": status,
        "statuses": [(code, status_words(code), code == status) for code in STATUSES],
        "pages": page,
        "here": "articles",
    }
    return shared(request, render(request, "articles.html", values), next_ages_at)


def lines(actor: Actor, rules: Policy) -> list[Line]:
    """Every article that the visitor may find, by title."""
    rows = Summary.objects.order_by("article__title", "article__slug").values_list(*_READ)
    found = []
    for pk, slug, title, words, damaged, listing in rows.iterator(chunk_size=1000):
        version = None if damaged else version_for(listing_of(listing), actor, rules)
        if damaged or version:
            found.append(Line(pk, slug, title, words, version))
    return found


def version_for(listing: Listing, actor: Actor, rules: Policy) -> VersionLine | None:
    """The version for the list: the public one, else the last that this visitor may see."""

    def sees(line: VersionLine) -> bool:
        return rules.sees(actor, line.state, listing.authors)

    shown = next((each for each in listing.versions if each.number == listing.shown), None)
    if shown and (shown.state is State.WITHDRAWN or sees(shown)):
        return shown
    readable = [
        each
        for each in listing.versions
        if (each.fixed or each.state is State.DRAFT) and sees(each)
    ]
    return readable[-1] if readable else None


def _shown(found: Any, actor: Actor, rules: Policy) -> list[Row]:
    """One page of lines. Where the summary is not to be believed any more, the log is read."""
    basis, now = basis_of(engine(), rules), datetime.now(UTC)
    kept = {
        each.pk: holds(each, basis, now)
        for each in Summary.objects.filter(pk__in=[line.pk for line in found]).only(
            "basis", "until"
        )
    }
    rows = []
    for line in found:
        version = line.version
        if not kept.get(line.pk, False):
            summary = exact(Article.objects.get(pk=line.pk))
            version = version_for(listing_of(summary.listing), actor, rules)
            if version is None and not summary.damaged:
                # It has just left what this visitor may see.
                continue
        rows.append(_row(line, version))
    return rows


def _row(line: Line, version: VersionLine | None) -> Row:
    address, title = f"/articles/{line.slug}", plain(line.title)
    if version is None:
        return Row(address, title, "damaged", status_words("damaged"), 0, "", ())
    if version.state is State.DRAFT:
        address += "/edit"
    topics = tuple(plain(engine().name(term)) for term in version.conditions)
    words = status_words(version.code)
    return Row(address, title, version.code, words, version.number, day(version.at), topics)
