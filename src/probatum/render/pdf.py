"""PDF by Typst: tagged, with title, language, headings, real links and numbered pages.

The layout is a file that ships; an answer reaches it as data only, so no text can be read as
markup. Nothing is fetched and no file but the layout is opened. Letters that the built-in fonts
lack come from the fonts of the system, if it has them.
"""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from probatum.evidence.base import ProbatumError
from probatum.render.paper import Paper

LAYOUT = Path(__file__).parent / "pages" / "paper.typ"


class NoPdfError(ProbatumError):
    """This installation cannot make PDF files; the sentence says what is missing."""


def available() -> bool:
    """Whether what sets PDF files is installed."""
    from importlib.util import find_spec

    return find_spec("typst") is not None


@cache
def _fonts() -> Any:
    """The built-in fonts and those of the system, looked for once a process."""
    import typst

    return typst.Fonts()


def pdf(paper: Paper) -> bytes:
    """The document as PDF/UA-1; without that claim where no font has a letter of it.

    NoPdfError without the package `typst`.
    """
    try:
        import typst
    except ImportError as error:
        message = "PDF files need the package typst: pip install typst."
        raise NoPdfError(message) from error
    data = json.dumps(asdict(paper), ensure_ascii=False)
    compiler = typst.Compiler(
        LAYOUT, root=LAYOUT.parent, font_paths=_fonts(), sys_inputs={"paper": data}
    )
    try:
        # ISO 14289-1 (PDF/UA-1): tags, title, language and reading order for assistive technology.
        made = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        # The standard forbids a page with a letter that no font at hand can draw. Such a file is
        # still tagged; it only does not call itself conforming.
        made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise NoPdfError("The PDF could not be made.")
    return made
