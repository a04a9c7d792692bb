"""What is looked up: names of diseases, treatments, tests and trials, and nothing else.

It is made of a need's terms. Neither the question's words nor a fact about a patient has a place
in it, so no service can be told one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# What could be an operator of a service's search language, or end a phrase.
_NOT_IN_A_NAME = re.compile(r"[^\w\s'+/.-]")
# Names of a thing that are sent together; more make the search slower and hardly wider.
_NAMES = 4


@dataclass(frozen=True, slots=True)
class Named:
    """One thing by its names, the usual one first. `drug` is a single medicine, not a class."""

    names: tuple[str, ...]
    drug: bool = False

    @property
    def plain(self) -> tuple[str, ...]:
        """The names without characters that a search language could read as its own."""
        cleaned = (" ".join(_NOT_IN_A_NAME.sub(" ", name).split()) for name in self.names)
        # AND, OR and NOT are operators only in capitals, on every service here.
        lowered = (name.lower() if name.isupper() and len(name) < 4 else name for name in cleaned)
        return tuple(dict.fromkeys(name for name in lowered if name))[:_NAMES]


@dataclass(frozen=True, slots=True)
class Topic:
    """What to look up; each part's members are alternatives of each other."""

    conditions: tuple[Named, ...] = ()
    interventions: tuple[Named, ...] = ()
    biomarkers: tuple[Named, ...] = ()
    studies: tuple[Named, ...] = ()
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look up."""
        return not (self.conditions or self.interventions or self.biomarkers or self.studies)

    @property
    def drugs(self) -> tuple[Named, ...]:
        """The single medicines."""
        return tuple(each for each in self.interventions if each.drug)

    def narrow(self) -> Iterable[tuple[tuple[Named, ...], ...]]:
        """The parts to ask for together, from the narrowest search to the widest."""
        parts = [part for part in (self.conditions, self.interventions, self.biomarkers) if part]
        while parts:
            yield tuple(parts)
            if parts[-1] is not self.biomarkers or len(parts) == 1:
                return
            parts.pop()
