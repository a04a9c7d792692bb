"""The page that audits a text: pasted or uploaded, read while it is being checked, and exported.

The text may be about a patient: it is held in memory while its page is made, written nowhere, and
asked for again by the browser when it is exported. Progress comes as further parts of the same
page, so that it needs no script, no job to look up and no cookie. No rights hang on the form, so
what a forged one could do is make work; it is refused by where the browser says it comes from.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from probatum.answers.audit.auditor import audit
from probatum.answers.audit.given import Given, given
from probatum.engine import Engine
from probatum.evidence.base import ProbatumError
from probatum.render.audit_html import audit_html
from probatum.render.audit_json import audit_json
from probatum.render.audit_view import PASTED, audit_view
from probatum.render.characters import plain
from probatum.render.language import figure, spoken, told_error
from probatum.site.ask_rate import limited
from probatum.site.engine import engine
from probatum.site.language import frame, speaking
from probatum.sources.web.page import fetch

# Characters of a text and bytes of a file that the page takes; the command takes more.
MOST_CHARACTERS = 1_000_000
MOST_BYTES = 10_000_000
MOST_QUESTION = 4_000
# Audits at the same time in one process, so that a few long texts cannot take all of it.
AT_ONCE = 2
FORMATS = {"json": "application/json; charset=utf-8", "html": "text/html; charset=utf-8"}
# Per cent between two notes of progress.
_STEP = 5
_MARK = "<!-- the audit -->"
_room = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def one_of_few() -> Iterator[bool]:
    """Whether there is room for one more audit, which it takes while the block runs."""
    free = _room.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            _room.release()


class FormError(ProbatumError):
    """What was sent cannot be audited, in one sentence."""


# Without a cookie there is no token to compare: `is_own_form` judges the sender instead.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def audited(request: HttpRequest) -> HttpResponseBase:
    """The form; with a text, its audit as a page that grows, or as a file."""
    if request.method != "POST":
        return render(request, "audit.html", _form())
    try:
        if not is_own_form(request):
            raise FormError(_("The form was sent from another site, so nothing was done."))
        question = _question(request)
        form = request.POST.get("format", "")
        if form and form not in FORMATS:
            raise FormError(
                _("The format must be one of %(known)s.") % {"known": ", ".join(FORMATS)}
            )
        address = _address(request)
        text = None if address else _read(_sent(request))
    except RequestDataTooBig:
        sentence = _("The text has more than %(most)s characters.") % {
            "most": figure(MOST_CHARACTERS)
        }
        return _refused(request, sentence, 413)
    except ProbatumError as error:
        return _refused(request, told_error(error), 400)
    if not _room.acquire(blocking=False):
        return _refused(request, _("Other texts are being audited; please try again soon."), 503)
    if text is None:
        try:
            page = fetch(address)
            text = _read(given(page.content, page.address, page.kind))
        except Exception as error:
            _room.release()
            if isinstance(error, ProbatumError):
                return _refused(request, told_error(error), 400)
            raise
    if form:
        return _file(text, question, form)
    return _growing(request, text, question)


def is_own_form(request: HttpRequest) -> bool:
    """Whether the browser says that the form is this site's own; programs say nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def _form(**more: Any) -> dict[str, Any]:
    return {"limit": MOST_CHARACTERS, "here": "audit", "fetches": settings.PROBATUM_FETCH, **more}


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    values = _form(complaint=sentence)
    if status == 400:
        values["typed"] = request.POST.get("text", "")[:MOST_CHARACTERS]
        values["asked"] = request.POST.get("question", "")[:MOST_QUESTION]
        values["address"] = request.POST.get("address", "")[:2_000]
    return render(request, "audit.html", values, status=status)


def _question(request: HttpRequest) -> str | None:
    question = " ".join(request.POST.get("question", "").split())
    if len(question) > MOST_QUESTION:
        raise FormError(
            _("The question has more than %(most)s characters.") % {"most": figure(MOST_QUESTION)}
        )
    return question or None


def _address(request: HttpRequest) -> str:
    """The address of a page to fetch; empty where a text or a file was sent.

    It counts only where the operator lets the site fetch, since a server that fetches what
    strangers name makes requests in its operator's name.
    """
    typed = request.POST.get("address", "").strip()
    sent = request.POST.get("text", "").strip() or request.FILES.get("file")
    if not typed or sent:
        return ""
    if not settings.PROBATUM_FETCH:
        raise FormError(_("This site does not fetch pages; please paste the text."))
    return typed


