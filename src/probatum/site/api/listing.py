"""Articles as the API lists them: which, in which state, and how a version's review stands."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from probatum.review.changes import Changes
from probatum.review.content import content_of
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.site.board.article_view import article_document
from probatum.site.board.drafts import state_of
from probatum.site.board.finding import for_visitor, may_read
from probatum.site.board.ledger import DamagedError, Ledger, ledger, read_answer
from probatum.site.board.models import Article, Working
from probatum.site.board.people import actor_of, policy
from probatum.site.board.words import code_of
from probatum.site.engine import engine

DAMAGED = "damaged"
_WAITING = (State.SUBMITTED, State.UNDER_REVIEW)


def book_of(article: Article) -> Ledger:
    """An article's ledger; DamagedError when its record does not hold together."""
    return ledger(article, engine(), policy())


def row(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """An article in the list; None for one of which the caller may read nothing."""
    found: dict[str, Any] = {"slug": article.slug, "title": article.title}
    empty: dict[str, Any] = {"version": None, "approved": None, "submitted": None, "topics": []}
    try:
        book = book_of(article)
        standing = for_visitor(request, book)
        if standing is None:
            return None
        code = code_of(standing)
        topics = book.answer(standing.number).understood.conditions if standing.content else ()
    except DamagedError:
        return {**found, "status": DAMAGED, **empty}
    return {
        **found,
        "status": code,
        "version": standing.number,
        "approved": standing.approved if code == "approved" else None,
        "submitted": standing.submitted,
        "topics": [{"id": topic, "name": engine().name(topic)} for topic in topics],
    }


def document(book: Ledger, standing: Standing) -> dict[str, Any]:
    """A version with who signed it; of a draft, what is being written and its `state`."""
    if standing.content:
        return article_document(book, standing)
    from probatum.render.json import answer_document

    working = Working.objects.get(article=book.article)
    return {
        "slug": book.article.slug,
        "title": book.article.title,
        "version": standing.number,
        "status": code_of(standing),
        "state": state_of(working),
        "pending": dict(working.pending),
        "answer": answer_document(read_answer(working.content)),
    }


def versions(request: HttpRequest, book: Ledger) -> list[dict[str, Any]]:
    """The submitted versions that the caller may read, the newest first."""
    return [
        {
            "version": each.number,
            "status": code_of(each),
            "based_on": each.based_on,
            "content_hash": each.content,
            "submitted": each.submitted,
            "approved": each.approved,
            "signatures": len(each.signatures),
            "signatures_needed": each.needed,
        }
        for each in sorted(book.record.versions.values(), key=lambda v: -v.number)
        if each.content and may_read(request, book, each)
    ]


def differences(found: Changes) -> dict[str, Any]:
    """What changed between two versions."""
    return {
        "unchanged": found.unchanged,
        "reordered": found.reordered,
        "changes": [
            {
                "kind": each.kind,
                "claim": each.claim,
                "before": each.before,
                "after": each.after,
                "words": [{"kind": word.kind, "text": word.text} for word in each.words],
                "evidence_changed": each.evidence,
            }
            for each in found.claims
        ],
    }


def review(book: Ledger, standing: Standing) -> dict[str, Any]:
    """How the review of one version stands: who declared, decided and signed what."""
    decisions = []
    for claim in standing.claims:
        given = book.record.decision(standing.number, claim)
        if given:
            decisions.append(
                {
                    "claim": claim,
                    "choice": given.choice,
                    "reason": given.reason,
                    "comment": given.comment,
                    "proposed": given.proposed,
                    "name": given.name,
                    "at": given.at,
                }
            )
    return {
        "version": standing.number,
        "status": code_of(standing),
        "content_hash": standing.content,
        "submitted": standing.submitted,
        "approved": standing.approved,
        "claims": len(standing.claims),
        "open": list(book.record.unresolved(standing.number)),
        "decisions": decisions,
        "signatures_needed": standing.needed,
        "signatures": [
            {"name": each.name, "roles": list(each.roles), "at": each.at}
            for each in standing.signatures
        ],
        "causes": [
            {"trigger": cause.trigger, "detail": cause.detail, "at": cause.at}
            for cause in standing.open_causes
        ],
    }


def waiting(request: HttpRequest, article: Article) -> list[dict[str, Any]]:
    """The versions of an article that wait for review."""
    book = book_of(article)
    found = []
    for standing in book.record.versions.values():
        if standing.state not in _WAITING:
            continue
        answer = book.answer(standing.number)
        came = max((cause.at for cause in standing.open_causes), default=standing.submitted or "")
        since = datetime.fromisoformat(came)
        found.append(
            {
                "slug": article.slug,
                "title": article.title,
                "version": standing.number,
                "status": code_of(standing),
                "risk": policy().risk_of(content_of(answer).kinds),
                "days": (datetime.now(UTC) - since).days,
                "topics": list(answer.understood.conditions),
                "triggers": [cause.trigger for cause in standing.open_causes] or ["new"],
                "open": len(book.record.unresolved(standing.number)),
                "claims": len(standing.claims),
                "signatures": len(standing.signatures),
                "signatures_needed": standing.needed,
                "own": actor_of(request).id in book.record.authors,
            }
        )
    return found
