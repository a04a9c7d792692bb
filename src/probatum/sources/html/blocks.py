"""The elements of a web page as blocks in reading order, under the headings they stand below."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from probatum.evidence.document import Block, BlockKind
from probatum.sources.layout.inline import BLOCKS, append, local_name, text_of
from probatum.sources.layout.tables import row_blocks
from probatum.sources.layout.text import clean

_BLOCKS = BLOCKS | frozenset(
    [
        "body",
        "html",
        "hgroup",
        "center",
        "details",
        "summary",
        "legend",
        "fieldset",
        "form",
        "dir",
        "search",
        "figure",
    ]
)
_HEADING = re.compile(r"h([1-6])")
# Numbers a table or figure, in a heading that stands over nothing else.
_CAPTION = re.compile(r"(?:table|figure|fig\.)\s+[A-Z]?\d", re.I)
_SECTIONS = frozenset({"section", "article", "aside", "figure", "details"})
# The mark of a footnote in an element of its own; it belongs to the words behind it.
_MARK = re.compile(r"[*†‡§‖¶#]{1,3}")
# What controls of the page say, where they are links between the paragraphs.
_CONTROLS = frozenset(
    (
        "open in a new tab",
        "open in new tab",
        "back to top",
        "skip to main content",
        "print this page",
    )
)
_NESTED = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "form"})


class Blocks:
    """Walks a page's main part once and keeps what it finds."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._path: list[tuple[int, str]] = []
        self._parts: list[str] = []
        self._breaks = 0
        self._kind: BlockKind = "paragraph"
        self._wide: set[HtmlElement] = set()
        self.found: list[Block] = []

    def read(self, root: HtmlElement) -> list[Block]:
        """The blocks of an element."""
        for each in root.iter():
            if local_name(each) in _BLOCKS:
                self._mark(each)
        self._children(root)
        self._flush()
        return self.found

    def _mark(self, element: HtmlElement) -> None:
        """Note an element and those around it: they can't be part of a line of text."""
        current: HtmlElement | None = element
        while current is not None and current not in self._wide:
            self._wide.add(current)
            current = current.getparent()

    @property
    def _headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._path)

    def _add(self, text: str, kind: BlockKind) -> None:
        if not text or text.lower() in _CONTROLS:
            return
        last = self.found[-1] if self.found else None
        if last and last.kind != "row" and _MARK.fullmatch(last.text):
            text = f"{self.found.pop().text} {text}"
        self.found.append(Block(text, kind, self._headings))

    def _flush(self) -> None:
        """End a paragraph or item."""
        text = clean("".join(self._parts))
        self._parts, self._breaks = [], 0
        self._add(text, self._kind)

    def _children(self, element: HtmlElement) -> None:
        self._inline(element.text)
        for child in element:
            self._child(child)
            self._inline(child.tail)

    def _inline(self, text: str | None) -> None:
        if text:
            if text.strip():
                self._breaks = 0
            self._parts.append(text)

    def _child(self, child: HtmlElement) -> None:
        name = local_name(child)
        if name == "br":
            self._breaks += 1
            self._parts.append(" ")
            if self._breaks > 1:  # an empty line: how old pages part paragraphs
                self._flush()
        elif name == "img":
            alt = (child.get("alt") or "").strip()
            self._inline(alt if len(alt) <= 3 else None)  # a sign shown as a picture
        elif child not in self._wide:
            before = len(self._parts)
            append(child, self._parts, _label)
            if any(part.strip() for part in self._parts[before:]):
                self._breaks = 0
        else:
            self._flush()
            self._block(child, name)
            self._flush()

    def _block(self, element: HtmlElement, name: str) -> None:
        heading = _HEADING.fullmatch(name)
        if heading or element.get("role") == "heading":
            self._start(element, int(heading[1]) if heading else _level(element))
        elif name in ("li", "dd", "dt"):
            self._item(element)
        elif name == "dl":
            self._definitions(element)
        elif name == "table":
            self._table(element)
        elif name == "figure":
            self._figure(element)
        elif name in ("figcaption", "caption"):
            self._add(text_of(element), "caption")
        elif name == "pre":
            for piece in re.split(r"\n[ \t]*\n", element.text_content()):
                self._add(clean(piece), self._kind)
        elif name in _SECTIONS:
            self._section(element)
        else:
            self._children(element)

    def _section(self, element: HtmlElement) -> None:
        """Headings inside a section end with it, unless it holds nothing but headings."""
        path, start = list(self._path), len(self.found)
        self._children(element)
        self._flush()
        if any(block.kind != "heading" for block in self.found[start:]):
            self._path = path

    def _start(self, element: HtmlElement, level: int) -> None:
        text = text_of(element)
        if not text:
            return
        if _CAPTION.match(text):
            self._add(text, "caption")
            return
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._add(text, "heading")
        if text != self._title:
            self._path.append((level, text))

    def _item(self, element: HtmlElement) -> None:
        before, self._kind = self._kind, "item"
        self._children(element)
        self._flush()
        self._kind = before

    def _definitions(self, element: HtmlElement) -> None:
        """A term with its one-line definition is one item; else each stands for itself."""
        terms: list[str] = []
        for child in element.iterchildren("dt", "dd", "div"):
            name = local_name(child)
            if name == "div":
                self._definitions(child)
            elif name == "dt":
                terms.append(text_of(child))
            elif any(each in self._wide for each in child.iterdescendants()):
                for term in terms:
                    self._add(term, "item")
                terms = []
                self._item(child)
            else:
                term = ", ".join(filter(None, terms)).rstrip(":")
                self._add(": ".join(filter(None, (term, text_of(child)))), "item")
                terms = []
        for term in terms:
            self._add(term, "item")

    def _table(self, element: HtmlElement) -> None:
        inside = {local_name(each) for each in element.iterdescendants()}
        if inside & _NESTED or element.get("role") in ("presentation", "none"):
            self._children(element)
            return
        for caption in element.iterchildren("caption"):
            self._add(text_of(caption), "caption")
        self.found += row_blocks(element, self._headings)

    def _figure(self, element: HtmlElement) -> None:
        """A figure's number may stand in a heading of its own above the caption."""
        label = " ".join(text_of(each) for each in element.iter("h1", "h2", "h3", "h4", "h5", "h6"))
        for each in list(element.iter("h1", "h2", "h3", "h4", "h5", "h6")):
            each.drop_tree()
        start = len(self.found)
        self._section(element)
        for place in range(start, len(self.found)):
            block = self.found[place]
            if label and block.kind == "caption":
                self.found[place] = Block(clean(f"{label} {block.text}"), "caption", block.headings)
                return
        self._add(clean(label), "caption")


def _label(element: HtmlElement) -> str | None:
    """A number that only the style sheet sets off from the words behind it: "1." before a name."""
    if local_name(element) == "span" and "label" in (element.get("class") or "").split():
        return f"{text_of(element)} "
    return None


def _level(element: HtmlElement) -> int:
    given = (element.get("aria-level") or "").strip()
    return int(given) if given.isdecimal() and len(given) < 3 else 2


def blocks_of(root: HtmlElement, title: str) -> Iterator[Block]:
    """Every block of a page's main part; a heading that is the title stands over nothing."""
    yield from Blocks(title).read(root)
