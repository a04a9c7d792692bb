"""Which findings fill a section of an outline, and in which order."""

from collections.abc import Callable, Sequence

from probatum.answers.gather import Evidence
from probatum.answers.outline import Select, sort_of_result
from probatum.answers.regimen_order import regimen_order
from probatum.answers.relevance import relevance
from probatum.checks.phrases import pattern, word_list
from probatum.checks.reading import stems_of
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


# Words in the names of many endpoints, which tell none of them apart.
_OF_ANY_EVENT = stems_of("adverse event events grade any related treatment")
# For display, the project's own: how close to the best match another record's words must come
# to be shown beside it.
_NEARLY = 0.35


def chosen(select: Select, evidence: Evidence) -> tuple[Record, ...]:
    """The direct findings that a selection wants, in the stated order."""
    named = evidence.named
    tests: list[Callable[[Record], bool]] = [lambda record: record.kind in select.kinds]
    if not named:
        tests.append(lambda record: not evidence.given_before(record))
    if named and select.focus in ("only", "named"):
        tests.append(
            lambda record: (
                evidence.concerns(record) or evidence.covers(record) or _for_group(record, evidence)
            )
        )
    if named and select.focus == "others":
        tests.append(lambda record: not evidence.concerns(record))
        # What is for children alone is no alternative for somebody who is not said to be one.
        tests.append(lambda record: not _for_others(record, evidence))
    if select.focus in (("unnamed",) if named else ("named", "others")):
        return ()
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
    wanted = [record for record in evidence.direct if all(test(record) for test in tests)]
    wanted = _about_asked(wanted, evidence)
    wanted = _in_order(wanted, select, evidence)
    return tuple(wanted[: select.limit or _LIMIT])


def _in_order(wanted: list[Record], select: Select, evidence: Evidence) -> list[Record]:
    """The stated order, changed by what the question asks for; every sort keeps it otherwise."""
    if select.by_words:
        question = evidence.need.question
        if not evidence.named:
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


def places_of_drugs(evidence: Evidence) -> dict[str, int]:
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
        return evidence.mentions_one(record) or not evidence.need.interventions
    inputs = {item.id for item in record.formula.inputs}
    if inputs <= {measure.name for measure in evidence.need.measures}:
        return True
    per_unit = f"mg/{record.formula.unit}"
    # A dose per kilogram goes by the weight that is measured, not by an ideal one.
    return record.formula.unit not in _measured_units(evidence.library) and any(
        component.unit == per_unit
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
    return any(
        record.term == term
        or (record.term in vocabulary and term in vocabulary and vocabulary.is_a(record.term, term))
        for term in asked
    )


def _about_asked(records: list[Record], evidence: Evidence) -> list[Record]:
    """When the question names adverse events or tests, what is about those comes alone, if held."""
    need = evidence.need
    narrowed = _narrowed(records, evidence)
    if not narrowed:
        # A rule on all harms of a drug stands where none is on the one that was named.
        question, library = need.question, evidence.library
        narrowed = [
            record
            for record in records
            if isinstance(record, SafetyRule)
            or (isinstance(record, Result) and _says_endpoint(record, question, library))
        ]
    if need.intent not in ("biomarker", "definition"):
        return narrowed
    return [r for r in narrowed if _matches(r, need.biomarkers, evidence, _markers)] or narrowed


def _narrowed(records: list[Record], evidence: Evidence) -> list[Record]:
    """Records on the events named, and others as close to the question's words as those."""
    library, events = evidence.library, evidence.need.events
    # The drug's name is in all of its rules and tells none of them apart.
    question = evidence.need.question
    if evidence.need.parts < 2:
        question = _without_drugs(question, library)
    matching = {r.id for r in records if _matches(r, events, evidence, _events)}
    if not events or len(matching) == len(records):
        return records
    close = [relevance(r, question, library) for r in records if r.id in matching]
    bar = max(close, default=0.0) * _NEARLY
    return [
        record
        for record in records
        if record.id in matching
        or (
            _says_endpoint(record, question, library)
            and relevance(record, question, library) > bar > 0
        )
    ]


def _says_endpoint(record: Record, question: str, library: Library) -> bool:
    """Whether a result's endpoint shares a word with the question; of other findings always."""
    if not isinstance(record, Result):
        return True
    return bool(stems_of(library.name(record.endpoint)) & stems_of(question) - _OF_ANY_EVENT)


def on_events(record: Record, evidence: Evidence) -> bool:
    """Whether the record is on one of the adverse events that the question names."""
    events = evidence.need.events
    told = _events(record, evidence) is not None
    return bool(events) and told and _matches(record, events, evidence, _events)


def _without_drugs(question: str, library: Library) -> str:
    for mention in reversed(library.vocabulary.match(question, kinds={"intervention"})):
        question = f"{question[: mention.start]} {question[mention.end :]}"
    return question


def _matches(
    record: Record,
    asked: Sequence[str],
    evidence: Evidence,
    of: Callable[[Record, Evidence], Sequence[str] | None],
) -> bool:
    named = of(record, evidence)
    vocabulary = evidence.library.vocabulary
    return (
        not asked
        or named is None
        or any(
            vocabulary.relation(one, mine) != "other"
            for one in asked
            for mine in named
            if mine in vocabulary and one in vocabulary
        )
    )


def _events(record: Record, evidence: Evidence) -> Sequence[str] | None:
    if isinstance(record, SafetyRule):
        return record.events
    if isinstance(record, Result) and sort_of_result(record, evidence) == "event":
        return (record.endpoint,)
    if isinstance(record, Recommendation):
        named = _harms_named(record.id, evidence.library)
        return named if named or evidence.need.intent == "safety" else None
    return None


@remembered("library", 4096)
def _harms_named(record_id: str, library: Library) -> tuple[str, ...]:
    found = library.vocabulary.match(library.statement(record_id), kinds={"adverse_event"})
    return tuple({mention.term.id: None for mention in found})


def _markers(record: Record, evidence: Evidence) -> Sequence[str] | None:
    """The tests that a definition or a prevalence speaks of."""
    if isinstance(record, Definition) or (
        isinstance(record, Result) and sort_of_result(record, evidence) == "prevalence"
    ):
        return _spoken_of(record.id, evidence.library)
    return None


@remembered("library", 4096)
def _spoken_of(record_id: str, library: Library) -> tuple[str, ...]:
    mentions = library.vocabulary.match(library.statement(record_id), kinds={"biomarker"})
    return tuple({mention.term.id for mention in mentions})
