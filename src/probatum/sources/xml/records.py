"""The records of a large XML file, one at a time and in little memory.

A yearly PubMed file holds 30,000 articles in 200 MB, so no tree of it is kept. Three things of
libxml2's push parser need care, or articles are lost without a word: `feed` may return although
the document has broken (and takes what follows for a new document), an error hides records that
were complete before it, and whatever is not asked for piles up under the root.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from probatum.evidence.document import Skipped
from probatum.sources.file import SourceFile
from probatum.sources.limits import UnreadableError

# Bytes of one record. An article with five thousand authors and their addresses takes about two
# million; a tree needs up to thirty times the bytes of its text, and this bounds the memory.
RECORD_BYTES = 8_000_000
# What is read at once: a break in compressed data costs at most this much of what came before it.
_PIECE = 32_768

_OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "recover": False,
    "collect_ids": False,
    "remove_comments": True,
    "remove_pis": True,
}
_FATAL: Final = etree.ErrorLevels.FATAL
# libxml2's names of the ways in which a document breaks, as a person would say them.
_SAID: Final = {
    "ERR_TAG_NOT_FINISHED": "it breaks off in the middle",
    "ERR_DOCUMENT_EMPTY": "it is not XML",
    "ERR_RESERVED_XML_NAME": "it holds several XML documents one after the other",
    "ERR_DOCUMENT_END": "it goes on after the end of its XML document",
    "ERR_UNDECLARED_ENTITY": "it names a character that is not defined",
    "ERR_RESOURCE_LIMIT": "it is nested too deep or grows beyond all measure",
    "ERR_INVALID_ENCODING": "its bytes are not in the encoding that it declares",
    "ERR_UNSUPPORTED_ENCODING": "it declares an encoding that is not known",
}


def records(
    file: SourceFile, tags: tuple[str, ...], none: str = "it holds no record"
) -> Iterator[etree._Element | Skipped]:
    """Each child of the root with one of these names, emptied again when the next is asked for.

    What else stands under the root is Skipped. An UnreadableError comes after the last record that
    was complete and says how many there were; `none` is its text for a sound file without any.
    """
    count = 0
    with file.open() as stream:
        feed = _Feed(stream, tags)
        while not feed.ended:
            feed.read()
            for _, record in feed.parser.read_events():
                if not isinstance(record, etree._Element):
                    continue
                parent = record.getparent()
                if parent is not None and parent.getparent() is not None:
                    continue  # inside another element: part of that one
                if not count and _defines_entities(record):
                    raise UnreadableError("its document type defines entities, which is not safe")
                count, feed.unused = count + 1, 0
                yield record
                record.clear()
                yield from _passed_over(record, tags)
    if feed.broken is not None:
        after = f", after {count} complete records" if count else ""
        raise UnreadableError(f"{feed.broken}{after}")
    if not count:
        raise UnreadableError(none)
    if feed.root is not None and len(feed.root):
        yield from _passed_over(feed.root[-1], tags)
        if feed.root[-1].tag not in tags:
            yield _no_record(feed.root[-1])


class _Feed:
    """A file on its way through the parser, piece by piece, and what went wrong with it."""

    def __init__(self, stream: BinaryIO, tags: tuple[str, ...]) -> None:
        self.parser = etree.XMLPullParser(events=("end",), tag=tags, **_OPTIONS)
        self.ended = False
        self.broken: str | None = None
        self.root: etree._Element | None = None
        self.unused = 0  # bytes since the last record was complete
        self._stream = stream
        self._over = False

    def read(self) -> None:
        piece = b""
        try:
            piece = self._stream.read(_PIECE)
            self._over = not piece
            if piece:
                self.parser.feed(piece)
            else:
                self.root = self.parser.close()
        except UnreadableError as error:
            self.broken = str(error)
        except etree.XMLSyntaxError as error:
            self.broken = self._fatal() or (
                f"its XML is damaged ({error.msg})" if piece else "it is not XML"
            )
        else:
            self.broken = self._fatal()
            self.unused += len(piece)
            if self.unused > RECORD_BYTES + _PIECE:
                self.broken = f"one record in it is larger than {RECORD_BYTES // 1_000_000} MB"
            self.ended = not piece
        self.ended = self.ended or self.broken is not None

    def _fatal(self) -> str | None:
        for entry in self.parser.feed_error_log:
            if entry.level == _FATAL:
                said = _SAID.get(entry.type_name, f"its XML is damaged ({entry.message.strip()})")
                if self._over and entry.type_name not in _SAID:
                    said = _SAID["ERR_TAG_NOT_FINISHED"]
                return f"{said}, at line {entry.line}"
        return None


def _defines_entities(record: etree._Element) -> bool:
    dtd = record.getroottree().docinfo.internalDTD
    return dtd is not None and next(iter(dtd.iterentities()), None) is not None  # type: ignore[attr-defined]


def _passed_over(record: etree._Element, tags: tuple[str, ...]) -> Iterator[Skipped]:
    """Take out what stands before a record, naming what is none."""
    parent = record.getparent()
    while parent is not None and (before := record.getprevious()) is not None:
        if before.tag not in tags:
            yield _no_record(before)
        if before.tail and not before.tail.isspace():
            yield Skipped(f"line {before.sourceline}", "the text after this record belongs to none")
        parent.remove(before)


def _no_record(element: etree._Element) -> Skipped:
    return Skipped(f"line {element.sourceline}", f"<{element.tag}> is no record of this format")
