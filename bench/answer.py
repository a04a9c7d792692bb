"""How long a question takes in a process that is already running.

A question is timed the first time this process sees it (nothing of it is remembered, though facts
shared with earlier questions may be) and again when it is repeated. Two baselines from the same
run: a plain search for the question's words in every held statement, which is the least that any
answer must do; and writing the finished answer as JSON, which is the least its reader must wait.
"""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench._questions import questions
from bench._report import Row, middle, percentile, report
from probatum.engine import Ask, Engine
from probatum.render.json import answer_document


def milliseconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def word_scan(question: str, statements: list[str]) -> list[tuple[int, int]]:
    """Statements by how many of the question's words they hold; no understanding, no check."""
    words = set(question.casefold().split())
    found = [(sum(w in text for w in words), n) for n, text in enumerate(statements)]
    return sorted(found, reverse=True)


def main() -> None:
    """Measure and report."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(Path(folder))
        asked = questions(engine)
        statements = [engine.statement(id).casefold() for id in engine.library.records]
        opening = milliseconds(lambda: engine.ask(Ask(question=asked[0])))
        first, again, scans, dumps = [], [], [], []
        for question in asked[1:]:
            ask = Ask(question=question)
            first.append(milliseconds(lambda ask=ask: engine.ask(ask)))
            again.append(milliseconds(lambda ask=ask: engine.ask(ask)))
            scans.append(milliseconds(lambda q=question: word_scan(q, statements)))
            document = answer_document(engine.ask(ask))
            dumps.append(milliseconds(lambda d=document: json.dumps(d)))
    report(
        "answer",
        " ".join((__doc__ or "").split()),
        f"{len(asked)} questions, {len(statements)} records",
        [
            Row("warm ask, new question, median", middle(first), "ms", 50),
            Row("warm ask, new question, 95th percentile", percentile(first, 0.95), "ms"),
            Row("warm ask, repeated question, median", middle(again), "ms", 50),
            Row("warm ask, repeated question, 95th percentile", percentile(again, 0.95), "ms"),
            Row("very first question of the process", opening, "ms"),
            Row("baseline: word search over all statements, median", middle(scans), "ms"),
            Row("new question / word search", middle(first) / middle(scans), "times"),
            Row("baseline: json.dumps of the same answer, median", middle(dumps), "ms"),
            Row("new question / json.dumps", middle(first) / middle(dumps), "times"),
        ],
    )


if __name__ == "__main__":
    main()
