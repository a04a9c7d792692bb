"""`probatum ask`: one question, or many from a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probatum.cli.answer_forms import AnswerFormat, must_have_a_file, show
from probatum.cli.collection import no_collection
from probatum.cli.live import live_sources, looked_up
from probatum.cli.model import model_of
from probatum.cli.options import LibraryFolder
from probatum.cli.request import UsageError, request_of
from probatum.evidence.answer import Answer, AnswerStatus, ReaderName

if TYPE_CHECKING:
    from probatum.engine import Engine

# A question is at most a few thousand characters; more on stdin is a file piped by mistake.
_STDIN_LIMIT = 100_000


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
        AnswerFormat,
        typer.Option("--format", help="How to print the answer; pdf and docx need --out."),
    ] = AnswerFormat.TEXT,
    follow: Annotated[
        str | None, typer.Option(help="Id of an earlier answer that this question follows up.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="JSONL file of questions (id, question, any option).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File for the answer; of --questions, JSONL.")
    ] = None,
    patient: Annotated[
        Path | None,
        typer.Option(
            help="Facts about one patient: a FHIR Bundle in JSON, or a few lines of YAML."
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="A language model that may word and order sentences: PROVIDER:MODEL."),
    ] = None,
    live: Annotated[
        str | None,
        typer.Option(
            help="Look it up first, keep what is found: pubmed, trials, labels, pmc (with commas).",
            show_default=False,
        ),
    ] = None,
    library: LibraryFolder = None,
) -> int:
    """Answer a clinical question from the library: checked sentences with their sources."""
    item: dict[str, object] = {
        "reader": reader,
        "region": region,
        "as_of": as_of,
        "follow": follow,
        "live": live,
        "model": model,
        "patient": None if patient is None else str(patient),
    }
    if questions is not None or (out is not None and question is None):
        return 1 if _batch(question, questions, out, form, library, item) else 0
    if question is None:
        raise UsageError('A question is missing: probatum ask "…" (or - to read it from stdin).')
    must_have_a_file(form, out)
    text = sys.stdin.read(_STDIN_LIMIT) if question == "-" else question
    with no_collection():
        engine, answer = _answer(_engine(library), library, {**item, "question": text})
        show(answer, form, engine, out)
    return 1 if answer.status is AnswerStatus.DECLINED or not answer.claims else 0


def _engine(library: Path | None) -> "Engine":
    from probatum.engine import Engine

    return Engine.open(library)


def _batch(
    question: str | None,
    questions: Path | None,
    out: Path | None,
    form: AnswerFormat,
    library: Path | None,
    item: dict[str, object],
) -> int:
    """Many questions; a declined one is in its document, so only faults of ours are counted."""
    from probatum.cli.batch import answer_all

    if question is not None or questions is None or out is None:
        raise UsageError("--questions FILE and --out FILE go together, without a QUESTION.")
    if form not in (AnswerFormat.TEXT, AnswerFormat.JSON):
        raise UsageError(f"--questions writes JSONL, so --format {form} cannot be used with it.")
    return answer_all(_engine(library), library, questions, out, item)


def _answer(
    engine: "Engine", library: Path | None, item: dict[str, object]
) -> "tuple[Engine, Answer]":
    from probatum.library.recent import remember

    request = request_of(engine, library, item)
    model = model_of(item.get("model"))
    if names := live_sources(item.get("live")):
        engine, request = looked_up(engine, library, request, names)
    answer = engine.ask(request, model)
    if answer.claims:
        remember(
            library,
            answer.id,
            engine.context(request),
            [reference.edition for reference in answer.references],
        )
    return engine, answer
