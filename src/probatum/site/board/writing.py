"""The author's pages: an answer becomes a draft, a draft is edited and submitted."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from probatum.evidence.answer import Answer
from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.render.language import told, told_error
from probatum.review.editing import (
    claim_moved,
    first_moved,
    section_moved,
    without_claims,
    without_section,
)
from probatum.review.events import Withdrawn
from probatum.review.policy import Right
from probatum.review.record import Record
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.site.asking import asked
from probatum.site.board import drafts
from probatum.site.board.draft_view import claim_state, draft_view
from probatum.site.board.finding import may_write, opened
from probatum.site.board.ledger import Ledger, append, read_answer
from probatum.site.board.models import Working
from probatum.site.board.people import actor_of, needs, policy
from probatum.site.board.words import code_of, status_words
from probatum.site.engine import engine

_UP, _DOWN = -1, 1
_BY = {"up": _UP, "down": _DOWN}


def refused(request: HttpRequest, sentence: str, back: str, status: int = 400) -> HttpResponse:
    """Nothing was done, why, and the way back."""
    values = {
        "title": _("Nothing was done"),
        "sentence": told(sentence),
        "status": status,
        "back": back,
    }
    return render(request, "error.html", values, status=status)


@needs(Right.DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """An answer is looked at once more, then turned into the draft of an article."""
    try:
        ask = asked(request.POST if request.method == "POST" else request.GET)
        answer = engine().ask(ask)
        reason = drafts.unfit(answer)
        if request.method == "POST":
            article = drafts.begin(actor_of(request), answer)
            return redirect("article-edit", slug=article.slug)
    except ProbatumError as error:
        return refused(request, told_error(error), "/")
    values = {"answer": answer, "ask": ask, "reason": reason, "here": "articles"}
    return render(request, "draft-new.html", values)


def _book(request: HttpRequest, slug: str) -> Ledger:
    """The ledger of an article that this person may write on; 403 for others."""
    book = opened(slug)
    if not may_write(request, book):
        raise PermissionDenied
    return book


@needs(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The draft with its outline and claims; POST moves, removes, submits or begins a version."""
    book = _book(request, slug)
    address = f"/articles/{slug}/edit"
    if request.method != "POST":
        return _editor(request, book)
    try:
        return _done(request, book, address)
    except drafts.StaleError as error:
        return refused(request, told_error(error), address, 409)
    except ProbatumError as error:
        return refused(request, told_error(error), address)


def _editor(request: HttpRequest, book: Ledger, **more: object) -> HttpResponse:
    working = Working.objects.filter(article=book.article).first()
    latest = _base(book.record)
    values = {
        "article": book.article,
        "title": plain(book.article.title),
        "draft": draft_view(book, working, engine()) if working else None,
        "undo": drafts.can_undo(working) if working else False,
        "latest": latest,
        "asked": plain(latest.asked) if latest and latest.asked else None,
        "latest_status": status_words(code_of(latest)) if latest else "",
        "may_withdraw": policy().may(actor_of(request), Right.WITHDRAW, book.record.authors),
        "here": "articles",
        **more,
    }
    status = 422 if more else 200
    return render(request, "draft.html", values, status=status)


def _base(record: Record) -> Standing | None:
    """The version that a next one starts from: what was sent back, else what the public sees."""
    back = [each for each in record.versions.values() if each.state is State.CHANGES_REQUESTED]
    return max(back, key=lambda each: each.number) if back else record.shown or record.latest


def _done(request: HttpRequest, book: Ledger, address: str) -> HttpResponseBase:
    actor, sent = actor_of(request), request.POST
    action, item, seen = sent.get("action", ""), sent.get("item", ""), sent.get("seen", "")
    if action in ("begin", "renew"):
        if not book.record.draft:
            base = _base(book.record)
            if base is None or base.content is None:
                raise drafts.DraftError(_("There is no version to start from."))
            drafts.begin_again(book, actor, base.number, renew=action == "renew")
        return redirect(address)
    if action == "withdraw":
        return _withdrawn(request, book)
    if action == "submit":
        faults = drafts.submit(book.article, actor, seen)
        if faults:
            return _editor(request, book, faults=faults)
        return redirect("article", slug=book.article.slug)
    if action == "undo":
        drafts.undo(book.article, actor, seen)
        return redirect(address)
    change = _change(action, item, sent.get("section", ""))
    removes = action.endswith("-remove")
    drafts.reshape(book.article, actor, seen, change, removes=removes)
    if removes:
        return redirect(f"{address}#undo")
    return redirect(f"{address}#{'s' if action.startswith('section') else 'c'}-{item}")


def _change(action: str, item: str, section: str) -> Callable[[Answer], Answer]:
    """The edit that a button stands for."""
    what, _dash, how = action.partition("-")
    if how in _BY and what == "section":
        return lambda answer: section_moved(answer, item, _BY[how])
    if how in _BY and what == "claim":
        return lambda answer: claim_moved(answer, section, item, _BY[how])
    if how in _BY and what == "first":
        return lambda answer: first_moved(answer, item, _BY[how])
    if action == "section-remove":
        return lambda answer: without_section(answer, item)
    if action == "claim-remove":
        return lambda answer: without_claims(answer, {item})
    raise drafts.DraftError(_("There is no such edit."))


def _withdrawn(request: HttpRequest, book: Ledger) -> HttpResponseBase:
    """Withdraw the draft, or else the version that the public sees."""
    reason = plain(request.POST.get("reason", "")).strip()
    if not reason:
        raise drafts.DraftError(_("Say why it is withdrawn: the reason is shown."))
    standing = book.record.draft or book.record.shown
    if standing is None or standing.state is State.WITHDRAWN:
        return redirect("articles")
    event = Withdrawn(version=standing.number, reason=reason[:4000])
    append(book.article, actor_of(request), [event], engine(), policy())
    if standing.state is State.DRAFT:
        drafts.discard(book.article)
    return redirect("articles")


@needs(Right.EDIT)
@require_POST
def edit_claim(request: HttpRequest, slug: str, claim: str) -> HttpResponseBase:
    """Other words for a claim, checked at once; what does not pass is kept and not submitted."""
    book = _book(request, slug)
    address = f"/articles/{slug}/edit"
    # Saved while typing: a piece of the page comes back rather than the page.
    typing = request.headers.get("HX-Request") == "true"
    text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    try:
        clash = drafts.reword(book.article, actor_of(request), claim, text, seen)
    except ProbatumError as error:
        if typing:
            values = {"complaint": told_error(error), "state": {"id": claim, "seen": seen}}
            return render(request, "claim-state.html", values)
        return refused(request, told_error(error), f"{address}#c-{claim}")
    if clash:
        both: dict[str, object] = {"clash": clash, "article": book.article, "here": "articles"}
        name = "claim-clash.html" if typing else "clash.html"
        return render(request, name, both, status=200 if typing else 409)
    if not typing:
        return redirect(f"{address}#c-{claim}")
    working = Working.objects.filter(article=book.article).first()
    if working is None or claim not in read_answer(working.content).claims:
        raise Http404
    return render(
        request, "claim-state.html", {"state": claim_state(working, claim), "saved": True}
    )
