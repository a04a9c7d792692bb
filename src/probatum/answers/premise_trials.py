"""Premises on a trial: where it was done, whom it took, what it tested, and what it found."""

from typing import TypeGuard

from probatum.answers.gather import Evidence
from probatum.answers.outcome_order import ANALYSES
from probatum.answers.outline import sort_of_result
from probatum.answers.premise_reading import OPEN, Judged, PremiseReading
from probatum.answers.premise_words import (
    BEFORE,
    BENEFIT,
    ENROLLED,
    NEGATED,
    NO_BENEFIT,
    TESTED,
)
from probatum.answers.regimen_order import MORTALITY
from probatum.answers.sentences import comparative
from probatum.evidence.record import Eligibility, Record, Result
from probatum.library.favours import favours
from probatum.terms.quantities import Quantity, find_quantities


def setting(reading: PremiseReading) -> Judged:
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


def admitted(reading: PremiseReading) -> Judged:
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


def tested(reading: PremiseReading) -> Judged:
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


def result(reading: PremiseReading) -> Judged:
    """An outcome said to have a figure, or to be better with a treatment or not."""
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
    record = current[0]
    clear = favours(record, evidence.library.vocabulary) == "experimental"
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
