"""Premises on a dose or the interval between doses, compared with the regimens."""

from probatum.answers.premise_reading import OPEN, Judged, PremiseReading
from probatum.evidence.record import Component, Regimen
from probatum.terms.quantities import Quantity, find_quantities, same_quantity


def dose(reading: PremiseReading) -> Judged:
    """A dose or an interval said to be a drug's; supported where one of its regimens has it."""
    doses = [
        q
        for q in reading.quantities
        if (q.unit and q.unit.startswith("mg")) or q.role == "interval"
    ]
    drugs = reading.ids("intervention")
    if not doses or not drugs:
        return OPEN
    vocabulary = reading.evidence.library.vocabulary
    regimens = [r for r in reading.evidence.direct if isinstance(r, Regimen)]
    components = [
        (regimen, part)
        for regimen in regimens
        for part in regimen.components
        if part.intervention in vocabulary
        and any(vocabulary.is_a(part.intervention, drug) for drug in drugs)
        and part.amount is not None
    ]
    if not components:
        return OPEN
    agreeing = [regimen for regimen, part in components if all(_in_dose(q, part) for q in doses)]
    if agreeing:
        return "supported", tuple(agreeing[:1])
    comparable = [
        regimen
        for regimen, part in components
        if all(q.role == "interval" or q.unit == part.unit for q in doses)
    ]
    return ("contradicted", tuple(comparable[:2])) if comparable else OPEN


def _in_dose(quantity: Quantity, part: Component) -> bool:
    """Whether a component holds the quantity, as its amount or in its schedule."""
    if quantity.role != "interval":
        return quantity.value == part.amount and quantity.unit == part.unit
    return any(same_quantity(quantity, held) for held in find_quantities(part.schedule or ""))
