"""The keys of a JSON text whose end is missing: enough to tell formats apart by a cheap look."""

import codecs
import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|([{}\[\]])')


@dataclass(frozen=True, slots=True)
class Outline:
    """The keys of the outermost object (or of the first of an outermost array) as far as they
    were seen, every key below them, and the text itself."""

    outer: tuple[str, ...] = ()
    inner: frozenset[str] = frozenset()
    text: str = ""


def outline(head: bytes) -> Outline:
    """The outline of the first bytes of a file; an empty one where they are no JSON."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) // 2 * 2].decode("utf-16", "ignore")
    else:
        text = head.decode("utf-8-sig", "ignore")
    text = text.lstrip()
    if not text.startswith(("{", "[")):
        return Outline()
    top = 2 if text.startswith("[") else 1
    depth = 0
    outer: dict[str, None] = {}
    inner: set[str] = set()
    for found in _TOKEN.finditer(text):
        key, colon, bracket = found.groups()
        if bracket is not None:
            depth += 1 if bracket in "{[" else -1
        elif colon and depth == top:
            outer[key] = None
        elif colon:
            inner.add(key)
    return Outline(tuple(outer), frozenset(inner), text)
