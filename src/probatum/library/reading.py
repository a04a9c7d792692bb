"""Reading files for `add`: in this process for little, in worker processes for much.

A worker sends batches of prepared documents and how far it has come. One that dies or falls silent
is replaced, and the file that it was reading is reported; the others go on.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from probatum.evidence.document import Deletion, Document, Skipped
from probatum.library.prepare import Prepared, prepare_all
from probatum.sources.file import SourceFile
from probatum.sources.formats import Settings, read, recognise
from probatum.sources.limits import UnreadableError
from probatum.terms.finder import TermFinder

if TYPE_CHECKING:
    from probatum.library.worker import Worker

# A batch is closed at whichever comes first: large enough that a commit costs little, small enough
# to keep memory low and lose little when a process is killed.
_BATCH_DOCUMENTS = 500
_BATCH_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Job:
    """A file to read from its item number `taken` on; `journal` is its row in the catalogue."""

    number: int
    file: SourceFile
    settings: Settings
    journal: int
    taken: int
    size: int


@dataclass(frozen=True)
class Batch:
    """Some documents of a file; `taken` items of it have been dealt with when these are kept."""

    documents: tuple[Prepared, ...]
    others: tuple[Deletion | Skipped, ...]
    taken: int
    position: int


@dataclass(frozen=True)
class Ended:
    """A file is finished, or could not be read further."""

    taken: int
    error: str | None = None


Message = Batch | Ended


def messages(job: Job, finder: TermFinder) -> Iterator[Message]:
    """Read one file; everything that goes wrong with it is in the last message."""
    position = 0

    def moved(to: int) -> None:
        nonlocal position
        position = max(position, to)

    file = replace(job.file, watch=moved)
    number, size = 0, 0
    documents: list[tuple[int, Document]] = []
    others: list[Deletion | Skipped] = []
    error: str | None = None

    def batch() -> Batch:
        nonlocal documents, others, size
        made, skipped = prepare_all(documents, finder)
        whole = Batch(tuple(made), (*others, *skipped), number, position)
        documents, others, size = [], [], 0
        return whole

    try:
        format = job.settings.format or recognise(job.file)
        for item in read(file, format, job.settings):
            number += 1
            if number <= job.taken:
                continue
            if isinstance(item, Document):
                documents.append((number, item))
                size += sum(len(block.text) for block in item.blocks)
            else:
                others.append(item)
            if len(documents) >= _BATCH_DOCUMENTS or size > _BATCH_CHARACTERS or others[50:]:
                yield batch()
    except UnreadableError as problem:
        error = str(problem)
    except OSError as problem:
        error = f"it cannot be read ({problem.strerror})"
    except MemoryError:
        error = "reading it takes more memory than there is"
    except Exception as problem:  # a fault of ours in one file must not stop the others
        error = f"a fault in the program ({type(problem).__name__}: {str(problem)[:120]})"
    if documents or others:
        yield batch()
    yield Ended(max(number, job.taken), error)


@dataclass
class Reading:
    """Messages of all jobs as they come; a context manager, because workers have to be ended."""

    folder: Path
    jobs: Sequence[Job]
    workers: int
    _running: list["Worker"] = field(default_factory=list)

    def __enter__(self) -> "Reading":
        """Nothing is started before the first message is asked for."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End every worker, busy or not."""
        for worker in self._running:
            worker.stop()

    def __iter__(self) -> Iterator[tuple[Job, Message]]:
        """Each job's messages in order; several jobs' messages are interleaved."""
        if not self.jobs:
            return
        if self.workers == 0:
            from probatum.library.upkeep import finder_of

            finder = finder_of(self.folder)
            for job in self.jobs:
                for message in messages(job, finder):
                    yield job, message
            return
        yield from self._shared()

    def _shared(self) -> Iterator[tuple[Job, Message]]:
        from probatum.library.worker import Worker

        waiting = list(reversed(self.jobs))
        while waiting or any(worker.job for worker in self._running):
            busy = sum(worker.job is not None for worker in self._running)
            while len(self._running) < min(self.workers, busy + len(waiting)):
                self._running.append(Worker(self.folder))
            quiet = True
            for worker in tuple(self._running):
                if worker.job is None and waiting:
                    worker.give(waiting.pop())
                while worker.job is not None and (message := worker.message()) is not None:
                    quiet = False
                    job = worker.job
                    if isinstance(message, Ended):
                        worker.job = None
                    yield job, message
                if worker.job is not None and (reason := worker.lost()):
                    job, worker.job = worker.job, None
                    worker.stop()
                    self._running.remove(worker)
                    yield job, Ended(worker.taken, reason)
            if quiet:
                time.sleep(0.004)
