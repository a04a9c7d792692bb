"""What a registry section says of a statement, as the label and probability of any other judge."""

from probatum.checks.entailment.trees import Label
from probatum.checks.registry.record import read_sections
from probatum.checks.registry.statement import judge_sections, pertinent

# How often each outcome was right on statements about breast-cancer trials (bench/claims.py).
_RIGHT = {True: 0.70, False: 0.82, None: 0.71}


def registry_verdict(statement: str, evidence: str) -> tuple[Label, float] | None:
    """The label worked out from the section; None when the evidence is no registry section.

    `evidence` is the section as ClinicalTrials.gov gives it in plain text, or those of two trials
    under the headings "Primary trial" and "Secondary trial". What can't be worked out is not
    enough information: a statement about a table is never supported by its words alone.
    """
    sections = read_sections(evidence)
    if not sections:
        return None
    told = judge_sections(pertinent(statement), sections)
    label: Label = (
        "not_enough_information" if told is None else "supported" if told else "contradicted"
    )
    return label, _RIGHT[told]
