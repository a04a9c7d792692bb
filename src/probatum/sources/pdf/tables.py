"""Tables that are only aligned: cells under one another with white strips between the columns.

Where that is unsure, the lines are left to be paragraphs: their words stay, only not as cells.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from probatum.sources.pdf.grids import cell_text
from probatum.sources.pdf.items import marker_of
from probatum.sources.pdf.words import Cells, Line, Rule, Table, Word

# Two cells of a line are at least this far apart, in letters' sizes; two columns of the whole table
# at least that far.
_CELL_GAP = 1.3
_STRIP = 0.7
_LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}|…")
# A row's lines stand at most this much further apart than the closest lines.
_LOOSE = 1.25

Strip = tuple[float, float]


def with_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
    """The lines of a region, aligned tables among them replaced by one line that carries each."""
    found: list[Line] = []
    place = 0
    while place < len(lines):
        stop, strips = _reach(lines, place)
        table = _table(lines[place:stop], strips, rules) if strips else None
        if table is None:
            found.append(lines[place])
            place += 1
            continue
        held = lines[place:stop]
        left, right = min(line.left for line in held), max(line.right for line in held)
        bottom, top, size = held[-1].bottom, held[0].top, held[0].size
        found.append(Line([Word("", left, right, held[0].base, bottom, top, size, table=table)]))
        place = stop
    return found


def _gaps(line: Line) -> list[Strip]:
    words = line.words
    pairs = pairwise(words)
    return [(a.right, b.left) for a, b in pairs if b.left - a.right >= _CELL_GAP * line.size]


def _free(line: Line) -> list[Strip]:
    words = line.words
    inner = [(a.right, b.left) for a, b in pairwise(words)]
    return [(float("-inf"), line.left), *inner, (line.right, float("inf"))]


def _reach(lines: Sequence[Line], start: int) -> tuple[int, list[Strip]]:
    """How far a table that begins with this line goes, and the strips between its columns."""
    strips = _gaps(lines[start]) if not lines[start].table else []
    stop, last = start, start
    while strips and stop + 1 < len(lines):
        line, above = lines[stop + 1], lines[stop]
        if line.table or above.base - line.base > 4 * line.size:
            break
        narrowed = [
            (max(a, c), min(b, d))
            for a, b in strips
            for c, d in _free(line)
            if min(b, d) - max(a, c) >= _STRIP * line.size
        ]
        if not narrowed or (len(narrowed) < len(strips) and len(narrowed) * 2 <= len(strips)):
            break
        strips = narrowed
        stop += 1
        if _gaps(line) or line.left > strips[0][0]:
            last = stop
    return last + 1, strips


def _cells(line: Line, strips: list[Strip]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in range(len(strips) + 1)]
    for word in line.words:
        middle = (word.left + word.right) / 2
        cells[sum(1 for a, b in strips if middle > (a + b) / 2)].append(word)
    return cells


def _table(lines: Sequence[Line], strips: list[Strip], rules: Sequence[Rule]) -> Table | None:
    split = [_cells(line, strips) for line in lines]
    several = [cells for cells in split if sum(map(bool, cells)) >= 2]
    needed = 3 if len(strips) == 1 else 2
    if len(several) < needed or len(several) < 0.4 * len(lines):
        return None
    first = [" ".join(word.text for word in cells[0]) for cells in several]
    if all(not text or marker_of(text) for text in first):
        return None
    if any(_LEADERS.search(line.text) for line in lines):
        return None
    groups = _row_groups(lines, split, rules)
    rows = []
    for group in groups:
        rows.append(
            tuple(
                cell_text(word for place in group for word in split[place][column])
                for column in range(len(strips) + 1)
            )
        )
    if _has_header(groups, rows, lines, rules) and len(rows) > 1:
        return Table(tuple(rows[1:]), rows[0])
    return Table(tuple(rows))


def _row_groups(
    lines: Sequence[Line], split: list[list[list[Word]]], rules: Sequence[Rule]
) -> list[list[int]]:
    """Which lines make up one row: those between ruled lines; else those set closer; else a line
    without a first cell goes on with the row above it."""
    pitches = [a.base - b.base for a, b in pairwise(lines)]
    ruled = [_ruled(a, b, rules) for a, b in pairwise(lines)]
    closest = min(pitches)
    varied = any(pitch > _LOOSE * closest for pitch in pitches[1:]) and any(
        pitch <= 1.1 * closest for pitch in pitches[1:]
    )
    groups = [[0]]
    for place, (pitch, rule) in enumerate(zip(pitches, ruled, strict=True), start=1):
        if sum(ruled) >= 3:
            new = rule
        elif varied:
            new = rule or pitch > _LOOSE * closest
        else:
            new = rule or bool(split[place][0])
        if new:
            groups.append([place])
        else:
            groups[-1].append(place)
    return groups


def _ruled(above: Line, below: Line, rules: Sequence[Rule]) -> bool:
    left, right = min(above.left, below.left), max(above.right, below.right)
    return any(
        rule.level
        and below.base < rule.bottom < above.base
        and min(right, rule.right) - max(left, rule.left) > 0.5 * (right - left)
        for rule in rules
    )


def _has_header(
    groups: list[list[int]], rows: list[Cells], lines: Sequence[Line], rules: Sequence[Rule]
) -> bool:
    """Whether the first row names the columns: bold alone, or ruled off alone."""
    head, body = groups[0], groups[1:]
    if not body or sum(map(bool, rows[0])) < 2:
        return False
    if all(lines[place].bold for place in head):
        return not all(lines[place].bold for group in body for place in group)
    below = [_ruled(lines[a[-1]], lines[b[0]], rules) for a, b in zip(groups, body, strict=False)]
    return below[0] and sum(below) == 1
