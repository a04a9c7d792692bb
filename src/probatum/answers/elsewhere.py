"""Findings on the same intervention in other patients, named as such.

What is true elsewhere and mistaken for an answer is the trap that a reader falls into most easily.
"""

from collections.abc import Iterable

from probatum.answers.gather import Evidence
from probatum.answers.outline import Part, sort_of_result
from probatum.answers.plan import PlanSection, once
from probatum.answers.sentences import comparative, drafts_of
from probatum.evidence.record import Record, Result, Status

_CONTRAST_LIMIT = 4


def as_contrast(part: Part, evidence: Evidence) -> PlanSection:
    """Findings on the same intervention in another population, named as such."""
    library, need = evidence.library, evidence.need
    near = {
        condition
        for manifest in library.manifests
        if {*manifest.conditions, *manifest.neighbours} & set(need.conditions)
        for condition in (*manifest.conditions, *manifest.neighbours)
    }
    drafts = []

    def asked_there(record: Record) -> bool:
        return isinstance(record, Status) and bool(
            {record.region, record.agency} & {*need.regions, *need.bodies}
        )

    for record in sorted(evidence.contrast, key=lambda r: not asked_there(r)):
        if part.select.kinds and record.kind not in part.select.kinds:
            continue
        scope = record.kind == "definition" and "eligibility" in record.topics
        if record.kind == "eligibility" or not library.current(record, evidence.as_of):
            continue
        if record.kind == "definition" and not scope:
            continue
        other_test = isinstance(record, Status) and bool(need.criteria)
        if not near & set(record.population.conditions) or not (
            scope or other_test or asked_there(record) or from_elsewhere(record, evidence)
        ):
            continue
        if evidence.named and not scope and not evidence.concerns(record):
            continue
        if isinstance(record, Result) and (
            record.subgroup
            or sort_of_result(record, evidence) != "outcome"
            or not comparative(record)
        ):
            continue
        drafts.append(drafts_of(record, library, "contrast")[0])
        if len(drafts) == _CONTRAST_LIMIT:
            break
    return PlanSection(part.kind, part.title, drafts=once(drafts))


def from_elsewhere(record: Record, evidence: Evidence) -> bool:
    """Another condition or setting (another line alone is no trap worth the reader's time)."""
    vocabulary, need = evidence.library.vocabulary, evidence.need

    def apart(mine: Iterable[str], asked: Iterable[str]) -> bool:
        pairs = [(a, b) for a in mine for b in asked if a in vocabulary and b in vocabulary]
        return bool(pairs) and all(vocabulary.relation(a, b) == "other" for a, b in pairs)

    population = record.population
    return apart(population.conditions, need.conditions) or apart(
        population.settings, need.settings
    )
