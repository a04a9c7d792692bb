"""The text of a drug label's sections in blocks, with footnotes shown where they belong.

A label numbers its footnotes only when it is displayed. Each gets the mark that FDA's style sheet
gives it, in the text and before the note, so that "5%" and the condition under which it holds stay
together; the notes follow the table or paragraph that carries them.
"""

from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from probatum.evidence.document import Block, BlockKind
from probatum.sources.layout.inline import append, local_name, text_of
from probatum.sources.layout.tables import row_blocks
from probatum.sources.layout.text import clean

Path = tuple[str, ...]

_PARTS: Final = frozenset(
    {"paragraph", "list", "table", "renderMultiMedia", "excerpt", "highlight"}
)
# In the order of FDA's style sheet for structured product labelling.
_MARKS: Final = "*†‡§¶#♠♥♦♣"


@dataclass
class LabelWriter:
    """The blocks of one label, in reading order."""

    blocks: list[Block] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _marks: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    def add(self, text: str, kind: BlockKind, path: Path, code: str | None) -> None:
        """Add a block unless it is empty, and after it the notes it carries."""
        if text := clean(text):
            self.blocks.append(Block(text, kind, path, code=code))
        self._finish_notes(path, code)

    def text(self, element: _Element, path: Path, code: str | None) -> None:
        """A section's text; its footnotes are counted anew."""
        self._marks, self._count = {}, 0
        self._inside(element, path, code, "paragraph")

    def words(self, element: _Element) -> str:
        """Running text; footnotes are set aside."""
        return text_of(element, self._set_aside)

    def _inside(self, element: _Element, path: Path, code: str | None, kind: BlockKind) -> None:
        running = [element.text or ""]
        for child in element:
            name = local_name(child)
            if name in _PARTS or (name and _holds_parts(child)):
                self.add("".join(running), kind, path, code)
                running = []
                self._part(child, name, path, code, kind)
            else:
                append(child, running, self._set_aside)
            running.append(child.tail or "")
        self.add("".join(running), kind, path, code)

    def _part(
        self, element: _Element, name: str, path: Path, code: str | None, kind: BlockKind
    ) -> None:
        if name == "table":
            self._table(element, path, code)
        elif name == "list":
            self._list(element, path, code)
        elif name == "renderMultiMedia":
            self.add(self.words(element), "caption", path, code)
        else:
            self._inside(element, path, code, kind)

    def _list(self, element: _Element, path: Path, code: str | None) -> None:
        for child in element:
            name = local_name(child)
            if name == "caption":
                self.add(self.words(child), "paragraph", path, code)
            elif name:
                self._item(child, path, code)

    def _item(self, item: _Element, path: Path, code: str | None) -> None:
        """An item of one paragraph is one block, its caption before it ("a) ")."""
        inner = [child for child in item if local_name(child) in _PARTS]
        lone = len(inner) == 1 and local_name(inner[0]) == "paragraph"
        if not any(_holds_parts(child) for child in item) and (lone or not inner):
            self.add(self.words(item), "item", path, code)
        else:
            self._inside(item, path, code, "item")

    def _table(self, element: _Element, path: Path, code: str | None) -> None:
        for child in element:
            if local_name(child) == "caption":
                text = self.words(child)
                if text:
                    self.blocks.append(Block(text, "caption", path, code=code))
        self.blocks += row_blocks(element, path, code, self.words)
        self._finish_notes(path, code)

    def _set_aside(self, element: _Element) -> str | None:
        name = local_name(element)
        if name == "footnote":
            mark = self._mark(element.get("ID", ""))
            # The note comes first in the list, for a note may stand inside another one.
            place = len(self._notes)
            self._notes.append("")
            self._notes[place] = clean(f"{mark} {self.words(element)}")
            return mark
        if name == "footnoteRef":
            return self._mark(element.get("IDREF", ""))
        return None

    def _mark(self, name: str) -> str:
        if not name or name not in self._marks:
            self._count += 1
            number = self._count
            mark = _MARKS[number - 1] if number <= len(_MARKS) else f"[{number}]"
            if not name:
                return mark
            self._marks[name] = mark
        return self._marks[name]

    def _finish_notes(self, path: Path, code: str | None) -> None:
        notes, self._notes = self._notes, []
        self.blocks += (Block(note, "paragraph", path, code=code) for note in notes if note)


def _holds_parts(element: _Element) -> bool:
    return any(local_name(each) in _PARTS for each in element.iterdescendants())
