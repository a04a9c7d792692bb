"""A computed number is computed again, from the inputs that the sentence itself states.

It reads inputs by their name or id ("AUC 5", "GFR 60 mL/min") or, where only one input has that
unit, by the unit. It cannot see whether the inputs are the patient's, nor whether the formula suits
the patient.
"""

import re
from decimal import Decimal

from probatum.checks.anchored import records_of
from probatum.checks.arithmetic import FormulaError, calculate, constants, evaluate
from probatum.checks.held import Held
from probatum.checks.outcome import conflicting, failed, passed
from probatum.checks.reading import Reading, quantities_of, read
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft
from probatum.evidence.record import Definition, Formula, Input
from probatum.terms.quantities import Quantity
from probatum.terms.units import canonical_unit

NAME = "numbers"
_WORKING = re.compile(r"(?<![\w.])((?:sqrt|√|[\d.()×*·+/÷−\s-])+)=\s*[\d.]")
_OPERATOR = re.compile(r"\d[\d.)\s]*[×*·+/÷−-]|√|sqrt")
_SIGNS = str.maketrans("×·÷−", "**/-")
_LINK = r"[\s:=(]*(?:\([^)]*\)\s*)?(?:of|is|was|=|:|at|capped at|in|about)?\s*(?:the\s+)?$"


def computed(draft: Draft, view: View) -> CheckResult:
    """Fail unless the stated result is the formula's, for the stated inputs."""
    formulas = [
        (held, held.record.formula)
        for held in records_of(draft, view)
        if isinstance(held.record, Definition) and held.record.formula
    ]
    if len(formulas) != 1:
        return failed(NAME, "a computed sentence needs exactly one anchored formula")
    held, formula = formulas[0]
    reading = read(draft.text, view.library)
    stated, places = _inputs(formula, reading)
    missing = [item.name for item in formula.inputs if item.id not in stated]
    if missing:
        return failed(NAME, f"the sentence does not state {', '.join(missing)}")
    try:
        result = evaluate(formula, stated)
    except FormulaError as error:
        return failed(NAME, str(error))
    known = set(stated.values()) | {value for _, value in result.used} | constants(formula)
    bounds = {
        (bound, canonical_unit(item.unit) or item.unit)
        for item in formula.inputs
        for bound in (item.low, item.high, item.cap)
        if bound is not None
    }
    bounds |= {(points, "points") for item, points in result.used if _is_scored(item, formula)}
    unit = canonical_unit(formula.unit) or formula.unit
    rest = [q for q in reading.quantities if q.start not in places]
    if not any(q.value == result.value and q.unit == unit for q in rest):
        return conflicting(NAME, f"the formula gives {result.value} {formula.unit}")
    for quantity in rest:
        right = quantity.value == result.value and quantity.unit in (unit, None)
        of_input = quantity.value in known and quantity.unit != unit
        of_input = of_input or (quantity.value, quantity.unit) in bounds
        if not (right or of_input or _in_record(quantity, held)):
            return conflicting(
                NAME, f"{quantity.text} is neither an input nor the result {result.value}"
            )
    fault = _working(draft.text, result.value, formula.decimals)
    if fault:
        return conflicting(NAME, fault)
    if result.capped and not re.search(r"\bcap(?:ped|s)?\b|\blimit", draft.text, re.IGNORECASE):
        return failed(NAME, f"{', '.join(result.capped)} was capped and the sentence hides it")
    if result.out_of_range:
        return failed(NAME, f"{', '.join(result.out_of_range)} is outside the formula's range")
    fault = _class(draft.text, result.class_name, formula)
    if fault:
        return conflicting(NAME, fault)
    return passed(NAME, f"computed again: {result.value} {formula.unit}")


def _is_scored(item: str, formula: Formula) -> bool:
    return any(each.id == item and each.bands for each in formula.inputs)


def _class(text: str, name: str | None, formula: Formula) -> str | None:
    """A class of the result that the sentence names and that the result does not have."""
    for each in formula.classes:
        said = re.search(rf"\bclass {re.escape(each.name)}\b", text) is not None
        if said != (each.name == name):
            return f"the result is class {name}"
    return None


def _working(text: str, result: Decimal, decimals: int) -> str | None:
    """The written arithmetic before an equals sign gives something else than the result."""
    for found in _WORKING.finditer(text):
        written = found.group(1).strip()
        if not _OPERATOR.search(written):
            continue
        try:
            value = calculate(written.translate(_SIGNS).replace("√", "sqrt"))
        except FormulaError:
            return f"the working {written} cannot be read"
        if abs(value - result) * 2 > Decimal(1).scaleb(-decimals):
            return f"the working {written} gives {value}"
    return None


def _in_record(quantity: Quantity, held: Held) -> bool:
    """A number of the record's own words, other than in the unit of the result."""
    return any(
        own.value == quantity.value and own.unit == quantity.unit
        for reading in held.readings
        for own in reading.quantities
    )


def _inputs(formula: Formula, reading: Reading) -> tuple[dict[str, Decimal], set[int]]:
    """The first value the text states for each input, and the places of all input values."""
    stated: dict[str, Decimal] = {}
    places: set[int] = set()
    units = [canonical_unit(item.unit) or item.unit for item in formula.inputs]
    for item, unit in zip(formula.inputs, units, strict=True):
        alone = units.count(unit) == 1 and unit != (canonical_unit(formula.unit) or formula.unit)
        for quantity in quantities_of(reading.text):
            named = _named(item, reading.text[: quantity.start]) or quantity.unit == unit == "AUC"
            if (named and quantity.unit in (unit, None)) or (alone and quantity.unit == unit):
                stated.setdefault(item.id, quantity.value)
                if quantity.value in (stated[item.id], item.cap):
                    places.add(quantity.start)
    return stated, places


def _named(item: Input, before: str) -> bool:
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in (item.name, item.id))
    return re.search(rf"(?<!\w)(?:{names}){_LINK}", before[-80:], re.IGNORECASE) is not None
