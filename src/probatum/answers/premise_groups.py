"""Premises that tie a treatment to a group: "needs a positive test", "only in squamous cancer"."""

from probatum.answers.outcome_order import ANALYSES
from probatum.answers.premise_reading import OPEN, Judged, Reading
from probatum.answers.premise_words import (
    APPROVAL,
    BENEFIT,
    NEGATED,
    NO_BENEFIT,
    NOT_REQUIRED,
    ONLY,
    REQUIRES,
)
from probatum.answers.regimen_order import MORTALITY
from probatum.evidence.record import (
    Definition,
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Result,
    Status,
)
from probatum.library.favours import favours

# Records that say for whom a treatment is.
_RULING = Definition | Status | Regimen | Recommendation | Eligibility


def requirement(reading: Reading) -> Judged:
    markers = reading.ids("biomarker")
    if not markers or not REQUIRES.search(reading.text):
        return OPEN
    evidence = reading.evidence
    denied = bool(NEGATED.search(reading.text))
    vocabulary = evidence.library.vocabulary
    free: list[Record] = []
    bound: list[Record] = []
    for record in evidence.direct:
        if not isinstance(record, _RULING) or not reading.about(record):
            continue
        text = evidence.library.statement(record.id)
        if any(
            vocabulary.relation(marker, criterion.biomarker) != "other"
            for marker in markers
            for criterion in record.population.biomarkers
        ):
            bound.append(record)
        elif NOT_REQUIRED.search(text):
            free.append(record)
    # A decision answers for an approval; a ruling that names the marker says more of it.
    decided = bool(APPROVAL.search(reading.text))
    free.sort(
        key=lambda r: (
            decided and not isinstance(r, Status),
            not set(markers) & _spoken(r, reading),
        )
    )
    if free and not bound:
        return ("supported" if denied else "contradicted"), tuple(free[:2])
    if bound and not free:
        return ("contradicted" if denied else "supported"), tuple(bound[:2])
    return OPEN


def _spoken(record: Record, reading: Reading) -> set[str]:
    """The tests that a record's sentence names."""
    library = reading.evidence.library
    text = library.statement(record.id)
    return {mention.term.id for mention in library.vocabulary.match(text, kinds={"biomarker"})}


def alone_in(reading: Reading) -> Judged:
    """What is said of one group alone, against what is held for others.

    Without this, "approved only for marker-positive tumours" would pass for true wherever the drug
    is approved at all.
    """
    if not ONLY.search(reading.text):
        return OPEN
    verdict, records = requirement(reading)
    if verdict != "not_enough_information":
        return verdict, records
    evidence, types = reading.evidence, reading.ids("subtype")
    vocabulary = evidence.library.vocabulary
    if not types or not BENEFIT.search(reading.text) or NO_BENEFIT.search(reading.text):
        return OPEN
    others = [
        record
        for record in (*evidence.direct, *evidence.contrast)
        if isinstance(record, Result)
        and record.endpoint in MORTALITY
        and record.population.subtypes
        and all(
            vocabulary.relation(mine, one) == "other"
            for mine in record.population.subtypes
            for one in types
        )
        and reading.tests(record)
        and favours(record, vocabulary) == "experimental"
    ]
    others.sort(key=lambda record: ANALYSES.index(record.analysis))
    return ("contradicted", tuple(others[:1])) if others else OPEN
