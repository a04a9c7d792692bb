"""A process that reads files for `add`, seen from both of its ends."""

import gc
import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from probatum.library.reading import Job, Message, messages
from probatum.sources.limits import SECONDS

# Batches that may wait for the writer.
_WAITING = 6
# A file's single step may take this long (a large PDF has limits of its own) before it counts as
# hanging.
SILENCE = SECONDS * 3


class Worker:
    """A process that reads one file after the other.

    Each end is held by one process only, so that a worker which dies in the middle of a message
    ends the connection instead of leaving this process to wait for the rest; and a thread receives,
    so that nothing a worker does can stop the writing.
    """

    def __init__(self, folder: Path) -> None:
        """Start it, for the library in `folder`."""
        context = multiprocessing.get_context("spawn")
        tasks, self._tasks = context.Pipe(duplex=False)
        results, theirs = context.Pipe(duplex=False)
        self.job: Job | None = None
        self.taken = 0
        self._heard = time.monotonic()
        self._process: SpawnProcess = context.Process(
            target=_work, args=(folder, tasks, theirs), daemon=True
        )
        with _undisturbed():
            self._process.start()
        tasks.close()
        theirs.close()
        self._results: queue.Queue[Message] = queue.Queue(_WAITING)
        self._stopped = False
        self._receiver = threading.Thread(target=self._receive, args=(results,), daemon=True)
        self._receiver.start()

    def give(self, job: Job) -> None:
        """Have the next file read."""
        self.job = job
        self.taken = job.taken
        self._heard = time.monotonic()
        try:
            self._tasks.send(job)
        except OSError:
            return  # it has died meanwhile, which `lost` will say

    def message(self) -> Message | None:
        """What it has said since, or None."""
        try:
            message = self._results.get_nowait()
        except queue.Empty:
            return None
        self.taken = message.taken
        self._heard = time.monotonic()
        return message

    def lost(self) -> str | None:
        """Why nothing more is to be expected of the file it reads, or None."""
        if not self._receiver.is_alive() and self._results.empty():
            return "its parser stopped unexpectedly"
        if time.monotonic() - self._heard > SILENCE and self._results.empty():
            return f"it was given up after {SILENCE} seconds without progress"
        return None

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._stopped = True
        self._process.kill()
        self._process.join(5)
        self._tasks.close()

    def _receive(self, results: Connection) -> None:
        """Take messages until the process ends; one cut short by its death is none."""
        with results:
            while not self._stopped:
                try:
                    message = results.recv()
                except (EOFError, OSError):
                    return
                self._keep(message)

    def _keep(self, message: Message) -> None:
        while not self._stopped:
            try:
                self._results.put(message, timeout=0.1)
            except queue.Full:
                continue
            return


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A process started here never gets Ctrl-C: it is for the main process, which ends the others.

    The mask is inherited, so that there is no moment in which a new process would answer it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Python's own helper process, started with the first of ours, would undo the mask.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(folder: Path, tasks: Connection, results: Connection) -> None:
    """A worker's life; it ends with its parent."""
    from probatum.library.upkeep import finder_of

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def end_with_the_parent() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=end_with_the_parent, daemon=True).start()
    finder = finder_of(folder)
    # Documents are plain values without circles; looking for circles takes a seventh of the time.
    gc.freeze()
    gc.disable()
    with suppress(EOFError, BrokenPipeError):
        while True:
            job = tasks.recv()
            for message in messages(job, finder):
                results.send(message)
            gc.collect()
