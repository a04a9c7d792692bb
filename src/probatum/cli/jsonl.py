"""Lines of JSON, in and out: what the commands that take JSONL have in common.

Every line is looked at before work begins, and a bad one is named by its number.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from probatum.cli.request import UsageError, readable

T = TypeVar("T")
Id = str | int | float | None
# Valid inside a JSON string, but many programs take them for the end of a line.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def line_of(document: Mapping[str, Any]) -> str:
    """A document as one line, without its end."""
    return json.dumps(document, ensure_ascii=False).translate(_LINE_ENDS)


def content_of(source: str) -> bytes:
    """A file's bytes, or those of standard input for "-"."""
    if source == "-":
        # A closed standard input was put in place as text, which holds nothing.
        stream = getattr(sys.stdin, "buffer", None)
        return bytes(stream.read()) if stream is not None else b""
    try:
        return Path(source).expanduser().read_bytes()
    except OSError as error:
        raise UsageError(f"{source}: cannot be read ({error.strerror}).") from error


def objects(content: bytes, name: str, needs: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The objects of the lines, each with its place; UsageError names the first line that is none.

    `needs` says what an object must hold. One line is read after the other, so that whoever looks
    at each as it comes names the first bad one, whatever is wrong with it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name} line {place}: is not UTF-8 text.") from error
    # Not str.splitlines, which would also cut inside a JSON string at U+2028 and its kin.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _object(line, f"{name} line {number}", needs)


def _object(line: str, where: str, needs: str) -> tuple[dict[str, Any], str]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{where}: not valid JSON.") from error
    if not isinstance(item, dict):
        raise UsageError(f"{where}: needs an object with {needs}.")
    return item, where


def id_of(item: Mapping[str, Any], where: str) -> Id:
    """The id that was given with a line, to be given back."""
    given = item.get("id")
    if isinstance(given, (dict, list)):
        raise UsageError(f"{where}: the id must be a text or a number.")
    return readable(given) if isinstance(given, str) else given


def require_texts(item: Mapping[str, Any], keys: Sequence[str], where: str) -> None:
    """Refuse a field that is there and no text."""
    for key in keys:
        if item.get(key) is not None and not isinstance(item[key], str):
            raise UsageError(f"{where}: {key} must be a text.")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, so many at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
