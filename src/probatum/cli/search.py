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
    if form is ListFormat.JSON:
        typer.echo(json.dumps(_document(searcher, request, hits), ensure_ascii=False, indent=2))
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


def _document(searcher: "Search", request: "Request", hits: "list[Hit]") -> dict[str, Any]:
    return {"query": request.query, "hits": [_hit(searcher, request, hit) for hit in hits]}


def _hit(searcher: "Search", request: "Request", hit: "Hit") -> dict[str, Any]:
    passage = hit.passage
    document = passage.document
    return {
        "source": document.source,
        "edition": document.edition,
        "title": document.title,
        "type": document.type.value,
        "body": document.body,
        "year": document.year,
        "date": document.date.isoformat() if document.date else None,
        "depth": document.depth.value,
        "currency": hit.currency.value,
        "replaced_by": hit.replaced_by,
        "licence": document.rights.licence,
        "rights": document.rights.tier.value,
        "identifiers": document.identifiers.present(),
        "locator": passage.locator(),
        "headings": list(passage.headings),
        "page": passage.passage.runs[0].page if passage.passage.runs else None,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "matches": [list(span) for span in searcher.marks(passage.text, request.query)],
        "score": round(hit.score, 4),
    }


def _print(searcher: "Search", request: "Request", hits: "list[Hit]") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console()
    if not hits:
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
        console.print(Padding(about, (0, 0, 0, 3)))
        console.print(Padding(Text(plain(hit.passage.locator()), style="dim"), (0, 0, 0, 3)))
        marks = searcher.marks(hit.passage.text, request.query)
        console.print(Padding(_snippet(hit.passage.text, marks, console.is_terminal), (0, 0, 1, 3)))


def _snippet(text: str, marks: list[tuple[int, int]], colour: bool) -> Any:
    """The stretch of the passage with the most marked words, those marked.

    Held text was cleaned on its way in, so it holds no control characters but line ends.
    """
    from rich.text import Text

    text = text.replace("\n", " ")
    first, last = _window(text, marks)
    shown = Text("… " if first else "")
    at = first
    for start, end in marks:
        if start < first or end > last:
            continue
        shown.append(text[at:start])
        word = text[start:end]
        shown.append(word if colour else f"*{word}*", style="bold")
        at = end
    shown.append(text[at:last])
    shown.append(" …" if last < len(text) else "")
    return shown


def _window(text: str, marks: list[tuple[int, int]]) -> tuple[int, int]:
    if len(text) <= _SHOWN:
        return 0, len(text)
    starts = [start for start, _ in marks]
    best = max(starts or [0], key=lambda at: (sum(at <= s < at + _SHOWN - 40 for s in starts), -at))
    # From the start of the sentence or line, where that is near.
    before = max(text.rfind(". ", 0, best) + 2, text.rfind("\n", 0, best) + 1)
    first = before if best - before < _SHOWN // 3 else text.rfind(" ", 0, best) + 1
    last = min(len(text), first + _SHOWN)
    space = text.rfind(" ", first, last)
    return first, last if last == len(text) or space < first else space
