"""What waits for review, the most urgent first: by risk, then by how long it has waited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from probatum.render.characters import plain
from probatum.render.language import Told
from probatum.review.content import content_of
from probatum.review.policy import Right
from probatum.review.standing import Standing
from probatum.review.states import State
from probatum.site.board.ledger import DamagedError, Ledger, append, ledger
from probatum.site.board.models import Article
from probatum.site.board.people import actor_of, needs, policy
from probatum.site.board.words import code_of, status_words
from probatum.site.engine import engine

RISKS = Told({"high": "high", "medium": "medium", "low": "low"})
_BY_RISK = tuple(RISKS)
TRIGGERS = Told(
    {
        "new": "New or edited",
        "source_retracted": "Source retracted",
        "source_superseded": "Source superseded",
        "source_corrected": "Source corrected",
        "newer_analysis": "Newer analysis",
        "age_limit": "Age limit",
        "editor": "Reopened by an editor",
    }
)
_WAITING = (State.SUBMITTED, State.UNDER_REVIEW)


@dataclass(frozen=True)
class Waiting:
    """A version that waits for somebody."""

    address: str
    title: str
    number: int
    code: str
    status: str
    risk: str
    days: int
    topics: tuple[tuple[str, str], ...]
    triggers: tuple[str, ...]
    open: int
    claims: int
    signed: str
    own: bool

    @property
    def risk_words(self) -> str:
        """How much harm a wrong sentence could do, in words."""
        return RISKS[self.risk]

    @property
    def trigger_words(self) -> str:
        """Why it waits, in words."""
        return ", ".join(TRIGGERS[each] for each in self.triggers)


@needs(Right.SEE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponseBase:
    """What waits for review; POST has the board look at all articles for changed evidence."""
    if request.method == "POST":
        return _looked(request)
    rows, damaged = _rows(request)
    chosen = {
        "risk": request.GET.get("risk", ""),
        "topic": request.GET.get("topic", ""),
        "trigger": request.GET.get("trigger", ""),
    }
    found = [
        row
        for row in rows
        if chosen["risk"] in ("", row.risk)
        and (not chosen["topic"] or chosen["topic"] in {id for id, _ in row.topics})
        and (not chosen["trigger"] or chosen["trigger"] in row.triggers)
    ]
    topics = sorted({topic for row in rows for topic in row.topics}, key=lambda each: each[1])
    rules = policy()
    values = {
        "rows": sorted(found, key=lambda row: (_BY_RISK.index(row.risk), -row.days, row.title)),
        "held": len(rows),
        "damaged": damaged,
        "risks": [(id, name, id == chosen["risk"]) for id, name in RISKS.items()],
        "topics": [(id, name, id == chosen["topic"]) for id, name in topics],
        "triggers": [(id, name, id == chosen["trigger"]) for id, name in TRIGGERS.items()],
        "may_look": rules.may(actor_of(request), Right.REOPEN),
        "looked": request.GET.get("looked", "") == "1",
        "here": "review",
    }
    return render(request, "queue.html", values)


def _looked(request: HttpRequest) -> HttpResponse:
    """Write down what evidence and calendar call for, article by article."""
    rules = policy()
    if rules.may(actor_of(request), Right.REOPEN):
        for article in Article.objects.all():
            try:
                if ledger(article, engine(), rules).pending:
                    append(article, actor_of(request), [], engine(), rules)
            except DamagedError:
                # Said on the queue's page; the others are looked at all the same.
                continue
    return redirect("/review/?looked=1")


def _rows(request: HttpRequest) -> tuple[list[Waiting], list[str]]:
    rows: list[Waiting] = []
    damaged = []
    for article in Article.objects.all():
        try:
            book = ledger(article, engine(), policy())
            rows += _of(request, book)
        except DamagedError:
            damaged.append(plain(article.title))
    return rows, damaged


def _of(request: HttpRequest, book: Ledger) -> Iterable[Waiting]:
    for standing in book.record.versions.values():
        if standing.state not in _WAITING:
            continue
        content = content_of(book.answer(standing.number))
        need = book.answer(standing.number).understood
        code = code_of(standing)
        yield Waiting(
            address=f"/review/{book.article.slug}/{standing.number}",
            title=plain(book.article.title),
            number=standing.number,
            code=code,
            status=status_words(code),
            risk=policy().risk_of(content.kinds),
            days=_days(standing),
            topics=tuple((t, plain(engine().name(t))) for t in need.conditions),
            triggers=tuple(dict.fromkeys(c.trigger for c in standing.open_causes)) or ("new",),
            open=len(book.record.unresolved(standing.number)),
            claims=len(standing.claims),
            signed=_("%(given)s of %(needed)s")
            % {"given": len(standing.signatures), "needed": standing.needed},
            own=actor_of(request).id in book.record.authors,
        )


def _days(standing: Standing) -> int:
    """Whole days since it came into the queue: submitted, or reopened since."""
    came = max((c.at for c in standing.open_causes), default=standing.submitted or standing.began)
    return (datetime.now(UTC) - datetime.fromisoformat(came)).days
