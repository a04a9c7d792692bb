"""A record's statement: one text per record, made from its typed fields.

Anchors of curated records slice this text, so a reader always sees every value that the record
holds, and a claim can never quote words that the typed fields do not carry.
"""

from collections.abc import Callable
from decimal import Decimal

from probatum.evidence.record import (
    ArmValue,
    Component,
    Definition,
    Effect,
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
    Status,
    Study,
)

Namer = Callable[[str], str]
EFFECT_NAMES = {
    "HR": "hazard ratio",
    "RR": "relative risk",
    "OR": "odds ratio",
    "RD": "risk difference",
    "MD": "mean difference",
    "SMD": "standardised mean difference",
}
ANALYSIS_NAMES = {
    "interim": "interim analysis",
    "final": "final analysis",
    "primary": "primary analysis",
    "updated": "updated analysis",
    "subgroup": "subgroup analysis",
    "exploratory": "exploratory analysis",
    "post_hoc": "post hoc analysis",
}


def number(value: Decimal) -> str:
    """A decimal as it was read, without an exponent: digits are never rounded."""
    return format(value, "f")


def with_unit(value: str, unit: str | None) -> str:
    """A value and its unit; the per cent sign stands without a space."""
    if unit is None:
        return value
    return f"{value}%" if unit == "%" else f"{value} {unit}"


def effect_text(effect: Effect) -> str:
    """A published comparison, for instance "hazard ratio 0.67 (95% CI 0.56 to 0.80), P<0.001"."""
    parts = []
    if effect.value is not None:
        text = f"{EFFECT_NAMES[effect.type]} {number(effect.value)}"
        if effect.low is not None and effect.high is not None:
            level = f"{effect.ci_level}% " if effect.ci_level else ""
            text += f" ({level}CI {number(effect.low)} to {number(effect.high)})"
        parts.append(text)
    if effect.p:
        parts.append(p_text(effect))
    return ", ".join(parts)


def p_value(effect: Effect) -> str:
    """The P value with its sign, for instance "P<0.001" or "P=0.02"; empty when there is none."""
    if not effect.p:
        return ""
    return f"P{'' if effect.p[0] in '<>=≤≥' else '='}{effect.p}"


def p_text(effect: Effect) -> str:
    """The P value with what it tests, where that is not superiority; empty when there is none."""
    kind = " for non-inferiority" if effect.p and effect.p_kind == "non_inferiority" else ""
    return p_value(effect) + kind


def arm_text(arm: ArmValue, unit: str | None) -> str:
    """An arm's value with its interval, for instance "cemiplimab 11.7 months"."""
    if arm.value is not None:
        value = with_unit(number(arm.value), unit)
    elif arm.events is not None and arm.n is not None:
        return f"{arm.name} {arm.events} of {arm.n}"
    else:
        value = "not reached" if arm.state == "not_reached" else "not reported"
    if arm.low is not None and arm.high is not None:
        level = f"{arm.ci_level}% " if arm.ci_level else ""
        value += f" ({level}CI {number(arm.low)} to {number(arm.high)})"
    if arm.events is not None and arm.n is not None:
        value += f" ({arm.events} of {arm.n})"
    elif arm.n is not None:
        value += f" (n={arm.n})"
    return f"{arm.name} {value}"


def component_text(component: Component, name: Namer) -> str:
    """One drug with dose and schedule, for instance "cisplatin 50 mg/m2 IV on day 1"."""
    dose = None
    if component.amount is not None:
        amount = number(component.amount)
        dose = f"AUC {amount}" if component.unit == "AUC" else with_unit(amount, component.unit)
    words = [name(component.intervention), dose, component.route, component.schedule]
    text = " ".join(word for word in words if word)
    if component.cap:
        text += f" ({component.cap})"
    if component.detail:
        text += f", {component.detail}"
    return text


def components_text(regimen: Regimen, name: Namer) -> str:
    """All drugs of a regimen: alternatives joined by "or", optional ones said to be so."""
    parts: list[str] = []
    choices: dict[str, int] = {}
    for component in regimen.components:
        text = component_text(component, name)
        if component.choice and component.choice in choices:
            parts[choices[component.choice]] += f" or {text}"
            continue
        if component.choice:
            choices[component.choice] = len(parts)
        parts.append(text + (", optional" if component.optional else ""))
    return "; ".join(parts)


