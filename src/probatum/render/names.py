"""What a renderer asks of whoever holds the library: a record's words and a term's name."""

from typing import Protocol


class Words(Protocol):
    """Names for ids. The engine is one; a test can be another."""

    def statement(self, record_id: str) -> str | None:
        """The whole text of a record, or None when it is not held."""

    def name(self, term_id: str) -> str:
        """A term's name, or the id itself when it is not known."""


class Bare:
    """No library at hand: quotes stand alone and ids are shown as they are."""

    def statement(self, record_id: str) -> str | None:
        """Nothing is held."""
        return None

    def name(self, term_id: str) -> str:
        """The id, readable."""
        return term_id.replace("-", " ").replace("_", " ")
