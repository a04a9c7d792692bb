"""From blocks to the held text and its passages.

The held text is the title and the blocks, a line each, with heading lines where the path changes;
it is made once and never changes, and every passage, sentence and anchor is a slice of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from probatum.evidence.document import Block, BlockKind, Document
from probatum.evidence.source import Depth
from probatum.sources.limits import BLOCKS, TEXT_CHARACTERS, UnreadableError
from probatum.terms.sentences import sentences

# A passage should be long enough to carry its context into a ranking by words and short enough to
# be read beside its quote: about a long paragraph. An abstract is one thought and stays whole.
_AIM = 1_500
_MOST = 3_000
_ABSTRACT = 5_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """From `start` on (until the next run) the text stands under these headings, on this page.

    `columns` is the header row of a table's rows, empty elsewhere.
    """

    start: int
    headings: tuple[str, ...] = ()
    page: int | None = None
    columns: tuple[str, ...] = ()
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` of the held text; runs and sentences are in offsets of that text too.

    A table's row counts as one sentence, so that it is never quoted in part; a heading is none.
    `items` are the places in `sentences` that stand in a list.
    """

    start: int
    end: int
    runs: tuple[Run, ...]
    sentences: tuple[Span, ...]
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    run: Run
    spans: tuple[Span, ...]
    kind: BlockKind

    @property
    def heading(self) -> bool:
        return self.kind == "heading"

    @property
    def row(self) -> bool:
        return self.kind == "row"


def lay_out(document: Document) -> tuple[str, tuple[Passage, ...]]:
    """The held text of a document and its passages in order; together they cover every block."""
    pieces: list[str] = []
    lines = list(_lines(document, pieces))
    text = "\n".join(pieces)
    if not lines:
        whole = _title_alone(document.title)
        return text, whole
    whole_abstract = document.depth is Depth.ABSTRACT and len(text) <= _ABSTRACT
    groups = [lines] if whole_abstract else _groups(lines)
    return text, tuple(_passage(group) for group in groups)


def _title_alone(title: str) -> tuple[Passage, ...]:
    """A work of which only the title is held is still found, and may be quoted, by it."""
    if not title:
        return ()
    return (Passage(0, len(title), (Run(0),), tuple(sentences(title))),)


def _lines(document: Document, pieces: list[str]) -> Iterator[_Line]:
    at = 0
    if document.title:
        pieces.append(document.title)
        at = len(document.title) + 1
    path: tuple[str, ...] = ()
    last = ""
    if len(document.blocks) > BLOCKS:
        raise UnreadableError(f"it has more than {BLOCKS:,} paragraphs, rows and headings")
    for block in document.blocks:
        if at > TEXT_CHARACTERS:
            raise UnreadableError(f"its text is longer than {TEXT_CHARACTERS:,} characters")
        if not block.text:
            continue
        for heading in _new_headings(path, block, last):
            run = Run(at, block.headings, block.page)
            pieces.append(heading)
            yield _Line(at, at + len(heading), run, ((at, at + len(heading)),), "heading")
            at += len(heading) + 1
        path = block.headings
        if block.kind == "heading":
            path = (*path, block.text)
            if block.text == last:
                continue
        last = block.text
        end = at + len(block.text)
        run = Run(at, path, block.page, block.columns, block.code)
        pieces.append(block.text)
        yield _Line(at, end, run, _spans(block, at), block.kind)
        at = end + 1


def _new_headings(path: Sequence[str], block: Block, last: str) -> Iterable[str]:
    """The headings of the block's path that the text has not just shown."""
    shared = 0
    for old, new in zip(path, block.headings, strict=False):
        if old != new:
            break
        shared += 1
    fresh = [heading for heading in block.headings[shared:] if heading]
    return fresh[1:] if fresh and fresh[0] == last else fresh


def _spans(block: Block, at: int) -> tuple[Span, ...]:
    if block.kind in ("row", "heading"):
        return ((at, at + len(block.text)),)
    return tuple((at + start, at + end) for start, end in sentences(block.text))


def _groups(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines that belong together: under one path, up to a length, a heading never last.

    Short sections are joined under what they share, because a passage of one line is found for
    its shortness rather than for its meaning; a line longer than a passage is cut at a sentence.
    """
    group: list[_Line] = []
    for line in (part for whole in lines for part in _cut(whole)):
        if group and _closes(group, line):
            carried = _trailing_headings(group)
            if carried < len(group):
                yield group[: len(group) - carried]
                group = group[len(group) - carried :]
        group.append(line)
    if group:
        yield group


def _closes(group: Sequence[_Line], line: _Line) -> bool:
    length = group[-1].end - group[0].start
    if length + line.end - line.start > _MOST:
        return True
    if group[-1].row != line.row and not group[-1].heading and length > _AIM // 4:
        return True
    if line.run.headings != group[-1].run.headings and not line.row:
        return length > _AIM // 3
    return length > _AIM


def _trailing_headings(group: Sequence[_Line]) -> int:
    count = 0
    while count < len(group) and group[-1 - count].heading:
        count += 1
    return count


def _cut(line: _Line) -> Iterator[_Line]:
    """A line that is longer than a passage may be, at sentence ends; a table's row stays whole."""
    if line.end - line.start <= _MOST or line.row:
        yield line
        return
    kept: list[Span] = []
    for span in line.spans:
        if kept and span[1] - kept[0][0] > _AIM:
            yield _part(line, kept)
            kept = []
        kept.append(span)
    if kept:
        yield _part(line, kept)


def _part(line: _Line, spans: list[Span]) -> _Line:
    start, end = spans[0][0], spans[-1][1]
    run = line.run
    moved = Run(start, run.headings, run.page, run.columns, run.code)
    return _Line(start, end, moved, tuple(spans), line.kind)


def _passage(lines: Sequence[_Line]) -> Passage:
    runs = [lines[0].run]
    for line in lines[1:]:
        run, last = line.run, runs[-1]
        if (run.headings, run.page, run.columns, run.code) != (
            last.headings,
            last.page,
            last.columns,
            last.code,
        ):
            runs.append(run)
    spans: list[Span] = []
    items: list[int] = []
    for line in lines:
        if not line.heading:
            if line.kind == "item":
                items += range(len(spans), len(spans) + len(line.spans))
            spans += line.spans
    return Passage(lines[0].start, lines[-1].end, tuple(runs), tuple(spans), tuple(items))
