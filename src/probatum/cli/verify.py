"""`probatum verify`: claims against the texts they are said to rest on, JSONL in and JSONL out.

Each line is judged by itself, so many lines are shared out among the processor's cores. Every line
is looked at before the first is judged: a bad one stops the run with its number and nothing is
printed.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from probatum.cli.jsonl import Id, batches, content_of, id_of, line_of, objects, require_texts
from probatum.cli.options import LibraryFolder
from probatum.cli.request import UsageError, readable

if TYPE_CHECKING:
    from probatum.checks.evidence.entailment import Entailment
    from probatum.checks.evidence.source import HeldSource
    from probatum.library.library import Library

# Fewer pairs than this are judged sooner by one process than it takes to start others.
_SHARED_OUT = 200
# Pairs that a process is given at a time.
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a claim, and a text or the id of a held edition."""

    id: Id
    claim: str
    evidence: str | None
    source: str | None
    where: str


def verify(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="JSONL (id, claim, and evidence or the id of a held source), or -."
        ),
    ],
    entailment: Annotated[
        bool, typer.Option("--entailment/--no-entailment", help="Ask the judge of meaning as well.")
    ] = True,
    library: LibraryFolder = None,
) -> int:
    """Check claims against texts: supported, contradicted or not enough information, and why."""
    name = "standard input" if source == "-" else source
    items = read_items(content_of(source), name)
    _look_up(items, library)
    for document in _documents(items, library, entailment):
        sys.stdout.write(line_of(document) + "\n")
    return 0


def read_items(content: bytes, name: str) -> list[Item]:
    """The claims of the lines; UsageError names the first line that is not one."""
    needs = "id, claim, and evidence or source"
    return [_item(item, where) for item, where in objects(content, name, needs)]


def _item(item: Mapping[str, Any], where: str) -> Item:
    require_texts(item, ("claim", "evidence", "source"), where)
    given = id_of(item, where)
    if item.get("claim") is None:
        raise UsageError(f"{where}: needs a text field claim.")
    if item.get("evidence") is None and item.get("source") is None:
        raise UsageError(f"{where}: needs evidence (a text) or source (the id of a held edition).")
    return Item(
        given,
        readable(item["claim"]),
        readable(item["evidence"]) if item.get("evidence") is not None else None,
        readable(item["source"]) if item.get("source") is not None else None,
        where,
    )


def _look_up(items: Iterable[Item], folder: Path | None) -> None:
    """Refuse a source that is not held before anything is printed."""
    from probatum.checks.evidence.source import NotHeldError

    for item in items:
        if item.source is not None:
            try:
                _held(item.source, folder)
            except NotHeldError as error:
                raise UsageError(f"{item.where}: {error}") from error


def _documents(
    items: list[Item], folder: Path | None, entailment: bool
) -> Iterator[Mapping[str, Any]]:
    workers = os.cpu_count() or 1
    if len(items) < _SHARED_OUT or workers == 1:
        yield from _batch(items, folder, entailment)
        return
    from concurrent.futures import ProcessPoolExecutor

    parts = list(batches(items, _BATCH))
    with ProcessPoolExecutor(workers) as pool:
        for done in pool.map(_batch, parts, [folder] * len(parts), [entailment] * len(parts)):
            yield from done


def _batch(items: list[Item], folder: Path | None, entailment: bool) -> list[Mapping[str, Any]]:
    return [verdict_document(item, folder, entailment) for item in items]


def verdict_document(item: Item, folder: Path | None, entailment: bool) -> Mapping[str, Any]:
    """The verdict document of one line."""
    from probatum.checks.evidence.verify import verify as judge

    held = _held(item.source, folder) if item.source is not None else None
    evidence = item.evidence if item.evidence is not None else held.text if held else ""
    verdict = judge(
        item.claim,
        evidence,
        vocabulary=_library(folder, held is not None).vocabulary,
        source=held,
        entailment=_entailment() if entailment else None,
    )
    return verdict.document(item.id)


@lru_cache(maxsize=256)
def _held(source: str, folder: Path | None) -> "HeldSource":
    from probatum.checks.evidence.source import held_source

    return held_source(source, _library(folder, True))


@lru_cache(maxsize=2)
def _library(folder: Path | None, texts: bool) -> "Library":
    """The user's library where its texts are wanted, else the shipped packs' words alone."""
    from probatum.library.library import Library
    from probatum.packs.loader import load_pack, shipped_packs

    if texts or folder is not None:
        return Library.open(folder)
    return Library.of([load_pack(pack) for pack in shipped_packs()])


@lru_cache(maxsize=1)
def _entailment() -> "Entailment":
    """The judge of meaning that ships, made once in a process."""
    from probatum.checks.entailment.judge import entailment_judge

    return entailment_judge()
