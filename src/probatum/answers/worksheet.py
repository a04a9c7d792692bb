"""The held formulas, worked through with a patient's figures, each step from figures on view.

A result that another formula takes (a clearance in a dose) is taken as it was printed, rounded, so
that a reader can follow every line with a pencil. Which weight belongs into a creatinine clearance
is not agreed: where it matters the result is given for each, and each says which weight it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from probatum.checks.arithmetic import Computed, FormulaError, evaluate
from probatum.evidence.record import Definition, Formula
from probatum.questions.need import Measure

# More than 30% above the ideal weight: where ClinCalc's rule, and the services that follow it, turn
# to the adjusted weight (record formula-adjusted-weight).
_ABOVE_IDEAL = Decimal("1.3")
_MOST_VARIANTS = 3


@dataclass(frozen=True)
class Figure:
    """A value for an input, and what it is where that is not plain: "adjusted", "by …"."""

    value: Decimal
    note: str | None = None


@dataclass(frozen=True)
class Sum:
    """One formula worked out: its inputs as figures, and the result."""

    record: Definition
    formula: Formula
    figures: tuple[tuple[str, Figure], ...]
    result: Computed


@dataclass(frozen=True)
class Worksheet:
    """All that could be worked out, and why the rest of what was begun could not."""

    sums: tuple[Sum, ...]
    refused: tuple[str, ...]
    figures: Mapping[str, tuple[Figure, ...]]

    def absent(self, formula: Formula) -> list[str]:
        """The names of inputs that nothing gives."""
        return [item.name for item in formula.inputs if item.id not in self.figures]


def worked(
    formulas: Iterable[Definition], measures: Iterable[Measure], sex: str | None
) -> Worksheet:
    """Every formula whose inputs are known, in an order in which each finds what others give."""
    figures: dict[str, list[Figure]] = {m.name: [Figure(Decimal(m.value))] for m in measures}
    stated = frozenset(figures)
    waiting = [r for r in formulas if r.formula and r.formula.sex in (None, sex)]
    sums: list[Sum] = []
    refused: list[str] = []
    while ready := [record for record in waiting if _ready(record, waiting, figures)]:
        record = ready[0]
        waiting.remove(record)
        formula = record.formula
        if formula is None or formula.gives in stated:
            continue
        for inputs in _variants(formula, figures):
            found = _sum(record, formula, inputs, refused)
            if found is None:
                continue
            sums.append(found)
            if formula.gives:
                note = f"by the {formula.name}{_with_weight(inputs)}"
                figures.setdefault(formula.gives, []).append(Figure(found.result.value, note))
    kept = {name: tuple(found) for name, found in figures.items()}
    return Worksheet(tuple(sums), tuple(dict.fromkeys(refused)), kept)


def _ready(
    record: Definition, waiting: Sequence[Definition], figures: Mapping[str, list[Figure]]
) -> bool:
    """Whether all inputs are there, and no formula that gives one more of them still waits."""
    formula = record.formula
    if formula is None:
        return False
    needs = {item.id for item in formula.inputs}
    if not needs <= set(figures):
        return False
    if formula.gives == "gfr":
        needs |= {"ideal_weight", "adjusted_weight"}
    return not any(
        other is not record
        and other.formula is not None
        and other.formula.gives in needs
        and {item.id for item in other.formula.inputs} <= set(figures)
        for other in waiting
    )


def _variants(formula: Formula, figures: Mapping[str, list[Figure]]) -> list[dict[str, Figure]]:
    """The inputs in each way in which they may be taken; of weights only where it matters."""
    chosen = [
        _weights(figures) if item.id == "weight" and formula.gives == "gfr" else figures[item.id]
        for item in formula.inputs
    ]
    ids = [item.id for item in formula.inputs]
    if formula.gives == "adjusted_weight" and not _is_above(figures):
        return []
    found = [dict(zip(ids, each, strict=True)) for each in product(*chosen)]
    return found[:_MOST_VARIANTS]


def _is_above(figures: Mapping[str, list[Figure]]) -> bool:
    weight, ideal = figures.get("weight"), figures.get("ideal_weight")
    return bool(weight and ideal and weight[0].value > ideal[0].value)


def _weights(figures: Mapping[str, list[Figure]]) -> list[Figure]:
    """The actual weight; with the ideal and the adjusted one where it is far above the ideal."""
    actual = Figure(figures["weight"][0].value, "actual")
    ideal, adjusted = figures.get("ideal_weight"), figures.get("adjusted_weight")
    if not ideal or not adjusted or actual.value <= _ABOVE_IDEAL * ideal[0].value:
        return [actual]
    return [actual, Figure(adjusted[0].value, "adjusted"), Figure(ideal[0].value, "ideal")]


def _with_weight(inputs: Mapping[str, Figure]) -> str:
    weight = inputs.get("weight")
    return f" with the {weight.note} weight" if weight and weight.note else ""


def _sum(
    record: Definition, formula: Formula, inputs: Mapping[str, Figure], refused: list[str]
) -> Sum | None:
    """The formula worked out; None, with the reason noted, where it may not be used."""
    try:
        result = evaluate(formula, {id: figure.value for id, figure in inputs.items()})
    except FormulaError as error:
        refused.append(f"{formula.name} was not computed: {error}")
        return None
    if result.out_of_range:
        names = [item.name for item in formula.inputs if item.id in result.out_of_range]
        refused.append(
            f"{formula.name} was not computed: {', '.join(names)} lies outside the range in which "
            "the formula may be used."
        )
        return None
    return Sum(record, formula, tuple(inputs.items()), result)
