"""A request that is refused, in one sentence, and why: what HTTP and an assistant each word so."""

from typing import Literal

from probatum.evidence.base import ProbatumError

Kind = Literal["invalid", "forbidden", "not_found", "busy"]


class RefusedError(ProbatumError):
    """A request that is not done; `field` names what is wrong in it."""

    def __init__(
        self, kind: Kind, message: str, field: str | None = None, **values: str | int
    ) -> None:
        """`kind` is what a program can act on, `message` with its values what a person reads."""
        super().__init__(message, **values)
        self.kind = kind
        self.field = field
