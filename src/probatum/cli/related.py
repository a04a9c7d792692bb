"""`probatum related`: questions near a question that this library can answer, or given ones scored.

Every line of a file is looked at before the first is scored: a bad one stops the run with its
number and nothing is printed.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from probatum.cli.options import LibraryFolder, ListFormat, Listing
from probatum.cli.request import UsageError, readable

# Valid inside a JSON string, but many programs take them for the end of a line.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
# Digits of a score; more would be a precision that it does not have.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a question and the questions to lay beside it."""

    id: str | int | float | None
    question: str
    candidates: tuple[str, ...]


def related(
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", help="The question, or - for standard input."),
    ] = None,
    candidates: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Score these: JSONL (id, question, candidates), or - for standard input.",
        ),
    ] = None,
    listing: Listing = ListFormat.TEXT,
    library: LibraryFolder = None,
) -> int:
    """Questions on the same disease, drug or marker that this library can answer; may be none."""
    if (question is None) == (candidates is None):
        raise UsageError("related needs a question, or --candidates with a file, and not both.")
    if candidates is not None:
        return _score(candidates)
    text = sys.stdin.read() if question == "-" else str(question)
    return _offer(text, listing, library)


def _offer(question: str, listing: ListFormat, folder: Path | None) -> int:
    from probatum.engine import Ask, Engine

    found = Engine.open(folder).related(Ask(question=readable(question)))
    if listing is ListFormat.JSON:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for each in found:
        print(each)
    if not found:
        print("Nothing held here is close enough to suggest.", file=sys.stderr)
    return 0


def _score(source: str) -> int:
    from probatum.questions.likeness import likeness

    name = "standard input" if source == "-" else source
    items = list(_items(_content(source), name))
    judge = likeness()
    for item in items:
        scores = judge.scores(item.question, item.candidates)
        scored = [
            {"text": text, "score": round(score, _DIGITS)}
            for text, score in zip(item.candidates, scores, strict=True)
        ]
        line = json.dumps({"id": item.id, "candidates": scored}, ensure_ascii=False)
        sys.stdout.write(line.translate(_LINE_ENDS) + "\n")
    return 0


def _content(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).expanduser().read_bytes()
    except OSError as error:
        raise UsageError(f"{source}: cannot be read ({error.strerror}).") from error


def _items(content: bytes, name: str) -> Iterator[Item]:
    """The questions of the lines; UsageError names the first line that is not one."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name} line {place}: is not UTF-8 text.") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _item(line, f"{name} line {number}")


def _item(line: str, where: str) -> Item:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: not valid JSON.") from error
    if not isinstance(item, dict):
        raise UsageError(f"{where}: needs an object with id, question and candidates.")
    given, question, candidates = (item.get(key) for key in ("id", "question", "candidates"))
    if isinstance(given, (dict, list)):
        raise UsageError(f"{where}: the id must be a text or a number.")
    if not isinstance(question, str):
        raise UsageError(f"{where}: needs a text field question.")
    if not isinstance(candidates, list) or not all(isinstance(c, str) for c in candidates):
        raise UsageError(f"{where}: candidates must be a list of texts.")
    return Item(
        readable(given) if isinstance(given, str) else given,
        readable(question),
        tuple(readable(each) for each in candidates),
    )
