"""Every term id of a pack must name a term, of the kind that its place asks for.

A misspelt id is silent: the record simply never matches a question, or matches too many.
"""

from collections.abc import Iterable, Iterator

from probatum.evidence.population import Population
from probatum.evidence.record import (
    Definition,
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Result,
    SafetyRule,
    Status,
    Study,
)
from probatum.packs.model import Pack
from probatum.packs.problem import Problem, error
from probatum.terms.term import KINDS
from probatum.terms.vocabulary import Vocabulary

# A place in the pack, the term id that stands there and the kinds it may have.
_Use = tuple[str, str, tuple[str, ...]]


def term_problems(pack: Pack, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Ids that name no term, and ids of a wrong kind."""
    for where, id, kinds in _uses(pack):
        if id not in vocabulary:
            yield error(where, f"there is no term {id!r}", "add it to terms.yaml or correct the id")
        elif (kind := vocabulary.get(id).kind) not in kinds:
            wanted = " or ".join(kinds)
            yield error(where, f"{id!r} is a term of kind {kind}, not {wanted}", "use another id")


def _uses(pack: Pack) -> Iterator[_Use]:
    manifest = pack.manifest
    yield from _each("pack.yaml: conditions", manifest.conditions, "condition")
    yield from _each("pack.yaml: neighbours", manifest.neighbours, "condition")
    for source in pack.sources:
        where = f"source {source.id}"
        yield from _each(f"{where}: body", _some(source.body), "body")
        yield from _each(f"{where}: conditions", source.conditions, "condition")
        for edition in source.editions:
            yield from _each(f"edition {edition.id}: read_topics", edition.read_topics, "topic")
    for record in pack.records:
        yield from _record_uses(record)
    for algorithm in pack.algorithms:
        where = f"algorithm {algorithm.id}"
        yield from _population_uses(where, algorithm.population)
        yield from _each(f"{where}: topics", algorithm.topics, "topic")
        for step in algorithm.steps:
            at = f"{where}: step {step.id}"
            when = step.when
            yield from _each(f"{at}: when.settings", when.settings, "setting")
            yield from _each(f"{at}: when.lines", when.lines, "line")
            measured = (criterion.biomarker for criterion in when.biomarkers)
            yield from _each(f"{at}: when.biomarkers", measured, "biomarker")
            given = (prior.therapy for prior in when.prior)
            yield from _each(f"{at}: when.prior", given, "intervention")


def _record_uses(record: Record) -> Iterator[_Use]:
    where = f"record {record.id}"
    yield from _population_uses(where, record.population)
    yield from _each(f"{where}: interventions", record.interventions, "intervention")
    yield from _each(f"{where}: topics", record.topics, "topic")
    match record:
        case Result():
            yield from _each(
                f"{where}: endpoint", [record.endpoint], "endpoint", "adverse_event", "biomarker"
            )
            yield from _each(f"{where}: study", _some(record.study), "study")
            given = (id for arm in record.arms for id in arm.interventions)
            yield from _each(f"{where}: arms", given, "intervention")
        case Recommendation():
            yield from _each(f"{where}: body", [record.body], "body")
        case Regimen():
            drugs = (component.intervention for component in record.components)
            yield from _each(f"{where}: components", drugs, "intervention")
            yield from _each(f"{where}: studies", record.studies, "study")
        case SafetyRule():
            yield from _each(f"{where}: events", record.events, "adverse_event")
        case Eligibility():
            yield from _each(f"{where}: study", [record.study], "study")
        case Definition():
            yield from _each(f"{where}: term", [record.term], *KINDS)
        case Status():
            yield from _each(f"{where}: agency", [record.agency], "body")
            yield from _each(f"{where}: region", [record.region], "region")
        case Study():
            yield from _each(f"{where}: id", [record.id], "study")
            given = (id for arm in record.arms for id in arm.interventions)
            yield from _each(f"{where}: arms", given, "intervention")


def _population_uses(where: str, population: Population) -> Iterator[_Use]:
    at = f"{where}: population"
    yield from _each(f"{at}.conditions", population.conditions, "condition")
    yield from _each(f"{at}.settings", population.settings, "setting")
    yield from _each(f"{at}.lines", population.lines, "line")
    yield from _each(f"{at}.subtypes", population.subtypes, "subtype")
    yield from _each(f"{at}.groups", population.groups, "group")
    measured = (criterion.biomarker for criterion in population.biomarkers)
    yield from _each(f"{at}.biomarkers", measured, "biomarker")
    given = (prior.therapy for prior in population.prior)
    yield from _each(f"{at}.prior", given, "intervention")


def _each(where: str, ids: Iterable[str], *kinds: str) -> Iterator[_Use]:
    return ((where, id, kinds) for id in ids)


def _some(id: str | None) -> tuple[str, ...]:
    return () if id is None else (id,)
