"""The order in which regimens are told."""

from probatum.answers.gather import Evidence
from probatum.evidence.record import Regimen, Status
from probatum.library.favours import favours
from probatum.library.library import Library
from probatum.terms.remembered import remembered

MORTALITY = ("overall-survival", "mortality")
# A decision on more treatments than this is a list of what is approved, each drug by itself.
LISTED = 2
# In which order lines of therapy are told; any other comes behind.
LINES = {"first-line": 0, "second-line-or-later": 1}


def regimen_order(record: Regimen, evidence: Evidence) -> tuple[object, ...]:
    """Earlier lines first; then approved, then proven survival benefit, then randomised.

    Of several that are proven, what was proven last comes first: it was compared with more. A dose
    known from a label alone comes behind the same drugs with the studies that tested them.
    """
    results = [r for s in record.studies for r in evidence.library.results_of.get(s, ())]
    drugs = [part.intervention for part in record.components]
    proofs = [
        evidence.library.editions[r.edition].year or 0
        for r in results
        if r.endpoint in MORTALITY
        and favours(r, evidence.library.vocabulary) == "experimental"
        and evidence.tests(r, drugs)
    ]
    randomised = any(study in evidence.randomised for study in record.studies)
    studied = 0 if proofs and randomised else 1 if randomised else 2 if record.studies else 3
    line = min((LINES.get(line, 2) for line in record.population.lines), default=2)
    approved = any(_licensed(record, other, evidence) for other in _approvals(evidence))
    return line, not approved, studied, -max(proofs, default=0), *evidence.rank(record)


@remembered("evidence", 1)
def _approvals(evidence: Evidence) -> tuple[Status, ...]:
    """The direct approvals that are no lists of treatments."""
    return tuple(
        record
        for record in evidence.direct
        if isinstance(record, Status)
        and len(record.interventions) <= LISTED
        and record.state in ("approved", "accelerated")
    )


def _licensed(regimen: Regimen, status: Status, evidence: Evidence) -> bool:
    """Whether an approval is for this regimen: its indication names every drug or its class."""
    library = evidence.library
    vocabulary = library.vocabulary
    drugs = {part.intervention for part in regimen.components if part.intervention in vocabulary}
    if not set(status.interventions[:1]) & drugs:
        return False
    named = _granted(status.indication, library)
    return all(any(vocabulary.is_a(drug, one) for one in named) for drug in drugs)


@remembered("library", 1_024)
def _granted(indication: str, library: Library) -> frozenset[str]:
    """The drugs and classes that an indication names, but for those in its exceptions."""
    granted = "; ".join(part for part in indication.split(";") if " not " not in part)
    found = library.vocabulary.match(granted, kinds={"intervention"})
    return frozenset(mention.term.id for mention in found)
