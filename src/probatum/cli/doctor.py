"""`probatum doctor`: what is wrong with this installation, and the remedy."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typer

from probatum import __version__
from probatum.cli.options import LibraryFolder, ListFormat, Listing


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    name: str
    severity: Literal["ok", "warning", "error"]
    message: str
    remedy: str = ""


def doctor(form: Listing = ListFormat.TEXT, library: LibraryFolder = None) -> int:
    """Look at the program, its packs and its library; status 1 when something is broken."""
    findings = tuple(examine(library))
    if form is ListFormat.JSON:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            remedy = f" Remedy: {finding.remedy}" if finding.remedy else ""
            typer.echo(f"{finding.severity:7} {finding.name}: {finding.message}{remedy}")
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def examine(library: Path | None) -> Iterator[Finding]:
    """Everything that is looked at, each as a value; nothing here raises."""
    yield Finding("version", "ok", f"probatum {__version__} on Python {sys.version.split()[0]}")
    for name, look in (
        ("packs", _packs),
        ("library", _library),
        ("answer", _answer),
        ("site", _site),
    ):
        yield _guarded(name, look, library)
    from probatum.checks.entailment.model_folder import own_folder

    if own_folder() is not None:
        yield _judge()


def _judge() -> Finding:
    """The operator's own model of entailment, tried on one pair."""
    from probatum.checks.entailment.judge import entailment_judge
    from probatum.checks.entailment.model_folder import SETTING, EntailmentModelError

    try:
        entailment_judge()
    except EntailmentModelError as error:
        return Finding("judge", "error", str(error), f"Put the folder right, or unset {SETTING}.")
    return Finding("judge", "ok", f"the model that {SETTING} names reads claims")


def _guarded(name: str, look: Callable[[Path | None], Finding], library: Path | None) -> Finding:
    try:
        return look(library)
    except Exception as error:
        return Finding(name, "error", f"{error}", "Install the program anew, or report this.")


def _packs(_: Path | None) -> Finding:
    from probatum.packs.lint import lint
    from probatum.packs.loader import load_pack, shipped_packs
    from probatum.terms.general import general_vocabulary

    errors = []
    packs = [load_pack(folder) for folder in shipped_packs()]
    for pack in packs:
        vocabulary = general_vocabulary().extended(pack.terms)
        errors += [p.message for p in lint(pack, vocabulary) if p.severity == "error"]
    if errors:
        return Finding(
            "packs", "error", f"{len(errors)} errors, first: {errors[0]}", "Run probatum pack lint."
        )
    return Finding(
        "packs", "ok", f"{len(packs)} packs, {sum(len(p.records) for p in packs)} records"
    )


def _library(library: Path | None) -> Finding:
    from probatum.library.library import Library
    from probatum.library.store import default_folder

    folder = library or default_folder()
    held = Library.open(folder)
    if not os.access(folder, os.W_OK):
        return Finding(
            "library",
            "warning",
            f"{folder} cannot be written, so follow-ups by id are not kept.",
            "Name a folder of your own with --library or PROBATUM_LIBRARY.",
        )
    return Finding(
        "library", "ok", f"{folder}, snapshot {held.snapshot}, {len(held.records)} records"
    )


def _answer(library: Path | None) -> Finding:
    from probatum.engine import Ask, Engine

    engine = Engine.open(library)
    answer = engine.ask(Ask(question=engine.examples()[0]))
    if not answer.claims:
        return Finding("answer", "error", "the first example gives no claim", "Run make test.")
    return Finding("answer", "ok", f"{len(answer.claims)} checked claims in {answer.elapsed_ms} ms")


def _site(_: Path | None) -> Finding:
    import probatum.site

    static = Path(next(iter(probatum.site.__path__))) / "static"
    if not any(static.rglob("*.css")):
        return Finding("site", "error", "the style sheet is missing", "Install the program anew.")
    return Finding("site", "ok", "templates and static files are there")
