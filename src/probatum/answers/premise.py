"""Premises checked against the library, like claims: a wrong one is corrected before the answer.

A premise is read for what it asserts (an approval, a recommendation, a result, a requirement, a
setting of a trial) and compared with the records about the same intervention, body or study. What
the records do not speak about stays "not enough information": silence contradicts nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from probatum.answers.denials import denied_by
from probatum.answers.gather import Evidence
from probatum.answers.outcome_order import ANALYSES
from probatum.answers.outline import sort_of_result
from probatum.answers.premise_groups import alone_in, requirement
from probatum.answers.premise_reading import OPEN, Judged, PremiseVerdict, Reading
from probatum.answers.premise_words import (
    APPROVAL,
    BEFORE,
    BENEFIT,
    ENROLLED,
    INSTEAD,
    NEGATED,
    NO_BENEFIT,
    OFF_LABEL,
    ONLY,
    RECOMMENDS,
    TESTED,
)
from probatum.answers.regimen_order import MORTALITY
from probatum.answers.relevance import relevance
from probatum.answers.sentences import comparative, drafts_of
from probatum.checks import direction
from probatum.checks.cover import directness
from probatum.checks.view import View
from probatum.evidence.claim import Draft, Outcome, Role
from probatum.evidence.record import (
    Component,
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Result,
    Status,
    Study,
)
from probatum.library.favours import favours
from probatum.questions.need import PremiseText
from probatum.terms.quantities import Quantity, find_quantities, same_quantity


@dataclass(frozen=True)
class CheckedPremise:
    """A premise, its verdict, and the drafts that say what is held instead (or in support).

    `study` is the trial that a premise misplaced: the answer is then given for the trial's own
    population. `without_result` says that an approval was put with a test result that is outside
    it: the answer is then given for the approval's own patients.
    """

    premise: PremiseText
    verdict: PremiseVerdict
    drafts: tuple[Draft, ...] = ()
    study: Study | None = None
    without_result: bool = False


def check_premises(evidence: Evidence) -> tuple[CheckedPremise, ...]:
    """Every premise of the question with its verdict, in order."""
    return tuple(_check(premise, evidence) for premise in evidence.need.premises)


def _check(premise: PremiseText, evidence: Evidence) -> CheckedPremise:
    mentions = tuple(evidence.library.vocabulary.match(premise.text, typos=True))
    reading = Reading(premise.text, mentions, tuple(find_quantities(premise.text)), evidence)
    alone = bool(ONLY.search(premise.text))
    for judge in (
        alone_in,
        _approval,
        _denial,
        _recommendation,
        _setting,
        _admitted,
        _tested,
        requirement,
        _dose,
        _result,
    ):
        verdict, records = judge(reading)
        if alone and verdict == "supported" and judge not in (alone_in, requirement):
            # That it is so for some does not say that it is so for nobody else.
            continue
        if verdict != "not_enough_information":
            misplaced = records[0] if judge is _setting and isinstance(records[0], Study) else None
            freed = judge is _approval and records == _outside_result(reading)
            drafts = _sentences(records, reading, verdict, own=freed)
            return CheckedPremise(premise, verdict, drafts, misplaced, freed)
    return CheckedPremise(premise, "not_enough_information")


def _sentences(
    records: Iterable[Record], reading: "Reading", verdict: PremiseVerdict, *, own: bool
) -> tuple[Draft, ...]:
    """What is held, each record's main sentence; of another population only as a contrast.

    `own` says that the answer is given for the records' own population.
    """
    evidence = reading.evidence
    terms = frozenset(reading.ids("biomarker"))
    elsewhere = set() if own else {record.id for record in evidence.contrast}
    drafts: list[Draft] = []
    for record in records:
        role: Role = (
            "contrast"
            if record.id in elsewhere
            else ("correction" if verdict == "contradicted" else "statement")
        )
        drafts.append(_telling(drafts_of(record, evidence.library, role), terms, evidence))
    return tuple(drafts[:3])


def _telling(drafts: Sequence[Draft], terms: frozenset[str], evidence: Evidence) -> Draft:
    """The sentence that speaks of what the premise is about, else the main one."""
    vocabulary = evidence.library.vocabulary
    for draft in drafts:
        named = {mention.term.id for mention in vocabulary.match(draft.text)}
        if any(vocabulary.relation(a, b) != "other" for a in terms for b in named):
            return draft
    return drafts[0]


_FEW = 3


def _approval(reading: Reading) -> Judged:
    if not APPROVAL.search(reading.text):
        return OPEN
    evidence = reading.evidence
    bodies, regions = reading.ids("body"), reading.ids("region")
    held = [
        record for record in evidence.direct if isinstance(record, Status) and reading.about(record)
    ]
    named = [r for r in held if r.agency in bodies or (not bodies and r.region in regions)]
    records = named if bodies or regions else held
    if not records:
        outside = () if held or NEGATED.search(reading.text) else _outside_result(reading)
        return ("contradicted", outside) if outside else OPEN
    approved = [r for r in records if r.state in ("approved", "accelerated")]
    denied = bool(OFF_LABEL.search(reading.text))
    if (bodies or regions) or not approved or len(approved) == len(records):
        true = bool(approved) != denied
        shown = tuple(approved or records) if true or denied else tuple(records)
        return ("supported" if true else "contradicted"), shown
    return ("supported" if not denied else "contradicted"), tuple(records)


def _outside_result(reading: Reading) -> tuple[Status, ...]:
    """Approvals that a test result of the premise, and nothing else, puts out of reach."""
    evidence = reading.evidence
    need, vocabulary = evidence.need, evidence.library.vocabulary
    told = set(reading.ids("biomarker"))
    if not told & {criterion.biomarker for criterion in need.criteria}:
        return ()
    open_ = need.model_copy(update={"criteria": ()})
    return tuple(
        record
        for record in evidence.contrast
        if isinstance(record, Status)
        and record.state in ("approved", "accelerated")
        and reading.about(record)
        and directness(record.population, open_, vocabulary).level != "other"
    )


def _denial(reading: Reading) -> Judged:
    """Something asserted that a statement of the body or on the treatment denies."""
    if NEGATED.search(reading.text) or ONLY.search(reading.text):
        return OPEN
    evidence = reading.evidence
    held = denied_by(
        reading.text, reading.mentions, evidence.direct, reading.about, evidence.library
    )
    return ("contradicted", (held,)) if held else OPEN


def _recommendation(reading: Reading) -> Judged:
    bodies = reading.ids("body")
    if not bodies or not RECOMMENDS.search(reading.text):
        return OPEN
    evidence = reading.evidence
    denied = bool(NEGATED.search(reading.text))

    def of_bodies(pool: Iterable[Record]) -> tuple[Recommendation, ...]:
        return tuple(
            record
            for record in pool
            if isinstance(record, Recommendation)
            and record.body in bodies
            and reading.about(record)
        )

    library = evidence.library
    if held := of_bodies(evidence.direct):
        # The record closest in words is the one that the premise could rest on.
        nearest = max(held, key=lambda r: relevance(r, reading.text, library))
        if denied and (
            advised := [r for r in held if r.strength and r.strength.direction == "for"]
        ):
            # "Does not recommend it" is wrong where the body recommends it for anybody asked about.
            return "contradicted", tuple(advised[:1])
        against = nearest.strength and nearest.strength.direction == "against"
        agrees = _agrees(reading, nearest) and bool(against) == denied
        if not agrees:
            return "contradicted", (nearest,)
        # Among many statements on the same treatment, words alone do not tell which was meant.
        return ("supported", (nearest,)) if len(held) <= _FEW else OPEN
    if elsewhere := of_bodies(evidence.contrast):
        return "contradicted", elsewhere
    return OPEN


def _agrees(reading: Reading, record: Record) -> bool:
    """Whether the record's words do not deny what the premise says, by the check for claims."""
    library = reading.evidence.library
    if isinstance(record, Recommendation) and any(
        mention.term.id in reading.ids("intervention")
        and INSTEAD.search(record.text[: mention.start])
        for mention in library.vocabulary.match(record.text, kinds={"intervention"})
    ):
        return False
    draft = Draft(text=reading.text, anchors=(library.anchor(record.id),), focus=record.id)
    view = View(library, reading.evidence.need, reading.evidence.as_of)
    return direction.check(draft, view).outcome is not Outcome.FAIL


