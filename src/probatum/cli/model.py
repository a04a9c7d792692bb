"""The language model that `ask --model` or a line of a batch names."""

import sys
from functools import cache
from typing import TYPE_CHECKING

from probatum.cli.request import UsageError
from probatum.render.characters import plain

if TYPE_CHECKING:
    from probatum.llm.chosen import Chosen


def model_of(value: object) -> "Chosen | None":
    """The model of an option or field, none when it is not given; a ModelError else."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise UsageError("model takes the name of a language model, as PROVIDER:MODEL.")
    return _opened(value)


@cache
def _opened(name: str) -> "Chosen":
    from probatum.llm.provider import choose

    return choose(name, _tell)


def _tell(words: str) -> None:
    print(plain(f"probatum: {words}"), file=sys.stderr, flush=True)
