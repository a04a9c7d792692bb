"""`probatum extract`: comparative results out of texts, JSONL in and JSONL out, or of one document.

Each line is read by itself, so many lines are shared out among the processor's cores. Every line is
looked at before the first is read: a bad one stops the run with its number and nothing is printed.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from probatum.cli.jsonl import Id, batches, content_of, id_of, line_of, objects, require_texts
from probatum.cli.request import UsageError, readable
from probatum.render.characters import plain

# Fewer texts than this are read sooner by one process than it takes to start others.
_SHARED_OUT = 200
# Texts that a process is given at a time.
_BATCH = 50
# A first line longer than this is no JSONL line of a text.
_LONGEST_LINE = 60_000_000

Item = tuple[Id, str]


class ResultsFormat(StrEnum):
    """How results are printed."""

    JSONL = "jsonl"
    JSON = "json"
    TABLE = "table"


def extract(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="JSONL (id, and text or title and abstract), a document, or -."
        ),
    ],
    form: Annotated[
        ResultsFormat | None,
        typer.Option(
            "--format",
            help="How to print; JSONL input gives jsonl, a document a table.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Read comparative results: end point, groups' values, effect, interval, direction."""
    content = content_of(source)
    name = "standard input" if source == "-" else source
    if not is_jsonl(content, source):
        from probatum.cli.extract_document import extract_document

        return extract_document(name, content, form or ResultsFormat.TABLE)
    items = read_items(content, name)
    documents = _documents(items)
    if form is ResultsFormat.JSON:
        print(line_of({"documents": list(documents)}))
    elif form is ResultsFormat.TABLE:
        _table(documents)
    else:
        for document in documents:
            sys.stdout.write(line_of(document) + "\n")
    return 0


def is_jsonl(content: bytes, name: str) -> bool:
    """Whether the input is lines of texts: by its ending, or by what its first line holds."""
    if name.lower().endswith((".jsonl", ".ndjson")):
        return True
    first = next((line for line in content[:_LONGEST_LINE].splitlines() if line.strip()), b"")
    first = first.removeprefix(b"\xef\xbb\xbf").strip()
    if not first:
        return name == "-"
    if not first.startswith(b"{"):
        return False
    try:
        item = json.loads(first)
    except (ValueError, RecursionError):
        return name == "-" and b"\n" not in content.strip()
    if not isinstance(item, dict):
        return False
    # A resource or record in one line has an id too, and says what it is in other fields.
    return any(isinstance(item.get(key), str) for key in ("text", "title", "abstract")) or (
        set(item) <= {"id", "text", "title", "abstract"}
    )


def read_items(content: bytes, name: str) -> list[Item]:
    """The texts of the lines with their ids; UsageError names the first line that is not one."""
    needs = "id and text, or title and abstract"
    return [_item(item, where) for item, where in objects(content, name, needs)]


def _item(item: Mapping[str, Any], where: str) -> Item:
    require_texts(item, ("text", "title", "abstract"), where)
    given = id_of(item, where)
    if item.get("text") is not None:
        text = item["text"]
    elif item.get("title") is not None or item.get("abstract") is not None:
        fields = [item[key] for key in ("title", "abstract") if item.get(key) is not None]
        text = "\n".join(fields)
    else:
        raise UsageError(f"{where}: needs a text field text, or title and abstract.")
    return given, readable(text)


def _documents(items: list[Item]) -> Iterator[dict[str, Any]]:
    workers = os.cpu_count() or 1
    if len(items) < _SHARED_OUT or workers == 1:
        yield from map(results_document, items)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        for batch in pool.map(_batch, batches(items, _BATCH)):
            yield from batch


def _batch(items: list[Item]) -> list[dict[str, Any]]:
    return [results_document(item) for item in items]


def results_document(item: Item) -> dict[str, Any]:
    """The results document of one text."""
    from probatum.extract.findings_json import result_json
    from probatum.extract.results import find_results

    given, text = item
    return {"id": given, "results": [result_json(result) for result in find_results(text)]}


def _table(documents: Iterable[dict[str, Any]]) -> None:
    """One result a row, in columns that a person can read."""
    from rich.console import Console
    from rich.table import Table

    table = Table("id", "end point", "time", "groups", "effect", "direction", box=None)
    for document in documents:
        for result in document["results"]:
            table.add_row(
                *(
                    plain(str(cell if cell is not None else ""))
                    for cell in (
                        document["id"], result["endpoint"], result["timepoint"],
                        "; ".join(_arm(arm) for arm in result["arms"]),
                        _effect(result["effect"]), result["direction"].replace("_", " "),
                    )
                )
            )  # fmt: skip
    Console(markup=False, highlight=False).print(table)


def _arm(arm: dict[str, Any]) -> str:
    value = "not reached" if arm["value"] is None else f"{arm['value']} {arm['unit'] or ''}".strip()
    return f"{arm['name'] or '?'}: {value}"


def _effect(effect: dict[str, Any]) -> str:
    words = [effect["label"] if effect["type"] == "other" else effect["type"]]
    if effect["value"] is not None:
        words.append(str(effect["value"]))
    if effect["ci_low"] is not None:
        words.append(f"({effect['ci_low']} to {effect['ci_high']})")
    if effect["p"] is not None:
        words.append(f"P {effect['p']}")
    return " ".join(word for word in words if word)
