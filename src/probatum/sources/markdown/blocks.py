"""Markdown's tokens as blocks: links are their text, pictures their description, HTML its words."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.html import HTMLParser, fragment_fromstring
from markdown_it import MarkdownIt
from markdown_it.token import Token

from probatum.evidence.document import Block, BlockKind
from probatum.sources.html.blocks import blocks_of
from probatum.sources.html.main import readable
from probatum.sources.layout.raised import lowered, raised
from probatum.sources.layout.tables import row_text
from probatum.sources.layout.text import clean
from probatum.sources.limits import UnreadableError

# Lists and quotes inside one another; the parser drops what is nested deeper without a word.
_NESTED = 50
_PARSER = MarkdownIt("commonmark", {"maxNesting": _NESTED}).enable("table")
# The parser's time grows with the square of these in one paragraph.
_SIGNS, _MOST_SIGNS = re.compile(r"[\[*_]"), 50_000
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_TAG = re.compile(r"<(/?)(sup|sub)>", re.I)
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*>", re.S)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|hr)\b", re.I)


def blocks_of_markdown(text: str, title: str) -> list[Block]:
    """Every block of a text. A heading that is the title, or its beginning, stands over nothing."""
    if any(len(_SIGNS.findall(piece)) > _MOST_SIGNS for piece in _EMPTY_LINE.split(text)):
        raise UnreadableError(f"it has a paragraph of more than {_MOST_SIGNS:,} brackets and stars")
    try:
        tokens = _PARSER.parse(text)
    except RecursionError as error:
        raise UnreadableError("its lists or quotes are nested too deeply") from error
    if any(token.level >= _NESTED - 1 for token in tokens):
        raise UnreadableError(f"its lists or quotes are nested more than {_NESTED} deep")
    return list(_Walk(title).blocks(tokens))


class _Walk:
    def __init__(self, title: str) -> None:
        self._title = title.lower()
        self._path: list[tuple[int, str]] = []
        self._items = 0

    @property
    def _headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._path)

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Tokens come flat; a table's are taken together."""
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if token.type == "table_open":
                stop = next(n for n in range(place, len(tokens)) if tokens[n].type == "table_close")
                yield from self._table(tokens[place:stop])
                place = stop
            elif token.type == "heading_open":
                yield from self._heading(int(token.tag[1]), text_of(tokens[place + 1]))
                place += 1
            else:
                yield from self._other(token)
            place += 1

    def _other(self, token: Token) -> Iterator[Block]:
        kind: BlockKind = "item" if self._items else "paragraph"
        if token.type == "list_item_open":
            self._items += 1
        elif token.type == "list_item_close":
            self._items -= 1
        elif token.type == "inline":
            text = text_of(token)
            if text:
                yield Block(text, kind, self._headings)
        elif token.type in ("fence", "code_block"):
            for piece in re.split(r"\n[ \t]*\n", token.content):
                if clean(piece):
                    yield Block(clean(piece), kind, self._headings)
        elif token.type == "html_block":
            for block in _html(token.content, self._title):
                path = (*self._headings, *block.headings)
                yield Block(block.text, block.kind, path, columns=block.columns)

    def _heading(self, level: int, text: str) -> Iterator[Block]:
        if not text:
            return
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        yield Block(text, "heading", self._headings)
        if not self._title.startswith(text.lower()):
            self._path.append((level, text))

    def _table(self, tokens: Sequence[Token]) -> Iterator[Block]:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(text_of(token))
        header, body = rows[0], [row for row in rows[1:] if any(row)]
        if not any(header):
            header = []
        if not body:
            header, body = [], [header] if header else []
        for row in body:
            cells = row if any(row[1:]) else row[:1]
            names = tuple(header) if len(cells) == len(header) else ()
            yield Block(row_text(cells), "row", self._headings, columns=names)


def text_of(inline: Token) -> str:
    """The clean text of a paragraph, heading or cell."""
    parts: list[str] = []
    marked: list[tuple[str, int]] = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(token.content)
        elif token.type == "html_inline":
            _tag(token.content, parts, marked)
    return clean("".join(parts))


def _tag(tag: str, parts: list[str], marked: list[tuple[str, int]]) -> None:
    """A tag says nothing, but what is raised must not run into the figure before it."""
    found = _TAG.fullmatch(tag)
    if not found:
        if _BREAK.match(tag):
            parts.append(" ")
    elif not found[1]:
        marked.append((found[2].lower(), len(parts)))
    elif marked and marked[-1][0] == found[2].lower():
        name, start = marked.pop()
        inner, before = "".join(parts[start:]), "".join(parts[max(0, start - 2) : start])
        parts[start:] = [(raised if name == "sup" else lowered)(before, inner)]


def _html(text: str, title: str) -> list[Block]:
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = fragment_fromstring(text.encode("utf-8", "replace"), "div", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        bare = clean(_MARKUP.sub(" ", text))  # a comment, or marks that make no element
        return [Block(bare)] if bare else []
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise UnreadableError("its HTML elements are nested too deeply")
    return list(blocks_of(readable(root), title))
