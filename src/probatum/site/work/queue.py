"""The queue: who works on what. Any number of processes may ask; each job goes to one of them.

A job is taken in one transaction and held by a lease that its worker renews. A worker that dies
(power, `kill -9`) renews nothing: once the lease has run out, the job goes to another, so many
times and no more.
"""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from probatum.site.work.models import Job

# A first try and two more: what fails three times fails for a reason that time does not mend.
MOST_ATTEMPTS = 3
# Seconds before a second and a third try.
PAUSES = (30.0, 300.0)
DIED = "its process ended in the middle"


@dataclass(frozen=True)
class Held:
    """A job that this process works on. `died` tells that another did before and did not finish."""

    pk: int
    kind: str
    subject: str
    attempt: int
    holder: str
    died: bool


@dataclass(frozen=True)
class GivenUp:
    """A job whose worker died so often that it is not tried again."""

    kind: str
    subject: str


# When a kind of job is due again after a time; None for what is done once.
Again = Callable[[str, datetime], datetime | None]


def put(kind: str, subject: str, due: datetime) -> None:
    """Have a job done at a time; one that waits already is brought forward and never doubled."""
    with transaction.atomic():
        job, made = Job.objects.select_for_update().get_or_create(
            kind=kind, subject=subject, defaults={"due": due}
        )
        if not made and (job.due is None or job.due > due):
            job.due, job.failed, job.attempts = due, None, 0
            job.save(update_fields=["due", "failed", "attempts"])


def forget(kind: str, subjects: Collection[str]) -> None:
    """Drop what recurred and does no longer: jobs of a kind but for these subjects."""
    gone = Job.objects.filter(kind=kind, until=None).exclude(subject__in=subjects)
    # Asked first, because a deletion waits for whoever is writing, and this is asked all the time.
    if gone.exists():
        gone.delete()


def claim(
    kinds: Collection[str], now: datetime, lease: float, again: Again
) -> Held | GivenUp | None:
    """The job of these kinds that has been due longest, held by the caller; None without any."""
    with transaction.atomic():
        job = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(Q(until=None) | Q(until__lt=now), due__lte=now, kind__in=kinds)
            .order_by("due", "pk")
            .first()
        )
        if job is None:
            return None
        died = job.until is not None
        if died and job.attempts >= MOST_ATTEMPTS:
            _rest(job, now, again(job.kind, now), DIED)
            return GivenUp(job.kind, job.subject)
        job.holder = secrets.token_hex(16)
        job.until = now + timedelta(seconds=lease)
        job.attempts += 1
        job.save(update_fields=["holder", "until", "attempts"])
        return Held(job.pk, job.kind, job.subject, job.attempts, job.holder, died)


def renew(held: Held, now: datetime, lease: float) -> bool:
    """Hold the job longer; False when it is another's by now."""
    until = now + timedelta(seconds=lease)
    return bool(_mine(held).update(until=until))


def done(held: Held, now: datetime, next_due: datetime | None, seen: str = "") -> bool:
    """The job is done: due again at a time, or gone. False when it is another's by now."""
    with transaction.atomic():
        job = _mine(held).select_for_update().first()
        if job is None:
            return False
        if next_due is None:
            job.delete()
            return True
        job.holder, job.until, job.attempts, job.trouble = "", None, 0, ""
        job.failed, job.finished, job.due, job.seen = None, now, next_due, seen
        job.save()
        return True


def release(held: Held, now: datetime) -> bool:
    """Leave the job as if it had not been taken, for whoever comes next."""
    attempts = max(0, held.attempt - 1)
    return bool(_mine(held).update(holder="", until=None, attempts=attempts, due=now))


def failed(held: Held, now: datetime, error: str, next_due: datetime | None) -> bool:
    """The job raised `error` (its type). True when it is tried again soon, False when not."""
    with transaction.atomic():
        job = _mine(held).select_for_update().first()
        if job is None:
            return False
        if job.attempts >= MOST_ATTEMPTS:
            _rest(job, now, next_due, error)
            return False
        job.holder, job.until, job.trouble = "", None, error
        job.due = now + timedelta(seconds=PAUSES[job.attempts - 1])
        job.save()
        return True


def _mine(held: Held) -> QuerySet:
    return Job.objects.filter(pk=held.pk, holder=held.holder)


def _rest(job: Job, now: datetime, next_due: datetime | None, error: str) -> None:
    """Not tried again before its next time, if it has one; what happened stays to be seen."""
    job.holder, job.until, job.attempts, job.trouble = "", None, 0, error
    job.failed, job.due = now, next_due
    job.save()