def _setting(reading: Reading) -> Judged:
    """A trial placed in a setting, line or condition where it was not done."""
    studies = [
        reading.evidence.library.studies[s]
        for s in reading.ids("study")
        if s in reading.evidence.library.studies
    ]
    if not studies:
        return OPEN
    vocabulary = reading.evidence.library.vocabulary
    for study in studies:
        pairs = (
            (reading.ids("setting"), study.population.settings),
            (reading.ids("condition"), study.population.conditions),
            (reading.ids("line"), study.population.lines),
        )
        for named, held in pairs:
            known = [term for term in held if term in vocabulary]
            if (
                named
                and known
                and all(
                    vocabulary.relation(mine, term) == "other" for term in named for mine in known
                )
            ):
                return "contradicted", (study,)
    return OPEN


def _admitted(reading: Reading) -> Judged:
    """A trial said to have taken patients after a therapy that it kept out."""
    if not ENROLLED.search(reading.text) or NEGATED.search(reading.text):
        return OPEN
    vocabulary = reading.evidence.library.vocabulary
    for record in reading.evidence.library.records.values():
        if not isinstance(record, Eligibility) or record.study not in reading.ids("study"):
            continue
        study = reading.evidence.library.studies[record.study]
        barred = [
            prior.therapy
            for population in (record.population, study.population)
            for prior in population.prior
            if prior.requirement == "excluded"
        ]
        if any(
            vocabulary.is_a(drug, therapy)
            for drug in reading.ids("intervention")
            for therapy in barred
            if therapy in vocabulary
        ) and BEFORE.search(reading.text):
            return "contradicted", (record,)
    return OPEN


