"""The worker: plans what recurs, takes what is due, and says on stderr what went wrong.

Asked to stop, it finishes the job in hand. An error is told by its type: its words may hold what
was worked on.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import Error, close_old_connections, connections, transaction

from probatum.site.work import queue
from probatum.site.work.models import Job

# Seconds that a job is held without a sign of life. A process that was killed blocks it so long.
LEASE = 60.0
# Seconds between two looks at an empty queue.
PAUSE = 2.0


@dataclass(frozen=True)
class Duty:
    """A kind of work. `run` gets the job's subject and says in a few words what came of it.

    None says that it was halted before the end: the job is left for the next worker.

    `every` is in seconds; None for what is done once. `basis` names what a run looks at: when it
    is another than the last run saw, the job is due at once. `subjects` are those that recur.
    """

    run: Callable[[str], str | None]
    every: float | None = None
    basis: Callable[[], str] | None = None
    subjects: tuple[str, ...] = ("",)


class Worker:
    """Runs duties until stopped. `tell` gets a line about each job, `warn` about each fault."""

    def __init__(
        self,
        duties: Mapping[str, Duty],
        tell: Callable[[str], None],
        warn: Callable[[str], None] | None = None,
        *,
        lease: float = LEASE,
        pause: float = PAUSE,
    ) -> None:
        self._duties = duties
        self._tell = tell
        self._warn = warn or tell
        self._lease = lease
        self._pause = pause
        self._stopped = threading.Event()
        self.failures = 0

    def stop(self) -> None:
        """Take no further job; the one in hand is finished."""
        self._stopped.set()

    def run(self, *, once: bool = False) -> None:
        """Work until stopped; with `once`, until nothing is due."""
        while not self._stopped.is_set():
            close_old_connections()
            try:
                worked = self._next()
            except Error as error:
                # Busy or away for a moment: the next look may succeed. What was in hand is taken up
                # again when its lease has run out.
                self._fail(f"The queue cannot be used ({_type(error)}).")
                worked = False
            if worked:
                continue
            if once:
                return
            self._stopped.wait(self._pause)

    def _next(self) -> bool:
        """Do what is due first; False when nothing is."""
        self._plan()
        found = queue.claim(tuple(self._duties), _now(), self._lease, self._again)
        if isinstance(found, queue.Held):
            self._work(found)
        elif found is not None:
            name = _name(found.kind, found.subject)
            self._fail(f"{name} is not tried again: {queue.DIED} each time.")
        return found is not None

    def _plan(self) -> None:
        """Each recurring job has its row, and is due at once when there is news for it."""
        for kind, duty in self._duties.items():
            if duty.every is None:
                continue
            basis = duty.basis() if duty.basis else ""
            queue.forget(kind, duty.subjects)
            for subject in duty.subjects:
                job = Job.objects.filter(kind=kind, subject=subject).first()
                if job is None or (job.seen != basis and _rests(job)):
                    queue.put(kind, subject, _now())

    def _again(self, kind: str, now: datetime) -> datetime | None:
        every = self._duties[kind].every
        return now + timedelta(seconds=every) if every else None

    def _work(self, held: queue.Held) -> None:
        name = _name(held.kind, held.subject)
        if held.died:
            self._warn(f"{name}: {queue.DIED}; this is attempt {held.attempt}.")
        duty = self._duties[held.kind]
        basis = duty.basis() if duty.basis else ""
        try:
            with self._alive(held):
                came = duty.run(held.subject)
        except Exception as error:
            again = queue.failed(held, _now(), _type(error), self._again(held.kind, _now()))
            more = "is tried again" if again else "is given up for now"
            self._fail(f"{name} failed ({_type(error)}) and {more}.")
            return
        if came is None:
            queue.release(held, _now())
        elif queue.done(held, _now(), self._again(held.kind, _now()), basis):
            self._tell(f"{name}: {came}")

    def _alive(self, held: queue.Held) -> "_Heartbeat":
        return _Heartbeat(held, self._lease)

    def _fail(self, line: str) -> None:
        self.failures += 1
        self._warn(line)


class _Heartbeat:
    """Renews a lease beside the work, on a connection of its own."""

    def __init__(self, held: queue.Held, lease: float) -> None:
        self._held, self._lease = held, lease
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(self._lease / 4):
                try:
                    with transaction.atomic():
                        if not queue.renew(self._held, _now(), self._lease):
                            return
                except Error:
                    # The database was busy; there are tries left before the lease runs out.
                    continue
        finally:
            connections.close_all()


def _now() -> datetime:
    return datetime.now(UTC)


def _rests(job: Job) -> bool:
    """Nobody works on it, and no failure has it wait for a time of its own."""
    return not job.attempts and job.until is None and job.failed is None


def _type(error: Exception) -> str:
    return type(error).__name__[:120]


def _name(kind: str, subject: str) -> str:
    return f"{kind} {subject}".rstrip()
