"""Which findings fill a section of an outline, and in which order."""

import re
from collections.abc import Callable, Mapping

from probatum.answers.asked_findings import about_asked, on_events
from probatum.answers.gather import Evidence
from probatum.answers.outline import Select, sort_of_result
from probatum.answers.regimen_order import regimen_order
from probatum.answers.relevance import relevance
from probatum.checks.phrases import pattern, word_list
from probatum.evidence.record import (
    Definition,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
)
from probatum.library.library import Library
from probatum.terms.remembered import remembered

# More than this in one section is read by nobody; the most direct come first.
_LIMIT = 30


# Kinds of question that ask what something is.
_ON_WHAT_IT_IS = ("definition", "explanation")
# Advice on how much, how often and how long.
_AMOUNT = re.compile(
    r"\bdos(?:e|es|ing|age|ages)\b|\bmg\b|\bMME\b|\bAUC\b|\b(?:daily|cycles?|hours?|days?|weeks?|"
    r"months?|years?|duration|taper\w*|titrat\w*|convert\w*|rotat\w*|start\w*|limit\w*|lowest)\b",
    re.IGNORECASE,
)
# Kinds of question that rules answer.
_RULES_ASKED = ("safety", "monitoring", "interactions", "special_groups")


def chosen(select: Select, evidence: Evidence) -> tuple[Record, ...]:
    """The direct findings that a selection wants, in the stated order."""
    if select.focus in (("unnamed",) if evidence.named else ("named", "others")):
        return ()
    wanted = [record for record in evidence.direct if record.kind in select.kinds]
    for test in (*_by_focus(select, evidence), *_by_content(select, evidence)):
        wanted = list(filter(test, wanted))
    wanted = about_asked(wanted, evidence)
    if evidence.need.intent == "dose":
        # Advice that names a drug among many says nothing of its dose.
        wanted = [r for r in wanted if not _only_names(r)] or wanted
    wanted = _in_order(wanted, select, evidence)
    return tuple(wanted[: select.limit or _LIMIT])


_Test = Callable[[Record], bool]


def _by_focus(select: Select, evidence: Evidence) -> list[_Test]:
    """Whether a finding is about what the question names."""
    if not evidence.named:
        return [lambda record: not evidence.given_before(record)]
    if select.focus in ("only", "named"):
        return [
            lambda record: (
                evidence.concerns(record) or evidence.covers(record) or _for_group(record, evidence)
            )
        ]
    if select.focus == "others":
        # What is for children alone is no alternative for somebody who is not said to be one.
        return [lambda record: not evidence.concerns(record) and not _for_others(record, evidence)]
    return []


def _by_content(select: Select, evidence: Evidence) -> list[_Test]:
    """Whether a finding is of the kind that the section is for."""
    tests: list[_Test] = []
    if select.topics:
        tests.append(lambda record: bool(set(select.topics) & set(record.topics)))
    if select.actions:
        tests.append(lambda r: isinstance(r, SafetyRule) and r.action in select.actions)
    if select.endpoints:
        tests.append(lambda record: _endpoint_wanted(record, select, evidence))
    if select.subgroups != "any":
        tests.append(lambda record: not _is_subgroup(record) or evidence.of_named_subgroup(record))
    if select.formulas:
        tests.append(lambda record: _formula_wanted(record, evidence))
    if select.terms == "asked":
        tests.append(lambda record: _defines_asked(record, evidence))
    if select.endpoints == "prevalence" and not evidence.need.biomarkers:
        # How often a marker is found is no part of what a drug or a disease is.
        tests.append(lambda record: evidence.need.intent not in _ON_WHAT_IT_IS)
    return tests


def _only_names(record: Record) -> bool:
    return isinstance(record, Recommendation) and not _AMOUNT.search(record.text)


def _in_order(wanted: list[Record], select: Select, evidence: Evidence) -> list[Record]:
    """The stated order, changed by what the question asks for; every sort keeps it otherwise."""
    if select.by_words:
        question = evidence.need.question
        if not evidence.named:
            if evidence.need.intent in _RULES_ASKED:
                # Where the rules are what is asked for, the closest of each treatment comes first.
                wanted.sort(key=lambda record: -relevance(record, question, evidence.library))
            wanted = _spread(wanted, evidence)
        else:
            wanted.sort(key=lambda record: -relevance(record, question, evidence.library))
        # What a text says of an older label comes behind what the current one says.
        older = pattern("currency", "earlier")
        wanted.sort(key=lambda r: isinstance(r, SafetyRule) and bool(older.search(r.text)))
        # What only informs comes behind what is to be done.
        wanted.sort(key=lambda r: isinstance(r, SafetyRule) and r.action == "inform")
        wanted.sort(key=lambda record: not _for_group(record, evidence))
    if evidence.need.events:
        wanted.sort(key=lambda record: not on_events(record, evidence))
    if evidence.need.intent in _ON_WHAT_IT_IS:
        wanted.sort(key=lambda r: isinstance(r, Definition) and r.formula is not None)
    # What is for a group of patients that nobody spoke of comes after what is for all.
    wanted.sort(key=lambda record: _for_others(record, evidence))
    return wanted


