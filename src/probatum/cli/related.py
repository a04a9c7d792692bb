"""`probatum related`: questions near a question that this library can answer, or given ones scored.

Every line of a file is looked at before the first is scored: a bad one stops the run with its
number and nothing is printed.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from probatum.cli.jsonl import Id, content_of, id_of, line_of, objects
from probatum.cli.options import LibraryFolder, ListFormat, Listing
from probatum.cli.request import UsageError, readable

# Digits of a score; more would be a precision that it does not have.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a question and the questions to lay beside it."""

    id: Id
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
    lines = objects(content_of(source), name, "id, question and candidates")
    items = [_item(item, where) for item, where in lines]
    judge = likeness()
    for item in items:
        scores = judge.scores(item.question, item.candidates)
        scored = [
            {"text": text, "score": round(score, _DIGITS)}
            for text, score in zip(item.candidates, scores, strict=True)
        ]
        sys.stdout.write(line_of({"id": item.id, "candidates": scored}) + "\n")
    return 0


def _item(item: Mapping[str, Any], where: str) -> Item:
    given = id_of(item, where)
    question, candidates = item.get("question"), item.get("candidates")
    if not isinstance(question, str):
        raise UsageError(f"{where}: needs a text field question.")
    if not isinstance(candidates, list) or not all(isinstance(c, str) for c in candidates):
        raise UsageError(f"{where}: candidates must be a list of texts.")
    return Item(
        given,
        readable(question),
        tuple(readable(each) for each in candidates),
    )
