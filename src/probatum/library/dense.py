"""The dense index: a vector for each passage on disk, searched by meaning, exactly.

It is derived from the catalogue, made slowly (tens of passages a second on two cores), and so made
bit by bit: every batch is one shard file, written beside and renamed, so that a crash loses at most
the batch in hand and the next run goes on where this one stopped. Until it covers everything, what
it does not cover is known and can be said.

A vector is kept as bytes with one scale of its own, a fourth of the size of single floats. The
files are mapped, not read, so many processes share one copy. A search multiplies all of them with
the question's vector, about a tenth of a second for a million on one core, so there is no
approximate structure that could miss one.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from probatum.library.dense_model import MISSING, DenseError, Embedder
from probatum.library.dense_shard import (
    Shard,
    merge,
    read_shard,
    scores,
    span,
    stamp,
    without,
    write_beside,
    write_shard,
)

try:
    import numpy as np
    from numpy.typing import NDArray
except ImportError as error:
    raise DenseError(MISSING) from error

Vector = NDArray[np.float32]

_FORMAT = 1
_MODEL_FILE = "model.json"
_REMOVED_FILE = "removed.npy"
_LOCK_SECONDS = 30.0
_TRIES = 20
# Once there are this many shards of fewer vectors than are enough for one, they are put together:
# few files to map, and no vector is written again more than a few times.
_SMALL_SHARDS = 32
_ENOUGH = 32_768


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the passages held have a vector."""

    embedded: int
    held: int

    @property
    def share(self) -> float:
        """From 0 to 1; a library without passages is covered."""
        return min(1.0, self.embedded / self.held) if self.held else 1.0


