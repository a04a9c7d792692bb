"""An article's text in blocks: paragraphs, items, captions, table rows, each under its headings.

Paragraphs of an article hold lists, tables and figures inside them; these are taken out into blocks
of their own and the words before and after stay paragraphs. Whatever element is not known is read
for its text, so that a tag nobody thought of costs no words. The list of references is no text.
"""

from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Block, BlockKind
from probatum.sources.inline import append, local_name, text_of
from probatum.sources.tables import row_blocks
from probatum.sources.text import clean

Path = tuple[str, ...]

# Read for the blocks inside them, under their own title where they have one.
_PARTS: Final = frozenset(
    {"abstract", "ack", "app", "app-group", "bio", "body", "boxed-text", "disp-quote", "fn"}
    | {"floats-group", "floats-wrap", "fn-group", "glossary", "notes", "sec", "statement"}
    | {"author-notes", "table-wrap-foot", "table-wrap-group", "fig-group", "question-wrap"}
    | {"table-wrap", "fig", "chem-struct-wrap", "supplementary-material", "media", "list"}
    | {"def-list", "p", "verse-group", "speech", "trans-abstract", "back", "ref-list"}
)
_FIGURES: Final = frozenset({"fig", "supplementary-material", "media", "chem-struct-wrap"})
# One line of text, whatever forms of the formula are inside.
_FORMULAS: Final = frozenset(
    {"", "disp-formula", "inline-formula", "disp-formula-group", "alternatives"}
)
# Said in other places, or no text: addresses, files, and the references.
_SILENT: Final = frozenset(
    {"ref", "object-id", "label", "title", "corresp", "alt-text", "sec-meta"}
)
# What stands for the heading of a part that prints none.
_UNTITLED: Final = {"ack": "Acknowledgements", "glossary": "Abbreviations"}
_IMAGE_ONLY: Final = "(table given as an image only)"


