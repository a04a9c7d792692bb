"""PDF: a picture of pages, read back into text.

The file holds letters at places; what is a line, a column, a paragraph or a heading is made out
from the places (`pdf_layout`), in the way a person sees it. Not text of the work, and left out:
running headers and footers, page numbers, and the line numbers of a draft, all only where they come
again at the same place on many pages. A table is kept as rows where its lines or its alignment show
the cells; else its words are kept as paragraphs. The library that reads the format runs as a
process of its own (`pdf_process`).

The year is read from the first page, never from the file's creation date: that is the day on which
somebody pressed a button, not the edition's.
"""

import time
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from probatum.evidence.document import Block, BlockKind, Document, Item, Skipped
from probatum.evidence.source import Depth, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.layout.text import clean
from probatum.sources.limits import SECONDS, UnreadableError
from probatum.sources.pdf.front import date_of, title_of
from probatum.sources.pdf.headings import Level, is_caption, levels
from probatum.sources.pdf.layout import lay_out
from probatum.sources.pdf.paragraphs import Piece
from probatum.sources.pdf.process import Extract, Page, extract
from probatum.sources.works.type import type_of_title

_SCANNED = "its pages are images: it holds no text (run OCR first)"
_IMAGE = "it is an image without text (run OCR first)"
_CODES = "its letters carry no character codes (run OCR first)"
# The part of a page's letters without a known meaning from which on the page is no text.
_UNKNOWN = 0.5


def recognise(name: str, head: bytes) -> bool:
    """Readers allow up to 1,024 bytes before the mark (ISO 32000-1, annex H, note 13)."""
    return b"%PDF-" in head[:1_024]


def read(file: SourceFile) -> Iterator[Item]:
    """One document, behind it each run of pages that could not be used."""
    end = time.monotonic() + SECONDS
    found = extract(file.whole())
    lost = dict(found.lost)
    usable = []
    for number, page in sorted(found.pages.items()):
        reason = _unusable(page)
        if reason:
            lost[number] = reason
        elif page.words:
            usable.append(page)
        if page.cut:
            yield Skipped(f"page {number + 1}", "it has more characters than a page can have")
    if not usable:
        raise UnreadableError(_nothing(found, lost))
    pieces = lay_out(usable, end)
    if not pieces:
        raise UnreadableError("it holds nothing but page numbers and running titles")
    yield _document(file.name, found, pieces)
    yield from _skipped(lost)


def _unusable(page: Page) -> str | None:
    if not page.words:
        return _IMAGE if page.pictures else None
    if page.unknown > _UNKNOWN * max(page.characters, 1):
        return _CODES
    return None


def _nothing(found: Extract, lost: dict[int, str]) -> str:
    reasons = set(lost.values())
    if reasons and reasons <= {_IMAGE, _CODES}:
        return _SCANNED if _IMAGE in reasons else _CODES.replace("it is", "its pages are")
    if reasons:
        return f"none of its {found.count} pages can be read: {sorted(reasons)[0]}"
    return "its pages are empty"


def _skipped(lost: dict[int, str]) -> Iterator[Skipped]:
    """One entry for each run of pages with the same reason."""
    run: list[int] = []
    for number in [*sorted(lost), -1]:
        if run and (number != run[-1] + 1 or lost[number] != lost[run[0]]):
            pages = f"page {run[0] + 1}" if len(run) == 1 else f"pages {run[0] + 1}–{run[-1] + 1}"
            yield Skipped(pages, lost[run[0]])
            run = []
        run.append(number)


def _document(name: str, found: Extract, pieces: list[Piece]) -> Document:
    base = PurePath(name).name
    title = clean(title_of(found.about.get("Title", ""), pieces, PurePath(base).stem))
    date, year = date_of(title, pieces)
    headings = levels(pieces, found.bookmarks, title)
    kind = type_of_title(title)
    if kind is SourceType.OTHER:
        near = (pieces[at].text for at in sorted(headings)[:3] if pieces[at].page == 0)
        kind = next((k for k in map(type_of_title, near) if k is not SourceType.OTHER), kind)
    author = found.about.get("Author", "")
    return Document(
        source=f"file:{base}",
        title=title,
        type=kind,
        depth=Depth.FULL_TEXT,
        blocks=tuple(_blocks(pieces, headings, title)),
        format="pdf",
        date=date,
        year=year,
        authors=tuple(clean(part) for part in author.split(";") if " " in part.strip()),
        language=None,
    )


def _blocks(pieces: Iterable[Piece], levels: dict[int, Level], title: str) -> Iterator[Block]:
    stack: list[tuple[Level, str]] = []
    for at, piece in enumerate(pieces):
        page = piece.page + 1
        level = levels.get(at)
        if level is not None:
            while stack and stack[-1][0] >= level:
                stack.pop()
        path = tuple(text for _, text in stack)
        text = clean(piece.text)
        if level is not None:
            stack.append((level, text))
            yield Block(text, "heading", path, page)
        elif piece.table:
            for row in piece.table.rows:
                cells = clean(" | ".join(row))
                yield Block(cells, "row", path, page, columns=piece.table.header)
        elif text == title and not text.endswith("."):
            yield Block(text, "heading", path, page)
        elif text:
            kind: BlockKind = (
                "item" if piece.item else "caption" if is_caption(text) else "paragraph"
            )
            yield Block(text, kind, path, page)
