"""What stands before a list's item: a bullet, which is dropped, or a number, which is kept."""

import re

from probatum.sources.pdf.words import Line

_BULLETS = frozenset("•●○◦▪▫■□‣⁃►▶➢➤✓✔❖♦◆·∙–—-−" + "\uf0b7\uf0a7\uf0d8\uf076\uf02d\uf0fc")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})[.)]|\[\d{1,3}\]")


def marker_of(text: str) -> bool:
    """Whether a text is nothing but an item's bullet or number."""
    return (
        text == "o" or (len(text) == 1 and text in _BULLETS) or _NUMBER.fullmatch(text) is not None
    )


def bulleted(line: Line) -> bool:
    """Whether a line begins with a bullet; a small o is one where it stands apart (Word's own)."""
    if len(line.words) < 2:
        return line.text in _BULLETS
    first, second = line.words[:2]
    apart = second.left - first.right > 0.5 * line.size
    if first.text == "o":
        return apart
    dash = first.text in "–—-−"
    return len(first.text) == 1 and first.text in _BULLETS and (apart or not dash)


def numbered(line: Line) -> bool:
    """Whether a line begins with an item's number."""
    return len(line.words) > 1 and _NUMBER.fullmatch(line.words[0].text) is not None
