"""The built-in composer's sentences: one plain statement a record, in words for a clinician.

Every number, name and qualifier comes from the record's typed fields; the gate then reads the
sentence back and compares it with the record, so a mistake here is caught and not printed.
"""

from probatum.answers.result_words import (
    analysis_words,
    arm_value,
    effect_words,
    endpoint_words,
    place_words,
    share,
    values_words,
)
from probatum.evidence.claim import Draft, Role
from probatum.evidence.record import (
    Eligibility,
    Event,
    Record,
    Regimen,
    Result,
    Status,
    Study,
)
from probatum.evidence.statement import (
    components_text,
)
from probatum.library.favours import includes_null
from probatum.library.library import Library
from probatum.terms.remembered import remembered

STATUS_WORDS = {
    "approved": "approved",
    "accelerated": "accelerated approval",
    "not_approved": "not approved",
    "withdrawn": "withdrawn",
}


def capital(text: str) -> str:
    """The text with its first letter in upper case, leaving names such as pembrolizumab alone."""
    return text[:1].upper() + text[1:]


def sentence_end(text: str) -> str:
    """The text with a full stop, unless it ends with one."""
    return text if text.endswith((".", "!", "?")) else text + "."


def comparative(record: Result) -> bool:
    """Whether the result compares two arms."""
    return record.effect is not None or len(record.arms) > 1


def _where(record: Result, library: Library) -> str:
    words = f"In {place_words(record, library)} ({analysis_words(record)})"
    if record.subgroup:
        words += f", in the subgroup {record.subgroup}"
    return words


def result_sentence(record: Result, library: Library) -> str:
    """A result as one sentence with everything that belongs to the number."""
    where, what = _where(record, library), endpoint_words(record, library)
    values, effect = values_words(record), effect_words(record)
    endpoint = record.endpoint
    event = (
        endpoint in library.vocabulary and library.vocabulary.get(endpoint).kind == "adverse_event"
    )
    if endpoint == "prevalence" and len(record.arms) == 1:
        arm = record.arms[0]
        text = f"{where}, {arm_value(arm, record.unit)}{share(arm)} had {arm.name}"
    elif values:
        verb = "occurred in" if event and record.measure == "proportion" else "was"
        text = f"{where}, {what} {verb} {values}"
    elif effect:
        arms = " versus ".join(arm.name for arm in record.arms)
        text = f"{where}, {what}{f' with {arms}' if arms else ''}"
    else:
        text = f"{where}, {what}: no value was reported"
    if effect:
        text += f"{';' if values else ':'} {effect}"
    if record.effect and includes_null(record.effect) and record.effect.margin is None:
        text += "; the interval includes no effect, so no clear difference was shown"
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
    """What an agency decided, where and when, and for what."""
    state = STATUS_WORDS[record.state]
    date = f" ({record.date})" if record.date else ""
    return sentence_end(
        f"{library.short(record.agency)} ({library.name(record.region)}), {state}{date}: "
        f"{record.indication}"
    )


def status_history(record: Status, library: Library, taken: tuple[Event, ...] | None = None) -> str:
    """The dated steps behind a status, or those of them that had been `taken` by some day."""
    *others, last = (library.name(term) for term in record.interventions)
    drugs = f"{', '.join(others)} and {last}" if others else last
    steps = "; ".join(f"{event.date}: {event.text}" for event in taken or record.history)
    return sentence_end(
        f"Earlier steps of {library.short(record.agency)} on {drugs} for "
        f"{record.population.text} - {steps}"
    )


def study_sentence(record: Study) -> str:
    """A study's design, size, population and arms."""
    text = f"{record.name}: {f'phase {record.phase}, ' if record.phase else ''}"
    if record.n is not None:
        text += f"{record.n} patients, "
    text += f"{record.design}; population: {record.population.text}"
    arms = [f"n={arm.n} with {arm.name}" if arm.n is not None else arm.name for arm in record.arms]
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
    return _drafts(record.id, library, role)


@remembered("library", 8192)
def _drafts(record_id: str, library: Library, role: Role) -> tuple[Draft, ...]:
    record = library.records[record_id]
    forms = _forms(record, library, role)
    if record.caution:
        forms.append(("caution", sentence_end(record.caution)))
    anchor = library.anchor(record.id)
    prefix = f"Other population ({_whose(record, library)}): " if role == "contrast" else ""
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


def _whose(record: Record, library: Library) -> str:
    """The population by its terms: condition and setting, which are what differs."""
    population = record.population
    conditions = " or ".join(library.name(term) for term in population.conditions)
    return ", ".join([conditions, *(library.name(term) for term in population.settings)])


def _names_body(text: str, body: str, library: Library) -> bool:
    mentions = library.vocabulary.match(text, kinds={"body"})
    return any(mention.term.id == body for mention in mentions)


def _forms(record: Record, library: Library, role: Role) -> list[tuple[str, str]]:  # noqa: C901
    """The record's sentences with the names of their patterns; one case a kind of finding."""
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
            if record.kind == "recommendation" and not _names_body(text, record.body, library):
                text = f"{library.short(record.body)}: {text}"
            forms.append((f"{record.kind}.text", sentence_end(text)))
            if record.kind == "definition" and record.formula:
                formula = record.formula
                forms.append(
                    ("formula.display", sentence_end(f"{formula.name}: {formula.display}"))
                )
    return forms
