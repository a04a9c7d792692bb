"""`probatum sources`: what is held, how current, under which rights; and taking it out again."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probatum.cli.options import LibraryFolder, ListFormat, Listing
from probatum.evidence.base import ProbatumError
from probatum.render.characters import plain

if TYPE_CHECKING:
    from probatum.engine import Engine
    from probatum.library.source_rows import SourceRow

app = typer.Typer(help="What is held: editions, currency, rights.", invoke_without_command=True)

# A list longer than this is for a program to read.
_SHOWN = 200
# Passages of an edition shown in the terminal.
_PASSAGES_SHOWN = 40


class UnknownSourceError(ProbatumError):
    """A source or edition id that is not held, or that cannot be changed here."""


class Mark(StrEnum):
    """What an operator may say of an edition."""

    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    CURRENT = "current"


SourceId = Annotated[str, typer.Argument(help="Id of an edition or of a source.")]


@app.callback()
def sources(
    context: typer.Context, form: Listing = ListFormat.TEXT, library: LibraryFolder = None
) -> int:
    """List every held edition."""
    return 0 if context.invoked_subcommand else _list(form, library)


@app.command("list")
def list_(form: Listing = ListFormat.TEXT, library: LibraryFolder = None) -> int:
    """List every held edition."""
    return _list(form, library)


def _list(form: ListFormat, library: Path | None) -> int:
    from probatum.engine import Engine
    from probatum.library.source_rows import in_order
    from probatum.render.source_json import source_document

    engine = Engine.open(library)
    if form is ListFormat.JSON:
        rows = engine.sources()
        typer.echo(json.dumps([source_document(row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    texts = engine.texts(most=_SHOWN)
    _print(in_order((*engine.curated(), *texts.rows)))
    if texts.held > len(texts.rows):
        typer.echo(
            f"{texts.held - len(texts.rows):,} more texts; --format json lists all, "
            "probatum search finds them by their words.",
            err=True,
        )
    return 0


def _print(rows: "tuple[SourceRow, ...]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in ("Edition", "Title", "Type", "Year", "Currency", "Licence", "Held"):
        # An id that is cut short is no id any more; folded it can still be read and copied.
        table.add_column(title, overflow="fold")
    for row in rows:
        cells = (
            row.edition,
            row.title if row.label in row.title else f"{row.title} ({row.label})",
            row.type.value.replace("_", " "),
            str(row.year or "-"),
            row.currency.value + (f", see {row.replaced_by}" if row.replaced_by else ""),
            row.licence,
            _amount(row),
        )
        table.add_row(*(Text(plain(cell)) for cell in cells))
    Console().print(table)


def _amount(row: "SourceRow") -> str:
    if row.passages:
        return f"text, {row.passages} passage{'s' if row.passages > 1 else ''}"
    return f"{row.records} record{'s' if row.records != 1 else ''}"


@app.command()
def show(edition: SourceId, form: Listing = ListFormat.TEXT, library: LibraryFolder = None) -> int:
    """Show an edition with every record that rests on it, or with its held passages."""
    from probatum.engine import Engine
    from probatum.render.source_json import source_document

    engine = Engine.open(library)
    rows = engine.source(edition)
    if not rows:
        raise UnknownSourceError(f"No source or edition with the id {edition!r} is held.")
    if form is ListFormat.JSON:
        content = [
            {**source_document(row), "note": engine.note(row.edition), **_content(row, engine)}
            for row in rows
        ]
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        typer.echo(plain(f"{row.edition}: {row.title} ({row.label})"))
        words = (row.type.value.replace("_", " "), str(row.year or "no year"), row.currency.value)
        typer.echo(f"  {', '.join(words)}; licence: {plain(row.licence)}")
        note = engine.note(row.edition)
        if note:
            typer.echo(f"  note: {plain(note)}")
        for name, value in row.identifiers.present().items():
            typer.echo(f"  {name}: {plain(value)}")
        held = _content(row, engine)
        for id, statement in held.get("statements", {}).items():
            typer.echo(f"  - {id}: {statement}")
        passages = held.get("text", [])
        for passage in passages[:_PASSAGES_SHOWN]:
            typer.echo(f"  - {plain(passage['locator'])}: {plain(passage['text'])}")
        if len(passages) > _PASSAGES_SHOWN:
            more = len(passages) - _PASSAGES_SHOWN
            typer.echo(f"{more} more passages; --format json has all.", err=True)
    return 0


def _content(row: "SourceRow", engine: "Engine") -> dict[str, Any]:
    document = engine.library.document(row.edition)
    if document is not None:
        passages = engine.library.documents.of_document(document)
        return {
            "text": [
                {"locator": p.locator(), "start": p.start, "end": p.end, "text": p.text}
                for p in passages
            ]
        }
    records = [r for r in engine.library.records.values() if r.edition == row.edition]
    return {"statements": {r.id: engine.statement(r.id) for r in records}}


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of editions or sources.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    library: LibraryFolder = None,
) -> int:
    """Remove held documents with their passages, and mark the recent answers that used them."""
    from probatum.engine import Engine
    from probatum.library.recent import mark_removed
    from probatum.library.store import default_folder
    from probatum.library.tantivy_index import TantivyIndex
    from probatum.library.upkeep import drop_removed
    from probatum.library.writer import Writer

    folder = library or default_folder()
    engine = Engine.open(folder)
    held = [_held(id, engine) for id in ids]
    every = {document.edition: document for documents in held for document in documents}
    noun = "edition" if len(every) == 1 else "editions"
    if not yes and sys.stdin.isatty():
        for document in every.values():
            typer.echo(plain(f"{document.edition}: {document.title}"), err=True)
        typer.confirm(f"Remove {len(every)} {noun}?", abort=True, err=True)
    with Writer(folder) as writer:
        writer.remove([document.id for document in every.values()])
        index = TantivyIndex(folder, write=True)
        try:
            drop_removed(writer, index)
        finally:
            index.close()
    answers = mark_removed(folder, every)
    typer.echo(f"Removed {len(every)} {noun}. To have them again, add their files again.")
    if answers:
        known = "answer" if len(answers) == 1 else "answers"
        typer.echo(f"{len(answers)} recent {known} used them: {', '.join(answers)}.")
    return 0


def _held(id: str, engine: "Engine") -> tuple[Any, ...]:
    documents = engine.library.documents
    one = documents.document(id)
    found = (one,) if one else documents.of_source(id)
    if found:
        return found
    if any(id in (row.edition, row.source) for row in engine.source(id)):
        raise UnknownSourceError(f"{id} comes with a pack and cannot be removed; it can be marked.")
    raise UnknownSourceError(f"No source or edition with the id {id!r} is held.")


@app.command()
def mark(
    edition: SourceId,
    state: Annotated[Mark, typer.Argument(help="current takes an earlier mark away.")],
    by: Annotated[str | None, typer.Option("--by", help="Id of what replaces it.")] = None,
    note: Annotated[str | None, typer.Option(help="Why, for whoever looks it up.")] = None,
    library: LibraryFolder = None,
) -> int:
    """Mark an edition superseded or retracted: it is then never quoted as current."""
    from probatum.engine import Engine
    from probatum.library.names import holds
    from probatum.library.store import default_folder
    from probatum.library.writer import Writer

    folder = library or default_folder()
    engine = Engine.open(folder)
    rows = engine.source(edition)
    if not rows:
        raise UnknownSourceError(f"No source or edition with the id {edition!r} is held.")
    # It may come later; but whoever mistyped it should know.
    if by is not None and state is not Mark.CURRENT and not holds(engine.library, by):
        typer.echo(f"probatum: {plain(by)}, which --by names, is not held.", err=True)
    with Writer(folder) as writer:
        for row in rows:
            writer.mark(row.edition, None if state is Mark.CURRENT else state.value, by, note)
    # Opened anew: what the work itself or another says of it may outweigh "current".
    for row in Engine.open(folder).source(edition):
        newer = f", see {row.replaced_by}" if row.replaced_by else ""
        typer.echo(plain(f"{row.edition} is {row.currency.value}{newer}."))
    return 0


@app.command()
def check(
    live: Annotated[
        str | None,
        typer.Option(
            help="Ask these services too: pubmed, crossref, trials, labels (with commas).",
            show_default=False,
        ),
    ] = None,
    form: Listing = ListFormat.TEXT,
    library: LibraryFolder = None,
) -> int:
    """Say which held editions are retracted, corrected or replaced; status 1 when there are any.

    It compares what is held with each other. With --live it also asks services, which are sent
    identifiers of works only, and marks what they know to be retracted or replaced.
    """
    from probatum.cli.recheck import NO_NEWS, complain, look
    from probatum.engine import Engine
    from probatum.evidence.source import Currency
    from probatum.render.source_json import source_document

    news = look(library, live) if live is not None else NO_NEWS
    fine = (Currency.CURRENT, Currency.UNKNOWN)
    every = Engine.open(library).sources()
    rows = [row for row in every if row.currency not in fine or row.edition in news.said]
    if form is ListFormat.JSON:
        content = [source_document(row) | news.field(row.edition) for row in rows]
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            newer = f", see {row.replaced_by}" if row.replaced_by else ""
            typer.echo(plain(f"{row.edition}: {row.currency.value}{newer} ({row.title})"))
            for words in news.said.get(row.edition, []):
                typer.echo(plain(f"  {words}"))
        noun = "edition is" if len(rows) == 1 else "editions are"
        how = "or a service says more" if live is not None else "nothing was looked up elsewhere"
        typer.echo(
            f"{len(rows)} held {noun} retracted, corrected, interim or replaced by what is held; "
            f"{how}.",
            err=True,
        )
    complain(news)
    return 1 if rows or news.problems else 0
