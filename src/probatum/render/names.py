"""What a renderer asks of whoever holds the library: a record's words and a term's name."""

from typing import Protocol

from probatum.evidence.claim import Anchor
from probatum.evidence.statement import Namer
from probatum.library.held import HeldPassage


class Words(Protocol):
    """Names for ids. The engine is one; a test can be another."""

    def statement(self, record_id: str) -> str | None:
        """The whole text of a record, or None when it is not held."""

    def around(self, anchor: Anchor) -> HeldPassage | None:
        """The passage that a quote of a held text stands in, or None when it is not held."""

    def name(self, term_id: str) -> str:
        """A term's name, or the id itself when it is not known."""


class Named:
    """Names alone: for the terminal and Markdown, which show no statements behind the citations."""

    def __init__(self, name: Namer | None = None) -> None:
        self._name = name

    def statement(self, record_id: str) -> str | None:
        """No statement is held here, whatever the record; quotes stand alone."""
        return None

    def around(self, anchor: Anchor) -> HeldPassage | None:
        """No text is held here; quotes stand alone."""
        return None

    def name(self, term_id: str) -> str:
        """The term's name, or the id made readable when nobody gave names."""
        return self._name(term_id) if self._name else term_id.replace("-", " ").replace("_", " ")
