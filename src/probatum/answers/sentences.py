"""The built-in composer's sentences: one plain statement a record, in words for a clinician.

Every number, name and qualifier comes from the record's typed fields; the gate then reads the
sentence back and compares it with the record, so a mistake here is caught and not printed.
"""

from probatum.evidence.claim import Draft, Role
from probatum.evidence.record import (
    ArmValue,
    Eligibility,
    Record,
    Regimen,
    Result,
    Status,
    Study,
)
from probatum.evidence.statement import (
    ANALYSIS_NAMES,
    components_text,
    effect_text,
    number,
    with_unit,
)
from probatum.library.favours import includes_null
from probatum.library.library import Library

_RATIOS = ("HR", "RR", "OR")


def capital(text: str) -> str:
    """The text with its first letter in upper case, leaving names such as pembrolizumab alone."""
    return text[:1].upper() + text[1:]


def sentence_end(text: str) -> str:
    """The text with a full stop, unless it ends with one."""
    return text if text.endswith((".", "!", "?")) else text + "."


def comparative(record: Result) -> bool:
    """Whether the result compares two arms."""
    return record.effect is not None or len(record.arms) > 1


def analysis_words(record: Result) -> str:
    """The analysis and follow-up, for instance "final analysis, median follow-up 47.3 months"."""
    words = record.analysis_label or ANALYSIS_NAMES[record.analysis]
    if record.follow_up_months is not None:
        words += f", median follow-up {number(record.follow_up_months)} months"
    return words


def endpoint_words(record: Result, library: Library) -> str:
    """The endpoint with measure, grade and time, for instance "median overall survival"."""
    words = library.name(record.endpoint)
    if record.grade == "any":
        words += " of any grade"
    elif record.grade:
        words = f"grade {record.grade} {words}"
    if record.timepoint:
        words += f" at {record.timepoint}"
    if record.measure == "median":
        words = f"median {words}"
    elif record.measure == "mean":
        words = f"mean {words}"
    return words


def arm_value(arm: ArmValue, unit: str | None) -> str:
    """One arm's value, for instance "11.7 months" or "not reached"."""
    if arm.value is None:
        return "not reached" if arm.state == "not_reached" else "not reported"
    return with_unit(number(arm.value), unit)


def effect_words(record: Result) -> str:
    """The effect with its interval and P value, and what an interval across the null means."""
    if record.effect is None:
        return ""
    return effect_text(record.effect)


def values_words(record: Result) -> str:
    """The arms' values, for instance "11.7 months with cemiplimab and 8.5 months with …"."""
    shown = [arm for arm in record.arms if arm.value is not None or arm.state == "not_reached"]
    return " and ".join(_arm_words(arm, record) for arm in shown)


def _arm_words(arm: ArmValue, record: Result) -> str:
    text = arm_value(arm, record.unit)
    if len(record.arms) == 1 or record.effect is None:
        if arm.low is not None and arm.high is not None:
            level = f"{arm.ci_level}% " if arm.ci_level else ""
            text += f" ({level}CI {number(arm.low)} to {number(arm.high)})"
        elif arm.events is not None and arm.n is not None:
            text += f" ({arm.events} of {arm.n})"
    return f"{text} with {arm.name}"


def _where(record: Result, library: Library) -> str:
    source = library.source_of(record.edition)
    place = library.name(record.study) if record.study else (source.body or source.title)
    words = f"In {place} ({analysis_words(record)})"
    if record.subgroup:
        words += f", in the subgroup {record.subgroup}"
    return words


def result_sentence(record: Result, library: Library) -> str:
    """A result as one sentence with everything that belongs to the number."""
    where, what = _where(record, library), endpoint_words(record, library)
    values, effect = values_words(record), effect_words(record)
    if values and effect:
        text = f"{where}, {what} was {values} ({effect})"
    elif values:
        text = f"{where}, {what} was {values}"
    elif effect:
        arms = [arm.name for arm in record.arms]
        against = f" for {arms[0]} versus {arms[1]}" if len(arms) == 2 else ""
        text = f"{where}, the comparison of {what}{against} gave a {effect}"
    else:
        text = f"{where}, {what}: no value was reported"
    if record.effect and includes_null(record.effect) and record.effect.margin is None:
        null = "1" if record.effect.type in _RATIOS else "0"
        text += f"; the interval includes {null}, so no clear difference was shown"
    return sentence_end(text)


def history_sentence(record: Result, library: Library) -> str:
    """A result that a later analysis replaced, said to be so."""
    return "Earlier, since superseded: " + result_sentence(record, library)