def _sent(request: HttpRequest) -> Given:
    """The text that was sent; a file counts before what was typed."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile) and file.size:
        if file.size > MOST_BYTES:
            raise FormError(
                _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1_000_000}
            )
        return given(file.read(), plain(file.name or "file")[:200] or "file")
    # Browsers send every line end as two characters; a text has one.
    words = request.POST.get("text", "").replace("\r\n", "\n")
    name = plain(request.POST.get("name", ""))[:200] or PASTED
    return Given(name, words, request.POST.get("derived") == "1")


def _read(text: Given) -> Given:
    """The text, if the page takes it."""
    if not any(character.isalnum() for character in text.text):
        raise FormError(_("Please paste a text, or choose a file that holds one."))
    if len(text.text) > MOST_CHARACTERS:
        raise FormError(
            _("The text has %(number)s characters; at most %(most)s are read.")
            % {"number": figure(len(text.text)), "most": figure(MOST_CHARACTERS)}
        )
    return text


def _file(text: Given, question: str | None, form: str) -> HttpResponse:
    """The audit as a file to keep."""
    try:
        made = audit(
            text.text, engine().library, question=question, name=text.name, derived=text.derived
        )
    finally:
        _room.release()
    words = audit_json(made) if form == "json" else audit_html(made, text.text)
    response = HttpResponse(words, content_type=FORMATS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{made.id}.{form}"'
    return response


def _growing(request: HttpRequest, text: Given, question: str | None) -> StreamingHttpResponse:
    """The page in parts: its top, how far the check is, the audit, and its end."""
    values = _form(growing=True, mark=_MARK)
    before, _, after = render_to_string("audit.html", values, request).partition(_MARK)
    parts: queue.Queue[str | None] = queue.Queue()
    thread = threading.Thread(
        target=_work, args=(text, question, engine(), parts, spoken()), name="audit", daemon=True
    )
    thread.start()
    if isinstance(request, ASGIRequest):
        made: Any = _later(before, parts, after)
    else:
        made = _now(before, parts, after)
    response = StreamingHttpResponse(made, content_type="text/html; charset=utf-8")
    # Packed, a part would wait for the next: the reader is to see each as it comes.
    response.headers["Content-Encoding"] = "identity"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _work(
    text: Given,
    question: str | None,
    held: Engine,
    parts: "queue.Queue[str | None]",
    language: str,
) -> None:
    """Audit in a thread of its own, in the language of the page that it goes on with."""
    with speaking(language):
        _put(text, question, held, parts)


def _put(text: Given, question: str | None, held: Engine, parts: "queue.Queue[str | None]") -> None:
    """Audit and put each part of the page into the queue."""
    shown = -_STEP

    def progress(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // max(1, total)
        if percent >= shown + _STEP:
            shown = percent
            words = _("Checked %(done)s of %(all)s claims") % {"done": done, "all": total}
            parts.put(
                f'<p class="step"><progress max="{total}" value="{done}"></progress> '
                f"{escape(words)}</p>\n"
            )

    try:
        made = audit(
            text.text,
            held.library,
            question=question,
            name=text.name,
            derived=text.derived,
            progress=progress,
        )
        values = {
            **frame(),
            "audit": audit_view(made, text.text),
            "linked": True,
            "text": text.text,
            "name": text.name,
            "derived": text.derived,
            "question": question,
        }
        parts.put(render_to_string("audited.html", values))
    except ProbatumError as error:
        parts.put(render_to_string("audited.html", {"complaint": told_error(error)}))
    except Exception:
        # The page has begun, so no error page can take its place.
        logging.getLogger("probatum.site").exception("An audit failed")
        sentence = _("Something went wrong on our side. The fault was noted without your text.")
        parts.put(render_to_string("audited.html", {"complaint": sentence}))
    finally:
        _room.release()
        parts.put(None)


def _now(before: str, parts: "queue.Queue[str | None]", after: str) -> Iterator[str]:
    yield before
    while (part := parts.get()) is not None:
        yield part
    yield after


async def _later(before: str, parts: "queue.Queue[str | None]", after: str) -> AsyncIterator[str]:
    yield before
    while (part := await asyncio.to_thread(parts.get)) is not None:
        yield part
    yield after
