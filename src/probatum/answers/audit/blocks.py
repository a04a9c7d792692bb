"""A foreign text in blocks: headings, paragraphs, items of lists and rows of tables, in place.

A claim is often only whole with what stands above it: an item with the sentence that opens its
list, a row with its column heads, a sentence with its heading. So each block knows the spans it
hangs under. The text is never changed: every span is one of the text that was given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Kind = Literal["heading", "paragraph", "item", "row"]

_LINE = re.compile(r"[^\n]+")
_MARKDOWN = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+")
_ITEM = re.compile(r"([ \t]*)(?:[•●▪◦‣*+–—·-]|\(?(?:\d{1,3}|[a-z])[.)])[ \t]+(?=\S)")
# A line of nothing but these, three at least, is a rule or stands under the heads of a table.
_RULE = frozenset(" \t-=_*~#|+:")
_EMPHASIS = re.compile(r"^[*_]{1,3}|[*_]{1,3}$")
# A line no longer than this, without a full stop and alone between empty lines, is a heading.
_LONGEST_HEADING = 120
# Headings deeper than this, or lists nested deeper, are taken as this deep.
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: `text[start:end]` are its words without the mark of an item or heading.

    `lead` are the spans that it continues, nearest first: the sentence that opens its list and the
    items it is nested in; of a row, nothing. `headings` are those above it, nearest first, as far
    as they surely belong to it; `earlier` are the others before it. `cells` are a row's cells and
    `columns` their heads.
    """

    kind: Kind
    start: int
    end: int
    lead: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()
    earlier: tuple[Span, ...] = ()
    cells: tuple[Span, ...] = ()
    columns: tuple[Span, ...] = ()


