"""Adding documents: from paths to committed rows and an index that has them.

Files are read in worker processes, so that parsing uses the cores that writing leaves free and a
file that crashes or hangs its parser costs only itself. Each batch is committed with how far its
file was read: a run that was interrupted goes on there.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from probatum.evidence.base import ProbatumError
from probatum.evidence.document import Deletion, Skipped
from probatum.library.catalogue import settle
from probatum.library.index import PassageIndex
from probatum.library.reading import Batch, Job, Message, Reading
from probatum.library.uninterrupted import uninterrupted
from probatum.library.upkeep import catch_up, drop_removed, indexed, set_indexed
from probatum.library.writer import Writer
from probatum.sources.file import SourceFile
from probatum.sources.formats import Settings
from probatum.sources.limits import UnreadableError
from probatum.sources.walk import walk

# The index is made visible this often; a commit costs a few tenths of a second.
_COMMIT_EVERY = 100_000
# Reasons kept in the summary; a million broken lines need not all be listed.
_MOST_REASONS = 200
# Below this much there is less to read than a worker takes to start.
_INLINE_BYTES = 4_000_000
_INLINE_FILES = 40


@dataclass
class Summary:
    """What an `add` has done so far."""

    files: int = 0
    files_held: int = 0
    documents: Counter[str] = field(default_factory=Counter)
    passages: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    skipped_more: int = 0
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def skip(self, where: str, reason: str) -> None:
        """Keep a reason, up to a number."""
        if len(self.skipped) < _MOST_REASONS:
            self.skipped.append(Skipped(where, reason))
        else:
            self.skipped_more += 1

    @property
    def skips(self) -> int:
        """How much was skipped."""
        return len(self.skipped) + self.skipped_more


@dataclass(frozen=True, slots=True)
class Progress:
    """For a progress bar: bytes of files read of all bytes, and documents so far."""

    read: int
    total: int
    documents: int
    name: str


Watch = Callable[[Progress], None]


@dataclass
class _Intake:
    writer: Writer
    index: PassageIndex
    summary: Summary
    watch: Watch
    total: int
    read: int = 0
    unindexed: int = 0
    # The last document whose passages the index was given, all of them.
    given: int = 0
    positions: dict[int, int] = field(default_factory=dict)
    # What files say is deleted, and how far each of these files was read before it said so.
    deleted: dict[str, None] = field(default_factory=dict)
    deleting: dict[int, int] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)
    ended: dict[int, int] = field(default_factory=dict)

    def receive(self, message: Message, job: Job) -> None:
        if isinstance(message, Batch):
            with uninterrupted():
                self._write(message, job)
            self.positions[job.number] = min(message.position, job.size)
        else:
            self.positions.pop(job.number, None)
            self.read += job.size
            if message.error:
                self.summary.skip(job.file.name, message.error)
            # A file with an error is looked at again next time: it may have been mended.
            self._note(job, message.taken, done=message.error is None)
        self.watch(
            Progress(
                self.read + sum(self.positions.values()),
                self.total,
                sum(self.summary.documents.values()),
                job.file.name,
            )
        )

    def _write(self, batch: Batch, job: Job) -> None:
        deletions = [item for item in batch.others if isinstance(item, Deletion)]
        if deletions:
            self.deleted.update((item.source, None) for item in deletions)
            self.deleting.setdefault(job.journal, self.taken.get(job.journal, job.taken))
        self.taken[job.journal] = batch.taken
        upto = self.deleting.get(job.journal, batch.taken)
        for result in self.writer.take(batch.documents, job.journal, upto):
            self.summary.documents[result.fate] += 1
            self.summary.passages += len(result.entries)
            if result.note:
                self.summary.notes.append(result.note)
            self.index.add(result.entries)
            self.unindexed += len(result.entries)
        self.given = self.writer.last
        for item in batch.others:
            if isinstance(item, Skipped):
                self.summary.skip(f"{job.file.name}, {item.where}", item.reason)
        if self.unindexed >= _COMMIT_EVERY:
            self.commit()

    def _note(self, job: Job, taken: int, *, done: bool) -> None:
        """Keep how far a file was read, unless it deletes something: that comes at the end."""
        if job.journal in self.deleting:
            if done:
                self.ended[job.journal] = taken
            return
        self.writer.take((), job.journal, taken, done=done)

    def delete(self) -> None:
        """Take out what files say is deleted: last, as the files may be read in any order.

        A file that deletes counts as read from here on, so that a run which is stopped before this
        reads its deletions again.
        """
        for source in self.deleted:
            rows = self.writer.connection.execute(
                "SELECT id FROM document WHERE source = ?", (source,)
            ).fetchall()
            if rows:
                self.writer.remove([id for (id,) in rows], for_good=True)
                self.summary.documents["removed"] += len(rows)
        for journal, taken in self.ended.items():
            self.writer.take((), journal, taken, done=True)

    def commit(self) -> None:
        settle(self.writer.connection)
        drop_removed(self.writer, self.index)
        self.index.commit()
        set_indexed(self.writer, max(self.given, indexed(self.writer)))
        self.unindexed = 0


def add(
    folder: Path,
    paths: Iterable[Path],
    settings: Settings,
    watch: Watch = lambda _: None,
    workers: int | None = None,
) -> Summary:
    """Take everything under the paths into the library in `folder`.

    Idempotent and resumable; a bad file is skipped with its reason. Raises CatalogueError when the
    library cannot be written. `workers` 0 reads in this process.
    """
    from probatum.library.tantivy_index import TantivyIndex

    started = time.perf_counter()
    summary = Summary()
    with Writer(folder) as writer:
        index = TantivyIndex(folder, write=True)
        intake = _Intake(writer, index, summary, watch, 0, given=indexed(writer))
        begun = False
        try:
            catch_up(writer, index)
            intake.given, begun = writer.last, True
            jobs = list(_jobs(walk(paths), settings, intake))
            intake.total = sum(job.size for job in jobs)
            count = _workers(jobs) if workers is None else workers
            with Reading(folder, jobs, count) as reading:
                for job, message in reading:
                    intake.receive(message, job)
            intake.delete()
            intake.commit()
        except BaseException:
            # Also after Ctrl-C: what was committed is found at once and not by the next command.
            # What went wrong first is what is told.
            with suppress(ProbatumError):
                intake.commit()
                if begun:
                    # At most the batch that was being indexed.
                    catch_up(writer, index)
            raise
        finally:
            index.close()
    summary.seconds = time.perf_counter() - started
    return summary


def _jobs(
    found: Iterable[SourceFile | Skipped], settings: Settings, intake: _Intake
) -> Iterator[Job]:
    for number, file in enumerate(found):
        if isinstance(file, Skipped):
            intake.summary.skip(file.where, file.reason)
            continue
        intake.summary.files += 1
        try:
            digest = file.sha256()
            size = file.size
        except (OSError, UnreadableError) as error:
            intake.summary.skip(file.name, _reason(error))
            continue
        journal, taken, done = intake.writer.file(
            file.name, digest, settings.fingerprint, settings.format or ""
        )
        if done:
            intake.summary.files_held += 1
            continue
        yield Job(number, file, settings, journal, taken, size)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"it cannot be read ({error.strerror})"
    return str(error)


def _workers(jobs: Sequence[Job]) -> int:
    """No worker for little, else one for each core up to a number."""
    if sum(job.size for job in jobs) < _INLINE_BYTES and len(jobs) < _INLINE_FILES:
        return 0
    return max(1, min(len(jobs), os.cpu_count() or 1, 4))
