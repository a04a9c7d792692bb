"""Markdown with or without a YAML header, and plain text.

A file that ends in .txt is read without Markdown: a star or a number sign in it is a sign. Keys of
the header that are understood (see docs or `_document`) describe the work; others are ignored. The
encoding is UTF-8, or UTF-16 with its mark; other bytes are taken for Windows-1252, as neither
format can declare one.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePath

from probatum.evidence.document import Block, Document, Item
from probatum.evidence.source import Depth, Identifiers, SourceType
from probatum.sources.binary import why_no_text
from probatum.sources.file import SourceFile
from probatum.sources.layout.plain_blocks import blocks_of_plain
from probatum.sources.layout.text import clean
from probatum.sources.limits import TEXT_CHARACTERS, UnreadableError
from probatum.sources.markdown import front_matter
from probatum.sources.markdown.blocks import blocks_of_markdown
from probatum.sources.markdown.front_matter import FrontMatter
from probatum.sources.works.ids import identifiers_of, source_id
from probatum.sources.works.licences import licence_of
from probatum.sources.works.type import type_named, type_of_title

_MARKDOWN = (".md", ".markdown", ".mdown")
_PLAIN = (".txt", ".text")
_OTHERS = re.compile(r"\s*(?:<[?!a-zA-Z]|[{\[]\s*[\"{\[]|%PDF-|PMID-\s|PK\x03\x04)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_FIRST_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$|^(\S.*)\n=+[ \t]*$", re.M)
_URL = re.compile(r"https?://\S+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}")
# Each of these may make a token of the parser, which takes up to a kilobyte and a half. Prose has
# so many line breaks only beyond the length that is read.
_SIGNS, _MOST_SIGNS = "\n|*_`[<&\\", 400_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def recognise(name: str, head: bytes) -> bool:
    """Told by the name's ending, or by being readable text that is no other format."""
    text = _decoded(head, whole=False)
    if text is None or _CONTROL.search(text) or _OTHERS.match(text):
        return False
    return _ending(name).endswith((*_MARKDOWN, *_PLAIN)) or _readable(head, text)


def read(file: SourceFile) -> Iterator[Item]:
    """The file as one document."""
    content = file.whole()
    if reason := why_no_text(content):
        raise UnreadableError(reason)
    text = _decoded(content, whole=True) or ""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(text) > TEXT_CHARACTERS:
        raise UnreadableError(f"its text is longer than {TEXT_CHARACTERS:,} characters")
    if sum(map(text.count, _SIGNS)) > _MOST_SIGNS:
        raise UnreadableError(f"it has more than {_MOST_SIGNS:,} lines, cells and marks")
    front, rest = front_matter.split(text)
    plain = _ending(file.name).endswith(_PLAIN)
    title, rest = _title(front, rest, file.name, plain=plain)
    blocks = blocks_of_plain(rest) if plain else blocks_of_markdown(rest, title)
    if not any(block.kind != "heading" for block in blocks):
        raise UnreadableError("it holds no text")
    yield _document(file.name, front, title, tuple(blocks))


def _ending(name: str) -> str:
    return name.lower().removesuffix(".gz")


def _decoded(content: bytes, *, whole: bool) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace" if whole else "ignore")
    try:
        decoder = codecs.getincrementaldecoder("utf-8")()
        return decoder.decode(content, final=whole)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _readable(head: bytes, text: str) -> bool:
    """Without a telling name: UTF-8 only, with words in it."""
    if "�" in text or not head.strip():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return len(re.findall(r"[^\W\d_]{2,}\s", text)) >= 5


def _title(front: FrontMatter, text: str, name: str, *, plain: bool) -> tuple[str, str]:
    """The title, and the text without it where it was a line of its own."""
    given = front.first("title", "name")
    if given:
        return given, text
    if plain:
        first, gap, rest = text.lstrip("\n").partition("\n\n")
        if gap and "\n" not in first and 3 <= len(first.strip()) <= 200 and clean(rest):
            return clean(first), rest
    else:
        found = _FIRST_HEADING.search(text)
        heading = clean(_LINK.sub(r"\1", found[1] or found[2])) if found else ""
        if heading:
            return heading, text
    return clean(PurePath(PurePath(name).name.removesuffix(".gz")).stem) or "untitled", text


def _document(name: str, front: FrontMatter, title: str, blocks: tuple[Block, ...]) -> Document:
    names = ("updated", "last_modified", "last_updated", "modified", "lastmod", "date", "published")
    date, year = front.date(*names, "reviewed", "last_reviewed", "year")
    edition = front.first("edition", "version")
    licence, tier = licence_of(front.all("licence", "license", "rights"))
    identifiers = _identifiers(front)
    return Document(
        source=source_id(identifiers) or f"file:{PurePath(name).name}",
        title=title,
        type=_type(front, title),
        depth=Depth.FULL_TEXT,
        blocks=blocks,
        format="md",
        version=edition or (date.isoformat() if date else None),
        label=edition or None,
        date=date,
        year=year,
        body=front.first("body", "organisation", "organization", "publisher", "issuer") or None,
        container=front.first("journal", "container") or None,
        authors=tuple(front.all("authors", "author")),
        identifiers=identifiers,
        subjects=tuple(front.all("subjects", "keywords", "tags")),
        conditions=tuple(front.all("conditions", "condition")),
        language=front.first("language", "lang").lower() or None,
        licence=licence,
        tier=tier,
    )


def _type(front: FrontMatter, title: str) -> SourceType:
    named = type_named(front.first("type", "source_type"))
    if named:
        return named
    audience = front.first("audience").lower()
    patients = audience in ("patient", "patients", "public", "general public")
    return SourceType.PATIENT_INFORMATION if patients else type_of_title(title)


def _identifiers(front: FrontMatter) -> Identifiers:
    found = identifiers_of(front.first("pmid"), front.first("pmcid"), front.first("doi"))
    url = front.first("url", "source_url", "link", "canonical")
    return found.model_copy(update={"url": url}) if _URL.fullmatch(url) else found
