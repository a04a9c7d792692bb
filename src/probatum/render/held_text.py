"""A held text as it is read on the page of its source: headings, paragraphs, lists and tables.

The held text is one string with a line for each block; what each line was is known from the runs
and sentences of its passage. Every word of the passage is shown, once and in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from probatum.library.held import HeldPassage
from probatum.render.characters import plain
from probatum.render.passage import Piece, Span, pieces
from probatum.sources.passages import Run

Kind = Literal["heading", "text", "item", "row"]
_BETWEEN_CELLS = " | "

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """Lines of one kind: a heading, a paragraph, a list's items or a table's rows of cells."""

    kind: Kind
    lines: tuple[Pieces, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, Pieces], ...], ...] = ()
    depth: int = 0


@dataclass(frozen=True)
class PassageView:
    """A passage under the place where a person finds it."""

    id: str
    locator: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    kind: Kind
    run: Run


def passage_view(passage: HeldPassage, quoted: Span | None = None) -> PassageView:
    """The passage with its part of the quoted span marked."""
    blocks = []
    for (kind, run), group in groupby(_lines(passage), key=_together):
        lines = tuple(group)
        if kind == "row":
            rows = tuple(_cells(passage, line, quoted) for line in lines)
            blocks.append(Block(kind, columns=tuple(map(plain, run.columns)), rows=rows))
        elif kind == "item":
            every = tuple(_pieces(passage, line.start, line.end, quoted) for line in lines)
            blocks.append(Block(kind, every))
        else:
            blocks += [
                Block(
                    kind,
                    (_pieces(passage, line.start, line.end, quoted),),
                    depth=_depth(passage, line),
                )
                for line in lines
            ]
    return PassageView(f"p{passage.start}", plain(passage.locator()), tuple(blocks))


def _together(line: _Line) -> tuple[Kind, Run]:
    """Items of a list and rows under the same columns stand together."""
    run = line.run if line.kind == "row" else Run(0)
    return line.kind, Run(0, columns=run.columns)


def _lines(passage: HeldPassage) -> Iterator[_Line]:
    at = passage.start
    items = {passage.passage.sentences[place][0] for place in passage.passage.items}
    for words in passage.text.split("\n"):
        end = at + len(words)
        if words.strip():
            run = next((r for r in reversed(passage.passage.runs) if r.start <= at), Run(0))
            yield _Line(at, end, _kind(passage, at, end, run, items), run)
        at = end + 1


def _kind(passage: HeldPassage, start: int, end: int, run: Run, items: set[int]) -> Kind:
    sentences = passage.passage.sentences
    if not any(first < end and last > start for first, last in sentences):
        return "heading"
    if run.columns and len(_parts(passage.slice(start, end))) == len(run.columns):
        return "row"
    return "item" if start in items else "text"


def _parts(words: str) -> list[str]:
    return words.split(_BETWEEN_CELLS)


def _cells(
    passage: HeldPassage, line: _Line, quoted: Span | None
) -> tuple[tuple[str, Pieces], ...]:
    at = line.start
    cells = []
    for column, words in zip(
        line.run.columns, _parts(passage.slice(line.start, line.end)), strict=True
    ):
        cells.append((plain(column), _pieces(passage, at, at + len(words), quoted)))
        at += len(words) + len(_BETWEEN_CELLS)
    return tuple(cells)


def _pieces(passage: HeldPassage, start: int, end: int, quoted: Span | None) -> Pieces:
    words = passage.slice(start, end)
    first, last = quoted or (0, 0)
    found = pieces(words, [(first - start, last - start)])
    begins = quoted is not None and start <= first < end
    return tuple(replace(p, id="quote") if begins and p.marked else p for p in found)


def _depth(passage: HeldPassage, line: _Line) -> int:
    """How deep a heading lies: its place among those it stands under."""
    words = passage.slice(line.start, line.end)
    path = line.run.headings
    return path.index(words) if words in path else len(path)
