"""The reviewer's pages: begin, declare, decide claim by claim, ask for changes, reopen."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from probatum.evidence.base import ProbatumError
from probatum.evidence.claim import Verdict
from probatum.render.characters import plain
from probatum.render.language import Told, told, told_error
from probatum.render.words import check_name
from probatum.review.events import (
    MOST_COMMENT,
    ChangesRequested,
    Decided,
    Declared,
    Event,
    Reopened,
    Taken,
    Withdrawn,
)
from probatum.review.policy import Right
from probatum.review.rechecking import tried
from probatum.review.standing import Given, Standing
from probatum.review.states import MoveError, State
from probatum.site.board.assigning import assignment_view
from probatum.site.board.draft_view import order
from probatum.site.board.drafts import view_of
from probatum.site.board.finding import opened, version_of
from probatum.site.board.ledger import Ledger, append
from probatum.site.board.people import actor_of, needs, policy
from probatum.site.board.review_view import decision_view, review_view
from probatum.site.board.writing import refused
from probatum.site.engine import engine

_CHOICES = Told({"approve": "Approve", "amend": "Amend", "reject": "Reject"})


@needs(Right.SEE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A version beside its sources; POST begins, declares, gives back, reopens or withdraws."""
    book = opened(slug)
    standing = version_of(book, number)
    if request.method != "POST":
        view = review_view(book, standing, actor_of(request), policy(), engine())
        asked = assignment_view(book, standing, actor_of(request), policy())
        values = {"review": view, "policy": policy(), "assignment": asked, "here": "review"}
        return render(request, "review.html", values)
    address = f"/review/{slug}/{number}"
    try:
        events = _events(request, standing)
        if events:
            append(book.article, actor_of(request), events, engine(), policy())
    except ProbatumError as error:
        return refused(request, told_error(error), address)
    return redirect(address)


def said(request: HttpRequest, field: str) -> str:
    """What was written in a field of a form, cleaned and cut to what the record takes."""
    return plain(request.POST.get(field, "").replace("\r\n", "\n")).strip()[:MOST_COMMENT]


def _events(request: HttpRequest, standing: Standing) -> list[Event]:
    """What a button stands for; nothing for one that was pressed twice."""
    action, version = request.POST.get("action", ""), standing.number
    declared = standing.declarations.get(actor_of(request).id)
    if action in ("begin", "declare"):
        declaration = _declaration(request, version)
        begun = standing.state is not State.SUBMITTED
        same = declared is not None and (declared.conflict, declared.statement) == (
            declaration.conflict,
            declaration.statement,
        )
        first: list[Event] = [] if begun or declaration.conflict else [Taken(version=version)]
        return [*first, *([] if same else [declaration])]
    if action == "request":
        comment = said(request, "comment")
        if not comment:
            raise MoveError(_("Say what is to be changed."))
        if standing.state is State.CHANGES_REQUESTED and standing.asked == comment:
            return []
        return [ChangesRequested(version=version, comment=comment)]
    if action == "reopen":
        detail = said(request, "comment")
        if not detail:
            raise MoveError(_("Say why it is to be looked at again."))
        if standing.open_causes and standing.open_causes[-1].detail == detail:
            return []
        claims = tuple(standing.claims)
        return [Reopened(version=version, trigger="editor", detail=detail, claims=claims)]
    if action == "withdraw":
        reason = said(request, "comment")
        if not reason:
            raise MoveError(_("Say why it is withdrawn: the reason is shown."))
        gone = standing.state is State.WITHDRAWN
        return [] if gone else [Withdrawn(version=version, reason=reason)]
    raise MoveError(_("There is no such step."))


def _declaration(request: HttpRequest, version: int) -> Declared:
    conflict = request.POST.get("conflict", "")
    if conflict not in ("yes", "no"):
        raise MoveError(_("Say whether you have a conflict of interest."))
    statement = said(request, "statement")
    return Declared(version=version, conflict=conflict == "yes", statement=statement)


