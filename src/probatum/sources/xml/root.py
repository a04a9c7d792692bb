"""Which XML document a file is, told from its first bytes without parsing it."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What may stand before the root element; each may be cut off by the end of the first bytes.
_BEFORE = re.compile(r"\s+|<\?.*?(?:\?>|$)|<!--.*?(?:-->|$)", re.DOTALL)
_DOCTYPE = re.compile(
    r"<!DOCTYPE\s+([\w:.-]+)(?:[^\[>]*\[.*?(?:\]\s*>|$)|[^\[>]*(?:>|$))", re.DOTALL
)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")


def start_of_text(head: bytes) -> str:
    """The first bytes as text: by byte order mark, else UTF-8, else one character a byte."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.decode("latin-1")


def root_name(head: bytes) -> str | None:
    """The root element's name without its prefix; the doctype's where the root is not reached."""
    text = start_of_text(head)
    at, declared = 0, None
    while at < len(text):
        if found := _BEFORE.match(text, at):
            at = found.end()
        elif declared is None and (found := _DOCTYPE.match(text, at)):
            declared, at = found[1], found.end()
        else:
            break
    element = _ELEMENT.match(text, at)
    return element[1] if element else declared
