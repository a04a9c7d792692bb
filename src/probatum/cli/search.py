"""`probatum search`: held passages for a query, or a run file for many."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probatum.cli.options import LibraryFolder, ListFormat
from probatum.cli.request import UsageError
from probatum.evidence.source import SourceType
from probatum.render.characters import plain

if TYPE_CHECKING:
    from probatum.library.held import HeldPassage
    from probatum.library.search import Hit, Request, Search

_YEARS = re.compile(r"(\d{4})?(?:(:)(\d{4})?)?")
# Characters of a passage shown in the terminal, around most of what matched.
_SHOWN = 480


def search(
    query: Annotated[
        str | None,
        typer.Argument(help='Words, "phrases", AND, OR, NOT, -word and brackets.'),
    ] = None,
    k: Annotated[int, typer.Option("-k", help="How many passages.", min=1)] = 10,
    type: Annotated[
        list[SourceType] | None, typer.Option(help="Only works of this type; may be repeated.")
    ] = None,
    year: Annotated[
        str | None, typer.Option(help="Only these years: 2020, 2018:2022, 2020: or :2015.")
    ] = None,
    body: Annotated[str | None, typer.Option(help="Only of this issuing body.")] = None,
    condition: Annotated[
        str | None, typer.Option(help="Only on this disease, or a kind of it.")
    ] = None,
    outdated: Annotated[
        bool, typer.Option("--outdated", help="Also what was retracted or superseded.")
    ] = False,
    form: Annotated[
        ListFormat, typer.Option("--format", help="How to print what was found.")
    ] = ListFormat.TEXT,
    queries: Annotated[
        Path | None, typer.Option(help="Many queries: TSV (id, text) or JSONL (_id or id, text).")
    ] = None,
    run: Annotated[Path | None, typer.Option(help="TREC run file to write for --queries.")] = None,
    library: LibraryFolder = None,
) -> int:
    """Find passages in held texts, best first."""
    from probatum.library.search import Request

    request = Request(
        query or "",
        k,
        tuple(type or ()),
        body,
        _years(year),
        condition,
        outdated=outdated,
    )
    if queries is not None or run is not None:
        if query is not None or queries is None or run is None:
            raise UsageError("--queries FILE and --run FILE go together, without a QUERY.")
        from probatum.cli.run_file import write_run

        write_run(_search(library), queries, run, request)
        return 0
    if query is None:
        raise UsageError('A query is missing: probatum search "…".')
    searcher = _search(library)
    hits = searcher.search(request)
    if searcher.note:
        print(f"probatum: {searcher.note} Search goes by words alone.", file=sys.stderr)
    if form is ListFormat.JSON:
        from probatum.render.passage import search_document

        document = search_document(searcher, request.query, hits)
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _print(searcher, request, hits)
    return 0 if hits else 1


def _search(library: Path | None) -> "Search":
    from probatum.library.library import Library

    held = Library.open(library)
    searcher = held.search
    if searcher.index is None:
        print(
            "probatum: this library holds no texts yet; add some with probatum add.",
            file=sys.stderr,
        )
    return searcher


def _years(value: str | None) -> tuple[int | None, int | None]:
    if value is None:
        return None, None
    found = _YEARS.fullmatch(value.strip())
    if not found or not (found.group(1) or found.group(3)):
        raise UsageError(f"--year takes 2020, 2018:2022, 2020: or :2015, not {value!r}.")
    first = int(found.group(1)) if found.group(1) else None
    last = int(found.group(3)) if found.group(3) else None
    if not found.group(2):
        last = first
    if first is not None and last is not None and first > last:
        raise UsageError(f"--year {value}: the first year is after the last.")
    return first, last


def _print(searcher: "Search", request: "Request", hits: "list[Hit]") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console()
    if not hits:
        if searcher.index is not None:
            typer.echo("Nothing held matches.", err=True)
        return
    for number, hit in enumerate(hits, 1):
        document = hit.passage.document
        facts = [
            document.type.value.replace("_", " "),
            document.body or "",
            str(document.date or document.year or "no date"),
            "" if document.version in (None, str(document.date)) else f"edition {document.version}",
            hit.currency.value + (f", see {hit.replaced_by}" if hit.replaced_by else ""),
            document.edition,
        ]
        head = Text(f"{number}. {plain(document.title or document.source)}", style="bold")
        console.print(head)
        about = Text(plain(" · ".join(fact for fact in facts if fact)), style="dim")
        console.print(Padding(about, (0, 0, 0, 3), expand=False))
        place = Text(plain(hit.passage.locator()), style="dim")
        console.print(Padding(place, (0, 0, 0, 3), expand=False))
        marks = searcher.marks(hit.passage.text, request.query)
        words = _snippet(hit.passage, marks, console.is_terminal)
        console.print(Padding(words, (0, 0, 0, 3), expand=False))
        console.print()


def _snippet(passage: "HeldPassage", spans: list[tuple[int, int]], colour: bool) -> Any:
    """The stretch of the passage with the most marked words, those marked."""
    from rich.text import Text

    from probatum.render.passage import pieces, shown, window

    if not shown(passage.document):
        return Text("Its licence allows a link only: no text is shown.", style="dim")
    within = window(passage.text, spans, _SHOWN)
    text = Text()
    for piece in pieces(passage.text, spans, within):
        words = piece.text.replace("\n", " ")
        if piece.marked:
            text.append(words if colour else f"*{words}*", style="bold")
        else:
            text.append(words)
    return text
