"""An answer in the forms that `probatum ask` prints or writes to a file."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from probatum.cli.request import UsageError
from probatum.evidence.answer import Answer

if TYPE_CHECKING:
    from probatum.engine import Engine
    from probatum.render.bibliography import Entry
    from probatum.render.paper import Paper


class AnswerFormat(StrEnum):
    """How the answer is printed, or written to a file."""

    TEXT = "text"
    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    DOCX = "docx"
    RIS = "ris"
    BIBTEX = "bib"
    CSL = "csl.json"


# What a terminal cannot show.
BINARY = (AnswerFormat.PDF, AnswerFormat.DOCX)


def _paper(answer: Answer, engine: "Engine") -> "Paper":
    from probatum.render.arrange import page
    from probatum.render.layout import paper

    return paper(page(answer, engine))


def _entries(answer: Answer, engine: "Engine") -> "tuple[Entry, ...]":
    """The answer itself, which says that nobody reviewed it, then what it cites."""
    from probatum.render.bibliography import answer_entry, references

    return (answer_entry(answer), *references(answer, engine.name))


def _text(answer: Answer, engine: "Engine") -> str:
    from probatum.render.text import answer_text

    return answer_text(answer, engine.name)


def _markdown(answer: Answer, engine: "Engine") -> str:
    from probatum.render.markdown import markdown

    return markdown(answer, engine.name)


def _html(answer: Answer, engine: "Engine") -> str:
    from probatum.render.html import standalone

    return standalone(answer, engine)


def _json(answer: Answer, engine: "Engine") -> str:
    from probatum.render.json import answer_json

    return answer_json(answer)


def _ris(answer: Answer, engine: "Engine") -> str:
    from probatum.render.ris import ris

    return ris(_entries(answer, engine))


def _bibtex(answer: Answer, engine: "Engine") -> str:
    from probatum.render.bibtex import bibtex

    return bibtex(_entries(answer, engine))


def _csl(answer: Answer, engine: "Engine") -> str:
    from probatum.render.csl import csl_json

    return csl_json(_entries(answer, engine))


def _pdf(answer: Answer, engine: "Engine") -> bytes:
    from probatum.render.pdf import pdf

    return pdf(_paper(answer, engine))


def _docx(answer: Answer, engine: "Engine") -> bytes:
    from probatum.render.docx import docx

    return docx(_paper(answer, engine))


_MADE: dict[AnswerFormat, Callable[[Answer, "Engine"], str | bytes]] = {
    AnswerFormat.TEXT: _text,
    AnswerFormat.MARKDOWN: _markdown,
    AnswerFormat.HTML: _html,
    AnswerFormat.JSON: _json,
    AnswerFormat.PDF: _pdf,
    AnswerFormat.DOCX: _docx,
    AnswerFormat.RIS: _ris,
    AnswerFormat.BIBTEX: _bibtex,
    AnswerFormat.CSL: _csl,
}


def must_have_a_file(form: AnswerFormat, out: Path | None) -> None:
    """UsageError before anything is answered, where the form is no text and no file is named."""
    if form in BINARY and out is None:
        raise UsageError(f"--format {form} writes a file: name it with --out FILE.")


def show(answer: Answer, form: AnswerFormat, engine: "Engine", out: Path | None) -> None:
    """Print the answer, or write it to the file."""
    if out is None and form is AnswerFormat.TEXT:
        from probatum.render.text import print_answer

        print_answer(answer, engine.name)
        return
    made = _MADE[form](answer, engine)
    if isinstance(made, str):
        made = (made if made.endswith("\n") else made + "\n").encode()
    if out is None:
        sys.stdout.write(made.decode())
        return
    try:
        out.write_bytes(made)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}).") from error