def _tested(reading: Reading) -> Judged:
    """A trial said to have tested a treatment that none of its arms had."""
    if not TESTED.search(reading.text):
        return OPEN
    vocabulary = reading.evidence.library.vocabulary
    for study_id in reading.ids("study"):
        study = reading.evidence.library.studies.get(study_id)
        arms = [term for arm in study.arms for term in arm.interventions] if study else []
        held = [term for term in arms if term in vocabulary]
        drugs = reading.ids("intervention")
        if study and held and drugs:
            missing = [
                drug for drug in drugs if all(vocabulary.relation(drug, m) == "other" for m in held)
            ]
            return ("contradicted" if missing else "supported"), (study,)
    return OPEN


def _dose(reading: Reading) -> Judged:
    doses = [
        q
        for q in reading.quantities
        if (q.unit and q.unit.startswith("mg")) or q.role == "interval"
    ]
    drugs = reading.ids("intervention")
    if not doses or not drugs:
        return OPEN
    vocabulary = reading.evidence.library.vocabulary
    regimens = [r for r in reading.evidence.direct if isinstance(r, Regimen)]
    components = [
        (regimen, part)
        for regimen in regimens
        for part in regimen.components
        if part.intervention in vocabulary
        and any(vocabulary.is_a(part.intervention, drug) for drug in drugs)
        and part.amount is not None
    ]
    if not components:
        return OPEN
    agreeing = [regimen for regimen, part in components if all(_in_dose(q, part) for q in doses)]
    if agreeing:
        return "supported", tuple(agreeing[:1])
    comparable = [
        regimen
        for regimen, part in components
        if all(q.role == "interval" or q.unit == part.unit for q in doses)
    ]
    return ("contradicted", tuple(comparable[:2])) if comparable else OPEN


def _in_dose(quantity: Quantity, part: Component) -> bool:
    """Whether a component holds the quantity, as its amount or in its schedule."""
    if quantity.role != "interval":
        return quantity.value == part.amount and quantity.unit == part.unit
    return any(same_quantity(quantity, held) for held in find_quantities(part.schedule or ""))


def _result(reading: Reading) -> Judged:
    evidence = reading.evidence
    endpoints, studies = reading.ids("endpoint"), reading.ids("study")
    if not endpoints and not studies:
        return OPEN

    def fits(record: Record) -> TypeGuard[Result]:
        return (
            isinstance(record, Result)
            and record.subgroup is None
            and (not endpoints or bool(_same_endpoint(record.endpoint) & set(endpoints)))
            and sort_of_result(record, evidence) == "outcome"
            and (not studies or record.study in studies)
            and (reading.tests(record) if reading.ids("intervention") or not studies else True)
        )

    current = [r for r in evidence.direct if fits(r) and comparative(r)]
    current = [r for r in current if reading.tests_all(r)] or current
    current.sort(key=lambda r: (r.endpoint not in MORTALITY, ANALYSES.index(r.analysis)))
    older = [r for r in evidence.history if fits(r)]
    figures = [
        q for q in reading.quantities if q.role in ("value", "hr", "rr", "or") and q.unit != "mg"
    ]
    if figures and (current or older):
        if hits := [r for r in current if _holds_all(r, figures, evidence)]:
            told = all(_analysis_told(reading.text, r) for r in hits)
            return ("supported" if told else "contradicted"), tuple(hits[:1])
        ratio = any(figure.role in ("hr", "rr", "or") for figure in figures)
        if any(_holds_all(r, figures, evidence) for r in older) or endpoints or ratio:
            return ("contradicted", tuple(current[:1])) if current else OPEN
        return OPEN
    no_benefit, benefit = NO_BENEFIT.search(reading.text), BENEFIT.search(reading.text)
    if not current or not (no_benefit or benefit):
        return OPEN
    if not no_benefit and NEGATED.search(reading.text):
        return OPEN
    # One trial with a clear benefit is enough against "no benefit", and for "a benefit".
    same = [r for r in current if r.endpoint == current[0].endpoint]
    shown = [r for r in same if favours(r, evidence.library.vocabulary) == "experimental"]
    record = (shown or same)[0]
    clear = bool(shown)
    if no_benefit:
        return ("contradicted" if clear else "supported"), (record,)
    return ("supported" if clear else "contradicted"), (record,)


def _analysis_told(text: str, record: Result) -> bool:
    """Whether a final or interim analysis that the premise names is the record's."""
    words = f"{record.analysis} {record.analysis_label or ''}".lower()
    return all(word in words for word in ("final", "interim") if word in text.lower())


def _same_endpoint(endpoint: str) -> set[str]:
    """Death and survival are one outcome told from two sides."""
    return set(MORTALITY) if endpoint in MORTALITY else {endpoint}


def _holds_all(record: Record, figures: list[Quantity], evidence: Evidence) -> bool:
    held = {q.value for q in find_quantities(evidence.library.statement(record.id))}
    return all(figure.value in held for figure in figures)
