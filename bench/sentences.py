"""How well and how fast sentences are told apart, on CRAFT's full-text articles.

Gold are the sentence spans that people marked in open-access articles of mouse genetics; a heading
counts as one. A span is right only when both ends are. Boundaries within a line are given apart,
since a line's end is no riddle. The baseline, in the same run, splits behind a full stop, question
or exclamation mark before a capital, and at blank lines. 1 − F1 is the share of error, so less is
better. Time is processor time for 1,500 characters, the length of an abstract.
"""

import gzip
import json
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench._report import Row, report
from probatum.terms.sentences import sentences

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GOLD = DATA / "sentences" / "craft_sentences.jsonl.gz"
ABSTRACTS = DATA / "abstract_pool" / "corpus.jsonl.gz"
NAIVE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n")

Span = tuple[int, int]
Splitter = Callable[[str], Sequence[Span]]


class Score(NamedTuple):
    """Precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def naive(text: str) -> list[Span]:
    """The baseline: what a first line of code would do."""
    edges = [0, *(edge for found in NAIVE.finditer(text) for edge in found.span()), len(text)]
    return [
        (start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if (piece := text[start:end]).strip()
    ]


def score(right: int, found: int, gold: int) -> Score:
    """Precision, recall and F1 out of counts."""
    return Score(right / found, right / gold, 2 * right / (found + gold))


def judge(articles: list[tuple[str, set[Span]]], split: Splitter) -> tuple[Score, Score]:
    """Scores of whole spans, and of the ends that do not stand at a line's end."""
    spans, ends = [0, 0, 0], [0, 0, 0]
    for text, gold in articles:
        found = set(split(text))
        for counts, one, other in (
            (spans, found, gold),
            (ends, within_lines(text, found), within_lines(text, gold)),
        ):
            for place, items in enumerate((one & other, one, other)):
                counts[place] += len(items)
    return score(*spans), score(*ends)


def within_lines(text: str, spans: set[Span]) -> set[int]:
    """The ends of spans that are followed by something on the same line."""
    return {end for _, end in spans if end < len(text) and text[end] != "\n"}


def microseconds(texts: list[str], work: Callable[[str], object], runs: int = 5) -> float:
    """Processor time for 1,500 characters, the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - started)
    return best / sum(map(len, texts)) * 1500 * 1e6


def read(path: Path) -> list[dict[str, object]]:
    """The records of a compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    """Measure and report."""
    if not GOLD.is_file():
        print(f"nothing measured: {GOLD} is not there")
        return
    articles = [
        (str(each["text"]), {(start, end) for start, end in each["sentences"]})  # type: ignore[attr-defined]
        for each in read(GOLD)
    ]
    texts = [str(each["text"]) for each in read(ABSTRACTS)] if ABSTRACTS.is_file() else []
    texts = texts or [text for text, _ in articles]
    spans, ends = judge(articles, sentences)
    plain_spans, plain_ends = judge(articles, naive)
    ours, plain = microseconds(texts, sentences), microseconds(texts, naive)
    report(
        "sentences",
        " ".join((__doc__ or "").split()),
        f"{len(articles)} articles with {sum(len(gold) for _, gold in articles):,} sentences, "
        f"timed on {len(texts):,} texts",
        [
            Row("spans, 1 − F1", 1 - spans.f1, "", 0.04),
            Row("spans, F1", spans.f1, ""),
            Row("spans, precision", spans.precision, ""),
            Row("spans, recall", spans.recall, ""),
            Row("boundaries within a line, F1", ends.f1, ""),
            Row("baseline: spans, F1", plain_spans.f1, ""),
            Row("baseline: boundaries within a line, F1", plain_ends.f1, ""),
            Row("time for 1,500 characters", ours, "µs", 60),
            Row("baseline: time for 1,500 characters", plain, "µs"),
            Row("time / baseline", ours / plain, "times"),
        ],
    )


if __name__ == "__main__":
    main()
