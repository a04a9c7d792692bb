"""Doses computed from a held formula and the question's figures, with every cap shown."""

from decimal import Decimal

from probatum.answers.gather import Evidence
from probatum.checks.arithmetic import FormulaError, evaluate
from probatum.evidence.claim import Draft
from probatum.evidence.record import Definition, Formula
from probatum.evidence.statement import number


def computed(evidence: Evidence) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """Drafts for each formula whose inputs the question gives, and what is missing for others."""
    given = {measure.name: Decimal(measure.value) for measure in evidence.need.measures}
    drafts: list[Draft] = []
    missing: list[str] = []
    for record in evidence.direct:
        if not isinstance(record, Definition) or record.formula is None:
            continue
        if record.interventions and not evidence.mentions_one(record):
            continue
        formula = record.formula
        inputs = {item.id: given[item.id] for item in formula.inputs if item.id in given}
        if not inputs:
            continue
        absent = [item.name for item in formula.inputs if item.id not in given]
        if absent and not record.interventions:
            continue
        if absent:
            missing.append(f"{formula.name} also needs: {', '.join(absent)}.")
            continue
        try:
            result = evaluate(formula, inputs)
        except FormulaError as error:
            missing.append(f"{formula.name} was not computed: {error}")
            continue
        if result.out_of_range:
            missing.append(
                f"{formula.name} was not computed: {', '.join(result.out_of_range)} lies outside "
                "the range in which the formula may be used."
            )
            continue
        drafts.append(
            Draft(
                text=_sentence(formula, inputs, result.value, frozenset(result.capped)),
                anchors=(evidence.library.anchor(record.id),),
                form="formula.computed",
                focus=record.id,
            )
        )
    return tuple(drafts), tuple(missing)


def _sentence(
    formula: Formula, inputs: dict[str, Decimal], value: Decimal, capped: frozenset[str]
) -> str:
    shown = []
    for item in formula.inputs:
        unit = f" {item.unit}" if item.unit and item.unit != "AUC" else ""
        text = f"{item.name} {number(inputs[item.id])}{unit}"
        if item.id in capped and item.cap is not None:
            text += f" (capped at {number(item.cap)}{unit})"
        shown.append(text)
    rounded = format(value, f".{formula.decimals}f")
    return f"{formula.name}: with {' and '.join(shown)} the result is {rounded} {formula.unit}."
