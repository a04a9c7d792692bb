"""A file or archive member on its way to a parser: decompressed, measured, never trusted."""

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from probatum.sources.limits import EXPANSION, STREAMED_BYTES, WHOLE_BYTES, UnreadableError

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class SourceFile:
    """Something to parse. `name` is shown to people and tells the ending; `content` replaces the
    file's bytes where they come from an archive or a test."""

    name: str
    path: Path | None = None
    content: bytes | None = None

    def open(self) -> BinaryIO:
        """The bytes, gunzipped where they are gzip; reading past a limit is an UnreadableError."""
        raw: BinaryIO
        if self.content is not None:
            raw, size = io.BytesIO(self.content), len(self.content)
        elif self.path is not None:
            raw, size = self.path.open("rb"), self.path.stat().st_size
        else:
            raise UnreadableError("there is no content")
        start = raw.read(2)
        raw.seek(0)
        if start != _GZIP:
            return _Limited(raw, STREAMED_BYTES)
        most = min(STREAMED_BYTES, max(size * EXPANSION, 10_000_000))
        return _Limited(gzip.GzipFile(fileobj=raw), most)

    def head(self, length: int = 4096) -> bytes:
        """The first bytes, for recognising the format."""
        with self.open() as stream:
            return stream.read(length)

    def whole(self) -> bytes:
        """All bytes of a file that has to be in memory at once."""
        with self.open() as stream:
            content = stream.read(WHOLE_BYTES + 1)
        if len(content) > WHOLE_BYTES:
            raise UnreadableError(f"it is larger than {WHOLE_BYTES // 1_000_000} MB")
        return content


class _Limited(io.RawIOBase, BinaryIO):
    """A stream that ends in a clear error instead of filling the memory or the disk."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile, most: int) -> None:
        self._stream = stream
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def read(self, size: int = -1) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else size
        pieces = []
        try:
            while wanted > 0:
                piece = self._stream.read(min(wanted, 1 << 20))
                if not piece:
                    break
                pieces.append(piece)
                wanted -= len(piece)
                self._left -= len(piece)
                if self._left < 0:
                    raise UnreadableError("it grows beyond all measure when decompressed or read")
                if 0 <= size <= len(piece):
                    break
        except EOFError as error:
            raise UnreadableError("its compressed data end too early") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise UnreadableError("its compressed data are damaged") from error
        return b"".join(pieces)

    def close(self) -> None:
        self._stream.close()
        super().close()
