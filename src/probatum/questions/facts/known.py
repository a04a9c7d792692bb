"""A patient's facts as terms of the vocabulary, joined to what the question asks.

Only what the vocabulary knows goes on. The question's own words count before the file's, and where
the two cannot both be true nothing is answered: one of them is about somebody else, or wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from probatum.evidence.population import Criterion, Prior
from probatum.library.library import Library
from probatum.questions.data_files import load
from probatum.questions.facts.patient import Patient, PatientError
from probatum.questions.facts.told import told
from probatum.questions.named import most_specific, named_settings
from probatum.questions.need import Measure, Need, PatientFacts
from probatum.questions.patient import biomarker_results
from probatum.terms.mentions import Mention
from probatum.terms.vocabulary import Vocabulary


@cache
def group_rules() -> Mapping[str, Any]:
    """From facts to groups; see the file for where the bounds come from."""
    rules: dict[str, Any] = load("patient_groups.yaml")
    return rules


def with_patient(need: Need, patient: Patient, library: Library) -> Need:
    """The need with the patient's facts; PatientError where question and file contradict."""
    vocabulary = library.vocabulary
    named, unknown = _conditions(patient.conditions, library)
    criteria, unread = _criteria(patient.biomarkers, vocabulary)
    given, no_drugs = _therapies(patient.therapies, "required", vocabulary)
    never, no_never = _therapies(patient.never, "excluded", vocabulary)
    drugs, strange = _drugs(patient.drugs, vocabulary)
    groups, not_groups = _groups(patient, named.groups, vocabulary)
    measures = _measures(need, patient)
    _agree(need, criteria, (*given, *never), groups, not_groups, vocabulary)
    open_question = not (need.conditions or need.interventions or need.studies or need.biomarkers)
    line = _line(patient.line, vocabulary)
    facts = PatientFacts(
        sex=patient.sex,
        measures=measures,
        conditions=named.held if open_question and not need.topics else (),
        settings=named.settings if not need.settings else (),
        line=line if need.line is None else None,
        criteria=tuple(c for c in criteria if c not in need.criteria),
        prior=tuple(p for p in (*given, *never) if p not in need.prior),
        groups=tuple(g for g in groups if g not in need.groups),
        not_groups=not_groups,
        comorbidities=named.others,
        drugs=drugs,
        told=told(patient, (*named.held, *named.others), drugs, line, library),
        unknown=_counts(
            ("diagnosis", unknown),
            ("biomarker", unread),
            ("therapy", no_drugs + no_never),
            ("drug", strange),
        ),
    )
    return need.model_copy(
        update={
            "conditions": (*need.conditions, *facts.conditions),
            "settings": (*need.settings, *facts.settings),
            "line": need.line or facts.line,
            "criteria": (*need.criteria, *facts.criteria),
            "biomarkers": need.biomarkers,
            "prior": (*need.prior, *facts.prior),
            "groups": (*need.groups, *facts.groups),
            "not_groups": facts.not_groups,
            "measures": (*need.measures, *facts.measures),
            "patient": facts,
        }
    )


def without_patient(need: Need) -> Need:
    """The need as the question alone puts it, for the disease and setting found for both.

    A setting that the file states says which disease is asked about, as it would in the question.
    """
    facts = need.patient
    if facts is None:
        return need
    return need.model_copy(
        update={
            "line": None if facts.line else need.line,
            "criteria": tuple(c for c in need.criteria if c not in facts.criteria),
            "prior": tuple(p for p in need.prior if p not in facts.prior),
            "groups": tuple(g for g in need.groups if g not in facts.groups),
            "not_groups": (),
            "patient": None,
        }
    )


class _Named:
    """The conditions of a patient: those that are held, others, their settings and groups."""

    def __init__(self) -> None:
        self.held: tuple[str, ...] = ()
        self.others: tuple[str, ...] = ()
        self.settings: tuple[str, ...] = ()
        self.groups: tuple[str, ...] = ()


def _conditions(texts: Sequence[str], library: Library) -> tuple[_Named, int]:
    vocabulary = library.vocabulary
    own = [c for manifest in library.manifests for c in manifest.conditions]
    found, unknown = _Named(), 0
    for text in texts:
        mentions = vocabulary.match(text)
        conditions = _of(mentions, "condition", "adverse_event")
        groups = _of(mentions, "group")
        held = [c for c in conditions if any(vocabulary.is_a(c, o) for o in own)]
        if not conditions and not groups:
            unknown += 1
        if held:
            found.settings += named_settings(text, mentions, vocabulary)
        found.held += tuple(held)
        found.others += tuple(c for c in conditions if c not in held)
        found.groups += groups
    found.held = most_specific(tuple(dict.fromkeys(found.held)), vocabulary)
    found.others = tuple(dict.fromkeys(found.others))
    found.settings = most_specific(tuple(dict.fromkeys(found.settings)), vocabulary)
    found.groups = tuple(dict.fromkeys(found.groups))
    return found, unknown


def _of(mentions: Iterable[Mention], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.term.id for m in mentions if m.term.kind in kinds))


