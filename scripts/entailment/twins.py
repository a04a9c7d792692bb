"""Claims turned into other claims whose label is known: denied, turned round, arms exchanged."""

import random
import re

from scripts.entailment.turned import turned

SUPPORTED, CONTRADICTED, NEITHER = range(3)
_NOT = re.compile(r"\b(is|are|was|were|can|may|could|should|did|does|do|has|have) not (?=\w)")
_BE = re.compile(r"\b(is|are|was|were|can|may|could|should) (?=\w)")
# Verbs that claims turn on, without their last letter.
_VERB = re.compile(
    r"\b(increase|decrease|reduce|improve|inhibit|promote|cause|prevent|induce|lead|affect|impair"
    r"|enhance|require|contribute|regulate|activate|suppress|correlate|predict|protect|block"
    r"|result|show|play|exhibit|stimulate|alter|lower|raise|worsen|encode|bind|express)s\b"
)
# CliniFact's form of a claim.
_ARMS = re.compile(
    r"^(?P<one>.{3,200}?) is (?P<how>superior(?: or other)?) to (?P<two>.{3,200}?) in terms of "
)
_ASKED = re.compile(r"^(?:Do|Does|Did|Is|Are|Was|Were) (?P<rest>[^:?]+)\?$")
_THERE = re.compile(r"^(?P<verb>Is|Are|Was|Were) there (?P<rest>[^:?]+)\?$")


def denied(claim: str) -> str | None:
    """The claim with "not" put in or taken out; None where no place for it is plain."""
    if _NOT.search(claim):
        return _NOT.sub(r"\1 ", claim, count=1)
    if _BE.search(claim):
        return _BE.sub(r"\1 not ", claim, count=1)
    if _VERB.search(claim):
        return _VERB.sub(r"does not \1", claim, count=1)
    return None


def twin(claim: str, label: int, chance: random.Random) -> tuple[str, int] | None:
    """Another claim about the same text, with its label.

    What turns a supported claim round is contradicted. What denies a contradicted claim is
    supported, but its opposite need not be: "no effect" contradicts both.
    """
    arms = _ARMS.match(claim)
    if arms is not None:
        return _of_arms(claim, arms, label, chance)
    if label == CONTRADICTED:
        other = denied(claim)
        return (other, SUPPORTED) if other else None
    other = turned(claim, chance) if chance.random() < 0.6 else denied(claim)
    if other is None:
        return None
    return other, CONTRADICTED if label == SUPPORTED else NEITHER


def _of_arms(
    claim: str, arms: re.Match[str], label: int, chance: random.Random
) -> tuple[str, int] | None:
    """The arms exchanged, or the superiority denied."""
    outcome = claim[arms.end() :]
    if label == CONTRADICTED or chance.random() < 0.4:
        said = f"{arms['one']} is not {arms['how']} to {arms['two']} in terms of {outcome}"
        return said, (CONTRADICTED, SUPPORTED, NEITHER)[label]
    said = f"{arms['two']} is {arms['how']} to {arms['one']} in terms of {outcome}"
    return said, CONTRADICTED if label == SUPPORTED else NEITHER


def stated(question: str) -> str:
    """A closed question as a claim, as far as its form allows; else as it is.

    The verb behind "does" is left without its ending and that of "is" is left out: what the claim
    says is plain all the same.
    """
    there = _THERE.match(question)
    if there is not None:
        return f"There {there['verb'].lower()} {there['rest']}"
    asked = _ASKED.match(question)
    return question if asked is None else asked["rest"][:1].upper() + asked["rest"][1:]
