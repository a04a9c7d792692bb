"""A patient's facts and a population's conditions in words, for reasons and for what is missing."""

from collections.abc import Iterable

from probatum.evidence.population import Criterion, Prior
from probatum.evidence.statement import number
from probatum.library.library import Library

_SIGNS = {">=": "at least ", "<=": "at most ", ">": "above ", "<": "below ", "=": ""}


def result_words(criterion: Criterion) -> str:
    """A result or a threshold without the biomarker's name: "at least 1", "positive"."""
    if criterion.value is None:
        return criterion.state or "not stated"
    value = number(criterion.value)
    unit = criterion.unit or ""
    spaced = unit if unit in ("", "%") else f" {unit}"
    return f"{_SIGNS[criterion.comparator]}{value}{spaced}"


def criterion_words(criterion: Criterion, library: Library) -> str:
    """A biomarker with its result or threshold."""
    return f"{library.name(criterion.biomarker)} {result_words(criterion)}"


def prior_words(prior: Prior, library: Library) -> str:
    """An earlier therapy, as a fact."""
    name = library.name(prior.therapy)
    return f"no earlier {name}" if prior.requirement == "excluded" else f"earlier {name}"


def either(names: Iterable[str]) -> str:
    """Names as a choice."""
    listed = list(dict.fromkeys(names))
    return " or ".join(part for part in (", ".join(listed[:-1]), *listed[-1:]) if part)
