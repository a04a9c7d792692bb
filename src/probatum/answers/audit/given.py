"""What was given to be audited: a text as it is, or one taken out of a page, a PDF or a record.

A plain text keeps every character, so that offsets are those of the file. Any other format goes
through its parser, scripts and menus left behind, and its text is written out with its headings.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from probatum.answers.audit.auditor import AuditError
from probatum.evidence.document import Block, Document
from probatum.sources.file import SourceFile
from probatum.sources.formats import Settings, UnknownFormatError, read, recognise
from probatum.sources.limits import UnreadableError

# Documents of one file that are read: a PubMed file may hold thousands.
_MOST = 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
    "text/markdown": ".md",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A text with its name; `derived` when it was taken out of another format."""

    name: str
    text: str
    derived: bool = False


def given(content: bytes, name: str, kind: str | None = None) -> Given:
    """The text of a file's bytes; AuditError says in one sentence why there is none.

    `kind` is the content type that came with it, where its name has no ending of its own.
    """
    # What comes without a name of its own (stdin) is plain text unless it begins like another.
    ending = _ENDINGS.get(kind or "", "" if PurePath(name).suffix else ".txt")
    file = SourceFile(name if name.lower().endswith(ending) else f"{name}{ending}", content=content)
    try:
        format = recognise(file)
        if format == "md":
            return Given(name, _decoded(content))
        documents = [item for item in read(file, format, Settings()) if isinstance(item, Document)][
            :_MOST
        ]
    except UnknownFormatError as error:
        raise AuditError(f"{name}: {error.plainly}.") from error
    except UnreadableError as error:
        raise AuditError(f"{name}: {error}.") from error
    text = "\n\n".join("".join(_written(document)) for document in documents)
    if not text.strip():
        raise AuditError(f"{name}: it holds no text to audit.")
    return Given(name, text, derived=True)


def _decoded(content: bytes) -> str:
    """The characters of a plain text; bytes that are not UTF-8 are read as Windows does."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _written(document: Document) -> Iterator[str]:
    """A document as Markdown: its title, headings by depth, items and rows with their marks."""
    if document.title:
        yield f"# {document.title}\n\n"
    path: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    for block in document.blocks:
        if block.kind == "heading":
            continue
        if block.headings != path:
            shared = sum(1 for _ in _alike(path, block.headings))
            for depth in range(shared, len(block.headings)):
                yield f"\n{'#' * min(6, depth + 2)} {block.headings[depth]}\n\n"
            path = block.headings
        if block.kind != "row":
            columns = ()
        yield from _block(block, columns)
        columns = block.columns


def _alike(one: tuple[str, ...], two: tuple[str, ...]) -> Iterator[str]:
    for a, b in zip(one, two, strict=False):
        if a != b:
            return
        yield a


def _block(block: Block, columns: tuple[str, ...]) -> Iterator[str]:
    if block.kind == "row":
        if block.columns and block.columns != columns:
            yield f"\n| {' | '.join(block.columns)} |\n"
        yield f"| {block.text} |\n"
    elif block.kind == "item":
        yield f"- {block.text}\n"
    else:
        yield f"\n{block.text}\n\n"
