"""A passage's sentences and runs as the JSON of its row, and back."""

import json

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
