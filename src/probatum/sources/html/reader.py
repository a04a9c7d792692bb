"""HTML pages: the main text under its headings, without the site around it.

The parser mends broken markup as browsers do, since nearly every page has some; what it cannot go
on with (nesting without end) makes the file unreadable rather than shorter. Scripts, styles,
controls and hidden elements are never text; JSON-LD is read for metadata only. Encodings: see
`html_charset`.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from probatum.evidence.document import Document, Item
from probatum.evidence.source import Depth, SourceType
from probatum.sources.binary import why_no_text
from probatum.sources.file import SourceFile
from probatum.sources.html.blocks import blocks_of
from probatum.sources.html.charset import CONTROLS, decoded
from probatum.sources.html.front import Front, front_of
from probatum.sources.html.main import main_part
from probatum.sources.layout.text import clean
from probatum.sources.limits import DEPTH, TEXT_CHARACTERS, UnreadableError
from probatum.sources.works.ids import source_id
from probatum.sources.works.type import type_named, type_of_title
from probatum.sources.xml.root import root_name

_ENDINGS = (".html", ".htm", ".xhtml")
_START = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?(?:-->|$))*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
_MARKUP = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|section|article|meta|title)[\s>]", re.I)
# Tags of one page; the longest guideline known here has 40,000.
_TAGS = 500_000
# Pictures that a saved page carries inside: no text, and often most of its bytes.
_PICTURE = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[\w+/=]+")
_RETRACTED = re.compile(r"\W*(?:retracted|withdrawn)(?: article)?\s*:", re.I)


def recognise(name: str, head: bytes) -> bool:
    """A page begins with its doctype or its root; a fragment is told by its name and an element."""
    if head.lstrip().startswith(b"<?xml") and root_name(head) not in ("html", None):
        return False
    text = decoded(head)
    if _START.match(text):
        return True
    named = name.lower().removesuffix(".gz").endswith(_ENDINGS)
    return named and _MARKUP.search(text) is not None


def read(file: SourceFile) -> Iterator[Item]:
    """The page as one document."""
    content = file.whole()
    if reason := why_no_text(content):
        raise UnreadableError(reason)
    text = _PICTURE.sub("data:", decoded(content))
    if len(text) > TEXT_CHARACTERS:
        raise UnreadableError("it is too large for a web page")
    root = _parsed(text)
    front = front_of(root)
    body = root.find("body")
    part = main_part(body if body is not None else root)
    title = front.title or clean(PurePath(file.name).stem)
    try:
        blocks = tuple(blocks_of(part, title))
    except RecursionError as error:
        raise UnreadableError("its elements are nested too deeply") from error
    if not any(block.kind != "heading" for block in blocks):
        raise UnreadableError("it is a web page without text (its text may be made by a script)")
    yield Document(
        source=source_id(front.identifiers) or f"file:{PurePath(file.name).name}",
        title=title,
        type=_type(front, title),
        depth=Depth.FULL_TEXT,
        blocks=blocks,
        format="html",
        version=front.version,
        date=front.date,
        year=front.year,
        body=front.body,
        container=front.container,
        authors=front.authors,
        identifiers=front.identifiers,
        subjects=front.subjects,
        publication_types=front.kinds,
        language=front.language,
        licence=front.licence,
        tier=front.tier,
        retracted=_RETRACTED.match(title) is not None,
    )


def _type(front: Front, title: str) -> SourceType:
    named = next(filter(None, map(type_named, front.kinds)), None)
    return named or type_of_title(title)


def _parsed(text: str) -> HtmlElement:
    if not text.strip():
        raise UnreadableError("it is empty")
    if text.count("<") > _TAGS:
        raise UnreadableError(f"it has more than {_TAGS:,} tags")
    parser = HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("it cannot be read as a web page") from error
    for entry in parser.error_log:
        if entry.level_name == "FATAL" or "xcessive depth" in entry.message:
            raise UnreadableError(
                f"its elements are nested more than {DEPTH} deep, or it is broken"
            )
    if "&#" in text:
        _without_controls(root)
    return root


def _without_controls(root: HtmlElement) -> None:
    """Take out the controls that a page names by number (&#1;): libxml2 keeps them, and lxml then
    refuses to move the text that they stand in."""
    for element in root.iter():
        if element.text and CONTROLS.search(element.text):
            element.text = CONTROLS.sub("", element.text)
        if element.tail and CONTROLS.search(element.tail):
            element.tail = CONTROLS.sub("", element.tail)
