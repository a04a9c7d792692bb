"""How reviews went: each time that a version waited for its reviewers, and figures over many.

All of it is read off the log. A turn begins when a version is submitted or reopened, and ends when
it is approved, given back, or leaves the queue otherwise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

from probatum.review.events import ChangesRequested, Decided, Signed, Taken
from probatum.review.fold import after
from probatum.review.log import Entry
from probatum.review.record import Record
from probatum.review.states import IN_QUEUE, State

Outcome = Literal["open", "approved", "returned", "left"]
_DAY = 24 * 60 * 60
_ENDS: dict[State, Outcome] = {State.APPROVED: "approved", State.CHANGES_REQUESTED: "returned"}


@dataclass(frozen=True)
class Turn:
    """One wait of one version. `reviewers` are those who did something and who was asked, by id."""

    version: int
    came: str
    outcome: Outcome = "open"
    ended: str | None = None
    reviewers: Mapping[str, str] = field(default_factory=dict)


def turns(entries: Iterable[Entry]) -> tuple[Turn, ...]:
    """Every turn in the order in which they began; MoveError for a log that cannot have been."""
    record = Record()
    found: list[Turn] = []
    running: dict[int, int] = {}
    for entry in entries:
        later = after(record, entry)
        event = entry.event
        at = running.get(event.version)
        if at is not None and isinstance(event, Taken | Decided | Signed | ChangesRequested):
            who = {**found[at].reviewers, entry.actor: entry.name}
            found[at] = replace(found[at], reviewers=who)
        for number, standing in later.versions.items():
            before = record.versions.get(number)
            if standing.state in IN_QUEUE and number not in running:
                running[number] = len(found)
                found.append(Turn(number, entry.at))
            elif standing.state not in IN_QUEUE and number in running:
                at = running.pop(number)
                asked = before.assigned if before else None
                found[at] = replace(
                    found[at],
                    outcome=_ENDS.get(standing.state, "left"),
                    ended=entry.at,
                    reviewers=found[at].reviewers or ({asked.actor: asked.name} if asked else {}),
                )
        record = later
    for number, at in running.items():
        asked = record.versions[number].assigned
        if asked:
            who = {**found[at].reviewers, asked.actor: asked.name}
            found[at] = replace(found[at], reviewers=who)
    return tuple(found)


def due(came: str, days: int) -> datetime:
    """When a review is due that came into the queue then."""
    return datetime.fromisoformat(came) + timedelta(days=days)


@dataclass(frozen=True)
class Figures:
    """Turns counted. `median_days` is over those that the board ended, from coming to ending."""

    open: int = 0
    overdue: int = 0
    approved: int = 0
    returned: int = 0
    median_days: float | None = None


def figures(of: Iterable[tuple[Turn, int]], now: datetime) -> Figures:
    """The figures of turns, each with the days within which it was due."""
    every = tuple(of)
    waiting = [(turn, days) for turn, days in every if turn.outcome == "open"]
    ended = [turn for turn, _ in every if turn.outcome in ("approved", "returned")]
    took = [_days(turn.came, turn.ended) for turn in ended if turn.ended]
    return Figures(
        open=len(waiting),
        overdue=sum(now > due(turn.came, days) for turn, days in waiting),
        approved=sum(turn.outcome == "approved" for turn in ended),
        returned=sum(turn.outcome == "returned" for turn in ended),
        median_days=round(median(took), 1) if took else None,
    )


def _days(start: str, end: str) -> float:
    passed = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    return passed.total_seconds() / _DAY