@needs(Right.DECIDE)
@require_POST
def decide(request: HttpRequest, slug: str, number: int, claim: str) -> HttpResponseBase:
    """A decision on the exact words of one claim; made on an older view, both are shown."""
    book = opened(slug)
    standing = version_of(book, number)
    address = f"/review/{slug}/{number}"
    try:
        event = _decided(request, standing, claim)
        given = book.record.decision(number, claim)
        if given and _same(given, event, actor_of(request).id):
            return redirect(f"{address}#c-{_next(book, number, claim)}")
        if request.POST.get("seen", "") != str(given.entry if given else 0):
            return _stale(request, book, standing, event, given)
        if event.choice == "amend" and (reasons := _fails(book, number, event)):
            return refused(
                request,
                _("The proposed words do not pass: %(reasons)s") % {"reasons": reasons},
                address,
                422,
            )
        append(book.article, actor_of(request), [event], engine(), policy())
    except ProbatumError as error:
        return refused(request, told_error(error), f"{address}#c-{claim}")
    return redirect(f"{address}#c-{_next(opened(slug), number, claim)}")


def _decided(request: HttpRequest, standing: Standing, claim: str) -> Decided:
    choice = request.POST.get("choice", "")
    if choice not in ("approve", "amend", "reject"):
        raise MoveError(_("Approve, amend or reject the claim."))
    if claim not in standing.claims:
        raise MoveError(_("The version has no claim %(claim)s.") % {"claim": claim})
    held = standing.claims[claim]
    if request.POST.get("hash", held) != held:
        raise MoveError(_("The form is about other words than this version’s."))
    proposed = " ".join(said(request, "proposed").split()) if choice == "amend" else ""
    return Decided(
        version=standing.number,
        claim=claim,
        claim_hash=held,
        choice=choice,
        reason=said(request, "reason") or None if choice == "reject" else None,
        comment=said(request, "comment"),
        proposed=proposed or None,
    )


def _same(given: Given, event: Decided, actor: str) -> bool:
    """Whether this very decision by this very person is on record: the button was pressed twice."""
    return (given.actor, given.choice, given.reason, given.comment, given.proposed) == (
        actor,
        event.choice,
        event.reason,
        event.comment,
        event.proposed,
    )


def _fails(book: Ledger, number: int, event: Decided) -> str:
    """Why the words that are proposed would not pass the gate; empty when they would."""
    answer = book.answer(number)
    claim = answer.claims[event.claim]
    if not event.proposed or event.proposed == claim.text:
        return _("they are the words that stand there.")
    found = tried(claim, event.proposed, view_of(answer))
    if found.verdict is Verdict.SUPPORTED:
        return ""
    return "; ".join(f"{check_name(each.name)}: {each.detail}" for each in found.failures)


def _stale(
    request: HttpRequest, book: Ledger, standing: Standing, event: Decided, given: Given | None
) -> HttpResponse:
    """Somebody decided meanwhile: theirs and yours side by side, and nothing is done."""
    rules = policy()
    values = {
        "address": f"/review/{book.article.slug}/{standing.number}",
        "claim": event.claim,
        "text": plain(book.answer(standing.number).claims[event.claim].text),
        "theirs": decision_view(given, rules, book.record.authors) if given else None,
        "yours": event,
        "choice": _CHOICES[event.choice],
        "reason": told(rules.reasons.get(event.reason or "", "")),
        "seen": given.entry if given else 0,
        "here": "review",
    }
    return render(request, "decision-clash.html", values, status=409)


def _next(book: Ledger, number: int, claim: str) -> str:
    """The next claim down the page that is open, so that a reviewer goes on from there."""
    claims = order(book.answer(number))
    left = set(book.record.unresolved(number))
    after = claims[claims.index(claim) + 1 :] + claims[: claims.index(claim)]
    return next((each for each in after if each in left), claim)
