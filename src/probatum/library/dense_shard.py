"""One file of vectors: whole or not there, and mapped into memory rather than read.

A shard's name says which writes it stands for: `00000007-00000007.vec` is the seventh, and
`00000001-00000032.vec` is what the first thirty-two were put together into. Where both are found
the wider one counts, so that a crash between writing it and deleting the others costs nothing.
"""

import os
import struct
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from probatum.library.dense_model import MISSING, DenseError

try:
    import numpy as np
    from numpy.typing import NDArray
except ImportError as error:
    raise DenseError(MISSING) from error

_MAGIC = b"PROBVEC1"
_HEAD = struct.Struct("<8sQQ")
# Vectors begin at a multiple of this: a cache line.
_ALIGN = 64
# Rows multiplied at a time: as single floats they still fit a core's cache.
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Shard:
    """The vectors that writes `first` to `last` left; `alive` is false for what was removed.

    `stamp` changes with the file.
    """

    path: Path
    first: int
    last: int
    ids: NDArray[np.int64]
    scales: NDArray[np.float32]
    vectors: NDArray[np.int8]
    alive: NDArray[np.bool_]
    stamp: tuple[int, int]


def span(path: Path) -> tuple[int, int]:
    """The writes that a shard stands for, by its name; (0, 0) for a name that is none."""
    first, _, last = path.stem.partition("-")
    return (int(first), int(last)) if first.isdigit() and last.isdigit() else (0, 0)


def write_shard(
    folder: Path, first: int, last: int, ids: NDArray[np.int64], vectors: NDArray[np.float32]
) -> None:
    """Write vectors as bytes, each with the scale that makes its largest number 127."""
    scales = (np.abs(vectors).max(axis=1, initial=0.0) / 127.0).astype(np.float32)
    scales[scales == 0.0] = 1.0
    _write(folder, first, last, ids, scales, np.rint(vectors / scales[:, None]).astype(np.int8))


def merge(folder: Path, shards: Sequence[Shard]) -> None:
    """Write neighbouring shards as one, less what was removed; the caller deletes the old ones."""
    _write(
        folder,
        shards[0].first,
        shards[-1].last,
        np.concatenate([s.ids[s.alive] for s in shards]),
        np.concatenate([s.scales[s.alive] for s in shards]),
        np.concatenate([s.vectors[s.alive] for s in shards]),
    )


def stamp(path: Path) -> tuple[int, int]:
    """What tells one state of a file from another; raises OSError where there is none."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def read_shard(path: Path, dimension: int) -> Shard | None:
    """The shard in `path`, all of it alive; None where it is damaged or of another dimension.

    Raises FileNotFoundError where it is gone.
    """
    first, last = span(path)
    try:
        state = stamp(path)
        with path.open("rb") as file:
            magic, count, size = _HEAD.unpack(file.read(_HEAD.size))
            if (magic, size) != (_MAGIC, dimension) or first < 1:
                return None
            start = _start(count)
            if state[1] != start + count * dimension:
                return None
            file.seek(_ALIGN)
            ids = np.frombuffer(file.read(8 * count), "<i8").astype(np.int64)
            scales = np.frombuffer(file.read(4 * count), "<f4").astype(np.float32)
        vectors: NDArray[np.int8] = (
            np.memmap(path, np.int8, "r", start, (count, dimension))
            if count
            else np.empty((0, dimension), np.int8)
        )
    except FileNotFoundError:
        raise
    except (OSError, ValueError, struct.error):
        return None
    return Shard(path, first, last, ids, scales, vectors, np.ones(count, np.bool_), state)


def without(shard: Shard, removed: NDArray[np.int64]) -> Shard:
    """The shard less what was removed: pairs (passage, write), gone from shards to that write."""
    gone = removed[removed[:, 1] >= shard.last, 0]
    return replace(shard, alive=~np.isin(shard.ids, gone))


def scores(
    shard: Shard, vector: NDArray[np.float32], among: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The ids of what is there (and, where given, `among`), and how near each is to `vector`.

    Each row's sum is made alike wherever the row lies. Not by matrix product: its threads wait for
    each other at every block, which on a busy machine takes a hundred times as long.
    """
    alive = shard.alive if among is None else shard.alive & np.isin(shard.ids, among)
    rows = np.flatnonzero(alive)
    near = np.empty(len(rows), np.float32)
    block = np.empty((min(_BLOCK, len(rows)), len(vector)), np.float32)
    whole = len(rows) == len(alive)
    for start in range(0, len(rows), _BLOCK):
        end = min(start + _BLOCK, len(rows))
        part = block[: end - start]
        np.copyto(part, shard.vectors[start:end] if whole else shard.vectors[rows[start:end]])
        np.einsum("ij,j->i", part, vector, out=near[start:end])
    return shard.ids[rows], near * shard.scales[rows]


def write_beside(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all: under another name first, then renamed, safe on disk."""
    handle, name = tempfile.mkstemp(suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _start(count: int) -> int:
    return -(-(_ALIGN + 12 * count) // _ALIGN) * _ALIGN


def _write(
    folder: Path,
    first: int,
    last: int,
    ids: NDArray[np.int64],
    scales: NDArray[np.float32],
    vectors: NDArray[np.int8],
) -> None:
    def write(file: IO[bytes]) -> None:
        file.write(_HEAD.pack(_MAGIC, len(ids), vectors.shape[1]).ljust(_ALIGN, b"\0"))
        file.write(ids.astype("<i8").tobytes())
        file.write(scales.astype("<f4").tobytes())
        file.write(b"\0" * (_start(len(ids)) - _ALIGN - 12 * len(ids)))
        file.write(vectors.tobytes())

    write_beside(folder / f"{first:08d}-{last:08d}.vec", write)
