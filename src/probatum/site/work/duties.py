"""What the worker does, each kind of work by its name.

No duty takes a question: an answer is made while its reader waits, and streamed, because a question
on a queue would have to be written down.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from probatum.evidence.base import ProbatumError
from probatum.site.work.schedule import Order, orders, services
from probatum.site.work.worker import Duty

_MINUTE = 60.0
_DAY = 24 * 60 * _MINUTE


class ServiceError(ProbatumError):
    """A live service could not be asked."""


def duties(halted: Callable[[], bool] = lambda: False) -> dict[str, Duty]:
    """The duties that the settings ask for; ScheduleError for one that cannot be read.

    A round of the watch stops between two articles once `halted` says so.
    """
    from probatum.live.recheck import NAMES

    every = settings.PROBATUM_WATCH_MINUTES * _MINUTE
    found = {"watch": Duty(lambda _: _watched(halted), every=every, basis=_basis)}
    names = services(settings.PROBATUM_RECHECK, NAMES)
    if names:
        found["recheck"] = Duty(lambda _: _rechecked(names), every=_DAY)
    if settings.EMAIL_HOST:
        found["remind"] = Duty(lambda _: _reminded(), every=_DAY)
    if settings.PROBATUM_SYNC:
        standing = {each.subject: each for each in orders(Path(settings.PROBATUM_SYNC))}
        found["sync"] = Duty(
            lambda subject: _synced(standing[subject]), every=_DAY, subjects=tuple(standing)
        )
    return found


def _watched(halted: Callable[[], bool]) -> str | None:
    from probatum.site.board.watch import watch

    found = watch(halted)
    return None if found.halted else found.said


def _reminded() -> str:
    from probatum.site.board.reminding import remind

    return remind()


def _basis() -> str:
    from probatum.site.board.people import policy
    from probatum.site.board.summary import basis_of
    from probatum.site.engine import engine

    return basis_of(engine(), policy())


def _folder() -> Path:
    from probatum.library.store import default_folder

    return Path(settings.PROBATUM_LIBRARY) if settings.PROBATUM_LIBRARY else default_folder()


def _rechecked(names: tuple[str, ...]) -> str:
    """Ask services what happened to held works; what they know to be retracted is marked."""
    from probatum.engine import Engine
    from probatum.live.recheck import recheck
    from probatum.sources.live.settings import from_environment

    held = Engine.open(_folder())
    rows = held.sources()
    held.close()
    done = recheck(rows, names, from_environment(), _folder())
    newer = sum(each.newer for each in done.happened)
    said = f"{len(done.marked)} editions marked, {newer} newer versions to fetch"
    if done.problems:
        raise ServiceError(f"{said}; {len(done.problems)} works could not be asked about.")
    return f"{said}."


def _synced(order: Order) -> str:
    """Fetch what a standing order names; what is held in that version is not fetched."""
    from probatum.live.sync import sync
    from probatum.sources.live.settings import from_environment

    done = sync(order.source, list(order.words), from_environment(), _folder())
    if done.problems:
        raise ServiceError(f"{order.source}: {len(done.problems)} problems.")
    return f"{order.source}, {done.fetched} fetched, {done.taken.new} added or renewed."