class DenseIndex:
    """The vectors in one folder, for one model; one process writes at a time, any number read.

    A passage may have several vectors (windows of a long one) and scores as its best one does.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Open what is there; a folder that does not exist yet is an empty index.

        Raises DenseError where the vectors were made by another model: they mean nothing to this.
        """
        self.folder = folder
        self._model, self._dimension = embedder.name, embedder.dimension
        self._shards: tuple[Shard, ...] = ()
        self._covered: NDArray[np.int64] = np.empty(0, np.int64)
        self._removed: NDArray[np.int64] = np.empty((0, 2), np.int64)
        self._check_model()
        self.refresh()

    def refresh(self) -> None:
        """See what another process has written since; a damaged shard counts as not there."""
        for _ in range(_TRIES):
            # A file that was listed and is gone was merged just now: look again.
            with suppress(FileNotFoundError):
                self._refresh()
                return
        raise DenseError(f"{self.folder} changes too fast to be read; try again")

    def _refresh(self) -> None:
        removed = self._read_removed()
        held = {shard.path: shard for shard in self._shards}
        same = np.array_equal(removed, self._removed)
        shards: list[Shard] = []
        # The widest span first: a merged shard stands for those it was made of.
        for path in sorted(self.folder.glob("*.vec"), key=lambda p: (span(p)[0], -span(p)[1])):
            if shards and span(path)[1] <= shards[-1].last:
                continue
            shard = held.get(path)
            known = shard is not None and shard.stamp == stamp(path)
            if not known:
                shard = read_shard(path, self._dimension)
            if shard is not None:
                shards.append(shard if known and same else without(shard, removed))
        alive = [shard.ids[shard.alive] for shard in shards]
        self._covered = np.unique(np.concatenate(alive)) if alive else np.empty(0, np.int64)
        # Assigned whole: a search in another thread goes on with the shards it began with.
        self._shards, self._removed = tuple(shards), removed

    def coverage(self, held: int) -> Coverage:
        """How much of a library of `held` passages is embedded."""
        return Coverage(len(self._covered), held)

    def covered(self) -> list[int]:
        """The ids of all passages that have a vector, in order."""
        return [int(passage) for passage in self._covered]

    def missing(self, passages: Iterable[int]) -> list[int]:
        """Those of `passages` without a vector, in their order."""
        asked = np.fromiter(passages, np.int64)
        return [int(passage) for passage in asked[~np.isin(asked, self._covered)]]

    def add(self, passages: Sequence[int], vectors: Vector) -> None:
        """Keep `vectors[i]` for `passages[i]`, in place of any earlier ones of that passage.

        An id given several times has several vectors. Safe on disk when this returns.
        """
        ids = np.asarray(passages, np.int64)
        if vectors.shape != (len(ids), self._dimension):
            raise ValueError(f"{vectors.shape} for {len(ids)} vectors of {self._dimension}")
        if not np.isfinite(vectors).all():
            raise ValueError("a vector holds a number that is not finite")
        if not len(ids):
            return
        with self._writing():
            self._forget(ids)
            number = self._last() + 1
            write_shard(self.folder, number, number, ids, vectors)
            self.refresh()
            if sum(len(s.ids) < _ENOUGH for s in self._shards) >= _SMALL_SHARDS:
                self._merge()

    def remove(self, passages: Iterable[int]) -> None:
        """Forget these passages' vectors; ids without one are passed over."""
        with self._writing():
            self._forget(np.fromiter(passages, np.int64))

    def clear(self) -> None:
        """Forget everything, and which model made it."""
        with self._lock():
            for path in (*self.folder.glob("*.vec"), *self.folder.glob("*.tmp")):
                path.unlink(missing_ok=True)
            (self.folder / _REMOVED_FILE).unlink(missing_ok=True)
            (self.folder / _MODEL_FILE).unlink(missing_ok=True)
            self.refresh()

    def compact(self) -> None:
        """Put small shards together and give back the room of what was removed."""
        with self._writing():
            self._merge()

    def search(
        self, vector: Vector, limit: int, only: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """The nearest passages with their cosine (vectors have length 1), nearest first.

        Ties in the order of their ids. `only`: those of these passages that have a vector.
        """
        among = None if only is None else np.unique(np.fromiter(only, np.int64))
        found = [scores(shard, vector, among) for shard in self._shards]
        if limit <= 0 or not found:
            return []
        ids = np.concatenate([ids for ids, _ in found])
        return _best(ids, np.concatenate([near for _, near in found]), limit)

    def _read_removed(self) -> NDArray[np.int64]:
        with suppress(OSError, ValueError, EOFError):
            pairs = np.load(self.folder / _REMOVED_FILE, allow_pickle=False)
            return np.asarray(pairs, np.int64).reshape(-1, 2)
        return np.empty((0, 2), np.int64)

    def _last(self) -> int:
        return max((span(path)[1] for path in self.folder.glob("*.vec")), default=0)

    def _check_model(self) -> None:
        path = self.folder / _MODEL_FILE
        try:
            held = json.loads(path.read_text("utf-8"))
            made = (held["format"], held["model"], held["dimension"])
        except (FileNotFoundError, NotADirectoryError):
            return
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DenseError(
                f"{path} cannot be read; remove that folder and embed the passages again"
            ) from error
        if made != (_FORMAT, self._model, self._dimension):
            raise DenseError(
                f"{self.folder} holds vectors made by {made[1]}, not by {self._model}; remove that "
                "folder and embed the passages again, or set PROBATUM_DENSE_MODEL to the old model"
            )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", timeout=_LOCK_SECONDS):
                yield
        except Timeout as error:
            raise DenseError(
                f"{self.folder} is being written by another process; try again when it is done"
            ) from error
        except OSError as error:
            raise DenseError(
                f"{self.folder}: vectors cannot be written here ({error.strerror or error})"
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, know what others wrote before, and say whose vectors these are."""
        with self._lock():
            self._check_model()
            self.refresh()
            path = self.folder / _MODEL_FILE
            if not path.exists():
                text = {"format": _FORMAT, "model": self._model, "dimension": self._dimension}
                write_beside(path, lambda file: file.write(json.dumps(text).encode()))
            yield

    def _forget(self, ids: NDArray[np.int64]) -> None:
        """Write down that these are gone from every shard there is by now."""
        gone = np.intersect1d(ids, self._covered)
        if len(gone):
            pairs = np.stack([gone, np.full(len(gone), self._last(), np.int64)], axis=1)
            held = np.concatenate([self._removed, pairs])
            write_beside(self.folder / _REMOVED_FILE, lambda file: np.save(file, held))
            self.refresh()

    def _merge(self) -> None:
        """Merge neighbours that are small or have holes, then delete what is no longer needed."""
        groups: list[list[Shard]] = []
        size = _ENOUGH
        for shard in self._shards:
            if size >= _ENOUGH:
                groups.append([])
                size = 0
            groups[-1].append(shard)
            size += int(shard.alive.sum())
        for group in groups:
            if len(group) > 1 or not group[0].alive.all():
                merge(self.folder, group)
        self.refresh()
        held = {shard.path for shard in self._shards}
        for path in (*self.folder.glob("*.vec"), *self.folder.glob("*.tmp")):
            if path not in held:
                with suppress(OSError):  # Windows keeps a file that a reader has mapped.
                    path.unlink()
        # What was removed is in no shard any more, so it need not be known either.
        (self.folder / _REMOVED_FILE).unlink(missing_ok=True)
        self.refresh()


def _best(ids: NDArray[np.int64], scores: Vector, limit: int) -> list[tuple[int, float]]:
    """Each passage once, with its best score; twice as many vectors are looked at until enough."""
    count = min(len(ids), 2 * limit)
    while True:
        # All that score as the last one does are taken, so that the order of ids decides.
        least = np.partition(scores, len(ids) - count)[len(ids) - count] if count else 0.0
        top = np.flatnonzero(scores >= least)
        order = top[np.lexsort((ids[top], -scores[top]))]
        _, places = np.unique(ids[order], return_index=True)
        if len(places) >= limit or count == len(ids):
            rows = order[np.sort(places)[:limit]]
            return [(int(ids[row]), float(scores[row])) for row in rows]
        count = min(len(ids), 2 * count)
