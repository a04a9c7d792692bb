"""Premises on what an agency decided, a body advises, or a treatment is bound to."""

from collections.abc import Iterable

from probatum.answers.denials import denied_by
from probatum.answers.premise_reading import OPEN, Judged, PremiseReading
from probatum.answers.premise_words import (
    APPROVAL,
    INSTEAD,
    NEGATED,
    NOT_REQUIRED,
    OFF_LABEL,
    RECOMMENDS,
    REQUIRES,
)
from probatum.answers.relevance import relevance
from probatum.checks import direction
from probatum.checks.cover import directness
from probatum.checks.view import View
from probatum.evidence.claim import Draft, Outcome
from probatum.evidence.record import (
    Definition,
    Eligibility,
    Recommendation,
    Record,
    Regimen,
    Status,
)

# Of more statements than these on one treatment, words alone do not tell which was meant.
_FEW = 3


def approval(reading: PremiseReading) -> Judged:
    """A treatment said to be approved, or not to be, by an agency or in a region."""
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
        outside = () if held or NEGATED.search(reading.text) else outside_result(reading)
        return ("contradicted", outside) if outside else OPEN
    approved = [r for r in records if r.state in ("approved", "accelerated")]
    denied = bool(OFF_LABEL.search(reading.text))
    if (bodies or regions) or not approved or len(approved) == len(records):
        true = bool(approved) != denied
        shown = tuple(approved or records) if true or denied else tuple(records)
        return ("supported" if true else "contradicted"), shown
    return ("supported" if not denied else "contradicted"), tuple(records)


def outside_result(reading: PremiseReading) -> tuple[Status, ...]:
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


def denial(reading: PremiseReading) -> Judged:
    """Something asserted that a statement of the body or on the treatment denies."""
    evidence = reading.evidence
    held = denied_by(
        reading.text, reading.mentions, evidence.direct, reading.about, evidence.library
    )
    return ("contradicted", (held,)) if held else OPEN


def recommendation(reading: PremiseReading) -> Judged:
    """A body said to advise a treatment, or to advise against it."""
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
        against = nearest.strength and nearest.strength.direction == "against"
        agrees = _agrees(reading, nearest) and bool(against) == denied
        if not agrees:
            return "contradicted", (nearest,)
        # Among many statements on the same treatment, words alone do not tell which was meant.
        return ("supported", (nearest,)) if len(held) <= _FEW else OPEN
    if elsewhere := of_bodies(evidence.contrast):
        return "contradicted", elsewhere
    return OPEN


def _agrees(reading: PremiseReading, record: Record) -> bool:
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


# Records that say for whom a treatment is.
_RULING = Definition | Status | Regimen | Recommendation | Eligibility


def requirement(reading: PremiseReading) -> Judged:
    """A treatment said to be bound to a test result, or not to be."""
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
    if free and not bound:
        return ("supported" if denied else "contradicted"), tuple(free[:2])
    if bound and not free:
        return ("contradicted" if denied else "supported"), tuple(bound[:2])
    return OPEN
