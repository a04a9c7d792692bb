"""How reviews go, for editors: by reviewer and by topic, worked out from the logs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from probatum.render.characters import plain
from probatum.review.policy import Right
from probatum.review.turns import Figures, Turn, figures
from probatum.site.board.models import Summary
from probatum.site.board.people import needs, policy
from probatum.site.board.summary import detail_of
from probatum.site.engine import engine


@dataclass(frozen=True)
class Line:
    """The figures of one reviewer or topic; `term` when its name is a word of the library."""

    name: str
    figures: Figures
    term: bool = False


@needs(Right.OVERSEE)
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """How many reviews wait, ended and are overdue, and how long they take, for editors."""
    by_reviewer: dict[str, list[tuple[Turn, int]]] = defaultdict(list)
    by_topic: dict[str, list[tuple[Turn, int]]] = defaultdict(list)
    every: list[tuple[Turn, int]] = []
    rules, held = policy(), engine()
    names: dict[str, str] = {}
    for kept in Summary.objects.values_list("detail", flat=True).iterator(chunk_size=500):
        detail = detail_of(kept)
        for turn in detail.turns:
            about = (detail.about or {}).get(turn.version)
            topics, kinds = (about.topics, about.kinds) if about else ((), ())
            each = (turn, rules.review_days_for(topics, kinds))
            every.append(each)
            names.update(turn.reviewers)
            for reviewer in turn.reviewers or ("",):
                by_reviewer[reviewer].append(each)
            for topic in (about.conditions if about else ()) or ("",):
                by_topic[topic].append(each)
    now = datetime.now(UTC)
    reviewers = [
        Line(plain(names[id]) if id else _("Nobody yet"), figures(of, now))
        for id, of in by_reviewer.items()
    ]
    subjects = [
        Line(plain(held.name(id)) if id else _("No topic"), figures(of, now), bool(id))
        for id, of in by_topic.items()
    ]
    values = {
        "all": figures(every, now),
        "tables": (
            (_("By reviewer"), _("Reviewer"), sorted(reviewers, key=lambda line: line.name)),
            (_("By topic"), _("Topic"), sorted(subjects, key=lambda line: line.name)),
        ),
        "damaged": Summary.objects.filter(damaged=True).count(),
        "here": "review",
    }
    return render(request, "statistics.html", values)
