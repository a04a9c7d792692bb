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
# A figure, an edition or a name that the text has not is seen further off than another word: from
# this share in place, or wherever nearly all of the claim is in the text and hardly anything is
# amiss. There the judge called planted errors supported, and hardly any claim that people call so
# (chosen on one half of bench/planted.py and the two thirds of SciFact and CliniFact not kept).
NEARLY_OWN_WORDS = 0.55
# Below this share in place a claim is reworded, and faults that are not firm are mostly other words
# for the same (chosen on one half of bench/planted.py with the judge, and on the two thirds of
# SciFact and CliniFact that are not kept: where the judge supports such a claim, people do in eight
# of eleven).
REWORDED = 0.85


def in_own_words(findings: Sequence[Finding], share: float, placed: float) -> bool:
    """Whether the checks can tell what the claim has changed of the text."""
    rearranged = placed >= REARRANGED and share >= ALL_BUT and len(findings) <= FEW
    return placed >= OWN_WORDS or rearranged


def firm(findings: Sequence[Finding]) -> bool:
    """Whether any fault is more than another word in the place of one, or a word too many.

    Figures, opposites, denials, qualities of patients and two names of one kind (a drug for a drug)
    are nearly always exchanged in planted errors alone. Of the claims with other faults alone,
    people call two in three supported (SciFact and CliniFact, without the third of the works that
    is kept).
    """
    return any(
        not each.by_place and (each.weight, each.check) != ("missing", "terms") for each in findings
    )


def refuted(findings: Sequence[Finding], share: float, placed: float) -> bool:
    """Whether a plain fault stands so near to the text's own words that no judge may overlook it.

    A figure, an edition or a name's number, that is: what no rewording explains.
    """
    near = placed >= NEARLY_OWN_WORDS or (share >= ALL_BUT and len(findings) <= FEW)
    return near and any(
        each.check == "numbers"
        or each.numbered
        or (each.check, each.weight) == ("currency", "conflict")
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
    loose = placed < REWORDED and bool(findings) and not firm(findings)
    if opinion == "supported" and not worked_out and refuted(findings, share, placed):
        return "contradicted" if "conflict" in weights else "not_enough_information"
    if opinion is not None and (worked_out or not own or loose):
        return opinion
    if "conflict" in weights:
        return "contradicted" if own else "not_enough_information"
    if weights or share < LEAST:
        return unsure if weights or opinion is None else opinion
    return "supported" if opinion is None or placed >= VERBATIM else opinion