def _criteria(
    pairs: Sequence[tuple[str, str]], vocabulary: Vocabulary
) -> tuple[tuple[Criterion, ...], int]:
    """Results that can be read beside a biomarker's name, as a question would say them."""
    found: list[Criterion] = []
    unread = 0
    for name, result in pairs:
        said = f"{name} {result}"
        mentions = vocabulary.match(said, kinds={"biomarker"})
        criteria = biomarker_results(said, mentions)
        if mentions and not criteria:
            unread += 1
        found += criteria[:1]
    for one in found:
        for other in found:
            if one.biomarker == other.biomarker and not _compatible(one, other):
                raise PatientError(
                    "The patient file gives two results of %(name)s; leave the one that counts.",
                    name=vocabulary.get(one.biomarker).name,
                )
    return tuple(dict.fromkeys(found)), unread


def _therapies(
    texts: Sequence[str], requirement: Any, vocabulary: Vocabulary
) -> tuple[tuple[Prior, ...], int]:
    found: list[Prior] = []
    unknown = 0
    for text in texts:
        named = _of(vocabulary.match(text, kinds={"intervention"}), "intervention")
        unknown += not named
        found += [Prior(therapy=each, requirement=requirement) for each in named]
    return tuple(dict.fromkeys(found)), unknown


def _drugs(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], int]:
    found: list[str] = []
    unknown = 0
    for text in texts:
        named = _of(vocabulary.match(text, kinds={"intervention"}), "intervention")
        unknown += not named
        found += named
    return tuple(dict.fromkeys(found)), unknown


def _line(text: str | None, vocabulary: Vocabulary) -> str | None:
    if text is None:
        return None
    named = most_specific(_of(vocabulary.match(text, kinds={"line"}), "line"), vocabulary)
    if len(named) != 1:
        raise PatientError(
            "The line of therapy is not understood; write first-line or second-line."
        )
    return named[0]


def _groups(
    patient: Patient, named: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Groups that the patient belongs to, and groups that the patient cannot belong to."""
    rules = group_rules()
    inside, outside = list(named), list[str]()
    age = next((Decimal(m.value) for m in patient.measures if m.name == "age"), None)
    for given, bounds in ((age, rules["ages"]), (patient.performance_status, rules["performance"])):
        if given is None:
            continue
        for group, bound in bounds.items():
            fits = bound.get("from", 0) <= given < bound.get("below", 1000)
            (inside if fits else outside).append(group)
    if patient.pregnant is not None:
        (inside if patient.pregnant else outside).append("pregnancy")
    if patient.sex is not None:
        outside += ["men"] if patient.sex == "female" else ["women", "pregnancy", "breastfeeding"]
    known = [g for g in dict.fromkeys(inside) if g in vocabulary]
    return tuple(known), tuple(g for g in dict.fromkeys(outside) if g not in known)


def _measures(need: Need, patient: Patient) -> tuple[Measure, ...]:
    """The file's measures that the question does not state; PatientError where both differ."""
    stated = {measure.name: Decimal(measure.value) for measure in need.measures}
    found = []
    for measure in (*patient.measures, *_grades(patient)):
        if measure.name not in stated:
            found.append(measure)
        elif stated[measure.name] != Decimal(measure.value):
            raise PatientError(
                "The question and the patient file give different values of %(name)s; leave one "
                "of the two.",
                name=measure.name,
            )
    return tuple(found)


def _grades(patient: Patient) -> tuple[Measure, ...]:
    """Grades that a score takes as figures."""
    grades = (("ascites", patient.ascites), ("encephalopathy", patient.encephalopathy))
    return tuple(Measure(name=n, value=str(g), unit="") for n, g in grades if g is not None)


def _agree(
    need: Need,
    criteria: Sequence[Criterion],
    prior: Sequence[Prior],
    groups: Sequence[str],
    not_groups: Sequence[str],
    vocabulary: Vocabulary,
) -> None:
    """Refuse facts that the question contradicts."""
    for mine in criteria:
        for asked in need.criteria:
            if asked.biomarker == mine.biomarker and not _compatible(asked, mine):
                name = vocabulary.get(mine.biomarker).name
                raise PatientError(
                    "The question and the patient file give different results of %(name)s; leave "
                    "one of the two.",
                    name=name,
                )
    every = [*need.prior, *prior]
    for one in every:
        for other in every:
            opposed = one.requirement == "required" and other.requirement == "excluded"
            if opposed and vocabulary.is_a(one.therapy, other.therapy):
                name = vocabulary.get(one.therapy).name
                raise PatientError(
                    "It is said both that %(name)s was given and that it, or its class, never "
                    "was; leave one of the two.",
                    name=name,
                )
    apart = {*need.groups} & {*not_groups}
    young, grown = {"children", "infants"}, {"adults", "older-adults"}
    apart |= {g for g in need.groups if (g in young and grown & {*groups})}
    if apart:
        name = vocabulary.get(sorted(apart)[0]).name
        raise PatientError(
            "The question is about %(name)s, and the patient file contradicts that; change one.",
            name=name,
        )


def _compatible(one: Criterion, other: Criterion) -> bool:
    """Whether one patient can have both results; a threshold in the question is no result."""
    if one.value is not None and other.value is not None:
        low, high = sorted((one, other), key=lambda c: c.comparator != "=")
        if high.comparator == "=":
            return low.value == high.value
        value, bound = low.value or Decimal(0), high.value or Decimal(0)
        meets = {">": value > bound, ">=": value >= bound, "<": value < bound, "<=": value <= bound}
        return low.comparator != "=" or meets[high.comparator]
    states = {one.state or str(one.value), other.state or str(other.value)}
    graded = [state for state in states if state[0].isdigit()]
    return not {"positive", "negative"} <= states and len(graded) < 2


def _counts(*counted: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, number) for kind, number in counted if number)
