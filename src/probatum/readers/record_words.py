"""Regimens, approvals, study designs and eligibility told to a patient from the typed record."""

import re

from probatum.answers.sentences import STATUS_WORDS
from probatum.evidence.record import Component, Eligibility, Regimen, Status, Study
from probatum.evidence.statement import number, with_unit
from probatum.library.library import Library
from probatum.readers.plain_words import ended, plain, steps

_ROUTES = {
    "iv": "into a vein",
    "intravenous": "into a vein",
    "po": "by mouth",
    "oral": "by mouth",
    "sc": "under the skin",
    "subcutaneous": "under the skin",
    "im": "into a muscle",
    "topical": "on the skin",
    "transdermal": "through a patch on the skin",
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DATE = re.compile(r"(?<![\d.-])((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?![\d-])")


def date_words(date: str) -> str:
    """A date as it is spoken: 2022-11-22 is "22 November 2022"."""
    found = _DATE.fullmatch(date)
    if found is None or not 1 <= int(found[2]) <= 12:
        return date
    day = f"{int(found[3])} " if found[3] else ""
    return f"{day}{_MONTHS[int(found[2]) - 1]} {found[1]}"


def _when(date: str) -> str:
    return f"on {date_words(date)}" if date.count("-") == 2 else f"in {date_words(date)}"


def _names(terms: tuple[str, ...], library: Library) -> str:
    names = [library.name(term) for term in terms]
    return "".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"


def _component(component: Component, library: Library) -> str:
    dose = None
    if component.amount is not None:
        amount = number(component.amount)
        dose = f"AUC {amount}" if component.unit == "AUC" else with_unit(amount, component.unit)
    route = component.route and _ROUTES.get(component.route.lower(), component.route)
    given = ", ".join(part for part in (dose, route, component.schedule) if part)
    name = library.name(component.intervention)
    text = f"{name}: {plain(given, library)}" if given else name
    if component.cap:
        text += f" ({plain(component.cap, library)})"
    if component.detail:
        text += f", {plain(component.detail, library)}"
    return text


def regimen_words(record: Regimen, library: Library) -> str:
    """Each drug with its dose in a sentence of its own; then the cycle and how long it goes on."""
    parts = [f"The treatment is {record.name}."]
    chosen: set[str] = set()
    for component in record.components:
        text = _component(component, library)
        if component.choice:
            text = f"{'Or' if component.choice in chosen else 'Either'} {text}"
            chosen.add(component.choice)
        elif component.optional:
            text = f"If wanted, {text}"
        parts.append(_capital(text) + ".")
    if record.cycle_days:
        parts.append(f"The cycle is {record.cycle_days} days.")
    if record.duration:
        parts.append(f"How long: {steps_of(record.duration, library)}")
    return " ".join(parts)


def steps_of(text: str, library: Library) -> str:
    """Free text in plain words, its clauses as sentences."""
    said = steps(plain(text, library))
    return said[:1].lower() + said[1:] if text[:1].islower() else said


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def regimen_selection_words(record: Regimen, library: Library) -> str:
    """For whom the regimen is."""
    return f"Who {record.name} is for: {steps_of(record.selection or '', library)}"


def regimen_reductions_words(record: Regimen, library: Library) -> str:
    """The dose levels."""
    return f"Dose levels of {record.name}: {steps_of(record.reductions or '', library)}"


def status_words(record: Status, library: Library) -> str:
    """What an agency decided, where, when and for what."""
    agency, place = library.short(record.agency), _place(library.name(record.region))
    when = f" {_when(record.date)}" if record.date else ""
    drugs, among, who = record.indication.partition(" for ")
    if record.state in ("approved", "accelerated") and among and _is_treatment(drugs, library):
        verb = "approved this" if record.state == "approved" else "gave this accelerated approval"
        said = f"{place}, {agency} {verb}{when}: {plain(drugs.rstrip(','), library)}."
        return f"{said} {steps(f'It is for {plain(who, library)}')}"
    state = STATUS_WORDS[record.state]
    said = f"{place}, the status at {agency} is: {state}{f' ({when.strip()})' if when else ''}."
    return f"{said} {ended(plain(record.indication, library))}"


def _is_treatment(text: str, library: Library) -> bool:
    """Whether a text is the name of a treatment, and no sentence that mentions one."""
    named = library.vocabulary.match(text, ("intervention",))
    return bool(named) and named[0].start == 0 and len(text.split()) <= _SHORT


# An indication begins with the treatment; more words than this are a sentence of another kind.
_SHORT = 14


def _place(region: str) -> str:
    article = "the " if region.startswith(("United", "European")) else ""
    return f"In {article}{region}"


def status_history_words(record: Status, library: Library) -> str:
    """The dated steps behind a status, a sentence each."""
    drugs = _names(record.interventions, library)
    agency, who = library.short(record.agency), plain(record.population.text, library)
    parts = [f"These are earlier steps of {agency} on {drugs}.", f"It is about {who}."]
    for event in record.history:
        text = plain(event.text, library)
        parts.append(f"{_capital(date_words(event.date))}: {text}.")
    return " ".join(parts)


def study_words(record: Study, library: Library) -> str:
    """A study's design, size, people, groups and main question."""
    what = f"a phase {record.phase} study" if record.phase else "a study"
    design = [ended(part) for part in _FEATURE.split(plain(record.design, library))]
    parts = [f"{record.name} is {what}.", *design]
    if record.n is not None:
        parts.append(f"It had {record.n} patients.")
    parts.append(f"About: {plain(record.population.text, library, reorder=False)}.")
    for arm in record.arms:
        size = f"n={arm.n} with " if arm.n is not None else ""
        parts.append(f"Group: {size}{arm.name}.")
    if record.primary_endpoint:
        # The names of the endpoints stay: the study's question is defined by them.
        parts.append(ended(f"Its main measure was {library.name(record.primary_endpoint)}"))
    return " ".join(parts)


_FEATURE = re.compile(r", (?=stopped|stratified|balanced)|; ")


def _listed(items: tuple[str, ...], library: Library) -> str:
    """A sentence an item; items with shares stay together, for the shares are of one another."""
    said = [plain(item, library) for item in items]
    if any(item.count("%") > 1 for item in items):
        return ended("; ".join(said))
    return " ".join(ended(item) for item in said)


def eligibility_words(record: Eligibility, library: Library, excluded: bool) -> str:
    """Who could join a study and who was left out, one item a sentence."""
    study = library.name(record.study)
    items = record.excluded if excluded else record.included
    verb = "left out" if excluded else "took in"
    if len(items) == 1:
        return ended(f"{study} {verb} people with this: {plain(items[0], library)}")
    listed = _listed(items, library)
    return (
        f"{study} {verb} people with any of these. {listed}"
        if excluded
        else (f"{study} {verb} people with these. {listed}")
    )
