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
# A claim of which this share stands in its place is word for word in the text.
VERBATIM = 0.9
# A claim is near enough to the text's own words for its slots to be compared when this share of it
# stands in its place; or when a smaller share does, nearly all of it is in the text, and hardly
# anything is amiss. Of other claims what is found does not tell who is right (chosen on one half of
# bench/planted.py, SciFact, CliniFact and NLI4CT: claims that people call supported are there as
# frequent with findings as without).
OWN_WORDS = 0.65
REARRANGED, ALL_BUT = 0.3, 0.8
FEW = 2
# Checks under which a word that the text does not have may be one that it says otherwise.
_NAMED = ("terms", "population")


def in_own_words(findings: Sequence[Finding], share: float, placed: float) -> bool:
    """Whether the checks can tell what the claim has changed of the text."""
    rearranged = placed >= REARRANGED and share >= ALL_BUT and len(findings) <= FEW
    return placed >= OWN_WORDS or rearranged


def firm(findings: Sequence[Finding]) -> bool:
    """Whether any fault rests on more than the places of words in a claim that rearranges them.

    Of the claims with other faults alone, people call two in three supported (SciFact and
    CliniFact, without the third of the works that is kept); figures, opposites, denials and names
    of one kind are nearly always exchanged in planted errors alone.
    """
    return any(
        not each.by_place and (each.weight != "missing" or each.check not in _NAMED)
        for each in findings
    )


def decide(
    findings: Sequence[Finding],
    share: float,
    placed: float,
    judged: tuple[Label, float] | None,
    *,
    outdated: bool = False,
    worked_out: bool = False,
) -> Label:
    """The label of a claim: `share` of it is in the text, `placed` of it in its place there.

    `worked_out` is set where the judge's label comes from reading the text as the table that it is.
    """
    opinion = judged[0] if judged is not None else None
    weights = {finding.weight for finding in findings}
    unsure: Label = "contradicted" if opinion == "contradicted" else "not_enough_information"
    own = in_own_words(findings, share, placed)
    if outdated:
        return unsure
    loose = placed < OWN_WORDS and bool(findings) and not firm(findings)
    if opinion is not None and (worked_out or not own or loose):
        return opinion
    if "conflict" in weights:
        return "contradicted" if own else "not_enough_information"
    if weights or share < LEAST:
        return unsure if weights or opinion is None else opinion
    return "supported" if opinion is None or placed >= VERBATIM else opinion
