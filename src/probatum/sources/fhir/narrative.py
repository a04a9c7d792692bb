"""The XHTML of a FHIR narrative as blocks: paragraphs, items, tables a row at a time.

Parsed as HTML by lxml without network; scripts, styles and forms are left out.
"""

import re
from collections.abc import Iterator

from lxml import etree, html

from probatum.evidence.document import Block, BlockKind
from probatum.sources.layout.cells import rows
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

_DROPPED = frozenset(("script", "style", "noscript", "template", "object", "iframe", "head"))
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hr",
        "html",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
    ]
)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Cells that one cell may cover; more is a mistake or an attack.
_SPAN = 50
# What a generator writes where it had nothing to say.
_EMPTY = frozenset(("[no data.]", "no data.", "[no data]"))


def narrative(div: str, headings: tuple[str, ...]) -> list[Block]:
    """The blocks of a narrative; an empty list where it says nothing, an UnreadableError where the
    parser cannot read it to its end."""
    fit = _UNFIT.sub("", div)
    if not fit.strip():
        return []
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(fit, parser=parser)
    except etree.ParserError:
        return []
    if any(each.level_name == "FATAL" for each in parser.error_log):
        # The parser stops at such a place and drops what follows without a word.
        raise UnreadableError("its narrative is nested too deeply to be read whole")
    reader = _Reader(headings)
    reader.walk(root)
    reader.finish()
    return [block for block in reader.blocks if block.text.casefold() not in _EMPTY]


class _Reader:
    """Gathers text until a block ends."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        self.blocks: list[Block] = []
        self._outside = headings
        self._levels: list[tuple[int, str]] = []
        self._words: list[str] = []
        self._kind: BlockKind = "paragraph"

    def walk(self, element: html.HtmlElement) -> None:
        """Everything inside an element, in order."""
        if element.text:
            self._words.append(element.text)
        for child in element:
            name = child.tag if isinstance(child.tag, str) else ""
            if name == "table":
                self.finish()
                self._table(child)
            elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.finish()
                self._heading(int(name[1]), _text(child))
            elif name in _BLOCKS:
                self.finish("item" if name == "li" else None)
                self.walk(child)
                self.finish("paragraph")
            elif name and name not in _DROPPED:
                self.walk(child)
            if child.tail:
                self._words.append(child.tail)

    def finish(self, following: BlockKind | None = None) -> None:
        """End the block that is being gathered; `following` is the kind of the next."""
        text = clean("".join(self._words))
        self._words.clear()
        if text:
            self.blocks.append(Block(text, self._kind, self._path()))
        if following:
            self._kind = following

    def _path(self) -> tuple[str, ...]:
        return (*self._outside, *(name for _, name in self._levels))

    def _heading(self, level: int, text: str) -> None:
        while self._levels and self._levels[-1][0] >= level:
            self._levels.pop()
        if text:
            self._levels.append((level, text))

    def _table(self, table: html.HtmlElement) -> None:
        caption = " ".join(_text(each) for each in table.iterchildren("caption"))
        if caption:
            self.blocks.append(Block(caption, "caption", self._path()))
        grid = list(_grid(table))
        first = next((at for at, (header, _) in enumerate(grid) if not header), len(grid))
        body = [cells for _, cells in grid[first:]] or [cells for _, cells in grid]
        width = max((len(cells) for cells in body), default=0)
        tops = [cells for _, cells in grid[:first]] if first < len(grid) else []
        columns = [
            clean(" ".join(dict.fromkeys(top[at] for top in tops if at < len(top))))
            for at in range(width)
        ]
        full = [(*cells, *[""] * (width - len(cells))) for cells in body]
        made = rows(columns, full, self._path())
        if not any(columns):
            made = [Block(each.text, "row", each.headings) for each in made]
        self.blocks.extend(made)


def _grid(table: html.HtmlElement) -> Iterator[tuple[bool, list[str]]]:
    """Each row with whether it is a header, its merged cells repeated."""
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _hang(hanging, cells)
            text = _text(cell)
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    hanging[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
        _hang(hanging, cells)
        parent = row.getparent()
        in_head = parent is not None and parent.tag == "thead"
        yield in_head or {each.tag for each in row} == {"th"}, cells


def _hang(hanging: dict[int, tuple[int, str]], cells: list[str]) -> None:
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value[:9]), 1), _SPAN) if value.isascii() and value.isdigit() else 1


def _text(element: html.HtmlElement) -> str:
    """All text of an element, its blocks apart by a space."""
    return clean(_joined(element))


def _joined(element: html.HtmlElement) -> str:
    words = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        apart = " " if name in _BLOCKS or name in ("td", "th", "tr") else ""
        if name and name not in _DROPPED:
            words.append(f"{apart}{_joined(child)}{apart}")
        words.append(child.tail or "")
    return "".join(words)
