"""Every drug, biomarker, condition, study, body, event and endpoint named is in a record.

Names are compared through synonyms and hierarchy: a class may stand for its member ("PD-1
antibody" for the drug that is one), a member never for its class.

It cannot see names that the vocabulary does not hold; the overlap check catches most of those.
"""

from probatum.checks.anchored import records_of
from probatum.checks.endpoints import ENDPOINTS, fits
from probatum.checks.outcome import failed, not_applicable, passed
from probatum.checks.reading import read
from probatum.checks.view import View
from probatum.evidence.claim import CheckResult, Draft

NAME = "terms"
KINDS = (
    "intervention", "biomarker", "condition", "subtype", "body", "study", "adverse_event",
    "endpoint", "region",
)  # fmt: skip


def check(draft: Draft, view: View) -> CheckResult:
    """Fail with the names that no anchored record has."""
    reading = read(draft.text, view.library)
    mentions = reading.of_kind(*KINDS)
    if not mentions:
        return not_applicable(NAME, "the sentence names nothing that the vocabulary holds")
    vocabulary = view.library.vocabulary
    held: set[str] = set()
    records = records_of(draft, view)
    for record in records:
        held |= record.terms
    if draft.role == "contrast" and view.need is not None:
        held |= {*view.need.conditions, *view.need.subtypes}
    unknown: list[str] = []
    for mention in mentions:
        term = mention.term.id
        if term in held or any(h in vocabulary and vocabulary.is_a(h, term) for h in held):
            continue
        if mention.term.kind in ENDPOINTS and any(fits(term, h, vocabulary) for h in held):
            continue
        if any(record.says(mention.text) for record in records):
            continue
        unknown.append(mention.text)
    if unknown:
        return failed(NAME, f"in no anchored record: {', '.join(dict.fromkeys(unknown))}")
    return passed(NAME, f"{len(mentions)} name{'s' if len(mentions) > 1 else ''} held")
