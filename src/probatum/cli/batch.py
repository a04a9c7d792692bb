"""Many questions from a JSONL file into a JSONL file of answer documents.

The answers appear under their name only when all are there, so that nobody takes half a run for a
whole one. A question that cannot be read gives a declined document; a line or option that cannot
be used stops the run with the line's number, before anything is answered where that can be seen.
One question that brings out a fault of ours costs only its own answer, and is named on stderr.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from probatum.cli.jsonl import line_of
from probatum.cli.live import live_sources, looked_up
from probatum.cli.model import model_of
from probatum.cli.request import UsageError, readable, request_of
from probatum.evidence.base import ProbatumError

if TYPE_CHECKING:
    from probatum.engine import Ask, Engine
    from probatum.evidence.answer import Answer
    from probatum.llm.chosen import Chosen

_FIELDS = frozenset(
    {"id", "question", "reader", "region", "as_of", "follow", "live", "patient", "model"}
)
_FAULT = "This question brought out a fault in the program, please report it."


def answer_all(
    engine: "Engine", library: Path | None, lines: Path, out: Path, defaults: Mapping[str, Any]
) -> int:
    """Answer every question of the file and count faults; UsageError for what cannot be used."""
    from rich.console import Console
    from rich.progress import Progress

    items = [(number, {**defaults, **item}) for number, item in read_lines(lines)]
    for number, item in items:
        # A follow-up may refer to an answer of this very run, so it is looked up in its turn.
        _request(engine, library, lines, number, {**item, "follow": None})
        _live(lines, number, item)
        _model(lines, number, item)
    faults = 0
    with (
        _replacing(out) as target,
        Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress,
    ):
        for number, item in progress.track(items, description="Answering"):
            request = _request(engine, library, lines, number, item)
            try:
                if names := _live(lines, number, item):
                    engine, request = looked_up(engine, library, request, names)
                line = _line(engine, library, request, _model(lines, number, item))
            except Exception as error:
                line = _document(engine.declined(request, _FAULT))
                what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
                print(f"probatum: {lines} line {number}: {_FAULT} {what}", file=sys.stderr)
                faults += 1
            target.write(line + "\n")
    return faults


def _request(
    engine: "Engine", library: Path | None, lines: Path, number: int, item: Mapping[str, Any]
) -> "Ask":
    try:
        return request_of(engine, library, item)
    except UsageError as error:
        raise UsageError(f"{lines} line {number}: {error}") from error


def _live(lines: Path, number: int, item: Mapping[str, Any]) -> tuple[str, ...]:
    try:
        return live_sources(item.get("live"))
    except ProbatumError as error:
        raise UsageError(f"{lines} line {number}: {error}") from error


def _model(lines: Path, number: int, item: Mapping[str, Any]) -> "Chosen | None":
    try:
        return model_of(item.get("model"))
    except ProbatumError as error:
        raise UsageError(f"{lines} line {number}: {error}") from error


def _line(
    engine: "Engine", library: Path | None, request: "Ask", model: "Chosen | None" = None
) -> str:
    from probatum.library.recent import remember

    try:
        answer = engine.ask(request, model)
        if answer.claims:
            remember(
                library,
                answer.id,
                engine.context(request),
                [reference.edition for reference in answer.references],
            )
    except ProbatumError as error:
        answer = engine.declined(request, str(error))
    return _document(answer)


def _document(answer: "Answer") -> str:
    from probatum.render.json import answer_document

    return line_of(answer_document(answer))


@contextmanager
def _replacing(out: Path) -> Iterator[TextIO]:
    """A file to write that takes its place when it is whole; a pipe or device is written as is."""
    try:
        if out.exists() and not out.is_file():
            with out.open("w", encoding="utf-8") as target:
                yield target
            return
        whole = out.resolve()
        part = whole.with_name(f".{whole.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8") as target:
                yield target
            part.replace(whole)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}).") from error


def read_lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The items of the file with their line numbers; unknown fields are left aside."""
    try:
        # A byte-order mark, as some editors write it, is no part of the first line.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 text.") from error
    # Not str.splitlines, which would also cut inside a JSON string at U+2028 and its kin.
    return [
        (number, _item(line, f"{path} line {number}"))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]


def _item(line: str, where: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: not valid JSON.") from error
    if not isinstance(item, dict) or not isinstance(item.get("question"), str):
        raise UsageError(f"{where}: needs a text field question.")
    if "as-of" in item:
        item.setdefault("as_of", item["as-of"])
    kept = {key: item[key] for key in item if key in _FIELDS and item[key] is not None}
    if "id" in kept:
        if isinstance(kept["id"], (dict, list)):
            raise UsageError(f"{where}: the id must be a text or a number.")
        kept["id"] = readable(str(kept["id"]))
    return kept
