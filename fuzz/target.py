"""One file through one parser: the function that the fuzzer and the tests feed.

Nothing but an UnreadableError may come out of a parser, whatever the bytes; and what it hands on
keeps its promises (`fuzz.promises`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from fuzz.promises import broken_item, broken_layout
from probatum.evidence.document import Document, Item
from probatum.sources import formats
from probatum.sources.file import SourceFile
from probatum.sources.limits import UnreadableError
from probatum.sources.passages import lay_out

FORMATS = tuple(formats.FORMATS)
# The file's name where the parser looks at it; the format itself elsewhere.
_ENDINGS = {"medline": "nbib", "beir": "jsonl", "md": "md", "html": "html", "pdf": "pdf"}


_SETTINGS = formats.Settings()


class BrokenPromiseError(AssertionError):
    """A parser that did not crash and yet handed on something that it must not."""


@contextmanager
def parser(format: str) -> Iterator[ModuleType]:
    """The format's module. PDFium then runs in this process, so that its input can be followed."""
    module = import_module(formats.FORMATS[format])
    if format != "pdf":
        yield module
        return
    from fuzz import pdf_here

    apart = module.extract
    module.extract = pdf_here.extract  # type: ignore[attr-defined]
    try:
        yield module
    finally:
        module.extract = apart  # type: ignore[attr-defined]


def feed(format: str, content: bytes, name: str = "") -> None:
    """Recognise, read and lay out; what is raised here is a fault."""
    file = SourceFile(name or f"x.{_ENDINGS.get(format, 'dat')}", content=content)
    try:
        with parser(format) as module:
            module.recognise(file.name, file.head())
            for item in formats.read(file, format, _SETTINGS):
                if broken := broken_item(item) or _laid_out(item):
                    raise BrokenPromiseError(broken)
    except UnreadableError as error:
        if "\n" in str(error) or not str(error) or str(error).endswith("."):
            raise BrokenPromiseError(f"no sentence: {str(error)!r}") from error


def _laid_out(item: Item) -> str | None:
    return broken_layout(item, *lay_out(item)) if isinstance(item, Document) else None
