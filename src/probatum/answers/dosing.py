"""Doses and organ function computed from held formulas, with inputs, caps and rounding on view."""

from probatum.answers.gather import Evidence
from probatum.answers.worksheet import Figure, Sum, Worksheet, worked
from probatum.checks.arithmetic import Computed
from probatum.evidence.claim import Draft
from probatum.evidence.record import Definition, Input
from probatum.evidence.statement import number
from probatum.library.library import Library
from probatum.questions.need import Need
from probatum.questions.switches import calculators_on

_OFF = "Calculators are switched off on this installation, so nothing was computed."
_ROUNDED = ("to a whole number", "to one decimal", "to two decimals", "to three decimals")


def computed(evidence: Evidence) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """Drafts for each formula whose inputs are given, and what is missing for others."""
    formulas = _wanted(evidence)
    need = evidence.need
    if not calculators_on():
        given = {measure.name for measure in need.measures}
        touched = any(given & {i.id for i in r.formula.inputs} for r in formulas if r.formula)
        return (), (_OFF,) if touched else ()
    sheet = worked(formulas, need.measures, need.patient.sex if need.patient else None)
    drafts = tuple(
        Draft(
            text=_sentence(each),
            anchors=(evidence.library.anchor(each.record.id),),
            form="formula.computed",
            focus=each.record.id,
        )
        for each in sheet.sums
    )
    return drafts, (*_missing(formulas, sheet, need), *sheet.refused, *_no_formula(need))


def organ_function(need: Need, library: Library) -> dict[str, tuple[Figure, ...]]:
    """The figures of kidney and liver that the held formulas give, for whom groups are made of."""
    formulas = [
        record
        for record in library.records.values()
        if isinstance(record, Definition) and record.formula and not record.interventions
    ]
    if not calculators_on():
        formulas = []
    return dict(worked(formulas, need.measures, need.patient.sex if need.patient else None).figures)


def _wanted(evidence: Evidence) -> list[Definition]:
    """Formulas on what is asked about; of the general ones all for a patient, else one a term."""
    found: list[Definition] = []
    for record in evidence.direct:
        if not isinstance(record, Definition) or record.formula is None:
            continue
        if record.interventions and not evidence.mentions_one(record):
            continue
        again = any(not r.interventions and r.term == record.term for r in found)
        if not record.interventions and evidence.need.patient is None and again:
            continue
        found.append(record)
    # In the order of the pack, in which body size comes first; doses come last.
    order = {id: at for at, id in enumerate(evidence.library.records)}
    return sorted(found, key=lambda record: (bool(record.interventions), order[record.id]))


def _missing(formulas: list[Definition], sheet: Worksheet, need: Need) -> list[str]:
    """What a formula on the drug asked about still needs, once something of it is known."""
    done = {each.record.id for each in sheet.sums}
    found = []
    for record in formulas:
        formula = record.formula
        if formula is None or record.id in done or not record.interventions:
            continue
        absent = sheet.absent(formula)
        known = any(item.id in sheet.figures for item in formula.inputs)
        if absent and (known or need.patient is not None):
            found.append(f"{formula.name} also needs: {', '.join(absent)}.")
    return found


def _no_formula(need: Need) -> tuple[str, ...]:
    """Held formulas are for adults; a child's figures are computed by none of them."""
    if need.patient is not None and "children" in need.groups:
        return ("The formulas held are for adults, so none was used for this patient.",)
    return ()


def _sentence(made: Sum) -> str:
    formula, result = made.formula, made.result
    figures = dict(made.figures)
    shown = [_input(item, figures[item.id], result) for item in formula.inputs]
    listed = " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)
    value = f"{format(result.value, f'.{formula.decimals}f')} {formula.unit}"
    # A score is a count of points: nothing of it was rounded.
    how = f" (rounded {_ROUNDED[min(formula.decimals, 3)]})" if not formula.classes else ""
    named = f", class {result.class_name}" if result.class_name else ""
    return (
        f"{formula.name}: with {listed} the result is {value}{named}{how}; "
        f"formula: {formula.display}."
    )


def _input(item: Input, figure: Figure, result: Computed) -> str:
    """An input with its value, what it is, and the cap or the points that it counts by."""
    unit = f" {item.unit}" if item.unit and item.unit != "AUC" else ""
    notes = [figure.note] if figure.note else []
    if item.states:
        at = int(figure.value)
        notes.append(item.states[at] if at < len(item.states) else "")
    if item.id in result.capped and item.cap is not None:
        notes.append(f"capped at {number(item.cap)}{unit}")
    if item.bands:
        points = dict(result.used)[item.id]
        notes.append(f"{number(points)} {'point' if points == 1 else 'points'}")
    text = f"{item.name} {number(figure.value)}{unit}"
    return f"{text} ({', '.join(note for note in notes if note)})" if notes else text
