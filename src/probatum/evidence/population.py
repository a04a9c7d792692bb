"""Who a finding is about: condition, setting, line, subtype, biomarker, prior therapy and group."""

from decimal import Decimal
from typing import Literal

from probatum.evidence.base import Frozen

Comparator = Literal["=", "<", "<=", ">", ">="]


class Criterion(Frozen):
    """A biomarker (or other measured) condition, such as a score at or above a threshold.

    Either `value` with `comparator` and `unit`, or a categorical `state` ("positive", "3+").
    """

    biomarker: str
    comparator: Comparator = "="
    value: Decimal | None = None
    unit: str | None = None
    state: str | None = None


class Prior(Frozen):
    """A therapy that must, may or must not have been given before."""

    therapy: str
    requirement: Literal["required", "excluded", "allowed"]


class Population(Frozen):
    """Term ids for matching and `text` for printing; an empty dimension means "not restricted"."""

    conditions: tuple[str, ...]
    settings: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    biomarkers: tuple[Criterion, ...] = ()
    prior: tuple[Prior, ...] = ()
    groups: tuple[str, ...] = ()
    text: str
