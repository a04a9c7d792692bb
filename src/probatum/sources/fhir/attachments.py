"""Texts that a Library or DocumentReference carries inside it, in base64.

Only text for readers is taken. Logic (CQL, ELM) is code, and a PDF inside JSON is handed back with
a word to add it as a file of its own, where pages can be counted.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace

from probatum.evidence.document import Block, Skipped
from probatum.sources.fhir.narrative import narrative
from probatum.sources.fhir.prose import prose
from probatum.sources.json.node import Node
from probatum.sources.limits import TEXT_CHARACTERS

# The code of a block that comes from an attachment.
ATTACHED = "attachment"
_LOGIC = ("cql", "elm", "javascript", "fhirpath", "fhir+", "x-sql")


def attachments(resource: Node, where: str) -> Iterator[Block | Skipped]:
    """The blocks of each attachment, or why it has none."""
    for content in resource.parts("content"):
        attachment = content.part("attachment") if "attachment" in content else content
        reason = _refused(attachment)
        if reason:
            yield Skipped(where, reason)
            continue
        yield from _text(attachment, where)


def _refused(attachment: Node) -> str:
    kind = attachment.text("contentType").split(";")[0].strip().lower()
    title = attachment.text("title")
    name = f'its attachment "{title}"' if title else "its attachment"
    if "data" not in attachment:
        address = attachment.text("url")
        return f"{name} is not in the file, only its address {address}" if address else ""
    if any(word in kind for word in _LOGIC):
        return f"{name} is program logic ({kind}), not text for readers"
    if kind == "application/pdf":
        return f"{name} is a PDF: save it and add it as a file of its own"
    if kind not in (
        "text/plain",
        "text/markdown",
        "text/html",
        "application/xhtml+xml",
        "text/x-markdown",
    ):
        return f"{name} is of the kind {kind or 'that is not said'}, which is not read"
    if len(attachment.raw("data")) > TEXT_CHARACTERS:
        return f"{name} is longer than {TEXT_CHARACTERS:,} characters"
    return ""


def _text(attachment: Node, where: str) -> Iterator[Block | Skipped]:
    title = attachment.text("title") or "Attachment"
    try:
        data = base64.b64decode("".join(attachment.raw("data").split()), validate=True)
        text = data.decode("utf-8-sig")
    except (binascii.Error, ValueError):
        yield Skipped(where, f'its attachment "{title}" is no UTF-8 text in base64')
        return
    html = "html" in attachment.text("contentType").lower()
    blocks = narrative(text, (title,)) if html else prose(text, (title,))
    for block in blocks:
        yield replace(block, code=ATTACHED)
