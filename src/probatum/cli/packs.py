"""`probatum pack`: the evidence packs, what they hold and what is wrong with them."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from probatum.cli.options import LibraryFolder, ListFormat, Listing
from probatum.packs.loader import PackError, load_pack, shipped_packs
from probatum.packs.model import Pack
from probatum.render.characters import plain

if TYPE_CHECKING:
    from probatum.checks.verification import Checked

app = typer.Typer(help="The evidence packs: list, show, lint, verify, build.", no_args_is_help=True)


def _folder(name: str) -> Path:
    """A pack by its id among the shipped ones, or a folder of the user's own."""
    shipped = {path.name: path for path in shipped_packs()}
    folder = shipped.get(name, Path(name))
    if not (folder / "pack.yaml").is_file():
        known = ", ".join(shipped)
        raise PackError(f"{name}: no such pack; shipped are {known}, or give a pack's folder.")
    return folder


@app.command("list")
def list_(form: Listing = ListFormat.TEXT) -> int:
    """List the shipped packs."""
    packs = [load_pack(folder) for folder in shipped_packs()]
    if form is ListFormat.JSON:
        content = [
            {
                **pack.manifest.model_dump(mode="json"),
                "sources": len(pack.sources),
                "records": len(pack.records),
            }
            for pack in packs
        ]
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return 0
    for pack in packs:
        manifest = pack.manifest
        typer.echo(
            f"{manifest.id} {manifest.version} ({manifest.as_of}): {manifest.title}; "
            f"{len(pack.sources)} sources, {len(pack.records)} records"
        )
    return 0


@app.command()
def show(
    pack: Annotated[str, typer.Argument(help="Id of a shipped pack, or a pack's folder.")],
    form: Listing = ListFormat.TEXT,
) -> int:
    """Show what a pack holds."""
    loaded = load_pack(_folder(pack))
    if form is ListFormat.JSON:
        typer.echo(loaded.model_dump_json(by_alias=True, indent=2))
        return 0
    manifest = loaded.manifest
    head = f"{manifest.title} ({manifest.id} {manifest.version}, as of {manifest.as_of})"
    typer.echo(plain(head))
    typer.echo(plain(manifest.summary))
    for kind, number in sorted(Counter(record.kind for record in loaded.records).items()):
        typer.echo(f"  {kind.replace('_', ' ')}: {number}")
    for checked, number in sorted(Counter(r.checked.value for r in loaded.records).items()):
        typer.echo(f"  read as {checked.replace('_', ' ')}: {number}")
    return 0


@app.command()
def lint(
    packs: Annotated[
        list[str] | None, typer.Argument(help="Ids or folders; all shipped packs when none.")
    ] = None,
    form: Listing = ListFormat.TEXT,
) -> int:
    """Say what is missing or contradictory in packs; status 1 when there are errors."""
    from probatum.packs.lint import lint as find_problems
    from probatum.terms.general import general_vocabulary

    folders = [_folder(name) for name in packs] if packs else list(shipped_packs())
    found = []
    for folder in folders:
        loaded: Pack = load_pack(folder)
        vocabulary = general_vocabulary().extended(loaded.terms)
        found += [(loaded.manifest.id, problem) for problem in find_problems(loaded, vocabulary)]
    if form is ListFormat.JSON:
        content = [
            {
                "pack": pack,
                "severity": problem.severity,
                "where": problem.where,
                "message": problem.message,
                "remedy": problem.remedy,
            }
            for pack, problem in found
        ]
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        for pack, problem in found:
            words = f"{pack}: {problem.where}: {problem.message} {problem.remedy}"
            typer.echo(f"{problem.severity} {plain(words)}")
        errors = sum(problem.severity == "error" for _, problem in found)
        typer.echo(
            f"{len(folders)} packs, {errors} errors, {len(found) - errors} warnings", err=True
        )
    return 1 if any(problem.severity == "error" for _, problem in found) else 0


@app.command()
def build(library: LibraryFolder = None) -> int:
    """Build the library anew from the shipped packs."""
    from probatum.library.store import build as build_library
    from probatum.library.store import default_folder

    folder = library or default_folder()
    build_library(folder, shipped_packs())
    typer.echo(f"Built the library in {folder}.", err=True)
    return 0


@app.command()
def verify(
    packs: Annotated[
        list[str] | None, typer.Argument(help="Ids of packs in the library; all when none.")
    ] = None,
    form: Listing = ListFormat.TEXT,
    library: LibraryFolder = None,
) -> int:
    """Compare records' numbers with the held text of their sources; status 1 for one not found."""
    from probatum.checks.verification import verify as compare
    from probatum.library.library import Library

    opened = Library.open(library)
    try:
        known = {pack.manifest.id: pack for pack in opened.packs}
        for name in packs or ():
            if name not in known:
                raise PackError(
                    f"{name}: no such pack in the library; held are {', '.join(known)}."
                )
        found = [(name, compare(known[name], opened)) for name in packs or known]
    finally:
        opened.documents.close()
    if form is ListFormat.JSON:
        typer.echo(json.dumps(_verified(found), ensure_ascii=False, indent=2))
    else:
        for name, checked in found:
            _tell(name, checked)
    return 1 if any(each.state == "not_found" for _, every in found for each in every) else 0


def _verified(found: "list[tuple[str, tuple[Checked, ...]]]") -> dict[str, object]:
    """Every number with its state, and how many there are of each."""
    states = Counter(each.state for _, every in found for each in every)
    return {
        "summary": {state: states[state] for state in ("found", "not_found", "not_held")},
        "numbers": [{"pack": name, **asdict(each)} for name, every in found for each in every],
    }


def _tell(name: str, every: "tuple[Checked, ...]") -> None:
    """Each number whose source is held, the sources that are not, and a line with the sums."""
    for each in every:
        if each.state == "not_held":
            continue
        state = "found" if each.state == "found" else "NOT FOUND"
        held = f"{each.edition}, {each.where or f'held: {each.depth}'.replace('_', ' ')}"
        typer.echo(plain(f"{state}: {each.record}, {each.part} {each.text} ({held})"))
    missing = Counter(each.source for each in every if each.state == "not_held")
    for source, number in sorted(missing.items()):
        typer.echo(plain(f"not held: {source}, {number} numbers not compared"))
    states = Counter(each.state for each in every)
    typer.echo(
        f"{name}: {states['found']} numbers found, {states['not_found']} not found, "
        f"{states['not_held']} of {len(missing)} sources whose text is not held."
    )
