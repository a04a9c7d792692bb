"""What a check holds against a claim, and how heavily it weighs."""

from dataclasses import dataclass
from typing import Literal

from probatum.checks.evidence.lexicon import CheckName

# See `entailment.py`: the text says otherwise; the text has another of its kind; it is not there.
Weight = Literal["conflict", "foreign", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a claim, in one sentence, under the check that speaks of it.

    `by_place` says that only the places of two words tell that one was put for the other: they
    neither exclude each other by their meaning nor are names of one kind, and are no figures.
    `numbered` says that a name differs by its number or code: one trial of a series for another.
    """

    check: CheckName
    weight: Weight
    detail: str
    by_place: bool = False
    numbered: bool = False
