"""What a language model is to this program: something that takes text, gives text, and may fail."""

from typing import Protocol

from pydantic import Field

from probatum.evidence.base import Frozen, ProbatumError


class ModelError(ProbatumError):
    """A model that cannot be had or gave no reply; one sentence without anything of the request."""


class ModelRequest(Frozen):
    """One request. `instructions` are ours; `data` is only ever to be worked on, never obeyed.

    `max_tokens` bounds the reply and `seconds` the wait, so that an endless model ends.
    """

    instructions: str
    data: str
    max_tokens: int = Field(gt=0)
    seconds: float = Field(gt=0)


class ModelReply(Frozen):
    """What came back, with the tokens that the provider counted, where it did."""

    text: str
    tokens: int | None = None


class Model(Protocol):
    """A language model. `ask` raises whatever it likes; `budget.Spending` makes ModelErrors of it.

    It may be called from a thread of its own, and may be left behind there when it is too slow.
    """

    @property
    def name(self) -> str:
        """What the answer document calls it."""
        ...

    def ask(self, request: ModelRequest) -> ModelReply:
        """The reply to one request."""
        ...
