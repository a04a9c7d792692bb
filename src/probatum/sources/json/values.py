"""JSON from strangers: records one after another in constant memory, numbers as they were printed.

A registry's export is one array of half a million studies, a FHIR export one resource a line: read
whole, either fills the memory. And 0.50 is not 0.5 to a reader, so numbers stay strings.
Encodings are UTF-8 with or without a byte order mark and UTF-16 with one; a repeated key keeps its
last value, as in nearly every JSON reader.
"""

import codecs
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError
from typing import BinaryIO

from probatum.sources.file import SourceFile
from probatum.sources.limits import UnreadableError

# Bytes in memory of one record's text, and how many values it may have (by their commas and
# brackets): each value takes a hundred bytes and more, so that twenty million characters of "[]"
# would fill the memory.
_RECORD_BYTES = 60_000_000
_VALUES = 2_000_000
_PIECE = 1 << 16
# What a decoder complains about within this distance of the end may only be cut off.
_CUT = 64
_DAMAGED_LINES = 1000
_SPACE = re.compile(r"[ \t\r\n]*")
_DEEP = "its objects are nested too deeply"


class Number(str):
    """A JSON number with the digits it was written with."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One value of a file, counted from 1; `listed` when it stood in the array asked for, and
    `damage` says why there is none."""

    number: int
    value: object
    listed: bool = False
    damage: str | None = None


_DECODER = json.JSONDecoder(
    strict=False, parse_float=Number, parse_int=Number, parse_constant=Number
)


def records(file: SourceFile, inside: str | None = None) -> Iterator[Record]:
    """The values of a file: of a top-level array, one after another, or one a line.

    With `inside`, the elements of that array of a top-level object come one at a time, then the
    object itself with that array emptied. A damaged line of JSON Lines becomes a Record with
    `damage`; any other damage is an UnreadableError.
    """
    with file.open() as stream:
        yield from _Scanner(_Buffer(stream), inside).records()


class _Buffer:
    """Decoded text with a place in it, filled as far as it is needed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        start = stream.read(_PIECE)
        encoding = "utf-8-sig"
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self.ended = False
        self.text = ""
        self.at = 0
        self._take(start)

    def _take(self, piece: bytes) -> None:
        self.ended = not piece
        try:
            self.text += self._decoder.decode(piece, final=not piece)
        except UnicodeError as error:
            raise UnreadableError("its text is not UTF-8") from error

    def grow(self) -> None:
        """Read at least as much again as is still held."""
        self.text, self.at = self.text[self.at :], 0
        if sys.getsizeof(self.text) > _RECORD_BYTES:
            raise UnreadableError(f"one record is larger than {_RECORD_BYTES // 1_000_000} MB")
        if sum(map(self.text.count, ",[{")) > _VALUES:
            raise UnreadableError(f"one record has more than {_VALUES:,} values")
        wanted = max(_PIECE, len(self.text))
        pieces = []
        while wanted > 0:
            piece = self._stream.read(min(wanted, 1 << 20))
            if not piece:
                break
            pieces.append(piece)
            wanted -= len(piece)
        if pieces:
            self._take(b"".join(pieces))
        if wanted > 0 and not self.ended:
            self._take(b"")

    def peek(self) -> str:
        """The next character that is not white space; nothing at the end."""
        while True:
            space = _SPACE.match(self.text, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if self.ended:
                return ""
            self.grow()

    def value(self) -> object:
        """The next value; a ValueError when it is damaged."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except RecursionError as error:
                raise UnreadableError(_DEEP) from error
            except JSONDecodeError as error:
                near_end = error.pos >= len(self.text) - _CUT
                if self.ended or not (near_end or error.msg.startswith("Unterminated string")):
                    raise
            else:
                if end < len(self.text) or self.ended:
                    self.at = end
                    return value
            self.grow()

    def skip_line(self) -> None:
        """Go on after the next line end."""
        while True:
            end = self.text.find("\n", self.at)
            if end >= 0:
                self.at = end + 1
                return
            self.at = len(self.text)
            if self.ended:
                return
            self.grow()


class _Scanner:
    def __init__(self, buffer: _Buffer, inside: str | None) -> None:
        self._buffer = buffer
        self._inside = inside
        self._number = 0

    def records(self) -> Iterator[Record]:
        """Every record; see the function of the same name."""
        damaged = 0
        while (first := self._buffer.peek()) != "":
            before = self._number
            try:
                if first == "[":
                    yield from self._array(listed=False)
                elif first == "{" and self._inside is not None:
                    yield from self._object()
                else:
                    yield self._record(self._buffer.value())
            except ValueError as error:
                damaged += 1
                if before == 0 or first != "{" or damaged > _DAMAGED_LINES:
                    raise UnreadableError(_said(error)) from error
                self._number += 1
                yield Record(self._number, None, damage=_said(error))
                self._buffer.skip_line()

    def _record(self, value: object, listed: bool = False) -> Record:
        self._number += 1
        return Record(self._number, value, listed)

    def _array(self, listed: bool) -> Iterator[Record]:
        buffer = self._buffer
        buffer.at += 1
        if buffer.peek() == "]":
            buffer.at += 1
            return
        while True:
            yield self._record(buffer.value(), listed)
            mark = buffer.peek()
            if mark not in ("]", ","):
                raise JSONDecodeError("Expecting ',' delimiter", buffer.text, buffer.at)
            buffer.at += 1
            if mark == "]":
                return

    def _object(self) -> Iterator[Record]:
        buffer = self._buffer
        buffer.at += 1
        rest: dict[str, object] = {}
        if buffer.peek() == "}":
            buffer.at += 1
            yield self._record(rest)
            return
        while True:
            key = buffer.value() if buffer.peek() == '"' else None
            if not isinstance(key, str) or buffer.peek() != ":":
                raise JSONDecodeError("Expecting a property name", buffer.text, buffer.at)
            buffer.at += 1
            if key == self._inside and buffer.peek() == "[":
                yield from self._array(listed=True)
                rest[key] = []
            else:
                rest[key] = buffer.value()
            mark = buffer.peek()
            if mark not in ("}", ","):
                raise JSONDecodeError("Expecting ',' delimiter", buffer.text, buffer.at)
            buffer.at += 1
            if mark == "}":
                yield self._record(rest)
                return


def _said(error: ValueError) -> str:
    what = error.msg if isinstance(error, JSONDecodeError) else "a value that cannot be read"
    return f"its JSON is damaged or cut off ({what[:1].lower()}{what[1:]})"
