"""`probatum extract` of a document in any format that `add` reads.

In the terminal a table a kind of finding, each row with where it stands; as JSON the results
document with the other kinds beside it.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

import typer

from probatum.cli.request import UsageError
from probatum.evidence.document import Document, Skipped
from probatum.render.characters import plain
from probatum.sources.limits import UnreadableError

if TYPE_CHECKING:
    from rich.text import Text

    from probatum.cli.extract import ResultsFormat
    from probatum.extract.document import Findings
    from probatum.sources.file import SourceFile


def extract_document(name: str, content: bytes, form: "ResultsFormat") -> int:
    """Read the findings of the documents in a file and print them; the exit status.

    As JSON one document gives one object and several an object with a list of them; as JSONL each
    is a line. UsageError says why a file cannot be read.
    """
    from probatum.extract.findings_json import findings_json
    from probatum.sources.file import SourceFile

    found = _read(SourceFile(PurePath(name).name, content=content))
    if form.value == "table":
        for document, text, findings in found:
            _show(document, text, findings)
        return 0
    made = (findings_json(document.source, each, text) for document, text, each in found)
    if form.value == "jsonl":
        for each in made:
            typer.echo(json.dumps(each, ensure_ascii=False))
        return 0
    every = list(made)
    whole = every[0] if len(every) == 1 else {"documents": every}
    typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    return 0


def _read(file: "SourceFile") -> "Iterator[tuple[Document, str, Findings]]":
    """Each document with its held text and findings; what is skipped is said on stderr."""
    from probatum.extract.document import findings_of
    from probatum.sources.formats import Settings, UnknownFormatError, read, recognise
    from probatum.sources.passages import lay_out

    held = False
    try:
        for item in read(file, recognise(file), Settings()):
            if isinstance(item, Skipped):
                words = f"{plain(item.where)}: {plain(item.reason)}"
                typer.echo(f"probatum: {words.rstrip('.')}.", err=True)
            elif isinstance(item, Document):
                text, _ = lay_out(item)
                held = True
                yield item, text, findings_of(item, text)
    except UnreadableError as error:
        reason = error.plainly if isinstance(error, UnknownFormatError) else str(error)
        raise UsageError(f"{plain(file.name)}: {reason.rstrip('.')}.") from error
    if not held:
        raise UsageError(f"{plain(file.name)}: it holds no document with text.")


def _show(document: Document, text: str, findings: "Findings") -> None:
    """The findings of one document as tables on the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from probatum.render.findings import tables

    console = Console(highlight=False)
    console.print(Text(plain(document.title or document.source), style="bold"))
    if not len(findings):
        console.print(Text("No findings were read in this text."))
        return
    for title, columns, rows in tables(findings, text):
        table = Table(title=Text(title, style="bold"), title_justify="left", box=None)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*_cells(row))
        console.print()
        console.print(table)


def _cells(row: Iterable[str]) -> "Iterator[Text]":
    from rich.text import Text

    return (Text(plain(cell)) for cell in row)
