"""A passage as a row: its sentences and runs as JSON, and its share of the held text.

A document's text is kept in its passages, so that a passage is read without the rest of a book.
"""

import json
from collections.abc import Iterator, Sequence

from probatum.sources.passages import Passage, Run


def detail_of(passage: Passage) -> str:
    """Sentences and runs of a passage as JSON, in offsets from the passage's start."""
    sentences: list[int] = []
    for start, end in passage.sentences:
        sentences += (start - passage.start, end - passage.start)
    runs = [
        [run.start - passage.start, run.headings, run.page, run.columns, run.code]
        for run in passage.runs
    ]
    row = [sentences, runs, passage.items] if passage.items else [sentences, runs]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def passage_of(start: int, end: int, detail: str) -> Passage:
    """A passage from its row."""
    flat, runs, *items = json.loads(detail)
    spans = tuple((start + a, start + b) for a, b in zip(flat[::2], flat[1::2], strict=True))
    return Passage(
        start,
        end,
        tuple(
            Run(start + at, tuple(headings), page, tuple(columns), code)
            for at, headings, page, columns, code in runs
        ),
        spans,
        tuple(items[0]) if items else (),
    )


def pieces(text: str, passages: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """The text cut at the passages' ends; joined they are the text again.

    Each piece ends with its passage's words and begins with what stands before them and after the
    passage before (a line end; the title before the first).
    """
    at = 0
    for place, (_, end, _) in enumerate(passages):
        last = place == len(passages) - 1
        if last and end != len(text):
            raise ValueError("a text does not end with its last passage")
        yield text[at:end]
        at = end
