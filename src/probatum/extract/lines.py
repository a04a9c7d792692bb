"""The lines of a held text with what each of them is: prose, item, caption or a table's row.

A held text is one string, and a finding's words are a slice of it; but whether a number stands in a
cell, under which column and in which section, is known only of the blocks that the text was made
from. Here the two come together, once, so that every reader of a document works with offsets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from probatum.evidence.document import Block, BlockKind, Document
from probatum.sources.layout.cells import NOTHING

_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row; `text[start:end]` of the held text holds its words (a bar reads "¦")."""

    start: int
    end: int
    text: str

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return self.text in ("", NOTHING)


@dataclass(frozen=True, slots=True)
class Line:
    """A block at its place: `held[start:end] == text`, offsets in characters of the held text."""

    start: int
    end: int
    text: str
    kind: BlockKind
    headings: tuple[str, ...] = ()
    page: int | None = None
    columns: tuple[str, ...] = ()
    code: str | None = None

    @property
    def locator(self) -> str:
        """Where a person finds it: page and section, or "text" where neither is known."""
        parts = [f"p. {self.page}"] if self.page is not None else []
        if self.headings:
            parts.append(" › ".join(self.headings))
        return ", ".join(parts) or "text"

    def cells(self) -> tuple[Cell, ...]:
        """A row's cells at their places; empty for anything else."""
        if self.kind != "row":
            return ()
        found = []
        at = self.start
        for piece in self.text.split(_BETWEEN):
            found.append(Cell(at, at + len(piece), piece))
            at += len(piece) + len(_BETWEEN)
        return tuple(found)


def lines(document: Document, text: str) -> tuple[Line, ...]:
    """Each block that is in the held text, in order; a block that is not there is left out.

    `text` is what `lay_out` made of the document: a line a block, with heading lines between.
    """
    return tuple(_placed(document.blocks, text))


def _placed(blocks: Iterable[Block], text: str) -> Iterator[Line]:
    at = 0
    for block in blocks:
        if not block.text:
            continue
        start = _line_of(text, block.text, at)
        if start < 0:
            continue
        end = start + len(block.text)
        yield Line(
            start,
            end,
            block.text,
            block.kind,
            block.headings,
            block.page,
            block.columns,
            block.code,
        )
        at = end


def _line_of(text: str, words: str, at: int) -> int:
    """Where the next line that is exactly these words begins; -1 when there is none."""
    while (start := text.find(words, at)) >= 0:
        end = start + len(words)
        opens = start == 0 or text[start - 1] == "\n"
        if opens and (end == len(text) or text[end] == "\n"):
            return start
        # A block is never part of a line: go on behind the next line break.
        following = text.find("\n", start)
        if following < 0:
            return -1
        at = following
    return -1


def tables(found: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """Rows that stand together, each run with its caption before and its footnotes behind it.

    Two tables without a word between them have codes of their own, and so have footnotes.
    """
    caption: Line | None = None
    rows: list[Line] = []
    for line in found:
        same = bool(rows) and line.code == rows[0].code
        if line.kind == "row":
            if rows and (not same or rows[-1].kind != "row"):
                yield tuple([caption, *rows] if caption else rows)
                rows, caption = [], None
            rows.append(line)
        elif same and line.code is not None and line.kind in ("paragraph", "item"):
            rows.append(line)
        else:
            if rows:
                yield tuple([caption, *rows] if caption else rows)
            rows, caption = [], line if line.kind == "caption" else None
    if rows:
        yield tuple([caption, *rows] if caption else rows)
