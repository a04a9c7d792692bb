"""Who is asked to review a version, and by when it is due."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain
from probatum.render.language import told_error
from probatum.review.content import content_of
from probatum.review.events import Assigned
from probatum.review.people import Actor
from probatum.review.policy import Policy, Right
from probatum.review.standing import Standing
from probatum.review.states import IN_QUEUE, MoveError
from probatum.review.turns import due
from probatum.site.board.finding import opened, version_of
from probatum.site.board.ledger import Ledger, append
from probatum.site.board.people import actor_of, needs, policy
from probatum.site.board.words import day
from probatum.site.board.writing import refused
from probatum.site.engine import engine


@dataclass(frozen=True)
class AssignmentView:
    """Who was asked, by when it is due, and whom an editor may ask (account and printed name)."""

    asked: str | None
    by: str
    at: str
    mine: bool
    due: str
    overdue: bool
    may_assign: bool
    people: tuple[tuple[str, str], ...]


def assignment_view(
    book: Ledger, standing: Standing, actor: Actor, rules: Policy
) -> AssignmentView | None:
    """The assignment of a version in the queue; None for any other."""
    if standing.state not in IN_QUEUE:
        return None
    content = content_of(book.answer(standing.number))
    until = due(standing.came, rules.review_days_for(content.topics, content.kinds))
    asked, may = standing.assigned, rules.may(actor, Right.ASSIGN, book.record.authors)
    return AssignmentView(
        asked=plain(asked.name) if asked else None,
        by=plain(asked.by) if asked else "",
        at=day(asked.at) if asked else "",
        mine=asked is not None and asked.actor == actor.id,
        due=day(until.isoformat()),
        overdue=datetime.now(UTC) > until,
        may_assign=may,
        people=candidates(book, standing, rules) if may else (),
    )


def candidates(book: Ledger, standing: Standing, rules: Policy) -> tuple[tuple[str, str], ...]:
    """Who may be asked: open accounts that may decide, stand apart from it and have no conflict."""
    roles = [role.value for role in rules.rights[Right.DECIDE].any]
    users = User.objects.filter(is_active=True, groups__name__in=roles).distinct()
    found = []
    for user in users.order_by("username"):
        declared = standing.declarations.get(user.username)
        if user.username not in book.record.authors and not (declared and declared.conflict):
            found.append((user.username, plain(user.get_full_name() or user.username)))
    return tuple(found)


@needs(Right.ASSIGN)
@require_POST
def assign(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Ask a reviewer to review a version, or with no name take that back; the record keeps it."""
    book = opened(slug)
    standing = version_of(book, number)
    address = f"/review/{slug}/{number}"
    wanted = request.POST.get("reviewer", "")
    try:
        if wanted == (standing.assigned.actor if standing.assigned else ""):
            return redirect(address)
        people = dict(candidates(book, standing, policy()))
        if wanted and wanted not in people:
            raise MoveError(_("Only an open account that may decide on this version can be asked."))
        event = Assigned(version=number, reviewer=wanted or None, name=people.get(wanted, ""))
        append(book.article, actor_of(request), [event], engine(), policy())
    except ProbatumError as error:
        return refused(request, told_error(error), address)
    return redirect(address)
