"""XML whose named characters ("&alpha;") are written as numbers before a parser sees them.

The names are defined in a DTD, and none is loaded. Left to the parser they would vanish from
attributes and be an error or a gap in text. HTML's names include the ISO sets that the journal DTDs
use; a name that is not among them is an error, never a silent gap. UTF-16 becomes UTF-8 on the way,
since names are looked for in bytes.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import BinaryIO, Final

from probatum.sources.file import SourceFile
from probatum.sources.limits import UnreadableError

_PIECE: Final = 1 << 15
# Longer than any name of a character and than any opening mark.
_HELD: Final = 64
_OPENING: Final = re.compile(rb"<!--|<!\[CDATA\[|<\?|<!ENTITY|&([A-Za-z][A-Za-z0-9.]{0,59});")
_CLOSING: Final = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_OF_XML: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True)
class NumberedFile(SourceFile):
    """A file of XML, read with numbers in place of its named characters."""

    def open(self) -> BinaryIO:
        return _Numbered(SourceFile.open(self))


def numbered(file: SourceFile) -> SourceFile:
    """The same file with every named character as a number."""
    return NumberedFile(file.name, file.path, file.member, file.content, file.watch)


class _Numbered(io.RawIOBase, BinaryIO):
    """The stream; what it reads may be longer than was asked for, and is empty only at the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pieces = _pieces(stream)

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0:
            return b"".join(self._pieces)
        return next((piece for piece in self._pieces if piece), b"")

    def close(self) -> None:
        self._stream.close()
        super().close()


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    pending, until = b"", None
    for piece in _bytes(stream):
        data, at = pending + piece, 0
        done: list[bytes] = []
        while True:
            if until is not None:
                end = data.find(until, at)
                if end < 0:
                    keep = max(at, len(data) - len(until) + 1)
                    break
                done.append(data[at : end + len(until)])
                at, until = end + len(until), None
            opening = _OPENING.search(data, at)
            if opening is None:
                keep = _open_end(data, at)
                break
            done += (data[at : opening.start()], _number(opening))
            at, until = opening.end(), _CLOSING.get(opening[0])
        done.append(data[at:keep])
        pending = data[keep:]
        yield b"".join(done)
    yield pending


def _open_end(data: bytes, at: int) -> int:
    """Where a mark or a name may have begun that the next piece ends."""
    last = max(data.rfind(b"<", at), data.rfind(b"&", at))
    return last if last >= max(at, len(data) - _HELD) else len(data)


def _number(opening: re.Match[bytes]) -> bytes:
    name: bytes | None = opening[1]
    if opening[0] == b"<!ENTITY":
        raise UnreadableError("its document type defines entities, which is not safe")
    if name is None or name in _OF_XML:
        return opening[0]
    characters = html5.get(f"{name.decode('ascii')};")
    if characters is None:
        raise UnreadableError(f"it uses the unknown character name &{name.decode('ascii')};")
    return "".join(f"&#{ord(each)};" for each in characters).encode("ascii")


def _bytes(stream: BinaryIO) -> Iterator[bytes]:
    start = stream.read(_PIECE)
    if not start.strip():
        raise UnreadableError("it is empty")
    encoding = _wide_encoding(start)
    if encoding is None:
        yield start
        while piece := stream.read(_PIECE):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(start).lstrip("\ufeff")
        yield _DECLARATION.sub("", text).encode("utf-8")
        while piece := stream.read(_PIECE):
            yield decoder.decode(piece).encode("utf-8")
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise UnreadableError("its UTF-16 text is damaged") from error


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16, by its mark or by how "<" is written in it."""
    if head.startswith((codecs.BOM_UTF16_LE, b"<\x00")):
        return "utf-16-le"
    if head.startswith((codecs.BOM_UTF16_BE, b"\x00<")):
        return "utf-16-be"
    return None
