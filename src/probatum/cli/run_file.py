"""Many searches into a TREC run file: `qid Q0 docid rank score tag`, documents by best passage."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from probatum.cli.request import UsageError

if TYPE_CHECKING:
    from probatum.library.search import Request, Search

TAG = "probatum"
# A document's passages may take several places; asked for at first, per document wanted.
_PASSAGES = 2


def write_run(search: "Search", queries: Path, run: Path, request: "Request") -> None:
    """Write the run of every query; the file appears when it is whole."""
    every = list(read_queries(queries))
    part = run.with_name(f".{run.name}.part")
    try:
        with part.open("w", encoding="utf-8") as out:
            for id, text in every:
                asked = replace(request, query=text, plain=True)
                for rank, (document, score) in enumerate(_ranked(search, asked), 1):
                    out.write(f"{id} Q0 {document} {rank} {score:.6f} {TAG}\n")
        part.replace(run)
    finally:
        part.unlink(missing_ok=True)


def _ranked(search: "Search", request: "Request") -> list[tuple[str, float]]:
    from probatum.library.search import MOST, SearchError, documents_of

    passages = request.k * _PASSAGES
    while True:
        try:
            hits = search.search(replace(request, k=min(passages, MOST)))
        except SearchError:
            return []  # a query without a word finds nothing, and the run goes on
        found = list(documents_of(hits))
        if len(found) >= request.k or len(hits) < passages or passages >= MOST:
            break
        passages *= 4
    return [(run_id(source), score) for source, score in found[: request.k]]


def run_id(source: str) -> str:
    """The id a collection knows its document by; without spaces, which end a column."""
    return "_".join(source.removeprefix("beir:").split())


def read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """Ids and texts; UsageError names the first line that is neither TSV nor JSON."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: it is not UTF-8 text.") from error
    seen = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        id, text = _query(line, f"{path}, line {number}")
        if number == 1 and (id, text) in _HEADS:
            continue
        if id in seen:
            raise UsageError(f"{path}, line {number}: the id {id!r} occurs twice.")
        seen.add(id)
        yield id, text
    if not seen:
        raise UsageError(f"{path}: there are no queries in it.")


_HEADS = frozenset(
    (a, b)
    for a in ("id", "_id", "qid", "query_id", "query-id")
    for b in ("text", "query", "question")
)


def _query(line: str, where: str) -> tuple[str, str]:
    if line.lstrip().startswith("{"):
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{where}: it is not a JSON object.") from error
        id = next((item[name] for name in ("_id", "id", "query_id", "qid") if name in item), None)
        text = item.get("text")
        if not isinstance(id, (str, int)) or not isinstance(text, str):
            raise UsageError(f"{where}: a query needs _id (or id) and text.")
        return _column(str(id), where), text
    id, tab, text = line.partition("\t")
    if not tab:
        raise UsageError(f"{where}: a query needs an id, a tab and its text.")
    return _column(id.strip(), where), text.strip()


def _column(id: str, where: str) -> str:
    if not id or id.split() != [id]:
        raise UsageError(f"{where}: the id {id!r} is empty or has a space in it.")
    return id
