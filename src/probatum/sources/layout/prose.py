"""Long text fields of registries and FHIR: Markdown of a modest kind, cut into paragraphs and list
items. Marks of layout (bullets, numbers of items, emphasis, escapes) are not part of the text: an
item's number is no number of medicine, and `\\<` means `<`."""

import re
from typing import Literal

from probatum.sources.layout.text import clean

_ITEM = re.compile(
    r"\s*(?:[*•●▪◦‣·+]|[-–](?=\s)|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)](?!\d))\s+(?=\S)"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~^|&=\"'$%,:;/?@])")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*")
_LINE_ENDS = re.compile(r"\r\n?|\u2028")

Piece = tuple[Literal["paragraph", "item"], str]


def pieces(text: str) -> list[Piece]:
    """Paragraphs and items in order, each clean and never empty."""
    found: list[Piece] = []
    kind: Literal["paragraph", "item"] = "paragraph"
    lines: list[str] = []

    def finish() -> None:
        joined = inline(" ".join(lines))
        lines.clear()
        if joined:
            found.append((kind, joined))

    for line in _LINE_ENDS.sub("\n", text).split("\n"):
        if not line.strip() or _RULE.fullmatch(line):
            finish()
            kind = "paragraph"
        elif (marker := _ITEM.match(line)) and not _an_initial(line):
            finish()
            kind = "item"
            lines.append(line[marker.end() :])
        elif heading := _HEADING.match(line):
            finish()
            kind = "paragraph"
            lines.append(line[heading.end() :].rstrip("# "))
            finish()
        else:
            if lines and lines[-1].rstrip().endswith(":"):
                finish()
                kind = "paragraph"
            lines.append(line)
    finish()
    return found


def inline(text: str) -> str:
    """One piece of text without its escapes and emphasis."""
    return clean(_ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", text)))


def _an_initial(line: str) -> bool:
    """Whether what looks like a lettered item is a sentence that begins so: "E. coli was", "I am".

    A capital letter with a full stop before a small letter is an initial or a genus.
    """
    return re.match(r"\s*[A-Z]\.\s+[a-z]", line) is not None
