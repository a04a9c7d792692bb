"""The pages. Each asks the engine, hands its answer to a template and knows no medicine."""

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probatum.engine import Engine
from probatum.evidence.base import ProbatumError
from probatum.library.source_rows import SourceRow
from probatum.render.characters import plain
from probatum.render.language import told_error, told_of
from probatum.site.answering import ask_box
from probatum.site.ask_rate import limited
from probatum.site.board.models import Article
from probatum.site.checks import check_texts
from probatum.site.engine import engine
from probatum.site.held import MOST, Listed, listed, source_view, text_view
from probatum.site.kept_responses import shared
from probatum.site.model_form import offered
from probatum.site.searching import MAX_CHARACTERS as MAX_SEARCH
from probatum.site.searching import judged, kinds, passages, typed


def _amounts(held: Engine) -> dict[str, Any]:
    """How much is held, curated and as text."""
    state = held.library_state
    texts = held.library.documents.editions()
    words = {
        "records": told_of(state.records, "%(number)s record", "%(number)s records"),
        "sources": told_of(
            len(held.library.sources), "%(number)s curated source", "%(number)s curated sources"
        ),
        "texts": told_of(texts, "%(number)s text", "%(number)s texts"),
        "passages": told_of(state.passages, "%(number)s passage", "%(number)s passages"),
    }
    if texts:
        held_now = _("%(records)s from %(sources)s, and %(texts)s with %(passages)s")
    else:
        held_now = _("%(records)s from %(sources)s")
    return {
        "snapshot": state.snapshot,
        "held_now": held_now % words,
        "texts": texts,
        "held_texts": words["texts"],
        "held_passages": words["passages"],
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The ask box, examples, and what this is."""
    held = engine()
    values = {
        **ask_box(),
        "examples": held.examples(),
        "articles_held": Article.objects.exists(),
        **_amounts(held),
        "here": "home",
    }
    return shared(request, render(request, "home.html", values))


@require_safe
@limited
def search(request: HttpRequest) -> HttpResponse:
    """Passages of the held texts for some words, best first."""
    held = engine()
    asked = typed(request.GET)
    complaint, result = None, None
    if "q" in request.GET:
        try:
            result = passages(judged(asked), held)
        except ProbatumError as error:
            complaint = told_error(error)
    values = {
        "asked": asked,
        "limit": MAX_SEARCH,
        "kinds": kinds(asked),
        "bodies": held.library.documents.bodies(),
        "found": result,
        "complaint": complaint,
        **_amounts(held),
        "here": "search",
    }
    return render(request, "search.html", values, status=400 if complaint else 200)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """What packs describe and the last texts added, or those with all the words of the filter."""
    words = request.GET.get("filter", "")[:200]
    found = listed(engine(), words)
    values = {"listed": found, "filter": words, "most": MOST, "here": "sources"}
    return shared(request, render(request, "sources.html", values))


@require_safe
def source(request: HttpRequest, edition: str) -> HttpResponse:
    """One edition with the statements of its records, or with its text passage by passage."""
    held = engine()
    rows = held.source(edition)
    row = next((each for each in rows if each.edition == edition), None)
    if row is None and len(rows) == 1:
        row = rows[0]
    if row is None:
        return _editions(request, edition, rows)
    document = held.library.document(row.edition)
    statements = [
        {"statement": held.statement(record.id), "id": record.id, "locator": record.locator}
        for record in held.library.records.values()
        if record.edition == row.edition
    ]
    values = {
        "row": source_view(row, held),
        "note": plain(held.note(row.edition) or ""),
        "records": statements,
        "text": text_view(document, held, request.GET) if document else None,
        "here": "sources",
    }
    return shared(request, render(request, "source.html", values))


def _editions(request: HttpRequest, name: str, rows: tuple[SourceRow, ...]) -> HttpResponse:
    """The editions of a source that is held in several."""
    if not rows:
        raise Http404
    every = tuple(source_view(row, engine()) for row in rows)
    values = {"listed": Listed(every, len(every), len(every)), "source": name, "here": "sources"}
    return render(request, "sources.html", values)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How it works, and what each check cannot see."""
    values = {"checks": check_texts(), **_amounts(engine()), "here": "about", "model": offered()}
    return shared(request, render(request, "about.html", values))


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can answer, for whoever watches it."""
    return JsonResponse({"status": "ok", "library": engine().library_state.model_dump()})


def _error(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    values = {"title": title, "sentence": sentence, "status": status}
    return render(request, "error.html", values, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no browser would send by itself."""
    sentence = _("The address or a header of it is not valid.")
    return _error(request, 400, _("This request can’t be read"), sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, and without the role that this needs."""
    sentence = _("Your account does not have the role that this needs.")
    return _error(request, 403, _("This is not allowed"), sentence)


def not_own_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this site did not give out, or gave out before the browser was signed out."""
    sentence = _(
        "The form is not this site’s own, or too old. Go back, reload the page and try again."
    )
    return _error(request, 403, _("Nothing was done"), sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page."""
    sentence = _("The address may have been typed or copied wrongly.")
    return _error(request, 404, _("There is no page here"), sentence)


def too_large(request: HttpRequest) -> HttpResponse:
    """A body beyond the largest file that a page takes; nothing of it was read."""
    return _error(request, 413, _("This is too large"), _("Nothing was read of what was sent."))


def too_often(request: HttpRequest) -> HttpResponse:
    """Tries beyond what is counted as one person's."""
    return _error(
        request, 429, _("Too many tries"), _("Please wait a few minutes before you try again.")
    )


def asked_too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """More questions, searches or audits than one person is allowed in a time."""
    sentence = _(
        "Please wait %(seconds)s s and send it again. What you typed is still there when you go "
        "back."
    )
    response = _error(
        request, 429, _("Too many questions at once"), sentence % {"seconds": seconds}
    )
    response.headers["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: said so, with nothing of what was asked in it."""
    sentence = _(
        "The fault was noted without your question. Please try again, or word it differently."
    )
    return _error(request, 500, _("Something went wrong on our side"), sentence)