class _Reader:
    """Takes the lines one by one and keeps what later blocks hang under."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.headings: list[tuple[int, Span]] = []  # level and span, outermost first
        self.near = 0  # how many of them surely belong to what follows
        self.items: list[tuple[int, Span]] = []  # indentation and span of the items we are in
        self.opening: Span | None = None  # the sentence that opens a list
        self.opened_at = -1  # the depth of items at which the list was opened
        self.run: list[Span] = []  # lines of the paragraph being read
        self.columns: tuple[Span, ...] | None = None
        self.fresh = False  # whether the block before is a heading

    def read(self) -> tuple[Block, ...]:
        lines = [(m.start(), m.end()) for m in _LINE.finditer(self.text)]
        blank = True
        for number, (start, end) in enumerate(lines):
            if not self.text[start:end].strip():
                self.paragraph(alone=True)
                self.columns = None
                blank = True
                continue
            gap = number > 0 and self.text.count("\n", lines[number - 1][1], start) > 1
            if gap:
                self.paragraph(alone=True)
                self.columns = None
            self.line(start, end, after_gap=blank or gap or number == 0)
            blank = False
        self.paragraph(alone=True)
        return tuple(self.blocks)

    def line(self, start: int, end: int, *, after_gap: bool) -> None:
        text = self.text
        if end - start >= 3 and _RULE.issuperset(text[start:end]):
            return
        found = _MARKDOWN.match(text, start, end)
        if found:
            self.paragraph(alone=True)
            self.heading(found.end(), end, len(found.group(1)))
        elif self._cells(start, end):
            self.paragraph(alone=False)
            self.row(start, end)
        elif found := _ITEM.match(text, start, end):
            self.paragraph(alone=False)
            self.item(found.end(), end, len(found.group(1).expandtabs(4)))
        elif self.items and not after_gap and not self.run:
            self._continue_item(start, end)
        else:
            self.run.append((start, end))

    def _continue_item(self, start: int, end: int) -> None:
        """A wrapped line of the item before, which has no mark of its own."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.kind != "item" or self.text[start] not in " \t":
            self.run.append((start, end))
            return
        whole = (last.start, self._trim(start, end)[1])
        self.blocks[-1] = Block(
            "item", *whole, lead=last.lead, headings=last.headings, earlier=last.earlier
        )
        self.items[-1] = (self.items[-1][0], whole)
        self.opening = whole if self.text[whole[1] - 1] == ":" else self.opening

    # -- what a line can be ---------------------------------------------------------------------

    def heading(self, start: int, end: int, level: int | None) -> None:
        """A heading; one without a level is as deep as the one before, or below it if adjacent."""
        span = self._trim(start, end)
        if span[0] >= span[1]:
            return
        if level is None:
            deepest = self.headings[-1][0] if self.headings else 0
            level = min(_DEEPEST, deepest + 1) if self.fresh or not deepest else deepest
            self.near = self.near + 1 if self.fresh else 1
        else:
            self.near = _DEEPEST
        self.headings = [each for each in self.headings if each[0] < level]
        self.headings.append((level, span))
        self.items, self.opening, self.columns = [], None, None
        near, earlier = self._above(skip=1)
        self.blocks.append(Block("heading", *span, headings=near, earlier=earlier))
        self.fresh = True

    def item(self, start: int, end: int, indent: int) -> None:
        span = self._trim(start, end)
        if span[0] >= span[1]:
            return
        self.items = [each for each in self.items if each[0] < indent][:_DEEPEST]
        if len(self.items) <= self.opened_at:
            self.opening = None
        lead = [each for _, each in reversed(self.items)]
        if self.opening is not None and self.opening not in lead:
            lead.append(self.opening)
        near, earlier = self._above()
        self.blocks.append(Block("item", *span, lead=tuple(lead), headings=near, earlier=earlier))
        self.items.append((indent, span))
        self.fresh = False

    def row(self, start: int, end: int) -> None:
        cells = self._cells(start, end)
        if self.columns is None:
            self.columns = cells
            return
        near, earlier = self._above()
        span = self._trim(start, end)
        self.blocks.append(
            Block(
                "row",
                *span,
                headings=near,
                earlier=earlier,
                cells=cells,
                columns=self.columns,
            )
        )
        self.fresh = False

    def paragraph(self, *, alone: bool) -> None:
        """The lines gathered so far, as a paragraph, or as a heading when they look like one."""
        if not self.run:
            return
        start, end = self._trim(self.run[0][0], self.run[-1][1])
        single = len(self.run) == 1
        self.run = []
        if start >= end:
            return
        opens = self.text[end - 1] == ":"
        if single and alone and not opens and self._looks_like_heading(start, end):
            self.heading(start, end, None)
            return
        near, earlier = self._above()
        self.blocks.append(Block("paragraph", start, end, headings=near, earlier=earlier))
        self.items = []
        self.opening = (start, end) if opens else None
        self.opened_at = -1
        self.fresh = False

    # -- helpers --------------------------------------------------------------------------------

    def _looks_like_heading(self, start: int, end: int) -> bool:
        words = self.text[start:end]
        if len(words) > _LONGEST_HEADING or words[-1] in ".!?;," or not words[0].isalnum():
            return False
        return words[0].isupper() or words[0].isdigit()

    def _above(self, skip: int = 0) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        spans = [span for _, span in reversed(self.headings)][skip:]
        near = max(0, self.near - skip)
        return tuple(spans[:near]), tuple(spans[near:])

    def _cells(self, start: int, end: int) -> tuple[Span, ...]:
        """The cells of a row with bars or tabs between them; empty when it is none."""
        line = self.text[start:end]
        bar = "|" if line.count("|") > 1 else "\t" if "\t" in line.strip() else ""
        if not bar:
            return ()
        found: list[Span] = []
        place = start
        pieces = line.split(bar)
        for piece in pieces:
            found.append(self._trim(place, place + len(piece)))
            place += len(piece) + 1
        if not pieces[0].strip():
            found = found[1:]
        if found and not pieces[-1].strip():
            found = found[:-1]
        return tuple(found) if len(found) > 1 else ()

    def _trim(self, start: int, end: int) -> Span:
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = max(start, start + len(piece.strip()))
        return start, end


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text or of Markdown, in order."""
    return _Reader(text).read()


def words_of(text: str, span: Span) -> str:
    """The words of a span in one line, without marks of emphasis at its ends."""
    return _EMPHASIS.sub("", " ".join(text[span[0] : span[1]].split()))


def first_heading(blocks: Sequence[Block]) -> Span | None:
    """The first heading of a text: what the whole of it is called."""
    return next(((b.start, b.end) for b in blocks if b.kind == "heading"), None)
