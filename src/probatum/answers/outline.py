"""Outlines as data, and the selection of findings that fills a section."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from probatum.answers.gather import Evidence
from probatum.answers.relevance import relevance
from probatum.evidence.answer import SectionKind
from probatum.evidence.base import Frozen
from probatum.evidence.record import (
    Definition,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
)
from probatum.library.library import Library
from probatum.questions.need import Intent
from probatum.terms.remembered import remembered

# More than this in one section is read by nobody; the most direct come first.
_LIMIT = 30


# For display, the project's own: how close to the best match another record's words must come
# to be shown beside it.
_NEARLY = 0.35


class Select(Frozen):
    """Which findings a section wants; see the head of outlines.yaml for the words."""

    kinds: tuple[str, ...] = ()
    focus: Literal["only", "named", "unnamed", "others", "any"] = "any"
    endpoints: Literal["outcome", "event", "prevalence"] | None = None
    topics: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    subgroups: Literal["any", "no", "main"] = "any"
    terms: Literal["asked"] | None = None
    formulas: bool = False
    by_words: bool = False
    limit: int | None = None


class Part(Frozen):
    """One section of an outline."""

    kind: SectionKind
    title: str
    present: Literal[
        "list",
        "regimens",
        "evidence",
        "statuses",
        "guidelines",
        "algorithm",
        "computed",
        "changes",
        "contrast",
    ]
    select: Select = Select()


class Outline(Frozen):
    """The sections wanted for an intent; `core` kinds make the difference to a partial answer."""

    core: tuple[str, ...]
    covers: tuple[Intent, ...] = ()
    sections: tuple[Part, ...]


@cache
def outlines() -> dict[str, Outline]:
    """All outlines by intent."""
    text = (Path(__file__).parent / "outlines.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(
        text,
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - safe loaders both
    )
    return {name: Outline.model_validate(item) for name, item in data["outlines"].items()}


def parts_for(main: Intent, also: Iterable[Intent]) -> tuple[Part, ...]:
    """The main outline's sections, then what the intents that it does not cover add to them."""
    found: dict[tuple[str, str], Part] = {}
    for intent in (main, *(i for i in also if i not in outlines()[main].covers)):
        for part in outlines()[intent].sections:
            found.setdefault((part.kind, part.title), part)
    return tuple(found.values())


def sort_of_result(record: Result, evidence: Evidence) -> str:
    """Whether a result is an outcome, an adverse event or a prevalence.

    An endpoint without a better direction (the share with an evaluable test) describes a sample
    and is no outcome of treatment.
    """
    vocabulary = evidence.library.vocabulary
    if record.endpoint not in vocabulary:
        return "outcome"
    term = vocabulary.get(record.endpoint)
    if term.kind == "adverse_event":
        return "event"
    return "outcome" if term.polarity else "prevalence"


def chosen(select: Select, evidence: Evidence) -> tuple[Record, ...]:
    """The direct findings that a selection wants, in the stated order."""
    named = evidence.named
    tests: list[Callable[[Record], bool]] = [lambda record: record.kind in select.kinds]
    if named and select.focus in ("only", "named"):
        tests.append(
            lambda record: (
                evidence.concerns(record) or evidence.covers(record) or _for_group(record, evidence)
            )
        )
    if named and select.focus == "others":
        tests.append(lambda record: not evidence.concerns(record))
        # What is for children alone is no alternative for somebody who is not said to be one.
        groups = set(evidence.need.groups)
        tests.append(lambda r: not r.population.groups or bool(groups & set(r.population.groups)))
    if select.focus in (("unnamed",) if named else ("named", "others")):
        return ()
    if select.topics:
        tests.append(lambda record: bool(set(select.topics) & set(record.topics)))
    if select.actions:
        tests.append(lambda r: isinstance(r, SafetyRule) and r.action in select.actions)
    if select.endpoints:
        tests.append(lambda record: _endpoint_wanted(record, select, evidence))
    if select.subgroups != "any":
        tests.append(lambda record: not _is_subgroup(record))
    if select.formulas:
        tests.append(lambda record: _formula_wanted(record, evidence))
    if select.terms == "asked":
        tests.append(lambda record: _defines_asked(record, evidence))
    wanted = [record for record in evidence.direct if all(test(record) for test in tests)]
    wanted = _about_asked(wanted, evidence)
    if select.by_words:
        question = evidence.need.question
        if not named:
            wanted = _spread(wanted)
        else:
            wanted.sort(key=lambda record: -relevance(record, question, evidence.library))
        wanted.sort(key=lambda record: not _for_group(record, evidence))
    return tuple(wanted[: select.limit or _LIMIT])


def _spread(records: list[Record]) -> list[Record]:
    """One rule of each treatment in turn, so that no single drug fills a general answer."""
    seen: dict[tuple[str, ...], int] = {}
    turns = []
    for record in records:
        turn = seen.get(record.interventions, 0)
        seen[record.interventions] = turn + 1
        turns.append((turn, record))
    return [record for _, record in sorted(turns, key=lambda pair: pair[0])]


def _for_group(record: Record, evidence: Evidence) -> bool:
    """A rule for the group that the patient belongs to (pregnancy, children), whatever the drug."""
    groups = set(evidence.need.groups) & set(record.population.groups)
    return bool(groups) and isinstance(record, SafetyRule | Recommendation)


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
    narrowed = _narrowed(records, evidence) or records
    if need.intent not in ("biomarker", "definition"):
        return narrowed
    return [r for r in narrowed if _matches(r, need.biomarkers, evidence, _markers)] or narrowed


def _narrowed(records: list[Record], evidence: Evidence) -> list[Record]:
    """Records on the events named, and others as close to the question's words as those."""
    question, library, events = evidence.need.question, evidence.library, evidence.need.events
    matching = {r.id for r in records if _matches(r, events, evidence, _events)}
    if not events or len(matching) == len(records):
        return records
    close = [relevance(r, question, library) for r in records if r.id in matching]
    bar = max(close, default=0.0) * _NEARLY
    return [r for r in records if r.id in matching or relevance(r, question, library) > bar > 0]


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
    return None


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
