"""Small works of our own, laid out, with the findings that are read from them."""

from collections.abc import Sequence
from typing import Any

from probatum.evidence.document import Block, Document
from probatum.evidence.source import Depth, SourceType
from probatum.extract.document import Findings, findings_of
from probatum.sources.passages import lay_out


def rows(
    columns: Sequence[str], *cells: str, code: str = "t1", caption: str = "Table 1. Outcomes"
) -> list[Block]:
    """A table: its caption and its rows, each a text with " | " between its cells."""
    made = [Block(caption, "caption", ("Results",), code=code)]
    for text in cells:
        whole = text.count(" | ") + 1 == len(columns)
        names = tuple(columns) if whole else ()
        made.append(Block(text, "row", ("Results",), columns=names, code=code))
    return made


def read(*blocks: Block | str, **more: Any) -> tuple[Findings, str]:
    """The findings of a work of blocks, or of paragraphs, with its held text."""
    made = tuple(Block(each) if isinstance(each, str) else each for each in blocks)
    given = {
        "title": "A trial",
        "type": SourceType.OTHER,
        "depth": Depth.FULL_TEXT,
        "format": "jats",
        **more,
    }
    document = Document(source="file:work", blocks=made, **given)
    text, _ = lay_out(document)
    return findings_of(document, text), text
