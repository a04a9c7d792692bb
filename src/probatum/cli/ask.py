"""`probatum ask`: one question, or many from a file."""

import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probatum.cli.options import LibraryFolder
from probatum.evidence.answer import Answer, AnswerStatus, ReaderName
from probatum.evidence.base import ProbatumError

if TYPE_CHECKING:
    from probatum.engine import Ask, Engine

# A question is at most a few thousand characters; more on stdin is a file piped by mistake.
_STDIN_LIMIT = 100_000
_FIELDS = frozenset({"id", "question", "reader", "region", "as_of", "follow", "format"})
_LATER = ("patient", "model", "live")


class AnswerFormat(StrEnum):
    """How the answer is printed."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


class UsageError(ProbatumError):
    """Options or input that cannot be used, in one sentence."""


def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question in plain words; - reads it from stdin.")
    ] = None,
    reader: Annotated[ReaderName, typer.Option(help="Whose words to use.")] = ReaderName.CLINICIAN,
    region: Annotated[
        str | None, typer.Option(help="Where: us, eu, uk, japan, … Puts its approvals first.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Answer as on this day (YYYY-MM-DD), without later sources.")
    ] = None,
    form: Annotated[
        AnswerFormat, typer.Option("--format", help="How to print the answer.")
    ] = AnswerFormat.TEXT,
    follow: Annotated[
        str | None, typer.Option(help="Id of an earlier answer that this question follows up.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="JSONL file of questions (id, question, any option).")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="JSONL file for the answers.")] = None,
    patient: Annotated[str | None, typer.Option(help="Not in this release.")] = None,
    model: Annotated[str | None, typer.Option(help="Not in this release.")] = None,
    live: Annotated[str | None, typer.Option(help="Not in this release.")] = None,
    library: LibraryFolder = None,
) -> int:
    """Answer a clinical question from the library: checked sentences with their sources."""
    for name, value in (("patient", patient), ("model", model), ("live", live)):
        if value is not None:
            raise UsageError(f"--{name} is not in this release.")
    if questions is not None:
        if question is not None or out is None:
            raise UsageError("--questions needs --out FILE and takes no QUESTION beside it.")
        return _batch(questions, out, library, {"reader": reader, "region": region, "as_of": as_of})
    if question is None:
        raise UsageError('A question is missing: probatum ask "…" (or - to read it from stdin).')
    text = sys.stdin.read(_STDIN_LIMIT) if question == "-" else question
    engine = _engine(library)
    item = {"question": text, "reader": reader, "region": region, "as_of": as_of, "follow": follow}
    answer = _answer(engine, library, _request(library, item))
    _print(answer, form, engine)
    return 1 if answer.status is AnswerStatus.DECLINED or not answer.claims else 0


def _engine(library: Path | None) -> "Engine":
    from probatum.engine import Engine

    return Engine.open(library)


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"--as-of takes a day as YYYY-MM-DD, not {value!r}.") from error


def _reader(value: object) -> ReaderName:
    try:
        return ReaderName(value or "clinician")
    except ValueError as error:
        known = ", ".join(ReaderName)
        raise UsageError(f"The reader {value!r} is not known; use one of {known}.") from error


def _request(library: Path | None, item: dict[str, Any]) -> "Ask":
    from probatum.engine import Ask
    from probatum.library.recent import recall

    context = None
    if item.get("follow"):
        context = recall(library, str(item["follow"]))
        if context is None:
            raise UsageError(f"No earlier answer with the id {item['follow']!r} is known here.")
    return Ask(
        question=item["question"],
        reader=_reader(item.get("reader")),
        region=item.get("region"),
        as_of=_day(item.get("as_of")),
        context=context,
        question_id=item.get("id"),
    )


def _answer(engine: "Engine", library: Path | None, request: "Ask") -> Answer:
    from probatum.library.recent import remember

    answer = engine.ask(request)
    if answer.claims:
        remember(library, answer.id, engine.context(request))
    return answer


def _print(answer: Answer, form: AnswerFormat, engine: "Engine") -> None:
    if form is AnswerFormat.JSON:
        from probatum.render.json import answer_document

        text = json.dumps(answer_document(answer), ensure_ascii=False, indent=2)
    elif form is AnswerFormat.MARKDOWN:
        from probatum.render.markdown import markdown

        text = markdown(answer, engine.name)
    elif form is AnswerFormat.HTML:
        from probatum.render.html import standalone

        text = standalone(answer, engine)
    else:
        from probatum.render.text import print_answer

        print_answer(answer, engine.name)
        return
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _batch(path: Path, out: Path, library: Path | None, defaults: dict[str, Any]) -> int:
    from rich.console import Console
    from rich.progress import Progress

    from probatum.questions.text import QuestionError
    from probatum.render.json import answer_document

    items = list(_lines(path))
    engine = _engine(library)
    temporary = out.with_name(out.name + ".part")
    try:
        with (
            temporary.open("w", encoding="utf-8") as target,
            Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress,
        ):
            for number, item in progress.track(items, description="Answering"):
                try:
                    request = _request(library, {**defaults, **item})
                except UsageError as error:
                    raise UsageError(f"{path} line {number}: {error}") from error
                try:
                    answer = _answer(engine, library, request)
                except QuestionError as error:
                    answer = engine.declined(request, str(error))
                target.write(json.dumps(answer_document(answer), ensure_ascii=False) + "\n")
        temporary.replace(out)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}).") from error
    return 0


def _lines(path: Path) -> "list[tuple[int, dict[str, Any]]]":
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 text.") from error
    items = []
    # Not str.splitlines, which would also cut inside a JSON string at U+2028 and its kin.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path} line {number}: not valid JSON.") from error
        if not isinstance(item, dict) or not isinstance(item.get("question"), str):
            raise UsageError(f"{path} line {number}: needs a text field question.")
        for name in _LATER:
            if item.get(name) is not None:
                raise UsageError(f"{path} line {number}: {name} is not in this release.")
        item["id"] = str(item.get("id", number))
        items.append((number, {key: item[key] for key in item if key in _FIELDS}))
    return items
