"""From findings to a label, and how a judge of meaning is weighed against them.

The rule is told in `entailment.py`. What a check finds in the claim's own slot is stronger than any
opinion; what it merely misses is not.
"""

from collections.abc import Sequence

from probatum.checks.evidence.entailment import Label
from probatum.checks.evidence.finding import Finding

# At least this share of the content of a claim must stand in the text (compare `checks/overlap.py`,
# where sentences come from patterns; chosen on one half of bench/planted.py).
LEAST = 0.7
# A claim that stands in its place to this share is in the text's own words.
VERBATIM = 0.9
# From this share on a claim is near enough to the text's own words for its slots to be compared;
# below it what is found says nothing of who is right (measured on one half of SciFact, HealthVer,
# NLI4CT and CliniFact: claims that people call supported are as frequent with findings as without).
OWN_WORDS = 0.5


def decide(
    findings: Sequence[Finding],
    share: float,
    placed: float,
    judged: tuple[Label, float] | None,
    *,
    outdated: bool = False,
) -> Label:
    """The label of a claim: `share` of it is in the text, `placed` of it in its place there."""
    opinion = judged[0] if judged is not None else None
    weights = {finding.weight for finding in findings}
    if outdated:
        return "contradicted" if opinion == "contradicted" else "not_enough_information"
    if opinion is not None and placed < OWN_WORDS:
        return opinion
    if "conflict" in weights:
        return "contradicted" if placed >= OWN_WORDS else "not_enough_information"
    if "foreign" in weights:
        return "contradicted" if opinion == "contradicted" else "not_enough_information"
    if opinion is None:
        amiss = bool(weights) or share < LEAST
        return "not_enough_information" if amiss else "supported"
    if not weights and placed >= VERBATIM and opinion == "not_enough_information":
        return "supported"
    return opinion
