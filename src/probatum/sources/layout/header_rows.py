"""Which rows at the top of a table are its header, where the markup does not say so.

Drug labels and old web pages seldom use `thead`. A header taken for data is a row that nobody
understands; data taken for a header would be named in every row below, so only three clear signs
count: cells of header type, bold type throughout, and an empty corner.
"""

from itertools import takewhile
from typing import Final

from lxml.etree import _Element

from probatum.sources.layout.inline import local_name, text_of
from probatum.sources.layout.text import clean

Cells = list[_Element]

# More rows than this at the top are no header, but a table that is bold or has no first column.
_MOST: Final = 3
_BOLD: Final = frozenset({"b", "strong", "bold"})


def leading_header(rows: list[Cells]) -> list[bool]:
    """For each row whether it heads the table, by the first sign that holds for the top rows."""
    count = len(list(takewhile(_of_header_type, rows)))
    for looks in () if count else (_in_bold, _without_corner):
        found = len(list(takewhile(looks, rows[: _MOST + 1])))
        if not count and found <= _MOST and found < len(rows):
            count = found
    return [number < count for number in range(len(rows))]


def _of_header_type(cells: Cells) -> bool:
    return bool(cells) and all(local_name(cell) == "th" for cell in cells)


def _in_bold(cells: Cells) -> bool:
    told = [cell for cell in cells if text_of(cell)]
    return len(told) > 1 and all(_bold_text(cell) == text_of(cell) for cell in told)


def _without_corner(cells: Cells) -> bool:
    texts = [text_of(cell) for cell in cells]
    return len(texts) > 1 and not texts[0] and any(texts)


def _bold_text(element: _Element) -> str:
    if local_name(element) in _BOLD or _styled_bold(element):
        return text_of(element)
    return clean(" ".join(_bold_text(child) for child in element))


def _styled_bold(element: _Element) -> bool:
    """As in drug labels; an HTML parser writes the attribute's name in small letters."""
    style = element.get("styleCode") or element.get("stylecode") or ""
    return "bold" in style.lower()
