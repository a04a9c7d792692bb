"""What waits for review, the most urgent first: overdue, then by risk, then by days waited."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from probatum.render.characters import plain
from probatum.render.language import Told
from probatum.review.policy import Right
from probatum.review.turns import due
from probatum.site.board.models import Article, Summary
from probatum.site.board.paging import paged
from probatum.site.board.people import actor_of, needs, policy
from probatum.site.board.summary import (
    About,
    WaitingLine,
    basis_of,
    detail_of,
    holds,
    listing_of,
    may_wait,
)
from probatum.site.board.watch import WatchError, exact, watch
from probatum.site.board.words import day, status_words
from probatum.site.engine import engine
from probatum.site.work.queue import put

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
ASSIGNED = Told({"me": "Me", "nobody": "Nobody", "somebody": "Somebody"})
# Articles whose log is read for this page, because the library has changed since they were looked
# at. The watch looks at the rest.
_MOST_READ = 50
# Articles that are looked at while an editor waits, some hundredths of a second each; more are left
# to the worker.
_MOST_AT_ONCE = 200


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
    due: str
    overdue: bool
    assigned: str | None
    mine: bool

    @property
    def risk_words(self) -> str:
        """How much harm a wrong sentence could do, in words."""
        return RISKS[self.risk]

    @property
    def trigger_words(self) -> str:
        """Why it waits, in words."""
        return ", ".join(TRIGGERS[each] for each in self.triggers)

    @property
    def asked(self) -> str:
        """Who was asked, as the filter names it."""
        return "me" if self.mine else "somebody" if self.assigned else "nobody"


@needs(Right.SEE_QUEUE)
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponseBase:
    """What waits for review; POST has the board look at all articles for changed evidence."""
    if request.method == "POST":
        return _looked(request)
    rows, damaged, unread = _rows(request)
    chosen = {
        "risk": request.GET.get("risk", ""),
        "topic": request.GET.get("topic", ""),
        "trigger": request.GET.get("trigger", ""),
        "assigned": request.GET.get("assigned", ""),
    }
    found = [row for row in rows if _fits(row, chosen)]
    found.sort(key=lambda row: (not row.overdue, _BY_RISK.index(row.risk), -row.days, row.title))
    topics = sorted({topic for row in rows for topic in row.topics}, key=lambda each: each[1])
    rules, page = policy(), paged(found, request)
    values = {
        "rows": page.rows,
        "found": len(found),
        "held": len(rows),
        "overdue": sum(row.overdue for row in rows),
        "damaged": damaged,
        "unread": unread,
        "risks": [(id, name, id == chosen["risk"]) for id, name in RISKS.items()],
        "topics": [(id, name, id == chosen["topic"]) for id, name in topics],
        "triggers": [(id, name, id == chosen["trigger"]) for id, name in TRIGGERS.items()],
        "asked": [(id, name, id == chosen["assigned"]) for id, name in ASSIGNED.items()],
        "pages": page,
        "may_look": rules.may(actor_of(request), Right.REOPEN),
        "may_oversee": rules.may(actor_of(request), Right.OVERSEE),
        "soon": request.GET.get("looked", "") == "soon",
        "looked": request.GET.get("looked", "") == "1",
        "here": "review",
    }
    return render(request, "queue.html", values)


def _fits(row: Waiting, chosen: dict[str, str]) -> bool:
    return (
        chosen["risk"] in ("", row.risk)
        and (not chosen["topic"] or chosen["topic"] in {id for id, _ in row.topics})
        and (not chosen["trigger"] or chosen["trigger"] in row.triggers)
        and chosen["assigned"] in ("", row.asked)
    )


def _looked(request: HttpRequest) -> HttpResponse:
    """Write down what evidence and calendar call for, article by article."""
    if policy().may(actor_of(request), Right.REOPEN):
        if Article.objects.count() > _MOST_AT_ONCE:
            put("watch", "", datetime.now(UTC))
            return redirect("/review/?looked=soon")
        try:
            watch()
        except WatchError:
            # The others were looked at; the worker tells of these and tries them again.
            return redirect("/review/")
    return redirect("/review/?looked=1")


def _rows(request: HttpRequest) -> tuple[list[Waiting], list[str], int]:
    """The rows, titles with a damaged record, and how many articles are still to be looked at."""
    basis, now = basis_of(engine(), policy()), datetime.now(UTC)
    rows: list[Waiting] = []
    damaged, read, unread = [], 0, 0
    for summary in Summary.objects.filter(may_wait(basis, now)).select_related("article"):
        found = summary
        if not holds(summary, basis, now):
            if read < _MOST_READ:
                found, read = exact(summary.article), read + 1
            else:
                unread += 1
        if found.damaged:
            damaged.append(plain(summary.article.title))
            continue
        detail, authors = detail_of(found.detail), listing_of(found.listing).authors
        rows += [
            _row(request, summary, line, (detail.about or {})[line.number], authors)
            for line in detail.waiting
        ]
    return rows, damaged, unread


def _row(
    request: HttpRequest,
    summary: Summary,
    line: WaitingLine,
    about: About,
    authors: tuple[str, ...],
) -> Waiting:
    now, rules, actor = datetime.now(UTC), policy(), actor_of(request)
    until = due(line.came, rules.review_days_for(about.topics, about.kinds))
    return Waiting(
        address=f"/review/{summary.article.slug}/{line.number}",
        title=plain(summary.article.title),
        number=line.number,
        code=line.code,
        status=status_words(line.code),
        risk=rules.risk_of(about.kinds),
        days=(now - datetime.fromisoformat(line.came)).days,
        topics=tuple((t, plain(engine().name(t))) for t in about.conditions),
        triggers=line.triggers,
        open=line.open,
        claims=line.claims,
        signed=_("%(given)s of %(needed)s") % {"given": line.signed, "needed": line.needed},
        own=actor.id in authors,
        due=day(until.isoformat()),
        overdue=now > until,
        assigned=plain(line.assigned[1]) if line.assigned else None,
        mine=line.assigned is not None and line.assigned[0] == actor.id,
    )
