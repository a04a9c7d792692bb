"""The forms in which an article can be taken along, and how each is made.

Each of them says which version it holds and how that version stands with the board.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from probatum.engine import Engine
from probatum.evidence.answer import Answer
from probatum.render.arrange import page
from probatum.render.bibliography import Entry, references
from probatum.render.bibtex import bibtex
from probatum.render.csl import csl_json
from probatum.render.layout import paper
from probatum.render.note import note
from probatum.render.paper import Paper
from probatum.render.pdf import available as pdf_available
from probatum.render.pdf import pdf
from probatum.render.ris import ris
from probatum.review.standing import Standing
from probatum.site.board.article_view import article_document, article_markdown, shown_answer
from probatum.site.board.citing import article_entry, front
from probatum.site.board.ledger import Ledger


@dataclass(frozen=True)
class Issue:
    """One version as it is given out. `address` is the whole address at which it stays.

    `alone` leaves out the references of the article where it is cited, not copied.
    """

    book: Ledger
    standing: Standing
    engine: Engine
    address: str
    alone: bool = False

    @property
    def answer(self) -> Answer:
        """The words, without claims that were withdrawn."""
        return shown_answer(self.book, self.standing)

    @property
    def paper(self) -> Paper:
        """The words laid out for paper, the status first."""
        shown = page(self.answer, self.engine)
        return paper(shown, front(self.book, self.standing, self.address))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The article for a reference manager, then what it cites."""
        own = article_entry(self.book, self.standing, self.address)
        return (own,) if self.alone else (own, *references(self.answer, self.engine.name))


@dataclass(frozen=True)
class Form:
    """A form: its name on the page, its media type, who makes it, and whether it is saved."""

    name: str
    kind: str
    make: Callable[[Issue], bytes]
    saved: bool = True
    available: Callable[[], bool] = lambda: True


def _json(issue: Issue) -> bytes:
    document = article_document(issue.book, issue.standing)
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _markdown(issue: Issue) -> bytes:
    return article_markdown(issue.book, issue.standing, issue.engine).encode()


def _word(issue: Issue) -> bytes:
    # Imported when a Word file is asked for: it takes long, and a page needs none of it.
    from probatum.render.docx import docx

    return docx(issue.paper)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {
    "pdf": Form("PDF", "application/pdf", lambda issue: pdf(issue.paper), available=pdf_available),
    "docx": Form("Word", _WORD, _word),
    "txt": Form(
        "Plain note",
        "text/plain; charset=utf-8",
        lambda issue: note(issue.paper).encode(),
        saved=False,
    ),
    "md": Form("Markdown", "text/markdown; charset=utf-8", _markdown, saved=False),
    "json": Form("JSON", "application/json; charset=utf-8", _json, saved=False),
    "ris": Form(
        "References, RIS",
        "application/x-research-info-systems; charset=utf-8",
        lambda issue: ris(issue.entries).encode(),
    ),
    "bib": Form(
        "References, BibTeX",
        "application/x-bibtex; charset=utf-8",
        lambda issue: bibtex(issue.entries).encode(),
    ),
    "csl.json": Form(
        "References, CSL-JSON",
        "application/vnd.citationstyles.csl+json; charset=utf-8",
        lambda issue: csl_json(issue.entries).encode(),
    ),
}