@dataclass
class Writer:
    """The blocks of one article, in reading order."""

    blocks: list[Block] = field(default_factory=list)

    def add(self, text: str, kind: BlockKind, path: Path, code: str | None = None) -> None:
        """Add a block unless it is empty."""
        if text := clean(text):
            self.blocks.append(Block(text, kind, path, code=code))

    def part(self, element: _Element, path: Path, heading: str = "") -> None:
        """A section or what is like one; `heading` stands for a title that is not printed."""
        label, title = _own(element, "label"), _title(element)
        printed = clean(f"{label} {title}") if title else ""
        if printed:
            self.add(printed, "heading", path)
        name = printed or heading or _UNTITLED.get(local_name(element), "")
        self.inside(element, (*path, name) if name else path, "paragraph")

    def inside(self, element: _Element, path: Path, kind: BlockKind) -> None:
        """Everything inside an element: running words as blocks of `kind`, parts one by one."""
        running: list[str] = [element.text or ""]
        for child in element:
            name = local_name(child)
            if name in _PARTS or (name not in _FORMULAS and _holds_parts(child)):
                self.add("".join(running), kind, path)
                running = []
                self.take(child, path, kind)
            elif name not in _SILENT:
                append(child, running)
            running.append(child.tail or "")
        self.add("".join(running), kind, path)

    def take(self, element: _Element, path: Path, kind: BlockKind = "paragraph") -> None:
        """A part in the way of its kind."""
        name = local_name(element)
        if name == "table-wrap":
            self._table(element, path)
        elif name in _FIGURES:
            self._figure(element, path)
        elif name == "list":
            self._list(element, path)
        elif name == "def-list":
            self._definitions(element, path)
        elif name == "fn":
            self._note(element, path)
        elif name in _PARTS and name not in ("p", "ref-list"):
            self.part(element, path)
        else:
            self.inside(element, path, kind)

    def _list(self, element: _Element, path: Path) -> None:
        if title := _title(element):
            self.add(title, "heading", path)
            path = (*path, title)
        for item in element:
            if local_name(item) != "list-item":
                self._loose(item, path)
            elif any(_holds_parts(child) for child in item):
                self.add(_own(item, "label"), "item", path)
                self.inside(item, path, "item")
            else:
                self.add(text_of(item), "item", path)

    def _definitions(self, element: _Element, path: Path) -> None:
        if title := _title(element):
            self.add(title, "heading", path)
            path = (*path, title)
        for item in element:
            if local_name(item) == "def-item":
                terms = [text_of(each) for each in item if local_name(each) == "term"]
                meanings = [text_of(each) for each in item if local_name(each) != "term"]
                texts = (", ".join(terms), "; ".join(each for each in meanings if each))
                self.add(": ".join(text for text in texts if text), "item", path)
            elif local_name(item) == "def-list":
                self._definitions(item, path)
            else:
                self._loose(item, path)

    def _loose(self, element: _Element, path: Path) -> None:
        if local_name(element) not in _SILENT | {""}:
            self.add(text_of(element), "paragraph", path)

    def _note(self, element: _Element, path: Path) -> None:
        """A footnote with its mark; one paragraph is one block."""
        texts = [text_of(child) for child in element if local_name(child) not in ("", "label")]
        own = clean(element.text or "")
        for number, text in enumerate(text for text in (own, *texts) if text):
            label = _own(element, "label") if number == 0 else ""
            self.add(f"{label} {text}", "paragraph", path)

    def _figure(self, element: _Element, path: Path) -> None:
        """Label, title and legend as one caption; what else is inside follows."""
        self.add(_caption(element), "caption", path, element.get("id"))
        for child in element:
            name = local_name(child)
            if name in _FIGURES:
                self._figure(child, path)
            elif name in ("p", "list", "def-list", "table-wrap", "attrib", "permissions", "fn"):
                self.take(child, path)

    def _table(self, element: _Element, path: Path) -> None:
        """Caption, rows and footnotes, all with the table's id as their code."""
        code = element.get("id")
        tables = [each for each in element.iter() if local_name(each) == "table"]
        tables = [each for each in tables if not _inside_table(each, element)]
        tables += [each for each in element.iter() if local_name(each) == "tgroup"]
        caption = _caption(element)
        rows = [row for table in tables for row in row_blocks(table, path, code)]
        is_image = not rows and any(
            local_name(each) in ("graphic", "media") for each in element.iter()
        )
        self.add(f"{caption} {_IMAGE_ONLY}" if is_image else caption, "caption", path, code)
        self.blocks += rows
        before = len(self.blocks)
        for child in element:
            name = local_name(child)
            if name in (
                "table-wrap-foot",
                "fn-group",
                "fn",
                "p",
                "list",
                "def-list",
                "permissions",
            ):
                self.take(child, path)
            elif name in ("attrib", "disp-formula", "preformat", "textual-form", "long-desc"):
                self.add(text_of(child), "paragraph", path)
        noted = self.blocks[before:]
        self.blocks[before:] = [
            Block(each.text, each.kind, each.headings, columns=each.columns, code=code)
            for each in noted
        ]


def _holds_parts(element: _Element) -> bool:
    return any(local_name(each) in _PARTS for each in element.iterdescendants())


def _inside_table(table: _Element, wrap: _Element) -> bool:
    above = table.getparent()
    while above is not None and above is not wrap:
        if local_name(above) in ("td", "th", "entry", "table"):
            return True
        above = above.getparent()
    return False


def _own(element: _Element, name: str) -> str:
    """The text of the element's own label or title."""
    found = next((child for child in element if local_name(child) == name), None)
    return text_of(found) if found is not None else ""


def _title(element: _Element) -> str:
    """A part's title; that of a box stands in its caption."""
    if title := _own(element, "title"):
        return title
    caption = next((child for child in element if local_name(child) == "caption"), None)
    return _own(caption, "title") if caption is not None else ""


def _caption(element: _Element) -> str:
    """Label and caption: "Table 2. Adverse events"."""
    label = _own(element, "label")
    captions = [text_of(each) for each in element if local_name(each) == "caption"]
    gap = " " if not label or label[-1] in ".:" else ". "
    return gap.join(text for text in (label, " ".join(captions)) if text)
