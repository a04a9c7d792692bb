"""What comes first because of the patient: test results, kidneys and therapies that were given.

A bottom line that is true of all and not of the patient asked about is the commonest way in which
an answer misleads.
"""

import re
from collections.abc import Iterable, Sequence

from probatum.answers.gather import Evidence
from probatum.answers.plan import PlanSection
from probatum.answers.sentences import drafts_of
from probatum.evidence.claim import Draft
from probatum.evidence.population import Criterion
from probatum.evidence.record import (
    Definition,
    Recommendation,
    Record,
    Regimen,
    Result,
    Status,
)


def by_result(evidence: Evidence, survival: Sequence[Draft]) -> list[Draft]:
    """What is held for the patient's own test result, where no survival benefit shown is for it."""
    need, library = evidence.need, evidence.library
    vocabulary = library.vocabulary
    has = [criterion for criterion in need.criteria if not is_low(criterion)]
    if evidence.named or not has:
        return []

    def asks_for(record: Record) -> bool:
        return any(
            vocabulary.relation(mine.biomarker, own.biomarker) != "other"
            for mine in record.population.biomarkers
            for own in has
        )

    if any(asks_for(library.records[d.focus]) for d in survival if d.focus):
        return []
    kinds = (Status, Recommendation, Regimen, Result)
    own: list[Record] = [
        r for kind in kinds for r in evidence.direct if isinstance(r, kind) and asks_for(r)
    ]
    if not own:
        markers = {criterion.biomarker for criterion in has}
        own = [
            record
            for record in evidence.direct
            if isinstance(record, Definition) and record.term in markers and record.interventions
        ]
    return [drafts_of(record, library)[0] for record in own[:2]]


def is_low(criterion: Criterion) -> bool:
    """Whether a result says that the marker is absent or low."""
    lower = (criterion.state or "").lower()
    none = criterion.value == 0 or criterion.comparator in ("<", "<=")
    return none or lower in ("negative", "low", "absent", "unknown")


# What rules on the kidneys speak of.
_KIDNEY = re.compile(r"\b(?:creatinine|kidneys?|renal|glomerular)\b", re.IGNORECASE)


def of_kidney(evidence: Evidence, sections: Iterable[PlanSection]) -> list[Draft]:
    """The rules of the drugs named that speak of the kidneys, where the question has their test."""
    if not evidence.named or all(measure.name != "gfr" for measure in evidence.need.measures):
        return []
    records = evidence.library.records
    rules = [d for s in sections if s.kind == "safety" for d in s.drafts]
    # The first rule of each drug.
    first: dict[tuple[str, ...], Draft] = {}
    for draft in rules:
        record = records.get(draft.focus or "")
        if record and _KIDNEY.search(draft.text) and evidence.concerns(record):
            first.setdefault(record.interventions, draft)
    return list(first.values())[:2]


def after_given(draft: Draft, evidence: Evidence) -> tuple[bool, int]:
    """Whether a statement advises what was given already, and how many such therapies it is for."""
    record = evidence.library.records.get(draft.focus or "")
    vocabulary = evidence.library.vocabulary
    given = [p.therapy for p in evidence.need.prior if p.requirement == "required"]
    given = [therapy for therapy in given if therapy in vocabulary]
    if not isinstance(record, Recommendation) or not given:
        return False, 0
    needed = [p.therapy for p in record.population.prior if p.requirement == "required"]
    fit = [g for g in given if any(n in vocabulary and vocabulary.is_a(g, n) for n in needed)]
    against = record.strength is not None and record.strength.direction != "for"
    again = not against and any(
        i in vocabulary and vocabulary.is_a(g, i)
        for g in given
        if g not in fit
        for i in record.interventions
    )
    return again, -len(fit)


def after_same(record: Result, evidence: Evidence) -> bool:
    """Whether a result is of those in a trial who had, or never had, what the patient did."""
    if record.subgroup is None:
        return False
    study = evidence.library.studies.get(record.study or "")
    of_all = study.population.prior if study else ()
    own = [prior for prior in record.population.prior if prior not in of_all]
    vocabulary = evidence.library.vocabulary
    for mine in own:
        for told in evidence.need.prior:
            if mine.therapy not in vocabulary or told.therapy not in vocabulary:
                continue
            if mine.requirement == told.requirement == "required":
                # Who had cisplatin is among those who had platinum.
                if vocabulary.is_a(told.therapy, mine.therapy):
                    return True
            # Who never had platinum is among those who never had cisplatin.
            elif mine.requirement == told.requirement == "excluded" and vocabulary.is_a(
                mine.therapy, told.therapy
            ):
                return True
    return False
