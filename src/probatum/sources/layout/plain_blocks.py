"""Plain text as blocks: paragraphs stand between empty lines, items begin with a bullet."""

import re

from probatum.evidence.document import Block
from probatum.sources.layout.text import clean

_ITEM = re.compile(r"\s*(?:[•●▪◦‣*+–-]\s+|\(?(?:\d{1,3}|[a-z])[.)]\s+)(?=\S)")
_BULLET = re.compile(r"\s*[•●▪◦‣*+–-]\s+")
_EMPTY = re.compile(r"\n[ \t\f\v]*(?:\n[ \t\f\v]*)+|\f")
# Lines at least this long, on average, without empty ones between them, are a paragraph each.
_LONG_LINES = 120


def blocks_of_plain(text: str) -> list[Block]:
    """Every paragraph and item of a text."""
    pieces = _EMPTY.split(text.strip("\n"))
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and sum(map(len, lines)) / len(lines) >= _LONG_LINES:
        pieces = lines
    found: list[Block] = []
    for piece in pieces:
        found += _paragraph(piece)
    return found


def _paragraph(piece: str) -> list[Block]:
    found: list[Block] = []
    held: list[str] = []
    item = False

    def finish() -> None:
        text = clean(" ".join(held))
        held.clear()
        if text:
            found.append(Block(text, "item" if item else "paragraph"))

    for line in piece.split("\n"):
        if _ITEM.match(line):
            finish()
            item = True
            held.append(_BULLET.sub("", line, count=1))
        else:
            held.append(line)
    finish()
    return found
