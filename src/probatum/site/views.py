"""The pages. Each asks the engine, hands its answer to a template and knows no medicine."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from probatum.engine import Ask, Engine, SourceRow
from probatum.evidence.answer import Answer, ReaderName
from probatum.evidence.base import ProbatumError
from probatum.questions.text import MAX_CHARACTERS
from probatum.render.arrange import count, page
from probatum.render.characters import plain
from probatum.render.json import answer_json
from probatum.render.markdown import markdown
from probatum.render.text import answer_text
from probatum.render.words import READERS
from probatum.review.people import Actor
from probatum.site.asking import REGIONS, address, asked, draft_address
from probatum.site.auditing import is_own_form
from probatum.site.board.people import signed_in
from probatum.site.checks import check_texts
from probatum.site.engine import engine, when_replaced
from probatum.site.held import MOST, Listed, listed, source_view, text_view
from probatum.site.patient_form import posted, shown
from probatum.site.searching import MAX_CHARACTERS as MAX_SEARCH
from probatum.site.searching import judged, kinds, passages, typed
from probatum.site.static_files import addresses

# Half a megabyte each at most: a few dozen cost less memory than the vocabulary.
_PAGES = 32
FORMATS = {"json": "JSON", "md": "Markdown", "txt": "Plain text"}


def _box(ask: Ask | None = None, query: QueryDict | None = None) -> dict[str, Any]:
    """What the ask box needs: what was typed, and what may be chosen."""
    reader = ask.reader if ask else ReaderName.CLINICIAN
    region = (ask.region if ask else None) or ""
    return {
        "typed": ask.question if ask else "",
        "limit": MAX_CHARACTERS,
        "reader_choices": [(each.value, READERS[each], each is reader) for each in ReaderName],
        "region_choices": [(code, name, code == region) for code, name in REGIONS.items()],
        "patient_fields": shown(query),
    }


def _amounts(held: Engine) -> dict[str, Any]:
    """How much is held, curated and as text."""
    state = held.library_state
    texts = held.library.documents.editions()
    sources = count(len(held.library.sources), "curated source", "curated sources")
    return {
        "snapshot": state.snapshot,
        "curated": f"{count(state.records, 'record', 'records')} from {sources}",
        "texts": texts,
        "held_texts": count(texts, "text", "texts"),
        "held_passages": count(state.passages, "passage", "passages"),
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The ask box, examples, and what this is."""
    held = engine()
    values = {**_box(), "examples": held.examples(), **_amounts(held), "here": "home"}
    return render(request, "home.html", values)


def _refused(request: HttpRequest, sentence: str, query: QueryDict | None = None) -> HttpResponse:
    """The ask box with one sentence on why the question was not taken, and what was typed."""
    values = {**_box(None, query), "complaint": sentence, "examples": engine().examples()}
    if query is not None:
        values |= {"typed": query.get("q", "")[:MAX_CHARACTERS], "facts_open": True}
    return render(request, "refused.html", values, status=400)


