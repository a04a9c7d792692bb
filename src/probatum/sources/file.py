"""A file or archive member on its way to a parser: decompressed, measured, never trusted."""

import errno
import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast

from probatum.sources.limits import EXPANSION, STREAMED_BYTES, WHOLE_BYTES, UnreadableError

_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20
# However small a compressed file is, this much of what it holds is read.
_LEAST_EXPANDED = 10_000_000
_EARLY = "its compressed data end too early"
_DAMAGED = "its compressed data are damaged"
# What a damaged archive or stream is met with, by kind of compression; with an OSError, bzip2 does
# not say which, and a zip archive that names a place before its start has it of the system.
_FAULTS = (OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)


@dataclass(frozen=True)
class SourceFile:
    """Something to parse. `name` is shown to people and tells the ending.

    The bytes come from `path`, from the member of the zip archive there, or from `content`.
    `watch` is told how many bytes (as stored) have been read, for showing progress.
    """

    name: str
    path: Path | None = None
    member: str | None = None
    content: bytes | None = None
    watch: Callable[[int], None] | None = field(default=None, compare=False, repr=False)

    @property
    def size(self) -> int:
        """Bytes as stored."""
        if self.content is not None:
            return len(self.content)
        if self.path is None:
            return 0
        if self.member is not None:
            return archive(self.path).getinfo(self.member).compress_size
        return self.path.stat().st_size

    def open(self) -> BinaryIO:
        """The bytes, gunzipped where they are gzip; reading past a limit is an UnreadableError."""
        raw = self._raw()
        start = _start(raw)
        most = self._most_expanded
        if start == _GZIP:
            stream: BinaryIO = cast(BinaryIO, gzip.GzipFile(fileobj=raw))
        else:
            stream = raw
            most = most if self.member is not None else STREAMED_BYTES
        limited = _Limited(stream, most, self.watch and _position(raw, self.watch))
        return cast(BinaryIO, limited)

    @property
    def _most_expanded(self) -> int:
        return min(STREAMED_BYTES, max(self.size * EXPANSION, _LEAST_EXPANDED))

    def _raw(self) -> BinaryIO:
        if self.content is not None:
            return io.BytesIO(self.content)
        if self.path is None:
            raise UnreadableError("there is no content")
        if self.member is None:
            return self.path.open("rb")
        try:
            return cast(BinaryIO, archive(self.path).open(self.member))
        except NotImplementedError as error:
            reason = "it is packed in a way that is not read; unpack it and add what is inside"
            raise UnreadableError(reason) from error
        except (*_FAULTS, EOFError, ValueError, KeyError) as error:
            _raise_if_of_the_system(error)
            raise UnreadableError("it cannot be taken out of its damaged archive") from error

    def head(self, length: int = 4096) -> bytes:
        """The first bytes, for recognising the format."""
        with self.open() as stream:
            return stream.read(length)

    def whole(self) -> bytes:
        """All bytes of a file that has to be in memory at once."""
        with self.open() as stream:
            content = stream.read(WHOLE_BYTES + 1)
            # Where compressed data break off, that is said only after what there was of them.
            more = stream.read(1)
        if more or len(content) > WHOLE_BYTES:
            raise UnreadableError(f"it is larger than {WHOLE_BYTES // 1_000_000} MB")
        return content

    def sha256(self) -> str:
        """The hash of the bytes as stored; of a member, of what it holds."""
        hashed = hashlib.sha256()
        most = STREAMED_BYTES * 4 if self.member is None else self._most_expanded
        with _Limited(self._raw(), most) as stream:
            while piece := stream.read(_PIECE):
                hashed.update(piece)
        return hashed.hexdigest()


@lru_cache(maxsize=4)
def archive(path: Path) -> zipfile.ZipFile:
    """The zip archive at `path`, opened once; a damaged one is an UnreadableError."""
    try:
        return zipfile.ZipFile(path)
    except (*_FAULTS, ValueError, struct.error) as error:
        _raise_if_of_the_system(error)
        raise UnreadableError("it is a damaged zip archive") from error


def _start(raw: BinaryIO) -> bytes:
    """The first two bytes. Damage is told at once: a member read again afterwards looks empty."""
    try:
        start = raw.read(2)
        raw.seek(0)
    except EOFError as error:
        raise UnreadableError(_EARLY) from error
    except _FAULTS as error:
        _raise_if_of_the_system(error)
        raise UnreadableError(_DAMAGED) from error
    return start


def _raise_if_of_the_system(error: Exception) -> None:
    """A file that is gone or a disk that fails is no fault of what the file holds."""
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
        raise error


def _position(raw: BinaryIO, watch: Callable[[int], None]) -> Callable[[], None]:
    return lambda: watch(raw.tell())


class _Limited(io.RawIOBase):
    """A stream that ends in a clear error instead of filling the memory or the disk."""

    def __init__(
        self, stream: BinaryIO, most: int, watch: Callable[[], None] | None = None
    ) -> None:
        self._stream = stream
        self._left = most
        self._watch = watch
        self._error: UnreadableError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else size
        pieces = []
        while wanted > 0 and (piece := self._piece(min(wanted, _PIECE))):
            pieces.append(piece)
            wanted -= len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise UnreadableError("it grows beyond all measure when it is decompressed or read")
        if self._watch:
            self._watch()
        if self._error and not pieces:
            raise self._error
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        """The next bytes; where the data break off, first what there is and then the error."""
        if self._error:
            return b""
        try:
            return self._stream.read1(size)  # type: ignore[attr-defined, no-any-return]
        except EOFError:
            self._error = UnreadableError(_EARLY)
        except _FAULTS as error:
            _raise_if_of_the_system(error)
            self._error = UnreadableError(_DAMAGED)
        return b""

    def close(self) -> None:
        self._stream.close()
        super().close()
