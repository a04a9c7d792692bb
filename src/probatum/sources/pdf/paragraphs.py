"""Lines joined into paragraphs and list items.

A new one begins where a person would see it: after a wider gap, after a line that ends although the
next word would have fitted, at an indent, at a bullet or number, where the letters change.
"""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from probatum.sources.pdf.items import bulleted, numbered
from probatum.sources.pdf.words import Line, Table

# Letters' sizes by which a line must be moved to be indented.
_INDENT = 0.8
# How much larger than the usual distance of lines a gap must be to part paragraphs.
_GAP = 1.22
# Without better knowledge, lines of one paragraph stand at most so many letters' sizes apart, and
# never further than that of double spacing.
_PITCH = 1.45
_WIDEST = 3.0
# Lines before and after that tell how wide the text is here, and whether it hangs.
_AROUND = 8
_ENDS = (".", "!", "?", ":", ";", "…")
_OPEN_ENDS = (" and", " or", " of", " for", " the", " in", " with", " to", " a", ",", "–", "&")
_CLOSERS = "”\"')]’»0123456789"


@dataclass(eq=False)
class Piece:
    """Lines that are read as one: a paragraph, an item, a heading, or a table."""

    page: int
    lines: list[Line]
    item: bool = False
    edges: tuple[float, float] = (0.0, 0.0)
    text: str = ""
    table: Table | None = None
    note: bool = False
    above: float = 0.0  # the gap above, in letters' sizes

    @property
    def size(self) -> float:
        """The size of most of its lines."""
        return Counter(line.size for line in self.lines).most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether it is bold throughout."""
        return all(line.bold for line in self.lines)

    @property
    def centred(self) -> bool:
        """Whether every line stands in the middle, clear of both edges."""
        left, right = self.edges
        return all(
            line.left - left > 2 * line.size
            and abs((line.left - left) - (right - line.right)) < 3 * line.size
            for line in self.lines
        )


@dataclass
class Pitches:
    """How far apart the lines of running text stand, learnt from lines that surely run on."""

    seen: dict[int, list[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, regions: Iterable[Sequence[Line]]) -> "Pitches":
        """Learn from all regions of a document."""
        pitches = cls()
        for lines in regions:
            for above, below in pairwise(lines):
                pitch = above.base - below.base
                if (
                    0 < pitch < _WIDEST * below.size
                    and abs(above.size - below.size) < 0.5
                    and below.text[:1].islower()
                    and not ended(above.text)
                ):
                    pitches.seen.setdefault(round(below.size), []).append(pitch)
        return pitches

    def usual(self, size: float) -> float:
        """The largest distance that is usual inside paragraphs of this size."""
        seen = self.seen.get(round(size), [])
        if len(seen) < 3:
            return _PITCH * size
        return sorted(seen)[int(0.9 * (len(seen) - 1))]


def ended(text: str) -> bool:
    """Whether a text ends as a sentence does, a reference mark or bracket after it aside."""
    return text.endswith(_ENDS) or text.rstrip(_CLOSERS).endswith((".", "!", "?"))


def pieces(lines: Sequence[Line], page: int, pitches: Pitches) -> list[Piece]:
    """The paragraphs, items and tables of one region."""
    found: list[Piece] = []
    for place, line in enumerate(lines):
        piece = found[-1] if found else None
        near = [each for each in lines[max(0, place - _AROUND) : place + _AROUND] if not each.table]
        edges = _edges(near)
        if line.table:
            found.append(Piece(page, [line], edges=edges, table=line.table))
            continue
        if piece and not piece.table and not _begins(line, piece, near, edges, pitches):
            piece.lines.append(line)
            continue
        item = bulleted(line) or (numbered(line) and not line.bold)
        above = (lines[place - 1].bottom - line.top) / line.size if place else _WIDEST
        found.append(Piece(page, [line], item=item, edges=edges, above=above))
    return found


def _edges(near: Sequence[Line]) -> tuple[float, float]:
    if not near:
        return (0.0, 0.0)
    return min(line.left for line in near), max(line.right for line in near)


def _begins(
    line: Line, piece: Piece, near: Sequence[Line], edges: tuple[float, float], pitches: Pitches
) -> bool:
    """Whether a new piece begins with this line."""
    last = piece.lines[-1]
    if max(line.size, last.size) > 1.12 * min(line.size, last.size):
        return True
    if bulleted(line):
        return True
    runs_on = line.text[:1].islower() and not ended(last.text)
    room = edges[1] - last.right
    short = room > line.words[0].right - line.words[0].left + 0.6 * line.size
    if numbered(line) and _is_item(line, piece, short):
        return True
    wide = last.base - line.base > 1.8 * pitches.usual(line.size)
    if _gap(line, piece, pitches) and (wide or not runs_on or last.bold != line.bold):
        return True
    if line.bold != last.bold and (short or piece.centred):
        return True
    if short and not runs_on and not _wrapped_title(line, last, near):
        return True
    return _indented(line, piece, near, edges, short, runs_on)


def _is_item(line: Line, piece: Piece, short: bool) -> bool:
    """Whether a number before a line is an item's, not one of the running text: "(see Table / 3)",
    "Report No. / 228." """
    if short:
        return True
    if _flush(line, piece):
        return ended(piece.lines[-1].text)
    return piece.item or line.words[0].text.strip("([]).") in ("1", "a", "i")


def _wrapped_title(line: Line, last: Line, near: Sequence[Line]) -> bool:
    """Whether a heading was broken for its looks, before the line was full."""
    if not (line.bold == last.bold and not ended(last.text)):
        return False
    usual = statistics.median(each.size for each in near)
    return line.size > 1.1 * usual or (line.bold and last.text.lower().endswith(_OPEN_ENDS))


def _flush(line: Line, piece: Piece) -> bool:
    """Whether a line stands where its piece would go on."""
    last, words = piece.lines[-1], piece.lines[0].words
    if piece.item and len(piece.lines) == 1:
        return abs(line.left - words[min(1, len(words) - 1)].left) < _INDENT * line.size
    return abs(line.left - last.left) < _INDENT * line.size


def _gap(line: Line, piece: Piece, pitches: Pitches) -> bool:
    pitch = piece.lines[-1].base - line.base
    if pitch <= 0 or pitch > _WIDEST * line.size:
        return True
    if len(piece.lines) > 1:
        own = [a.base - b.base for a, b in pairwise(piece.lines)]
        return pitch > _GAP * statistics.median(own)
    return pitch > _GAP * pitches.usual(line.size)


def _indented(
    line: Line,
    piece: Piece,
    near: Sequence[Line],
    edges: tuple[float, float],
    short: bool,
    runs_on: bool,
) -> bool:
    """Whether a step to the right or left parts this line from the piece before it."""
    last = piece.lines[-1]
    step = (line.left - last.left) / line.size
    if abs(step) < _INDENT or (piece.bold and line.bold):
        return False
    if piece.item:
        start = piece.lines[0]
        text = start.words[1].left if len(start.words) > 1 else start.left
        return line.left < start.left - 0.5 * line.size or line.left > text + 2 * line.size
    if piece.centred and runs_on:
        return False
    if step > 0:
        return not runs_on and (short or not _hangs(near, edges[0]))
    return len(piece.lines) > 1 or (not runs_on and _hangs(near, edges[0]))


def _hangs(near: Sequence[Line], left: float) -> bool:
    """Whether the lines around begin at the left and go on indented, as a list of references does;
    in text with indented first lines far more of them stand at the left."""
    out = sum(1 for line in near if line.left - left < _INDENT * line.size)
    into = sum(1 for line in near if _INDENT <= (line.left - left) / line.size < 6)
    return into >= 0.45 * (out + into)
