"""The page of an answer: a question from an address or a form, answered, and the forms of it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from probatum.engine import Ask, Engine
from probatum.evidence.answer import Answer, ReaderName
from probatum.evidence.base import ProbatumError
from probatum.questions.text import MAX_CHARACTERS
from probatum.render.arrange import page
from probatum.render.json import answer_json
from probatum.render.language import ENGLISH, Told, spoken, told_error
from probatum.render.markdown import markdown
from probatum.render.text import answer_text
from probatum.render.words import READERS
from probatum.review.people import Actor
from probatum.service.asking import Wanted, answered
from probatum.service.permits import live_allowed
from probatum.site.ask_rate import limited
from probatum.site.asking import REGIONS, address, asked, draft_address
from probatum.site.auditing import is_own_form
from probatum.site.board.people import signed_in
from probatum.site.engine import current, engine, library_folder, when_replaced
from probatum.site.language import frame as page_frame
from probatum.site.language import speaking
from probatum.site.model_form import agreed, offered, report
from probatum.site.patient_form import posted, shown
from probatum.site.static_files import addresses
from probatum.sources.live.connectors import title_of

# Half a megabyte each at most: a few dozen cost less memory than the vocabulary.
_PAGES = 32
# Whoever asks what is being answered waits for that answer; other questions seldom share a turn.
_TURNS = tuple(Lock() for _ in range(64))
FORMATS = Told({"json": "JSON", "md": "Markdown", "txt": "Plain text"})


def ask_box(ask: Ask | None = None, query: QueryDict | None = None) -> dict[str, Any]:
    """What the ask box needs: what was typed, and what may be chosen."""
    reader = ask.reader if ask else ReaderName.CLINICIAN
    region = (ask.region if ask else None) or ""
    return {
        "typed": ask.question if ask else "",
        "limit": MAX_CHARACTERS,
        "reader_choices": [(each.value, READERS[each], each is reader) for each in ReaderName],
        "region_choices": [(code, name, code == region) for code, name in REGIONS.items()],
        "patient_fields": shown(query),
        "model": offered(),
        "live_titles": ", ".join(title_of(name) for name in live_allowed()),
    }


def _refused(request: HttpRequest, sentence: str, query: QueryDict | None = None) -> HttpResponse:
    """The ask box with one sentence on why the question was not taken, and what was typed."""
    values = {**ask_box(None, query), "complaint": sentence, "examples": engine().examples()}
    if query is not None:
        values |= {"typed": query.get("q", "")[:MAX_CHARACTERS], "facts_open": True}
    return render(request, "refused.html", values, status=400)


@csrf_exempt  # No cookie counts here; where the form comes from is looked at instead.
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def ask(request: HttpRequest) -> HttpResponse:
    """The answer, as a page or in the form asked for."""
    if request.method == "POST":
        return _posted(request)
    form = request.GET.get("format", "")
    if form and form not in FORMATS:
        return _refused(
            request, _("The format must be one of %(known)s.") % {"known": ", ".join(FORMATS)}
        )
    held = engine()
    try:
        question = asked(request.GET)
        if form:
            return _file(held.ask(question), form)
        frame = signed_in(request)
        return HttpResponse(_page_in_turn(question, held, _Frame.of(frame)))
    except ProbatumError as error:
        return _refused(request, told_error(error))


@dataclass(frozen=True)
class _Frame:
    """What of the page around an answer depends on who reads it."""

    actor: Actor | None
    may_draft: bool
    may_review: bool
    language: str

    @classmethod
    def of(cls, frame: dict[str, Any]) -> "_Frame":
        draft, review = frame.get("may_draft", False), frame.get("may_review", False)
        return cls(frame["actor"], draft, review, spoken())


def _posted(request: HttpRequest) -> HttpResponse:
    """A question from the form: its answer where facts, a look-up or a model need it, else a way.

    Nothing of it is kept, not even in memory once the page is sent. What a look-up finds is.
    """
    try:
        if not is_own_form(request):
            return _refused(request, _("The form was sent from another site, so nothing was done."))
        question = posted(request.POST)
        form = request.POST.get("format", "")
        if form and form not in FORMATS:
            return _refused(
                request, _("The format must be one of %(known)s.") % {"known": ", ".join(FORMATS)}
            )
        names = live_allowed() if request.POST.get("live") else ()
        model = agreed(request.POST)
        if question.patient is None and not names and model is None:
            return HttpResponse(status=303, headers={"Location": address(question)})
        chosen = model.chosen if model else None
        answer = answered(Wanted(question, names, chosen), engine(), library_folder())
        if names:
            current().hurry()
        held = engine()
        if form:
            return _file(answer, form)
        # No article is made of a patient's answer, so nobody is offered a draft.
        frame = replace(_Frame.of(signed_in(request)), may_draft=False)
        values = _answer_values(question, held, frame, answer) | {
            **ask_box(question, request.POST),
            "live_on": bool(names),
            "worded": report(model, answer) if model else None,
            "private": [{"code": code, "name": name} for code, name in FORMATS.items()],
            # A token stands in an address: never one of a question about a patient or looked up.
            "follow": held.context(question) if _may_follow(question, names, answer) else None,
            "readers": (),
            "formats": (),
        }
        return HttpResponse(render_to_string("ask.html", values))
    except RequestDataTooBig:
        return _refused(request, _("What was sent is too large, so nothing was done."))
    except ProbatumError as error:
        return _refused(request, told_error(error), request.POST)


def _may_follow(question: Ask, names: tuple[str, ...], answer: Answer) -> bool:
    return question.patient is None and not names and bool(answer.claims)


def _page_in_turn(question: Ask, held: Engine, frame: _Frame) -> str:
    """The page of an answer, made once however many ask for it at the same moment."""
    with _TURNS[hash((question, frame)) % len(_TURNS)]:
        return _answer_page(question, held, frame)


@lru_cache(maxsize=_PAGES)
def _answer_page(question: Ask, held: Engine, frame: _Frame) -> str:
    """The page of an answer; the last few stay in memory, since the same snapshot gives the same.

    In memory only: a question may hold patient data and is never written down.
    """
    return render_to_string("ask.html", _answer_values(question, held, frame))


def _answer_values(
    question: Ask, held: Engine, frame: _Frame, made: Answer | None = None
) -> dict[str, Any]:
    answer = made or held.ask(question)
    return {
        # Rendered without a request, so what each page gets from its context is given here.
        **addresses(HttpRequest()),
        **page_frame(),
        "actor": frame.actor,
        "may_review": frame.may_review,
        "draft_address": draft_address(question) if frame.may_draft and answer.claims else None,
        **ask_box(question),
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
    """The same answer for another program, shown by the browser rather than saved; in English."""
    kinds = {"json": "application/json", "md": "text/markdown", "txt": "text/plain"}
    with speaking(ENGLISH):
        if form == "json":
            text = answer_json(answer)
        elif form == "md":
            text = markdown(answer, engine().name)
        else:
            text = answer_text(answer, engine().name, width=80)
    return HttpResponse(text, content_type=f"{kinds[form]}; charset=utf-8")
