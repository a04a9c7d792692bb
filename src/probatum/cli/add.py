"""`probatum add`: documents into the library, with progress and a summary that says why."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probatum.cli.options import LibraryFolder, ListFormat
from probatum.cli.request import UsageError
from probatum.evidence.source import SourceType
from probatum.render.characters import plain

if TYPE_CHECKING:
    from probatum.library.intake import Progress as Now
    from probatum.library.intake import Summary, Watch

# Reasons shown in the terminal; --format json has them all.
_SHOWN = 20
# Where nobody watches a bar, a line this often says that it goes on.
_SECONDS_BETWEEN_LINES = 10.0


def add(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zip archives.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="The files' format, where it should not be recognised: "
            "pubmed, jats, ctgov, spl, openfda, fhir, pdf, html, md, beir, medline.",
        ),
    ] = None,
    licence: Annotated[
        str | None, typer.Option(help='The licence of the text ("CC BY 4.0", "our contract").')
    ] = None,
    body: Annotated[
        str | None, typer.Option(help="The body that issued a guideline (NICE, ESMO, …).")
    ] = None,
    edition: Annotated[
        str | None, typer.Option(help="The edition, with its year (2024, 2.2025).")
    ] = None,
    supersedes: Annotated[
        list[str] | None, typer.Option(help="Id of a source or edition that this replaces.")
    ] = None,
    type: Annotated[
        SourceType | None, typer.Option(help="What kind of work it is.", show_default=False)
    ] = None,
    output: Annotated[
        ListFormat, typer.Option("--format", help="How to print the summary.")
    ] = ListFormat.TEXT,
    library: LibraryFolder = None,
) -> int:
    """Take documents in. Goes on where it was when called again; called twice it adds nothing."""
    from probatum.library.intake import add as take_in
    from probatum.library.store import default_folder
    from probatum.sources.formats import FORMATS, Settings

    if form is not None and form not in FORMATS:
        raise UsageError(f"--as {form}: no such format; known are {', '.join(FORMATS)}.")
    settings = Settings(form, licence, body, edition, tuple(supersedes or ()), type)
    folder = library or default_folder()
    with _progress() as watch:
        try:
            summary = take_in(folder, paths, settings, watch)
        except KeyboardInterrupt:
            print(
                "Stopped. What was added is kept; the same command goes on from there.",
                file=sys.stderr,
            )
            raise
    _complain(summary)
    _tell_what_is_not_held(folder, settings.supersedes)
    if output is ListFormat.JSON:
        typer.echo(json.dumps(_document(summary), ensure_ascii=False, indent=2))
    else:
        typer.echo(sentence(summary))
    if summary.skips and not summary.documents and not summary.files_held:
        return 2
    return 1 if summary.skips else 0


def sentence(summary: "Summary") -> str:
    """What was done, in one line."""
    counts = summary.documents
    parts = [
        f"{counts[fate]:,} {words}"
        for fate, words in (
            ("added", "added"),
            ("replaced", "added as newer editions"),
            ("older", "added as older editions"),
            ("renewed", "described anew"),
            ("unchanged", "already held"),
            ("removed", "removed as deleted from their collection"),
        )
        if counts[fate]
    ]
    if summary.files_held:
        noun = "file" if summary.files_held == 1 else "files"
        parts.append(f"{summary.files_held:,} {noun} read before, unchanged")
    if summary.skips:
        parts.append(f"{summary.skips:,} skipped")
    taken = sum(counts.values())
    rate = f", {taken / summary.seconds:,.0f} a second" if taken and summary.seconds > 1 else ""
    noun = "document" if taken == 1 else "documents"
    return (
        f"{taken:,} {noun} from {summary.files:,} {'file' if summary.files == 1 else 'files'} "
        f"in {summary.seconds:.1f} s{rate}: {'; '.join(parts) or 'nothing to add'}. "
        f"{summary.passages:,} new passages."
    )


def _complain(summary: "Summary") -> None:
    for skipped in summary.skipped[:_SHOWN]:
        print(f"probatum: {plain(skipped.where)}: {plain(skipped.reason)}.", file=sys.stderr)
    for note in summary.notes[:_SHOWN]:
        print(f"probatum: {plain(note)}.", file=sys.stderr)
    more = summary.skips - min(_SHOWN, len(summary.skipped))
    if more > 0:
        listed = len(summary.skipped)
        all_ = "them" if listed == summary.skips else f"the first {listed}"
        print(f"probatum: {more:,} more were skipped; --format json lists {all_}.", file=sys.stderr)


def _tell_what_is_not_held(folder: Path, replaced: Iterable[str]) -> None:
    """Name ids of --supersedes that nothing held has: it may come later, or was mistyped."""
    from probatum.library.library import Library
    from probatum.library.names import holds

    every = tuple(dict.fromkeys(replaced))
    if not every:
        return
    library = Library.open(folder)
    for id in every:
        if not holds(library, id):
            print(
                f"probatum: {plain(id)}, which --supersedes names, is not held; it will count as "
                "replaced when it is.",
                file=sys.stderr,
            )
    library.documents.close()


def _document(summary: "Summary") -> dict[str, object]:
    return {
        "files": summary.files,
        "files_unchanged": summary.files_held,
        **{fate: summary.documents[fate] for fate in _FATES},
        "passages": summary.passages,
        "skipped": [{"where": s.where, "reason": s.reason} for s in summary.skipped],
        "skipped_count": summary.skips,
        "notes": summary.notes,
        "seconds": round(summary.seconds, 3),
    }


_FATES = ("added", "replaced", "older", "renewed", "unchanged", "removed")


@contextmanager
def _progress() -> "Iterator[Watch]":
    """A bar with rate and remaining time on a terminal, a line now and then elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[documents]:,} documents, {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(compact=True),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as bar:
        started = time.monotonic()
        task = bar.add_task("Adding", total=None, documents=0, rate=0.0)

        def watch(now: "Now") -> None:
            seconds = max(0.1, time.monotonic() - started)
            rate = now.documents / seconds
            bar.update(
                task,
                total=now.total,
                completed=now.read,
                documents=now.documents,
                rate=rate,
            )

        yield watch


class _Lines:
    """Progress for a log: one line every few seconds, none for what is quick."""

    def __init__(self) -> None:
        self._started = self._last = time.monotonic()

    def __call__(self, now: "Now") -> None:
        moment = time.monotonic()
        if moment - self._last < _SECONDS_BETWEEN_LINES:
            return
        self._last = moment
        share = now.read / now.total if now.total else 0.0
        seconds = moment - self._started
        left = f", about {seconds / share - seconds:.0f} s left" if share > 0.01 else ""
        rate = now.documents / seconds
        print(
            f"{share:.0%}, {now.documents:,} documents, {rate:,.0f} a second{left}",
            file=sys.stderr,
        )
