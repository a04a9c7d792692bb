"""`probatum sources`: what is held, in which edition, how current and under which rights."""

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from probatum.cli.later import NotInThisReleaseError
from probatum.cli.options import LibraryFolder, ListFormat, Listing
from probatum.evidence.base import ProbatumError

app = typer.Typer(help="What is held: editions, currency, rights.", invoke_without_command=True)


class UnknownSourceError(ProbatumError):
    """A source or edition id that is not held."""


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


def _list(form: ListFormat, library: LibraryFolder) -> int:
    from probatum.engine import Engine

    rows = Engine.open(library).sources()
    if form is ListFormat.JSON:
        typer.echo(json.dumps([_document(row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in ("Edition", "Title", "Type", "Year", "Currency", "Records"):
        # An id that is cut short is no id any more; folded it can still be read and copied.
        table.add_column(title, overflow="fold")
    for row in rows:
        cells = (
            row.edition,
            row.title if row.label in row.title else f"{row.title} ({row.label})",
            row.type.value.replace("_", " "),
            str(row.year or "-"),
            row.currency.value + (f", see {row.replaced_by}" if row.replaced_by else ""),
            str(row.records),
        )
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
    return 0


def _document(row: Any) -> dict[str, Any]:
    return {
        "source": row.source,
        "edition": row.edition,
        "title": row.title,
        "label": row.label,
        "type": row.type.value,
        "body": row.body,
        "year": row.year,
        "currency": row.currency.value,
        "replaced_by": row.replaced_by,
        "licence": row.licence,
        "rights": row.tier.value,
        "records": row.records,
        "read_topics": list(row.read_topics),
        "identifiers": row.identifiers.present(),
    }


@app.command()
def show(
    edition: Annotated[str, typer.Argument(help="Id of an edition or of a source.")],
    form: Listing = ListFormat.TEXT,
    library: LibraryFolder = None,
) -> int:
    """Show an edition with every record that rests on it."""
    from probatum.engine import Engine

    engine = Engine.open(library)
    rows = [row for row in engine.sources() if edition in (row.edition, row.source)]
    if not rows:
        raise UnknownSourceError(f"No source or edition with the id {edition!r} is held.")
    held = {row.edition for row in rows}
    records = [r for r in engine.library.records.values() if r.edition in held]
    if form is ListFormat.JSON:
        content = [
            {
                **_document(row),
                "statements": {
                    r.id: engine.statement(r.id) for r in records if r.edition == row.edition
                },
            }
            for row in rows
        ]
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        typer.echo(f"{row.edition}: {row.title} ({row.label})")
        typer.echo(
            f"  {row.type.value.replace('_', ' ')}, {row.year or 'no year'}, {row.currency.value}"
        )
        for name, value in row.identifiers.present().items():
            typer.echo(f"  {name}: {value}")
        for record in records:
            if record.edition == row.edition:
                typer.echo(f"  - {record.id}: {engine.statement(record.id)}")
    return 0


def _later(name: str) -> Callable[[], None]:
    def run() -> None:
        raise NotInThisReleaseError(f"sources {name} is not in this release.")

    return run


for _name in ("remove", "mark", "check"):
    app.command(
        _name,
        help="Not in this release.",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(_later(_name))
