"""Outlines as data, and the selection of findings that fills a section."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from probatum.answers.gather import Evidence
from probatum.evidence.answer import SectionKind
from probatum.evidence.base import Frozen
from probatum.evidence.record import Definition, Record, Result, SafetyRule
from probatum.questions.need import Intent


class Select(Frozen):
    """Which findings a section wants; see the head of outlines.yaml for the words."""

    kinds: tuple[str, ...] = ()
    focus: Literal["only", "others", "any"] = "any"
    endpoints: Literal["outcome", "event", "prevalence"] | None = None
    topics: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    subgroups: Literal["any", "no", "main"] = "any"
    terms: Literal["asked"] | None = None
    formulas: bool = False
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
    """Whether a result is an outcome, an adverse event or a prevalence."""
    if record.endpoint == "prevalence":
        return "prevalence"
    vocabulary = evidence.library.vocabulary
    if record.endpoint in vocabulary and vocabulary.get(record.endpoint).kind == "adverse_event":
        return "event"
    return "outcome"


def chosen(select: Select, evidence: Evidence) -> tuple[Record, ...]:
    """The direct findings that a selection wants, in the stated order."""
    named = bool(evidence.need.interventions or evidence.need.studies)
    tests: list[Callable[[Record], bool]] = [lambda record: record.kind in select.kinds]
    if named and select.focus == "only":
        tests.append(evidence.concerns)
    if named and select.focus == "others":
        tests.append(lambda record: not evidence.concerns(record))
    if not named and select.focus == "others":
        return ()
    if select.topics:
        tests.append(lambda record: bool(set(select.topics) & set(record.topics)))
    if select.endpoints:
        tests.append(lambda record: _endpoint_wanted(record, select, evidence))
    if select.subgroups != "any":
        tests.append(lambda record: not _is_subgroup(record))
    if select.formulas:
        tests.append(lambda record: isinstance(record, Definition) and record.formula is not None)
    if select.terms == "asked":
        tests.append(lambda record: _defines_asked(record, evidence))
    wanted = [record for record in evidence.direct if all(test(record) for test in tests)]
    wanted = _about_asked_event(wanted, evidence)
    return tuple(wanted[: select.limit] if select.limit else wanted)


def _is_subgroup(record: Record) -> bool:
    return isinstance(record, Result) and record.subgroup is not None


def _endpoint_wanted(record: Record, select: Select, evidence: Evidence) -> bool:
    return not isinstance(record, Result) or sort_of_result(record, evidence) == select.endpoints


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


def _about_asked_event(records: list[Record], evidence: Evidence) -> list[Record]:
    """When the question names adverse events, rules and rates about those come alone, if held."""
    events = evidence.need.events
    if not events:
        return records
    vocabulary = evidence.library.vocabulary

    def matches(record: Record) -> bool:
        if isinstance(record, SafetyRule):
            named = record.events
        elif isinstance(record, Result) and sort_of_result(record, evidence) == "event":
            named = (record.endpoint,)
        else:
            return True
        return any(
            vocabulary.relation(event, mine) != "other"
            for event in events
            for mine in named
            if mine in vocabulary and event in vocabulary
        )

    return [record for record in records if matches(record)] or records
