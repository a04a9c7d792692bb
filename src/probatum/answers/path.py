"""The decision path: a pack's algorithm cut to the need, with the steps that facts choose.

With a patient file each step says whether the facts lead to it, away from it, or do not decide it,
by which facts, and what would have to be known. A step without a structured condition is left to
the reader's judgement; nothing is guessed for it.
"""

from probatum.answers.conditions import judged
from probatum.answers.gather import Evidence
from probatum.answers.plan import PlanAlgorithm, PlanStep
from probatum.answers.sentences import drafts_of
from probatum.checks.cover import directness
from probatum.evidence.answer import StepState
from probatum.evidence.claim import Draft
from probatum.evidence.population import Population
from probatum.evidence.record import Recommendation, Regimen, Result
from probatum.packs.model import PackAlgorithm, Step, When

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


def missing_facts(path: PlanAlgorithm | None) -> tuple[str, ...]:
    """What would have to be known to decide the open steps, each once."""
    steps = path.steps if path else ()
    return tuple(dict.fromkeys(fact for step in steps for fact in step.missing))


def _cut(algorithm: PackAlgorithm, evidence: Evidence) -> PlanAlgorithm | None:
    applicable = {record.id for record in evidence.direct}
    steps = {}
    for step in algorithm.steps:
        then = _drafts(step, evidence, applicable)
        planned = _judged(step, then, algorithm, evidence)
        if then or not step.then or planned.state is StepState.EXCLUDED:
            steps[step.id] = planned
    if not any(step.then for step in steps.values()):
        return None
    following = {step.id: step.next for step in algorithm.steps}
    kept = tuple(
        PlanStep(
            step.id,
            step.if_,
            step.then,
            _reachable(step.next, following, set(steps)),
            step.state,
            step.decided_by,
            step.missing,
            step.basis,
        )
        for step in steps.values()
    )
    return PlanAlgorithm(algorithm.title, kept, _path(algorithm, steps, evidence))


def _path(
    algorithm: PackAlgorithm, steps: dict[str, PlanStep], evidence: Evidence
) -> tuple[str, ...]:
    """The steps that the facts lead to: met by a patient file, compatible with a question."""
    need = evidence.need
    if need.patient is not None:
        return tuple(id for id, step in steps.items() if step.state is StepState.MET)
    facts = bool(need.criteria or need.prior or need.line)
    return tuple(
        step.id
        for step in algorithm.steps
        if facts and step.id in steps and _fits(step.when, algorithm, evidence)
    )


def _drafts(step: Step, evidence: Evidence, among: set[str] | None) -> tuple[Draft, ...]:
    """The main sentence of each finding that a step leads to."""
    library = evidence.library
    return tuple(
        draft
        for record_id in step.then
        if among is None or record_id in among
        if isinstance(library.records[record_id], _SHOWN)
        for draft in drafts_of(library.records[record_id], library)[:1]
    )


def _judged(
    step: Step, then: tuple[Draft, ...], algorithm: PackAlgorithm, evidence: Evidence
) -> PlanStep:
    """The step with what the patient's facts say of it; as it stands without a patient file."""
    if evidence.need.patient is None:
        return PlanStep(step.id, step.if_, then, step.next)
    if step.when == When():
        return PlanStep(step.id, step.if_, then, step.next, StepState.JUDGEMENT)
    found = judged(_population(step.when, algorithm), evidence.need, evidence.library)
    if found.against:
        basis = _drafts(step, evidence, None)
        state = StepState.EXCLUDED
        return PlanStep(step.id, step.if_, (), step.next, state, found.against, (), basis)
    state = StepState.OPEN if found.missing else StepState.MET
    return PlanStep(step.id, step.if_, then, step.next, state, found.met, found.missing)


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


def _population(when: When, algorithm: PackAlgorithm) -> Population:
    return Population(
        conditions=algorithm.population.conditions,
        settings=when.settings,
        lines=when.lines,
        biomarkers=when.biomarkers,
        prior=when.prior,
        text=algorithm.title,
    )


def _fits(when: When, algorithm: PackAlgorithm, evidence: Evidence) -> bool:
    """Whether the facts of the question are compatible with the step's structured condition."""
    population = _population(when, algorithm)
    if not when.settings:
        population = population.model_copy(update={"settings": algorithm.population.settings})
    return directness(population, evidence.need, evidence.library.vocabulary).level != "other"
