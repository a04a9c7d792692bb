"""A PDF's words without the program that reads them: for the fuzzer, in this process.

Nothing protects the process from PDFium here; that is the point, and why the program itself never
does so (see `probatum.sources.pdf.process`).
"""

import json

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from probatum.sources.limits import SECONDS, UnreadableError
from probatum.sources.pdf import child as pdf_child
from probatum.sources.pdf.process import Extract, _take

# A page of a hostile file may be read by the thousand (one page, named again and again).
_PAGES = 20


def extract(content: bytes, seconds: float = SECONDS) -> Extract:
    """As `pdf_process.extract`, through the same plain data."""
    found = Extract()
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadableError("it is damaged") from error
    try:
        try:
            marks = pdf_child._bookmarks(document)
        except Exception:  # as in the program
            marks = []
        about = document.get_metadata_dict()
        _take(_plain({"pages": len(document), "about": about, "bookmarks": marks}), found)
        for number in range(min(len(document), _PAGES)):
            try:
                _take(_plain(pdf_child.page_of(pdfium, document, number)), found)
            except pdfium.PdfiumError:
                found.lost[number] = "the PDF library cannot read it"
    finally:
        document.close()
    if not found.count:
        raise UnreadableError("it has no pages")
    return found


def _plain(value: dict[str, object]) -> dict[str, object]:
    plain: dict[str, object] = json.loads(json.dumps(value))
    return plain
