"""Words, the lines they stand in, and the lines drawn between them, in points on a page."""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on the page, as the box it fills."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right, and is long enough to part rows."""
        return self.right - self.left > max(20.0, 3 * (self.top - self.bottom))

    @property
    def upright(self) -> bool:
        """Whether it runs up and down, and is long enough to part cells."""
        return self.top - self.bottom > max(6.0, 3 * (self.right - self.left))


@dataclass(frozen=True)
class Table:
    """Rows of cells; `header` holds the column names where they are sure."""

    rows: tuple[Cells, ...]
    header: Cells = ()


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Letters without white space, where they stand. A table that has been recognised travels
    through the page's layout as one big word."""

    text: str
    left: float
    right: float
    base: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    table: Table | None = None


@dataclass(eq=False)
class Line:
    """Words side by side, from left to right."""

    words: list[Word] = field(default_factory=list)

    @cached_property
    def left(self) -> float:
        """The left end."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """The right end."""
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text) or 1
        return sizes.most_common(1)[0][0]

    @cached_property
    def base(self) -> float:
        """The baseline of its full-sized words."""
        return statistics.median(w.base for w in self.words if w.size >= 0.95 * self.size)

    @cached_property
    def bold(self) -> bool:
        """Whether every word with a letter is bold."""
        letters = [word for word in self.words if any(map(str.isalpha, word.text))]
        return bool(letters) and all(word.bold for word in letters)

    @cached_property
    def table(self) -> Table | None:
        """The table that this line stands for."""
        return self.words[0].table

    @property
    def bottom(self) -> float:
        """The lowest point."""
        return min(word.bottom for word in self.words)

    @property
    def top(self) -> float:
        """The highest point."""
        return max(word.top for word in self.words)

    @cached_property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(word.text for word in self.words)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Words gathered into lines from top to bottom; raised and lowered ones join their line."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.base, word.left)):
        row = rows[-1] if rows else None
        if (
            row is not None
            and not row[0].table
            and not word.table
            and row[0].base - word.base <= 0.2 * min(row[0].size, word.size)
        ):
            row.append(word)
        else:
            rows.append([word])
    merged: list[list[Word]] = []
    for row in rows:
        if merged and _belongs(merged[-1], row):
            merged[-1].extend(row)
        else:
            merged.append(row)
    return [Line(sorted(row, key=lambda word: word.left)) for row in merged]


def _belongs(above: list[Word], below: list[Word]) -> bool:
    """Whether two neighbouring rows are one line, one of them raised or lowered marks."""
    if above[0].table or below[0].table:
        return False
    sizes = max(w.size for w in above), max(w.size for w in below)
    if max(sizes) * 0.85 < min(sizes):
        return False
    small, large = (above, below) if sizes[0] < sizes[1] else (below, above)
    bottom, top = min(w.bottom for w in large), max(w.top for w in large)
    left, right = min(w.left for w in large), max(w.right for w in large)
    margin = max(sizes)
    return all(
        min(top, w.top) - max(bottom, w.bottom) > 0.5 * (w.top - w.bottom)
        and left - margin < w.left
        and w.right < right + margin
        for w in small
    )
