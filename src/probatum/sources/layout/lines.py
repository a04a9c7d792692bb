"""The lines of a text file with their numbers, in little memory and whatever the encoding.

UTF-8 with or without a byte order mark and UTF-16 with one; a line that is not UTF-8 is taken as
Windows-1252 (older exports from bibliographic programs), which declares itself nowhere.
"""

import codecs
from collections.abc import Iterator

from probatum.sources.file import SourceFile

# A break in compressed data costs at most this much of what came before it.
_PIECE = 8192


def lines(file: SourceFile, longest: int) -> Iterator[tuple[int, str | None]]:
    """Each line's number, from 1, and text without its end; None for one of more bytes than
    `longest`, which is passed over without being held in memory."""
    number, size = 1, 0
    line: list[bytes] = []
    for piece in _pieces(file):
        first, *others = piece.split(b"\n")
        size += len(first)
        if size > longest:
            line = []
        else:
            line.append(first)
        for part in others:
            yield number, _decoded(b"".join(line)) if size <= longest else None
            number, size, line = number + 1, len(part), [part]
    if size:
        yield number, _decoded(b"".join(line)) if size <= longest else None


def _pieces(file: SourceFile) -> Iterator[bytes]:
    """The file in UTF-8, or in what it has instead."""
    with file.open() as stream:
        piece = stream.read(_PIECE)
        if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            decoder = codecs.getincrementaldecoder("utf-16")("replace")
            while piece:
                yield decoder.decode(piece).encode("utf-8", "replace")
                piece = stream.read(_PIECE)
            return
        piece = piece.removeprefix(codecs.BOM_UTF8)
        while piece:
            yield piece
            piece = stream.read(_PIECE)


def _decoded(line: bytes) -> str:
    line = line.removesuffix(b"\r")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
