"""The shape of a pack. It knows nothing of any medical field: fields come as terms and records."""

import datetime
from typing import Self

from pydantic import Field, model_validator

from probatum.evidence.base import Frozen
from probatum.evidence.population import Criterion, Population, Prior
from probatum.evidence.record import Record
from probatum.evidence.source import Source
from probatum.terms.term import Term


class Manifest(Frozen):
    """`pack.yaml`: what the pack is, how current, and questions it can answer (for examples)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    version: str
    as_of: datetime.date
    licence: str
    summary: str
    conditions: tuple[str, ...]
    neighbours: tuple[str, ...] = ()
    default_topics: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class When(Frozen):
    """The structured condition of an algorithm step, for choosing a path by facts."""

    settings: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    biomarkers: tuple[Criterion, ...] = ()
    prior: tuple[Prior, ...] = ()


class Step(Frozen):
    """A decision: `if` in words, the records that follow from it, and the next steps."""

    id: str
    if_: str = Field(alias="if")
    when: When = When()
    then: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


class PackAlgorithm(Frozen):
    """A decision path for one population, made from the pack's own records."""

    id: str
    title: str
    population: Population
    topics: tuple[str, ...] = ()
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _steps_lead_somewhere(self) -> Self:
        ids = [step.id for step in self.steps]
        if len(set(ids)) != len(ids):
            raise ValueError(f"algorithm {self.id} names a step twice")
        for step in self.steps:
            for target in step.next:
                if target not in ids:
                    raise ValueError(f"algorithm {self.id}: step {step.id} leads to no {target}")
        return self


class Pack(Frozen):
    """A whole pack, validated and with named populations resolved."""

    manifest: Manifest
    terms: tuple[Term, ...] = ()
    sources: tuple[Source, ...]
    records: tuple[Record, ...]
    algorithms: tuple[PackAlgorithm, ...] = ()
