"""What holds of every document that a parser hands on and of every text laid out from one.

Each function gives the first promise that is broken, in words, or None. The fuzzer and the tests
share them: a parser that does not crash but hands on half a character, or a passage that cuts a
table's row, is broken all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from probatum.evidence.document import Block, Document, Item, Skipped
from probatum.sources.layout.text import clean
from probatum.sources.passages import Passage, Run


def broken_item(item: Item) -> str | None:
    """Whether every text of an item is clean: one line, readable, writable as UTF-8."""
    if not isinstance(item, Document):
        names = [item.where, item.reason] if isinstance(item, Skipped) else [item.source]
        return next((f"unclean: {name!r}" for name in names if not _printable(name)), None)
    for name, text in _texts(item):
        if text != clean(text):
            return f"the {name} is not clean: {text[:200]!r}"
    for text in _ids(item):
        if not _printable(text):
            return f"the id {text[:200]!r} cannot be printed"
    if item.year is not None and not 0 < item.year < 10_000:
        return f"its year is {item.year}"
    if not item.source.partition(":")[2]:
        return f"its id is empty: {item.source!r}"
    if not item.title and not item.blocks:
        return "it has neither a title nor a text"
    return None


def _printable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\n" not in text and "\x1b" not in text


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    for name in ("title", "format", "version", "label", "body", "container", "language"):
        yield name, getattr(document, name) or ""
    yield "licence", document.licence or ""
    for name in ("authors", "subjects", "publication_types", "conditions"):
        for text in getattr(document, name):
            yield f"one of the {name}", text
    for relation in document.relations:
        yield "note of a relation", relation.note or ""
    for block in document.blocks:
        yield f"text of a {block.kind}", block.text
        yield "code of a block", block.code or ""
        for heading in block.headings:
            yield "heading", heading
        for column in block.columns:
            yield "column", column


def _ids(document: Document) -> Iterator[str]:
    yield document.source
    yield from (relation.target for relation in document.relations)
    yield from document.identifiers.present().values()


@dataclass(frozen=True)
class _Line:
    """A line of the held text as it should be, and the run in force there."""

    start: int
    text: str
    kind: str
    run: Run

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def broken_layout(document: Document, text: str, passages: tuple[Passage, ...]) -> str | None:
    """Whether the held text is the title and the blocks under their headings, and the passages
    are slices of it, in order, that cover every block with its sentences, rows and headings."""
    lines = list(_expected(document))
    wanted = "\n".join([document.title] * bool(document.title) + [line.text for line in lines])
    if text != wanted:
        at = next((n for n, (a, b) in enumerate(zip(text, wanted, strict=False)) if a != b), -1)
        return f"the text differs from its blocks at {at}: {text[max(0, at - 40) : at + 40]!r}"
    if not lines:
        whole = bool(document.title)
        spans = [(passage.start, passage.end) for passage in passages]
        return None if spans == [(0, len(text))] * whole else f"a title alone has {spans}"
    return _broken_passages(text, passages, lines[0].start) or _broken_lines(passages, lines)


def _expected(document: Document) -> Iterator[_Line]:
    """Each heading once where a path enters it, then the block."""
    at = len(document.title) + 1 if document.title else 0
    path: tuple[str, ...] = ()
    last = ""
    for block in document.blocks:
        if not block.text:
            continue
        for heading in _entered(path, block, last):
            yield _Line(at, heading, "heading", Run(at, block.headings, block.page))
            at += len(heading) + 1
        path = block.headings
        if block.kind == "heading":
            path = (*path, block.text)
            if block.text == last:
                continue
        last = block.text
        run = Run(at, path, block.page, block.columns, block.code)
        yield _Line(at, block.text, block.kind, run)
        at += len(block.text) + 1


def _entered(path: tuple[str, ...], block: Block, last: str) -> list[str]:
    shared = 0
    while shared < min(len(path), len(block.headings)) and path[shared] == block.headings[shared]:
        shared += 1
    fresh = [heading for heading in block.headings[shared:] if heading]
    return fresh[1:] if fresh[:1] == [last] else fresh


def _broken_passages(text: str, passages: tuple[Passage, ...], first: int) -> str | None:
    at = first
    for number, passage in enumerate(passages):
        if text[at : passage.start].strip() or passage.start < at or passage.end <= passage.start:
            return f"passage {number} leaves text out or overlaps: {passage.start} after {at}"
        at = passage.end
        place = passage.start
        for start, end in passage.sentences:
            if not place <= start < end <= passage.end:
                return f"a sentence of passage {number} is out of place: {start}:{end}"
            if text[start:end] != text[start:end].strip():
                return f"a sentence has blanks at its ends: {text[start:end]!r}"
            place = end
        if passage.runs[0].start != passage.start:
            return f"passage {number} begins before its first run"
        starts = [run.start for run in passage.runs]
        if starts != sorted(set(starts)) or starts[-1] >= passage.end:
            return f"the runs of passage {number} are out of order: {starts}"
        if not all(0 <= item < len(passage.sentences) for item in passage.items):
            return f"passage {number} has an item without a sentence"
    return f"the text goes on behind the last passage at {at}" if text[at:].strip() else None


def _broken_lines(passages: tuple[Passage, ...], lines: list[_Line]) -> str | None:
    number = 0
    for line in lines:
        while passages[number].end <= line.start:
            number += 1
        passage = passages[number]
        if line.kind == "row" and (line.start, line.end) not in passage.sentences:
            return f"the row {line.text[:80]!r} is not one sentence of one passage"
        if line.kind == "heading" and passage.end < line.end:
            return f"the heading {line.text[:80]!r} is cut"
        run = [each for each in passage.runs if each.start <= line.start][-1]
        said = (run.headings, run.page, run.columns, run.code)
        if said != (line.run.headings, line.run.page, line.run.columns, line.run.code):
            return f"{line.text[:80]!r} stands under {said} in place of {line.run}"
        if line.kind != "heading" and not _covered(line, passages, number):
            return f"{line.text[:80]!r} has words outside of every sentence"
    return None


def _covered(line: _Line, passages: tuple[Passage, ...], number: int) -> bool:
    """Whether the sentences of the line's passages leave nothing of it out but blanks."""
    at = line.start
    while number < len(passages) and passages[number].start < line.end:
        for start, end in passages[number].sentences:
            if start >= line.end:
                break
            if end > line.start:
                if line.text[at - line.start : start - line.start].strip():
                    return False
                at = end
        number += 1
    return not line.text[at - line.start :].strip()
