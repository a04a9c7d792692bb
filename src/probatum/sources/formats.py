"""The formats that are read, how a file's format is recognised, and what a user says of it."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from typing import Protocol, cast

from probatum.evidence.document import Document, Item, Relation
from probatum.evidence.source import RightsTier, SourceType
from probatum.sources.file import SourceFile
from probatum.sources.limits import UnreadableError
from probatum.sources.works.metadata import tidy

# In the order in which they are asked; a parser's module is imported when it is needed. Plain text
# comes last, because every other text format could be taken for it.
FORMATS = {
    "pubmed": "probatum.sources.pubmed.reader",
    "jats": "probatum.sources.jats.reader",
    "spl": "probatum.sources.labels.spl",
    "ctgov": "probatum.sources.ctgov.reader",
    "openfda": "probatum.sources.labels.openfda",
    "fhir": "probatum.sources.fhir.reader",
    "beir": "probatum.sources.beir",
    "pdf": "probatum.sources.pdf.reader",
    "html": "probatum.sources.html.reader",
    "medline": "probatum.sources.pubmed.medline",
    "md": "probatum.sources.markdown.reader",
}
_LAST = "md"
# Bumped when parsers or the layout of passages change what they give for the same file.
READING = 1

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Licences that allow showing, keeping and passing on; any other licence binds the operator alone.
_OPEN = re.compile(
    r"\b(?:CC[ -]?BY(?![ -]?N[CD])(?![ -]?SA[ -]?NC)|CC[ -]?0|public domain|"
    r"US Government work|open government licen[cs]e)\b",
    re.IGNORECASE,
)


class _Parser(Protocol):
    def read(self, file: SourceFile) -> Iterator[Item]: ...
    def recognise(self, name: str, head: bytes) -> bool: ...


@dataclass(frozen=True)
class Settings:
    """What a user says of the files; each value replaces the file's own."""

    format: str | None = None
    licence: str | None = None
    body: str | None = None
    edition: str | None = None
    supersedes: tuple[str, ...] = ()
    type: SourceType | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same settings and the same way of reading: part of the journal."""
        words = json.dumps([READING, asdict(self)], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()[:16]


class UnknownFormatError(UnreadableError):
    """A file of no format that is read; `plainly` is for those who cannot name one."""

    plainly = "its format is not known"

    def __init__(self) -> None:
        super().__init__(f"{self.plainly}; name it with --as if it is one that is read")


def recognise(file: SourceFile) -> str:
    """The name of the file's format; UnreadableError says what else it is, as far as is known."""
    head = file.head()
    if not head.strip():
        raise UnreadableError("it is empty")
    for name, module in FORMATS.items():
        if name != _LAST and _parser(module).recognise(file.name, head):
            return name
    reason = _refusal(file.name, head)
    if reason:
        raise UnreadableError(reason)
    if _parser(FORMATS[_LAST]).recognise(file.name, head):
        return _LAST
    raise UnknownFormatError


def _refusal(name: str, head: bytes) -> str | None:
    from probatum.sources.refused import recognise as reason_of

    return reason_of(name, head)


def read(file: SourceFile, format: str, settings: Settings) -> Iterator[Item]:
    """The documents of a file, with what the user says of them."""
    for item in _parser(FORMATS[format]).read(file):
        yield tidy(_told(item, settings) if isinstance(item, Document) else item)


def _parser(module: str) -> _Parser:
    return cast(_Parser, import_module(module))


def _told(document: Document, settings: Settings) -> Document:
    if settings.edition:
        year = _YEAR.search(settings.edition)
        document = replace(
            document,
            version=settings.edition,
            label=settings.edition,
            year=int(year.group()) if year else document.year,
        )
    if settings.body:
        document = replace(document, body=settings.body)
        if document.type is SourceType.OTHER:
            document = replace(document, type=SourceType.GUIDELINE)
    if settings.type:
        document = replace(document, type=settings.type)
    if settings.licence:
        document = replace(document, licence=settings.licence, tier=tier_of(settings.licence))
    elif document.tier is None and document.licence:
        document = replace(document, tier=tier_of(document.licence))
    replaced = tuple(Relation("supersedes", target) for target in settings.supersedes)
    return replace(document, relations=(*document.relations, *replaced)) if replaced else document


def tier_of(licence: str) -> RightsTier:
    """What a licence in words allows: open ones everything, any other this library's users only."""
    return RightsTier.OPEN if _OPEN.search(licence) else RightsTier.PRIVATE
