"""The order in which a page is read: columns one after the other, between them what spans them.

A gutter is a strip that no word crosses, beside text on both sides that fills its column. Cells of
a table have gutters too, but don't fill their columns, or are parted by ruled lines: those stay
together, so that a row is never torn apart.
"""

import statistics
from collections.abc import Iterator, Sequence
from itertools import groupby

from probatum.sources.pdf.words import Line, Rule, Word, lines_of

# A gutter is at least this wide, in points or in parts of the letters' size. Journals have 12 to
# 24 points; the spaces between words of justified text don't line up over several lines.
_GUTTER_POINTS = 7.0
_GUTTER_SIZES = 0.8
_STEP = 3.0
# A column has at least so many lines, so much of its width filled in the middle line, and words.
_LINES = 3
_FILLED = 0.6
_WORDS = 3.0
# Columns inside columns: three or four side by side.
_DEPTH = 3
_MOST_LINES = 3_000


def regions(words: Sequence[Word], rules: Sequence[Rule], depth: int = _DEPTH) -> list[list[Line]]:
    """Lines from top to bottom, region after region in the order of reading."""
    lines = lines_of(words)
    at = _gutter(lines, rules) if depth and 2 * _LINES <= len(lines) <= _MOST_LINES else None
    if at is None:
        return [lines] if lines else []
    found: list[list[Line]] = []
    for band, columns in _bands(lines, at, rules):
        if columns:
            held = [word for line in band for word in line.words]
            found += regions([word for word in held if word.right <= at], rules, depth - 1)
            found += regions([word for word in held if word.right > at], rules, depth - 1)
        else:
            found.append(band)
    return found


def _gutter(lines: list[Line], rules: Sequence[Rule]) -> float | None:
    """Where the most lines stand in columns; the middle of the strip, if anywhere."""
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    size = statistics.median(line.size for line in lines)
    if right - left < 20 * size:
        return None
    half = max(_GUTTER_POINTS, _GUTTER_SIZES * size) / 2
    first = left + 0.15 * (right - left)
    steps = min(int(0.7 * (right - left) / _STEP), 400)
    scores = []
    for step in range(steps):
        at = first + step * _STEP
        crossed = [_crosses(line, at - half, at + half) for line in lines]
        scores.append((_score(lines, crossed, at, rules), at))
    best = max(score for score, _ in scores)
    if best < 2 * _LINES:
        return None
    strips = [list(run) for same, run in groupby(scores, lambda entry: entry[0] == best) if same]
    strip = max(strips, key=len)
    return strip[len(strip) // 2][1]


def _crosses(line: Line, left: float, right: float) -> bool:
    return any(word.left < right and word.right > left for word in line.words)


def _score(lines: list[Line], crossed: list[bool], at: float, rules: Sequence[Rule]) -> int:
    count = 0
    for start, stop in _runs(crossed):
        if stop - start >= _LINES and _in_columns(lines[start:stop], at, rules):
            count += stop - start
    return count


def _runs(crossed: list[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, is_crossed in enumerate([*crossed, True]):
        if is_crossed:
            if place > start:
                yield start, place
            start = place + 1


def _in_columns(lines: list[Line], at: float, rules: Sequence[Rule]) -> bool:
    sides = (
        [[w for w in line.words if w.right <= at] for line in lines],
        [[w for w in line.words if w.right > at] for line in lines],
    )
    left, right = ([words for words in side if words] for side in sides)
    if min(len(left), len(right)) < _LINES or not (_fills(left) and _fills(right)):
        return False
    spans = [(side[-1][0].base, side[0][0].base) for side in (left, right)]
    low, high = max(spans[0][0], spans[1][0]), min(spans[0][1], spans[1][1])
    if high - low < 0.4 * min(high - low for low, high in spans):
        return False
    crossing = sum(
        1
        for rule in rules
        if rule.level and rule.left < at - 10 and rule.right > at + 10 and low < rule.bottom < high
    )
    return crossing < 2


def _fills(side: list[list[Word]]) -> bool:
    """Whether these lines read as text that is set in a column of its own."""
    left = min(words[0].left for words in side)
    right = max(words[-1].right for words in side)
    width = max(right - left, 1.0)
    filled = statistics.median((words[-1].right - words[0].left) / width for words in side)
    return filled >= _FILLED and statistics.mean(map(len, side)) >= _WORDS


def _bands(
    lines: list[Line], at: float, rules: Sequence[Rule]
) -> Iterator[tuple[list[Line], bool]]:
    """The page from top to bottom, cut where lines cross the gutter; True for two columns."""
    size = statistics.median(line.size for line in lines)
    half = max(_GUTTER_POINTS, _GUTTER_SIZES * size) / 2
    plain: list[Line] = []
    crossed = [_crosses(line, at - half, at + half) for line in lines]
    runs = dict(_runs(crossed))
    place = 0
    while place < len(lines):
        stop = runs.get(place)
        if stop is None or not _in_columns(lines[place:stop], at, rules):
            stop = stop or place + 1
            plain += lines[place:stop]
            place = stop
            continue
        columns: list[Line] = lines[place:stop]
        after: list[Line] = []
        if stop < len(lines):
            columns, after = _without_last_heading(columns, at)
        if plain:
            yield plain, False
        yield columns, True
        plain = after
        place = stop
    if plain:
        yield plain, False


def _without_last_heading(lines: list[Line], at: float) -> tuple[list[Line], list[Line]]:
    """Part a heading over the full width that happens to be short from the columns above it."""
    size = statistics.median(line.size for line in lines)
    count = 0
    for line in reversed(lines):
        alone = line.words[-1].right <= at
        if not alone or not (line.bold or line.size > 1.1 * size):
            break
        count += 1
    rest = lines[: len(lines) - count]
    beside = [w for line in rest for w in line.words if w.right > at]
    clear = (
        bool(beside) and all(w.bottom > lines[len(rest)].top for w in beside) if count else False
    )
    return (rest, lines[len(rest) :]) if clear else (lines, [])
