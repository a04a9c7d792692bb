"""Articles as files: the public version, or one version for good, in each of the forms."""

import hashlib
import json
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

import probatum
from probatum.render.language import ENGLISH
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.site.board.articles import damaged, withdrawn
from probatum.site.board.citing import pinned
from probatum.site.board.finding import may_read, opened, version_of
from probatum.site.board.forms import FORMS, Form, Issue
from probatum.site.board.ledger import DamagedError, Ledger
from probatum.site.board.words import code_of
from probatum.site.engine import engine
from probatum.site.language import speaking

# As much of the article as is wanted of the citation forms: itself and not what it cites.
ALONE = "article"


@require_safe
def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The public version as a file: one of the forms that the article's page lists."""
    try:
        book = opened(slug)
        return _file(request, book, book.record.shown, form)
    except DamagedError as error:
        return damaged(request, slug, error)


@require_safe
def export_version(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """One version as a file, which may be an older one; the file says which, and its status."""
    try:
        book = opened(slug)
        return _file(request, book, version_of(book, number), form)
    except DamagedError as error:
        return damaged(request, slug, error)


def _file(request: HttpRequest, book: Ledger, standing: Standing | None, code: str) -> HttpResponse:
    form = FORMS.get(code)
    if standing is None or form is None:
        raise Http404
    if not may_read(request, book, standing):
        if standing.state is State.WITHDRAWN:
            return withdrawn(request, book, standing)
        raise Http404
    if not form.available():
        return _unavailable(request, form)
    address = request.build_absolute_uri(pinned(book, standing))
    issue = Issue(book, standing, engine(), address, request.GET.get("only") == ALONE)
    return _answered(request, issue, form, code)


def _answered(request: HttpRequest, issue: Issue, form: Form, code: str) -> HttpResponse:
    """The file, or word that the one in hand is still the same; every time it is asked anew.

    No copy is used unasked, since the status of an article can end at any moment.
    """
    tag, changed = _tag(issue, code), _changed(issue)
    response = get_conditional_response(request, etag=tag, last_modified=changed)
    if response is None:
        # In English whoever asks: a file is cited, and its words must not hang on a browser's.
        with speaking(ENGLISH):
            response = HttpResponse(form.make(issue), content_type=form.kind)
        way = "attachment" if form.saved else "inline"
        name = f"probatum-{issue.book.article.slug}-v{issue.standing.number}.{code}"
        response.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    response.headers["ETag"] = tag
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _tag(issue: Issue, code: str) -> str:
    """Of everything that the file is made of; weak, because a Word file's bytes hold the time."""
    standing = issue.standing
    made_of = (
        probatum.__version__,
        issue.engine.library_state.snapshot,
        code,
        issue.alone,
        issue.address,
        issue.book.article.title,
        standing.content,
        code_of(standing),
        issue.book.entries[-1].hash,
        [cause.detail for cause in standing.open_causes],
        sorted(standing.withdrawn_claims),
    )
    return f'W/"{hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:32]}"'


def _changed(issue: Issue) -> int | None:
    """When the log grew last; None where something was found that is not written there yet."""
    if issue.book.pending:
        return None
    return int(datetime.fromisoformat(issue.book.entries[-1].at).timestamp())


def _unavailable(request: HttpRequest, form: Form) -> HttpResponse:
    """501: what makes this form is not installed on this site."""
    values = {
        "title": f"This site makes no {form.name} files",
        "sentence": "What makes them is not installed here. The other forms are; the page itself "
        "can be printed.",
        "status": 501,
    }
    return render(request, "error.html", values, status=501)