def _result(record: Result, name: Namer) -> str:
    what = name(record.endpoint)
    if record.grade:
        what += f" grade {record.grade}" if record.grade != "any" else " of any grade"
    if record.timepoint:
        what += f" at {record.timepoint}"
    measure = {"median": "median", "mean": "mean"}.get(record.measure)
    head = f"{measure} {what}" if measure else what
    label = record.analysis_label or ANALYSIS_NAMES[record.analysis]
    details = [label]
    if record.follow_up_months is not None:
        details.append(f"median follow-up {number(record.follow_up_months)} months")
    if record.data_cutoff:
        details.append(f"data cut-off {record.data_cutoff}")
    if record.assessed_by:
        details.append(f"assessed by {record.assessed_by}")
    who = record.population.text
    if record.subgroup:
        who += f" - subgroup: {record.subgroup}"
    if record.measure == "none" and all(arm.value is None for arm in record.arms):
        values = [" versus ".join(arm.name for arm in record.arms)]
    else:
        values = [arm_text(arm, record.unit) for arm in record.arms]
    if record.effect:
        values.append(effect_text(record.effect))
    text = f"{head} ({'; '.join(details)}). Population: {who}. "
    text += "; ".join(value for value in values if value) + "."
    return text + (f" {record.explanation}" if record.explanation else "")


def _regimen(record: Regimen, name: Namer) -> str:
    text = f"{record.name}: {components_text(record, name)}"
    if record.cycle_days:
        text += f"; cycle of {record.cycle_days} days"
    if record.duration:
        text += f"; {record.duration}"
    text += f". Population: {record.population.text}."
    if record.selection:
        text += f" Selection: {record.selection}."
    if record.reductions:
        text += f" Dose levels: {record.reductions}."
    return text


def _status(record: Status, name: Namer) -> str:
    state = {
        "approved": "approved",
        "accelerated": "accelerated approval",
        "not_approved": "not approved",
        "withdrawn": "withdrawn",
    }[record.state]
    drugs = ", ".join(name(term) for term in record.interventions)
    text = f"{name(record.agency)} ({name(record.region)}): {drugs} {state}"
    if record.date:
        text += f" ({record.date})"
    text += f". {record.indication}."
    for event in record.history:
        text += f" {event.date}: {event.text}."
    if record.as_of:
        text += f" As of {record.as_of.isoformat()}."
    return text


def _study(record: Study) -> str:
    text = record.name
    if record.nct:
        text += f" ({record.nct})"
    text += f": {f'phase {record.phase} ' if record.phase else ''}{record.design}"
    if record.n is not None:
        text += f", {record.n} patients"
    text += f". Population: {record.population.text}."
    for arm in record.arms:
        size = f" (n={arm.n})" if arm.n is not None else ""
        text += f" Arm {arm.name}{size}{f': {arm.treatment}' if arm.treatment else ''}."
    if record.primary_endpoint:
        text += f" Primary endpoint: {record.primary_endpoint}."
    return text


def statement(record: Record, name: Namer) -> str:
    """The record's whole content in one text; `name` turns a term id into words."""
    match record:
        case Result():
            study = f"{name(record.study)}: " if record.study else ""
            text = study + _result(record, name)
        case Regimen():
            text = _regimen(record, name)
        case Status():
            text = _status(record, name)
        case Study():
            text = _study(record)
        case Eligibility():
            text = f"{name(record.study)}."
            if record.included:
                text += f" Included: {'; '.join(record.included)}."
            if record.excluded:
                text += f" Excluded: {'; '.join(record.excluded)}."
        case Recommendation():
            text = f"{name(record.body)}: {record.text} Population: {record.population.text}."
            if record.strength:
                grade = record.strength.grade or "no grade"
                text += f" Strength: {record.strength.system} {grade}."
        case SafetyRule() | Definition():
            text = f"{record.text} Population: {record.population.text}."
            if isinstance(record, Definition) and record.formula:
                text += f" Formula: {record.formula.display}."
    return text + (f" {record.caution}" if record.caution else "")