def regimen_sentence(record: Regimen, library: Library) -> str:
    """A regimen with doses, cycle and duration."""
    text = f"{capital(record.name)}: {components_text(record, library.name)}"
    if record.cycle_days:
        text += f"; cycle of {record.cycle_days} days"
    if record.duration:
        text += f"; {record.duration}"
    return sentence_end(text)


def regimen_selection(record: Regimen) -> str:
    """For whom the regimen is."""
    return sentence_end(f"{capital(record.name)} - for whom: {record.selection}")


def regimen_reductions(record: Regimen) -> str:
    """The dose levels for toxicity."""
    return sentence_end(f"{capital(record.name)} - dose levels: {record.reductions}")


def status_sentence(record: Status, library: Library) -> str:
    """What an agency decided, where and when."""
    agency = library.name(record.agency)
    region = library.name(record.region)
    drugs = " and ".join(library.name(term) for term in record.interventions)
    who = " or ".join(library.name(term) for term in record.population.conditions)
    date = f" ({record.date})" if record.date else ""
    match record.state:
        case "approved":
            text = f"{agency} ({region}): {drugs} is approved{date}: {record.indication}"
        case "accelerated":
            text = (
                f"{agency} ({region}): {drugs} has accelerated approval{date}: {record.indication}"
            )
        case "not_approved":
            text = (
                f"{agency} ({region}): {drugs} is not approved for {who}{date}: {record.indication}"
            )
        case "withdrawn":
            text = (
                f"{agency} ({region}): {drugs} for {who} was withdrawn{date}: {record.indication}"
            )
    return sentence_end(text)


def status_history(record: Status, library: Library) -> str:
    """The dated steps behind a status."""
    drugs = " and ".join(library.name(term) for term in record.interventions)
    steps = "; ".join(f"{event.date}: {event.text}" for event in record.history)
    return sentence_end(f"{library.name(record.agency)}, {drugs} - {steps}")


def study_sentence(record: Study) -> str:
    """A study's design, size, population and arms."""
    text = f"{record.name}: {f'phase {record.phase}, ' if record.phase else ''}{record.design}"
    if record.n is not None:
        text += f", {record.n} patients"
    text += f"; population: {record.population.text}"
    arms = [f"{arm.name} (n={arm.n})" if arm.n is not None else arm.name for arm in record.arms]
    if arms:
        text += f"; arms: {', '.join(arms)}"
    if record.primary_endpoint:
        text += f"; primary endpoint: {record.primary_endpoint}"
    return sentence_end(text)


def eligibility_sentence(record: Eligibility, library: Library, excluded: bool) -> str:
    """Who a study let in, or kept out."""
    items = record.excluded if excluded else record.included
    verb = "excluded" if excluded else "included"
    return sentence_end(f"{library.name(record.study)} {verb}: {'; '.join(items)}")


def drafts_of(record: Record, library: Library, role: Role = "statement") -> tuple[Draft, ...]:
    """Every sentence that a record gives, main one first.

    Records of a neighbouring population (`role` contrast) are introduced by that population, so
    that nobody reads them as if they were about the patient asked about.
    """
    forms: list[tuple[str, str]] = []
    match record:
        case Result():
            form = "result.comparison" if comparative(record) else "result.single"
            if role == "history":
                forms.append(("result.history", history_sentence(record, library)))
            else:
                forms.append((form, result_sentence(record, library)))
                if record.explanation:
                    forms.append(("result.explanation", sentence_end(record.explanation)))
        case Regimen():
            forms.append(("regimen.dose", regimen_sentence(record, library)))
            if record.selection:
                forms.append(("regimen.selection", regimen_selection(record)))
            if record.reductions:
                forms.append(("regimen.reductions", regimen_reductions(record)))
        case Status():
            forms.append(("status.state", status_sentence(record, library)))
            if record.history:
                forms.append(("status.history", status_history(record, library)))
        case Study():
            forms.append(("study.design", study_sentence(record)))
        case Eligibility():
            if record.excluded:
                forms.append(("eligibility.excluded", eligibility_sentence(record, library, True)))
            if record.included:
                forms.append(("eligibility.included", eligibility_sentence(record, library, False)))
        case _:
            text = record.text
            if record.kind == "recommendation" and library.name(record.body) not in text:
                text = f"{library.name(record.body)}: {text}"
            forms.append((f"{record.kind}.text", sentence_end(text)))
    if record.caution:
        forms.append(("caution", sentence_end(record.caution)))
    anchor = library.anchor(record.id)
    prefix = f"Other population ({record.population.text}): " if role == "contrast" else ""
    return tuple(
        Draft(
            text=prefix + text,
            anchors=(anchor,),
            role=_role(role, form),
            form=form,
            focus=record.id,
        )
        for form, text in forms
    )


def _role(role: Role, form: str) -> Role:
    return "history" if form == "status.history" and role == "statement" else role
