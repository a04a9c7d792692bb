"""An article's text in blocks: paragraphs, items, captions, table rows, each under its headings.

Paragraphs of an article hold lists, tables and figures inside them; these are taken out into blocks
of their own and the words before and after stay paragraphs. Whatever element is not known is read
for its text, so that a tag nobody thought of costs no words. The list of references is no text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Block, BlockKind
from probatum.sources.layout.inline import append, local_name, text_of
from probatum.sources.layout.tables import row_blocks
from probatum.sources.layout.text import clean

Path = tuple[str, ...]

# Read for the blocks inside them, under their own title where they have one.
_PARTS: Final = frozenset(
    {"abstract", "ack", "app", "app-group", "bio", "body", "boxed-text", "disp-quote", "fn"}
    | {"floats-group", "floats-wrap", "fn-group", "glossary", "notes", "sec", "statement"}
    | {"author-notes", "table-wrap-foot", "table-wrap-group", "fig-group", "question-wrap"}
    | {"table-wrap", "fig", "chem-struct-wrap", "supplementary-material", "media", "list"}
    | {
        "def-list",
        "def-item",
        "list-item",
        "table",
        "p",
        "verse-group",
        "speech",
        "trans-abstract",
        "back",
        "ref-list",
    }
)
_FIGURES: Final = frozenset({"fig", "supplementary-material", "media", "chem-struct-wrap"})
# One line of text, whatever forms of the formula are inside.
_FORMULAS: Final = frozenset(
    {"", "disp-formula", "inline-formula", "disp-formula-group", "alternatives"}
)
# Said in other places, or no text: addresses, files, and the references.
_SILENT: Final = frozenset({"ref", "object-id", "corresp", "alt-text", "sec-meta"})
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
        told = heading_of(element)
        printed = clean(" ".join(text_of(each) for each in told))
        self.add(printed, "heading", path)
        name = printed or heading or _UNTITLED.get(local_name(element), "")
        self.inside(element, (*path, name) if name else path, told=told)

    def inside(
        self,
        element: _Element,
        path: Path,
        kind: BlockKind = "paragraph",
        told: Sequence[_Element] = (),
    ) -> None:
        """Everything inside an element but what was `told` before: running words as blocks of
        `kind`, parts one by one."""

        def left_out(each: _Element) -> str | None:
            return "" if local_name(each) in _SILENT or _among(each, told) else None

        running: list[str] = [element.text or ""]
        for child in element:
            name = local_name(child)
            is_part = name in _PARTS or (name not in _FORMULAS and _holds_parts(child))
            if left_out(child) is None and is_part:
                self.add("".join(running), kind, path)
                running = []
                self.take(child, path, kind, told)
            else:
                append(child, running, left_out)
            running.append(child.tail or "")
        self.add("".join(running), kind, path)

    def take(
        self,
        element: _Element,
        path: Path,
        kind: BlockKind = "paragraph",
        told: Sequence[_Element] = (),
    ) -> None:
        """A part in the way of its kind."""
        name = local_name(element)
        if name == "table-wrap":
            self._table(element, path)
        elif name == "table":
            self.blocks += row_blocks(element, path)
        elif name in _FIGURES:
            self._figure(element, path)
        elif name in ("list", "def-list"):
            self._list(element, path)
        elif name == "def-item":
            self._definition(element, path)
        elif name in ("list-item", "fn"):
            self._labelled(element, path, "item" if name == "list-item" else "paragraph")
        elif name in _PARTS and name not in ("p", "ref-list"):
            self.part(element, path)
        else:
            titles = heading_of(element) if name == "ref-list" else []
            self.inside(element, path, kind, [*told, *titles])

    def _list(self, element: _Element, path: Path) -> None:
        told = heading_of(element)
        title = clean(" ".join(text_of(each) for each in told))
        self.add(title, "heading", path)
        self.inside(element, (*path, title) if title else path, told=told)

    def _definition(self, element: _Element, path: Path) -> None:
        terms = [each for each in element if local_name(each) == "term"]
        meaning = text_of(element, lambda each: "" if _among(each, terms) else None)
        names = ", ".join(filter(None, map(text_of, terms)))
        self.add(": ".join(filter(None, (names, meaning))), "item", path)

    def _labelled(self, element: _Element, path: Path, kind: BlockKind) -> None:
        """A list item or footnote: its number or mark stands before its first words."""
        told = [each for each in element if local_name(each) == "label"][:1]
        before = len(self.blocks)
        self.inside(element, path, kind, told)
        label = " ".join(text_of(each) for each in told)
        if label and len(self.blocks) > before and self.blocks[before].kind == kind:
            first = self.blocks[before]
            self.blocks[before] = replace(first, text=clean(f"{label} {first.text}"))
        else:
            self.add(label, kind, path)

    def _figure(self, element: _Element, path: Path) -> None:
        """Label, title and legend as one caption; what else is inside follows."""
        told = _caption_parts(element)
        self.add(_caption(told), "caption", path, element.get("id"))
        self.inside(element, path, told=told)

    def _table(self, element: _Element, path: Path) -> None:
        """Caption, rows, and what else is inside, all with the table's id as their code."""
        told, before = _caption_parts(element), len(self.blocks)
        tables = [each for each in element.iter() if local_name(each) == "table"]
        tables = [each for each in tables if not _inside_table(each, element)]
        rows = [row for table in tables for row in row_blocks(table, path)]
        images = (each for each in element.iter() if local_name(each) in ("graphic", "media"))
        is_image = not rows and next(images, None) is not None
        caption = _caption(told)
        self.add(f"{caption} {_IMAGE_ONLY}" if is_image else caption, "caption", path)
        self.blocks += rows
        self.inside(element, path, told=[*told, *tables])
        code = element.get("id")
        self.blocks[before:] = [replace(each, code=code) for each in self.blocks[before:]]


def heading_of(element: _Element) -> list[_Element]:
    """A part's own label and title; the title of a box stands in its caption."""
    found = [each for each in element if local_name(each) == "label"][:1]
    titles = [each for each in element if local_name(each) == "title"]
    captions = (each for each in element if local_name(each) == "caption")
    inside = (each for caption in captions for each in caption if local_name(each) == "title")
    return found + (titles[:1] or list(inside)[:1])


def _among(element: _Element, others: Sequence[_Element]) -> bool:
    return any(element is each for each in others)


def _holds_parts(element: _Element) -> bool:
    return any(local_name(each) in _PARTS for each in element.iterdescendants())


def _inside_table(table: _Element, wrap: _Element) -> bool:
    above = table.getparent()
    while above is not None and above is not wrap:
        if local_name(above) in ("td", "th", "entry", "table"):
            return True
        above = above.getparent()
    return False


def _caption_parts(element: _Element) -> list[_Element]:
    labels = [each for each in element if local_name(each) == "label"][:1]
    return labels + [each for each in element if local_name(each) == "caption"]


def _caption(parts: Sequence[_Element]) -> str:
    """Label and caption: "Table 2. Adverse events"."""
    texts = [text for each in parts if (text := text_of(each))]
    is_labelled = len(texts) > 1 and local_name(parts[0]) == "label" and texts[0][-1] not in ".:"
    if is_labelled:
        texts[0] += "."
    return " ".join(texts)