@csrf_exempt  # No cookie counts here; where the form comes from is looked at instead.
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The answer, as a page or in the form asked for."""
    if request.method == "POST":
        return _posted(request)
    form = request.GET.get("format", "")
    if form and form not in FORMATS:
        return _refused(request, f"The format must be one of {', '.join(FORMATS)}.")
    held = engine()
    try:
        question = asked(request.GET)
        if form:
            return _file(held.ask(question), form)
        frame = signed_in(request)
        return HttpResponse(_answer_page(question, held, _Frame.of(frame)))
    except ProbatumError as error:
        return _refused(request, str(error))


@dataclass(frozen=True)
class _Frame:
    """What of the page around an answer depends on who reads it."""

    actor: Actor | None
    may_draft: bool
    may_review: bool

    @classmethod
    def of(cls, frame: dict[str, Any]) -> "_Frame":
        draft, review = frame.get("may_draft", False), frame.get("may_review", False)
        return cls(frame["actor"], draft, review)


def _posted(request: HttpRequest) -> HttpResponse:
    """A question from the form: with facts about a patient its answer, else the way to its address.

    Nothing of it is kept, not even in memory once the page is sent.
    """
    try:
        if not is_own_form(request):
            return _refused(request, "The form was sent from another site, so nothing was done.")
        question = posted(request.POST)
        form = request.POST.get("format", "")
        if form and form not in FORMATS:
            return _refused(request, f"The format must be one of {', '.join(FORMATS)}.")
        if question.patient is None:
            return HttpResponse(status=303, headers={"Location": address(question)})
        held = engine()
        if form:
            return _file(held.ask(question), form)
        # No article is made of a patient's answer, so nobody is offered a draft.
        frame = replace(_Frame.of(signed_in(request)), may_draft=False)
        values = _answer_values(question, held, frame) | {
            **_box(question, request.POST),
            "private": [{"code": code, "name": name} for code, name in FORMATS.items()],
            "follow": None,
            "readers": (),
            "formats": (),
        }
        return HttpResponse(render_to_string("ask.html", values))
    except RequestDataTooBig:
        return _refused(request, "What was sent is too large, so nothing was done.")
    except ProbatumError as error:
        return _refused(request, str(error), request.POST)


@lru_cache(maxsize=_PAGES)
def _answer_page(question: Ask, held: Engine, frame: _Frame) -> str:
    """The page of an answer; the last few stay in memory, since the same snapshot gives the same.

    In memory only: a question may hold patient data and is never written down.
    """
    return render_to_string("ask.html", _answer_values(question, held, frame))


def _answer_values(question: Ask, held: Engine, frame: _Frame) -> dict[str, Any]:
    answer = held.ask(question)
    return {
        # Rendered without a request, so what each page gets from its context is given here.
        **addresses(HttpRequest()),
        "actor": frame.actor,
        "may_review": frame.may_review,
        "draft_address": draft_address(question) if frame.may_draft and answer.claims else None,
        **_box(question),
        "page": page(answer, held),
        "linked": True,
        "follow": held.context(question) if answer.claims else None,
        "region": question.region,
        "readers": [
            {
                "name": READERS[each],
                "address": address(question, reader=each.value),
                "current": each is answer.reader,
            }
            for each in ReaderName
        ],
        "formats": [
            {"name": name, "address": address(question, format=code)}
            for code, name in FORMATS.items()
        ],
    }


when_replaced.append(_answer_page.cache_clear)


def _file(answer: Answer, form: str) -> HttpResponse:
    """The same answer for another program, shown by the browser rather than saved."""
    if form == "json":
        return HttpResponse(answer_json(answer), content_type="application/json; charset=utf-8")
    if form == "md":
        kind = "text/markdown; charset=utf-8"
        return HttpResponse(markdown(answer, engine().name), content_type=kind)
    text = answer_text(answer, engine().name, width=80)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Passages of the held texts for some words, best first."""
    held = engine()
    asked = typed(request.GET)
    complaint, result = None, None
    if "q" in request.GET:
        try:
            result = passages(judged(asked), held)
        except ProbatumError as error:
            complaint = str(error)
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
    return render(request, "sources.html", values)


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
    return render(request, "source.html", values)


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
    values = {"checks": check_texts(), **_amounts(engine()), "here": "about"}
    return render(request, "about.html", values)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can answer, for whoever watches it."""
    return JsonResponse({"status": "ok", "library": engine().library_state.model_dump()})


def _error(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    values = {"title": title, "sentence": sentence, "status": status}
    return render(request, "error.html", values, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no browser would send by itself."""
    return _error(
        request, 400, "This request can’t be read", "The address or a header of it is not valid."
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, and without the role that this needs."""
    sentence = "Your account does not have the role that this needs."
    return _error(request, 403, "This is not allowed", sentence)


def not_own_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this site did not give out, or gave out before the browser was signed out."""
    sentence = (
        "The form is not this site’s own, or too old. Go back, reload the page and try again."
    )
    return _error(request, 403, "Nothing was done", sentence)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page."""
    return _error(
        request, 404, "There is no page here", "The address may have been typed or copied wrongly."
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: said so, with nothing of what was asked in it."""
    return _error(
        request,
        500,
        "Something went wrong on our side",
        "The fault was noted without your question. Please try again, or word it differently.",
    )
