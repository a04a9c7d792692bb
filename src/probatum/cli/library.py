"""`probatum library`: its state, its snapshot, its index, and moving it to another machine."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from probatum.cli.options import LibraryFolder, ListFormat, Listing

app = typer.Typer(help="The library: state, snapshot, index, export.", no_args_is_help=True)


@app.command()
def info(form: Listing = ListFormat.TEXT, library: LibraryFolder = None) -> int:
    """Say what the library holds, where it lies, and whether its index is complete."""
    from probatum.library.library import Library
    from probatum.library.store import default_folder
    from probatum.library.upkeep import behind

    folder = library or default_folder()
    held = Library.open(folder)
    state = held.state
    content: dict[str, Any] = {
        "folder": str(folder),
        "snapshot": held.snapshot,
        "packs": [manifest.id for manifest in held.manifests],
        "records": state.records,
        "sources": state.sources,
        "editions": held.documents.editions(),
        "passages": state.passages,
        "not_indexed": behind(folder),
        "bytes": sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()),
    }
    if form is ListFormat.JSON:
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return 0
    typer.echo(f"{content['folder']}, snapshot {content['snapshot']}")
    typer.echo(f"  packs: {', '.join(content['packs'])}, {state.records:,} records")
    typer.echo(
        f"  texts: {content['editions']:,} editions, {state.passages:,} passages, "
        f"{content['bytes'] / 1e6:,.1f} MB on disk"
    )
    if content["not_indexed"]:
        typer.echo(
            f"  {content['not_indexed']:,} documents are not indexed yet; "
            "the next add or probatum library rebuild does it."
        )
    return 0


@app.command()
def snapshot(library: LibraryFolder = None) -> int:
    """Print the snapshot id: the same for the same content, and in every answer made from it."""
    from probatum.library.library import Library

    typer.echo(Library.open(library).snapshot)
    return 0


@app.command()
def rebuild(library: LibraryFolder = None) -> int:
    """Make the search index anew from the held texts, and the packs' part from the packs."""
    from probatum.library.catalogue import FILE_NAME
    from probatum.library.store import build, default_folder
    from probatum.library.tantivy_index import TantivyIndex, remove_index
    from probatum.library.upkeep import rebuild as rebuild_index
    from probatum.library.writer import Writer
    from probatum.packs.loader import shipped_packs

    folder = library or default_folder()
    build(folder, shipped_packs())
    count = 0
    if (folder / FILE_NAME).is_file():
        with Writer(folder) as writer, _progress("Indexing") as told:
            # Removed rather than emptied: a damaged index cannot even be opened.
            remove_index(folder)
            index = TantivyIndex(folder, write=True)
            try:
                count = rebuild_index(writer, index, told)
            finally:
                index.close()
    noun = "document" if count == 1 else "documents"
    typer.echo(f"Built the library in {folder}; {count:,} {noun} indexed.", err=True)
    return 0


@app.command()
def embed(library: LibraryFolder = None) -> int:
    """Make the vectors for search by meaning (needs the extra `dense`); goes on where it was.

    Slow work, tens of passages a second, that other commands need not wait for.
    """
    from probatum.library.library import Library
    from probatum.library.meaning import Meaning
    from probatum.library.store import default_folder

    folder = library or default_folder()
    held = Library.open(folder).documents
    made = 0
    with _progress("Embedding") as told:
        for done, missing in Meaning(folder).embed(held):
            told(done, missing)
            made = done
    noun = "passage" if made == 1 else "passages"
    typer.echo(f"{made:,} {noun} embedded; {held.passage_count:,} are held.")
    return 0


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    open_only: Annotated[
        bool, typer.Option("--open-only", help="Leave out what its licence binds to you.")
    ] = False,
    library: LibraryFolder = None,
) -> int:
    """Write every held text to one file, for another machine's import."""
    from probatum.library.store import default_folder
    from probatum.library.transfer import export as write

    made = write(library or default_folder(), file, open_only=open_only)
    noun = "document" if made.documents == 1 else "documents"
    typer.echo(f"{made.documents:,} {noun} written to {file}.")
    if made.bound and not open_only:
        typer.echo(
            f"probatum: {made.bound:,} of them have no open licence; keep the file to yourself, "
            "or leave them out with --open-only.",
            err=True,
        )
    return 0


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that export wrote.")],
    library: LibraryFolder = None,
) -> int:
    """Take in what another machine exported; what is held already stays as it is."""
    from probatum.library.library import Library
    from probatum.library.store import default_folder
    from probatum.library.tantivy_index import TantivyIndex
    from probatum.library.transfer import import_ as read

    folder = library or default_folder()
    with _progress("Importing") as told:
        done = read(folder, file, lambda: TantivyIndex(folder, write=True), told)
    noun = "document" if done.added == 1 else "documents"
    typer.echo(
        f"{done.added:,} {noun} added, {done.unchanged:,} held already; "
        f"snapshot {Library.open(folder).snapshot}."
    )
    return 0


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, all: bar.update(task, completed=done, total=all)
