"""Held safety rules that name a drug the patient takes or a condition the patient has."""

from probatum.answers.gather import Evidence
from probatum.answers.sentences import drafts_of
from probatum.evidence.claim import Draft
from probatum.evidence.record import SafetyRule

_MOST = 12


def patient_rules(evidence: Evidence) -> tuple[Draft, ...]:
    """The main sentence of each such rule; of rules on the drug asked about where one is named."""
    facts, library = evidence.need.patient, evidence.library
    if facts is None or not (facts.drugs or facts.comorbidities):
        return ()
    vocabulary = library.vocabulary
    found: list[Draft] = []
    for record in evidence.direct:
        if not isinstance(record, SafetyRule):
            continue
        if evidence.named and not (evidence.concerns(record) or evidence.covers(record)):
            continue
        said = vocabulary.match(record.text, kinds={"intervention", "condition", "adverse_event"})
        named = {*record.interventions, *record.events, *(m.term.id for m in said)}
        asked = set(evidence.need.interventions)
        if any(
            vocabulary.is_a(own, each)
            for own in (*facts.drugs, *facts.comorbidities)
            for each in named - asked
            if each in vocabulary
        ):
            found += drafts_of(record, library)[:1]
    return tuple(dict.fromkeys(found))[:_MOST]
