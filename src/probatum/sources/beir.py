"""Retrieval collections: one JSON object a line with an id, a title and a text.

BEIR writes `_id`, others `doc_id` or `id`; SciFact's own corpus has a list of sentences in place
of the text. The line's id is kept as it stands, since a run file must print it back: the source is
"beir:" and the id, and `identifiers.other` is the id alone.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from probatum.evidence.document import Block, Document, Item, Skipped
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.binary import why_no_text
from probatum.sources.file import SourceFile
from probatum.sources.json.start import top_keys
from probatum.sources.layout.lines import lines
from probatum.sources.layout.text import clean
from probatum.sources.limits import TEXT_CHARACTERS, UnreadableError
from probatum.sources.xml.root import start_of_text

FORMAT: Final = "beir"
_IDS: Final = ("_id", "doc_id", "docid", "id")
_BEFORE_TEXT: Final = frozenset({*_IDS, "title", "metadata", "url"})
_HEAD: Final = 4096
_TEXTS: Final = ("text", "sentences", "abstract")
# An id with a space or a control character cannot stand in a run file, whose columns are parted
# by spaces; half a surrogate pair cannot be written at all.
_UNPRINTABLE: Final = re.compile("[\\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PARAGRAPH: Final = re.compile(r"\n\s*\n")
_LINE_BYTES: Final = 4 * TEXT_CHARACTERS


def recognise(name: str, head: bytes) -> bool:
    """One object a line with an id and a text, that is not a FHIR resource or a list of queries."""
    text = start_of_text(head).lstrip()
    bare = re.split(r"[\\/]", name.lower())[-1]
    if not text.startswith("{") or bare.startswith("queries") or re.match(r"\{\s*\n", text):
        return False
    keys = top_keys(text)
    if "resourceType" in keys or "query_id" in keys or not any(key in keys for key in _IDS):
        return False
    return (
        keys.get("text") == '"'
        or keys.get("sentences") == "["
        or (keys.get("abstract") == "[" and "title" in keys)
        # The text may begin after the first bytes, behind a long title.
        or ("title" in keys and keys.keys() <= _BEFORE_TEXT and len(head) >= _HEAD)
    )


def read(file: SourceFile) -> Iterator[Item]:
    """Each line as a document, or Skipped with its number and the reason."""
    if reason := why_no_text(file.head()):
        raise UnreadableError(reason)
    count = 0
    try:
        for number, line in lines(file, _LINE_BYTES):
            if line is not None and not line.strip():
                continue
            item = _item(line)
            if isinstance(item, str):
                yield Skipped(f"line {number}", item)
            else:
                count += 1
                yield item
    except UnreadableError as error:
        raise UnreadableError(f"{error}, after {count} complete lines") from error
    if not count:
        raise UnreadableError("no line of it holds an id and a text")


def _item(line: str | None) -> Document | str:
    """The document in a line, or why it has none."""
    if line is None:
        return f"it is longer than {_LINE_BYTES // 1_000_000} MB"
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "it is not JSON"
    if not isinstance(value, dict):
        return "it is not a JSON object"
    return _document(value)


def _document(value: dict[str, Any]) -> Document | str:
    given = next((value[key] for key in _IDS if value.get(key) not in (None, "")), None)
    if isinstance(given, bool) or not isinstance(given, str | int):
        return "it has no id"
    name = str(given)
    if _UNPRINTABLE.search(name):
        return "its id has a space or a control character in it"
    title = value.get("title") or ""
    if not isinstance(title, str):
        return "its title is not text"
    text = next((value[key] for key in _TEXTS if value.get(key)), "")
    if isinstance(text, list) and all(isinstance(each, str) for each in text):
        text = " ".join(text)
    if not isinstance(text, str):
        return "its text is neither a text nor a list of sentences"
    title = clean(title)
    parts = (clean(part) for part in _PARAGRAPH.split(text))
    blocks = tuple(Block(part) for part in parts if part)
    if not title and not blocks:
        return "it has neither a title nor a text"
    return Document(
        source=f"beir:{name}",
        title=title,
        type=SourceType.OTHER,
        depth=Depth.ABSTRACT,
        blocks=blocks,
        format=FORMAT,
        identifiers=Identifiers(other=name),
    )
