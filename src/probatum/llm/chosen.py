"""A model that somebody named, with its budget and whoever is told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from probatum.llm.budget import Budget
from probatum.llm.model import Model


@dataclass(frozen=True)
class Chosen:
    """A model to be used: its budget an answer, and who is told what is not sent or went wrong.

    `dropped` is told how many of its wordings failed the checks, where any did.
    """

    model: Model
    budget: Budget = field(default_factory=Budget)
    told: Callable[[str], None] = lambda _: None
    dropped: Callable[[int], None] = lambda _: None
