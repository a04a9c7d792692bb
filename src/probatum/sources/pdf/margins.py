"""What is printed around the text of a work and is not text of it: running headers and footers,
page numbers, the line numbers of a draft.

They are taken away, because a header between two halves of a sentence makes a quote that nobody
wrote. Only what comes again at the same place on many pages is held for one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from probatum.sources.pdf.words import Line, Word, lines_of

# The part of a page's height, above and below, in which headers and footers stand, and how many
# lines from the edge may be one.
_MARGIN = 0.12
_OUTER_LINES = 3
# On how many pages a line must come again; or on which part of all pages.
_PAGES = 3
_SHARE = 0.25
_ENOUGH = 12
_DIGITS = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|[-–—] ?)?(\d{1,4})(?: ?[-–—]| ?(?:of|/) ?\d{1,4})?", re.I
)
# At least so many lines in a row are numbered before the numbers are held for a draft's.
_NUMBERED_LINES = 5


# Text, height, which of its numbers grows with the pages (0: none), and by how much it is ahead.
Key = tuple[str, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """The upright words of one page and the page's lower and upper edge."""

    number: int
    words: list[Word]
    bottom: float
    top: float


def without_margins(sheets: Sequence[Sheet]) -> list[list[Word]]:
    """The words of each page without running headers, footers, page and line numbers."""
    bare = _without_line_numbers(sheets)
    edges = [_edge_lines(sheet, words) for sheet, words in zip(sheets, bare, strict=True)]
    body = _body_size(sheets)
    keys = [
        [_keys(line, sheet.number, body) for line in lines]
        for sheet, lines in zip(sheets, edges, strict=True)
    ]
    running = _running(keys)
    numbers = _page_numbers(sheets, edges)
    kept = []
    for place, words in enumerate(bare):
        gone = {
            id(word)
            for line, own in zip(edges[place], keys[place], strict=True)
            if not running.isdisjoint(own) or (place, id(line)) in numbers
            for word in line.words
        }
        kept.append([word for word in words if id(word) not in gone])
    return kept


def _body_size(sheets: Sequence[Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for word in sheet.words:
            sizes[word.size] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _edge_lines(sheet: Sheet, words: list[Word]) -> list[Line]:
    depth = _MARGIN * (sheet.top - sheet.bottom)
    lines = lines_of(w for w in words if not sheet.bottom + depth < w.base < sheet.top - depth)
    high = [line for line in lines if line.base >= sheet.top - depth][:_OUTER_LINES]
    low = [line for line in lines if line.base <= sheet.bottom + depth][-_OUTER_LINES:]
    return high + low


def _keys(line: Line, number: int, body: float) -> list[Key]:
    """What must come again for a line to be running: its text; or its text but for one number that
    grows with the pages. A larger "Recommendation 3" on top of page 3 is a heading."""
    place = round(line.base / 6)
    keys: list[Key] = []
    if any(map(str.isalpha, line.text)):
        keys.append((line.text.lower(), place, 0, 0))
    if line.size <= 1.1 * body and not line.bold:
        for count, found in enumerate(_DIGITS.finditer(line.text), start=1):
            rest = f"{line.text[: found.start()]}#{line.text[found.end() :]}".lower()
            keys.append((rest, place, count, int(found[0]) - number))
    return keys


def _running(edges: list[list[list[Key]]]) -> set[Key]:
    """The keys that come again on enough pages."""
    counts: Counter[Key] = Counter()
    for lines in edges:
        counts.update({key for keys in lines for key in keys})
    needed = max(_PAGES, min(_SHARE * len(edges), _ENOUGH))
    return {key for key, count in counts.items() if count >= (_PAGES if key[2] else needed)}


def _page_numbers(sheets: Sequence[Sheet], edges: list[list[Line]]) -> set[tuple[int, int]]:
    """Lines that are nothing but a number that grows with the pages."""
    offsets: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, lines in enumerate(edges):
        for line in lines:
            match = _PAGE_NUMBER.fullmatch(line.text)
            if match:
                offset = sheets[place].number - int(match[1])
                offsets[offset].append((place, id(line)))
    found: set[tuple[int, int]] = set()
    for places in offsets.values():
        if len({place for place, _ in places}) >= 2:
            found.update(places)
    return found


def _without_line_numbers(sheets: Sequence[Sheet]) -> list[list[Word]]:
    """A draft's line numbers stand left of all text, on most lines, each one more than the last;
    on most pages, so that a table's first column or a numbered list is not taken for them."""
    found = [_line_numbers(sheet.words) for sheet in sheets]
    numbered = sum(1 for marks in found if marks)
    filled = sum(1 for sheet in sheets if len(sheet.words) > 20)
    if not numbered or numbered < 0.6 * filled or (len(sheets) == 1 and len(found[0]) < 20):
        return [sheet.words for sheet in sheets]
    edge = max(word.right for marks in found for word in marks) + 1
    kept = []
    for sheet, marks in zip(sheets, found, strict=True):
        aside = marks or [w for w in sheet.words if w.right <= edge]
        # On a page with few lines, all that stands in the margin must be numbers.
        sure = bool(marks) or all(word.text.isdecimal() for word in aside)
        gone = {id(word) for word in aside} if sure else set()
        kept.append([word for word in sheet.words if id(word) not in gone])
    return kept


def _line_numbers(words: list[Word]) -> list[Word]:
    lines = lines_of(words)
    marks = [line.words[0] for line in lines if line.words[0].text.isdecimal()]
    if not marks:
        return []
    edge = min((w.left for w in words if not w.text.isdecimal()), default=0.0)
    marks = [word for word in marks if word.right < edge - 2 and len(word.text) <= 6]
    steps = [int(b.text) - int(a.text) for a, b in pairwise(marks)]
    enough = len(marks) >= _NUMBERED_LINES and len(marks) >= 0.7 * len(lines)
    return marks if enough and steps.count(1) >= 0.9 * len(steps) else []
