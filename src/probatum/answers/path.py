"""The decision path: a pack's algorithm cut to the need, with the steps that facts choose."""

from probatum.answers.gather import Evidence
from probatum.answers.plan import PlanAlgorithm, PlanStep
from probatum.answers.sentences import drafts_of
from probatum.checks.cover import directness
from probatum.evidence.population import Criterion, Population, Prior
from probatum.evidence.record import Recommendation, Regimen, Result
from probatum.packs.model import PackAlgorithm, When

# What a step leads to: treatments, what is recommended and the figures behind it. Approvals and
# safety rules have sections of their own.
_SHOWN = (Regimen, Recommendation, Result)


def decision_path(evidence: Evidence) -> PlanAlgorithm | None:
    """The first held algorithm that covers the need, without steps that do not apply to it."""
    library, need = evidence.library, evidence.need
    for algorithm in library.algorithms:
        if not set(algorithm.population.conditions) & set(need.conditions):
            continue
        if directness(algorithm.population, need, library.vocabulary).level == "other":
            continue
        return _cut(algorithm, evidence)
    return None


def _cut(algorithm: PackAlgorithm, evidence: Evidence) -> PlanAlgorithm | None:
    library = evidence.library
    applicable = {record.id for record in evidence.direct}
    steps = {}
    for step in algorithm.steps:
        then = tuple(
            draft
            for record_id in step.then
            if record_id in applicable
            if isinstance(library.records[record_id], _SHOWN)
            for draft in drafts_of(library.records[record_id], library)[:1]
        )
        if then or not step.then:
            steps[step.id] = PlanStep(step.id, step.if_, then, step.next)
    if not any(step.then for step in steps.values()):
        return None
    following = {step.id: step.next for step in algorithm.steps}
    kept = tuple(
        PlanStep(step.id, step.if_, step.then, _reachable(step.next, following, set(steps)))
        for step in steps.values()
    )
    facts = bool(evidence.need.criteria or evidence.need.prior or evidence.need.line)
    path = tuple(
        step.id
        for step in algorithm.steps
        if facts and step.id in steps and _fits(step.when, algorithm, evidence)
    )
    return PlanAlgorithm(algorithm.title, kept, path)


def _reachable(
    targets: tuple[str, ...], following: dict[str, tuple[str, ...]], kept: set[str]
) -> tuple[str, ...]:
    """The next kept steps, looking through steps that were left out."""
    found: list[str] = []
    queue, seen = list(targets), set[str]()
    while queue:
        target = queue.pop(0)
        if target in seen:
            continue
        seen.add(target)
        if target in kept:
            found.append(target)
        else:
            queue.extend(following.get(target, ()))
    return tuple(found)


def _fits(when: When, algorithm: PackAlgorithm, evidence: Evidence) -> bool:
    """Whether the patient facts given are compatible with the step's structured condition."""
    population = Population(
        conditions=algorithm.population.conditions,
        settings=when.settings or algorithm.population.settings,
        lines=when.lines,
        biomarkers=tuple[Criterion, ...](when.biomarkers),
        prior=tuple[Prior, ...](when.prior),
        text=algorithm.title,
    )
    return directness(population, evidence.need, evidence.library.vocabulary).level != "other"