def _spread(records: list[Record], evidence: Evidence) -> list[Record]:
    """One rule of each treatment in turn, so that no single drug fills a general answer.

    Treatments come in the order in which their regimens are told; a rule on a drug that is in none
    of them is no help to who chooses among them.
    """
    places = places_of_drugs(evidence)
    seen: dict[tuple[str, ...], int] = {}
    turns = []
    for record in records:
        place = min((places[i] for i in record.interventions if i in places), default=None)
        if place is None and places and record.interventions:
            continue
        turn = seen.get(record.interventions, 0)
        seen[record.interventions] = turn + 1
        turns.append((turn, -1 if place is None else place, record))
    return [record for *_, record in sorted(turns, key=lambda each: each[:2])]


@remembered("evidence", 1)
def places_of_drugs(evidence: Evidence) -> Mapping[str, int]:
    """Where the regimens first name each drug and its classes."""
    vocabulary = evidence.library.vocabulary
    regimens = [
        r for r in evidence.direct if isinstance(r, Regimen) and not evidence.given_before(r)
    ]
    places: dict[str, int] = {}
    for at, record in enumerate(sorted(regimens, key=lambda r: regimen_order(r, evidence))):
        for part in record.components:
            if part.intervention in vocabulary:
                for term in (part.intervention, *vocabulary.ancestors(part.intervention)):
                    places.setdefault(term, at)
    return places


def _for_group(record: Record, evidence: Evidence) -> bool:
    """A rule for the group that the patient belongs to (pregnancy, children), whatever the drug."""
    groups = set(evidence.need.groups) & set(record.population.groups)
    return bool(groups) and isinstance(record, SafetyRule | Recommendation)


def _for_others(record: Record, evidence: Evidence) -> bool:
    """Only for a group (children, pregnancy) that the question says nothing of; adults are none."""
    plain = {*word_list("population")["grown"], *word_list("population")["everyone"]}
    groups = set(record.population.groups)
    return bool(groups) and not groups & {*evidence.need.groups, *plain}


def _is_subgroup(record: Record) -> bool:
    return isinstance(record, Result) and record.subgroup is not None


def _endpoint_wanted(record: Record, select: Select, evidence: Evidence) -> bool:
    return not isinstance(record, Result) or sort_of_result(record, evidence) == select.endpoints


def _formula_wanted(record: Record, evidence: Evidence) -> bool:
    """A formula of what is asked about, or the one that a dose per square metre needs."""
    if not isinstance(record, Definition) or record.formula is None:
        return False
    if record.interventions:
        if evidence.need.intent in _ON_WHAT_IT_IS and _defines_asked(record, evidence):
            return True
        whole = not evidence.need.interventions and evidence.need.intent not in _ON_WHAT_IT_IS
        return evidence.mentions_one(record) or whole
    inputs = {item.id for item in record.formula.inputs}
    if evidence.need.intent in _ON_WHAT_IT_IS and not inputs & {
        measure.name for measure in evidence.need.measures
    }:
        return _defines_asked(record, evidence)
    if inputs <= {measure.name for measure in evidence.need.measures}:
        return True
    per_unit = f"mg/{record.formula.unit}"
    # A dose per kilogram goes by the weight that is measured, not by an ideal one.
    return record.formula.unit not in _measured_units(evidence.library) and any(
        component.unit == per_unit and _asks_for(component.intervention, evidence)
        for other in evidence.direct
        if isinstance(other, Regimen) and evidence.concerns(other)
        for component in other.components
    )


@remembered("library", 1)
def _measured_units(library: Library) -> frozenset[str]:
    """The units in which what goes into the held formulas is measured."""
    return frozenset(
        item.unit
        for record in library.records.values()
        if isinstance(record, Definition) and record.formula
        for item in record.formula.inputs
        if item.unit
    )


def _asks_for(intervention: str, evidence: Evidence) -> bool:
    """Whether an intervention is one that the question names; any is where it names none."""
    vocabulary = evidence.library.vocabulary
    asked = [each for each in evidence.need.interventions if each in vocabulary]
    return not asked or any(
        intervention in vocabulary and vocabulary.is_a(intervention, each) for each in asked
    )


def _defines_asked(record: Record, evidence: Evidence) -> bool:
    need = evidence.need
    if not isinstance(record, Definition):
        return False
    asked = {
        *need.biomarkers,
        *need.conditions,
        *need.interventions,
        *need.endpoints,
        *need.topics,
        *need.events,
    }
    vocabulary = evidence.library.vocabulary
    if need.intent in _ON_WHAT_IT_IS and record.formula is None and evidence.mentions_one(record):
        # What a drug binds to is told by the definition of its target.
        return True
    return any(
        record.term == term
        or (record.term in vocabulary and term in vocabulary and vocabulary.is_a(record.term, term))
        for term in asked
    )
