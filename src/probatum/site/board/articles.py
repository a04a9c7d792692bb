"""The public pages of an article: its words, its versions, and what changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probatum.engine import Ask
from probatum.evidence.answer import Answer, ReaderName
from probatum.evidence.base import ProbatumError
from probatum.questions.text import MAX_CHARACTERS
from probatum.render.characters import plain
from probatum.render.language import told
from probatum.render.words import READERS
from probatum.review.changes import changes
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.site.asking import address
from probatum.site.board.article_view import article_view, shown_answer
from probatum.site.board.citing import pinned, vancouver
from probatum.site.board.finding import for_visitor, may_read, may_write, opened, version_of
from probatum.site.board.forms import FORMS
from probatum.site.board.kept_pages import for_visitors
from probatum.site.board.ledger import DamagedError, Ledger
from probatum.site.board.linked_data import linked_data
from probatum.site.board.models import Article
from probatum.site.board.people import actor_of, policy
from probatum.site.board.summary import ages_at
from probatum.site.board.words import SENTENCES
from probatum.site.engine import engine
from probatum.site.kept_responses import shared


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article: its words, the status of exactly these words, who reviewed them and when."""
    try:
        book = opened(slug)
        standing = for_visitor(request, book)
        if standing is None:
            raise Http404
        if standing.state is State.DRAFT:
            return redirect("article-edit", slug=slug)
        return _page(request, book, standing)
    except DamagedError as error:
        return damaged(request, slug, error)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of an article, which may be an older one."""
    try:
        book = opened(slug)
        return _page(request, book, version_of(book, number))
    except DamagedError as error:
        return damaged(request, slug, error)


def _page(request: HttpRequest, book: Ledger, standing: Standing) -> HttpResponse:
    if not may_read(request, book, standing):
        if standing.state is State.WITHDRAWN:
            return withdrawn(request, book, standing)
        raise Http404
    public = book.record.shown == standing
    if not request.user.is_authenticated:
        page = for_visitors(request, book, standing, public, _rendered)
        return shared(request, HttpResponse(page), lambda: ages_at(book, policy()))
    return HttpResponse(_rendered(request, book, standing, public))


def _rendered(request: HttpRequest, book: Ledger, standing: Standing, public: bool) -> str:
    actor = actor_of(request)
    base = f"/articles/{book.article.slug}" if public else pinned(book, standing)
    values = {
        "article": (view := article_view(book, standing, actor, policy(), engine())),
        "page": view.page,
        "linked": True,
        "kept": True,
        "may_edit": may_write(request, book),
        "formats": [
            {"name": told(form.name), "address": f"{base}.{code}"}
            for code, form in FORMS.items()
            if form.available()
        ],
        "head": _head(request, book, standing, public),
        **_further(shown_answer(book, standing)),
        "here": "articles",
    }
    return render_to_string("article.html", values, request)


def _further(answer: Answer) -> dict[str, Any]:
    """Where the reader may go on from here: the question in other words, and what follows it."""
    asked = Ask(question=answer.question, reader=answer.reader, region=answer.region)
    return {
        "others": [
            {"name": READERS[each], "address": address(asked, reader=each.value)}
            for each in ReaderName
            if each is not answer.reader
        ],
        "follow": engine().context(asked),
        "region": answer.region,
        "limit": MAX_CHARACTERS,
    }


def _head(
    request: HttpRequest, book: Ledger, standing: Standing, public: bool
) -> dict[str, str | bool]:
    """What the page says of itself: where it stays, how to cite it, and if it is to be found.

    Only the approved version is; an older one would be found in its place.
    """
    whole = request.build_absolute_uri
    here = whole(pinned(book, standing))
    canonical = whole(f"/articles/{book.article.slug}") if public else here
    return {
        "canonical": canonical,
        "pinned": pinned(book, standing),
        "address": here,
        "vancouver": vancouver(book, standing, here),
        "indexed": public and standing.state is State.APPROVED,
        "linked_data": linked_data(book, standing, canonical, whole("/")),
    }


def withdrawn(request: HttpRequest, book: Ledger, standing: Standing) -> HttpResponse:
    """Nothing of the words, and the reason: 410, for it was here and is meant to be gone."""
    why = f"{_('The reason:')} {plain(standing.reason or '')}"
    values = {
        "title": _("This article was withdrawn"),
        "sentence": f"{plain(book.article.title)} {why}",
        "status": 410,
    }
    return render(request, "error.html", values, status=410)


def damaged(request: HttpRequest, slug: str, error: ProbatumError) -> HttpResponse:
    """The record does not hold together: nothing counts as reviewed; what is wrong is said."""
    article = get_object_or_404(Article, slug=slug)
    values = {
        "title": _("The record of this article is damaged"),
        "sentence": f"{plain(article.title)} {SENTENCES['damaged']} {error}",
        "status": 500,
    }
    return render(request, "error.html", values, status=500)


@require_safe
def changed(request: HttpRequest, slug: str, number: int, earlier: int) -> HttpResponse:
    """What changed from one version to a later one, claim by claim and word by word."""
    try:
        book = opened(slug)
        old, new = version_of(book, earlier), version_of(book, number)
        if not (may_read(request, book, old) and may_read(request, book, new)):
            raise Http404
        values = {
            "article": book.article,
            "old": earlier,
            "new": number,
            "changes": changes(shown_answer(book, old), shown_answer(book, new)),
            "here": "articles",
        }
        response = render(request, "changes.html", values)
        return shared(request, response, lambda: ages_at(book, policy()))
    except DamagedError as error:
        return damaged(request, slug, error)
