"""The optional judge of meaning, and how its opinion is weighed against the deterministic checks.

The checks of this package compare what a claim and a text say of one slot: a value, a drug, a
direction. They see an exchanged figure and do not see that "fewer people died" means "mortality
fell". A model of entailment sees the second and is blind to the first. So neither has the last
word alone; the rule, carried out in `decision.py`, is:

1. A claim that is hardly in the text's own words (see `in_own_words`) is the judge's alone: what
   the checks find there says nothing of who is right. So is a claim about a section of a trial's
   registry entry, which the judge reads as the table that it is. So is a claim that rewords the
   text, where a check found only other words in the place of the text's, or words that it does not
   have: no figure, opposite, denial or name against a name of its kind (see `firm`). But it may
   not support a claim in nearly the text's words that has another figure, edition or number of a
   trial (see `refuted`).
2. Else a *conflict* (the text holds something else in the same slot) is final: contradicted.
3. Something *foreign* (a figure, drug, disease, line or edition that the text does not have) or
   *missing* (other words that it does not have) is never supported. The judge may only turn it to
   contradicted.
4. With nothing amiss the judge's label stands, but a claim word for word in the text stays
   supported.
An edition that no longer counts is never overruled. Without a judge, a claim with nothing amiss is
supported, one with a conflict in the text's own words is contradicted, and any other is not enough
information.
"""

from typing import Literal, Protocol

Label = Literal["supported", "contradicted", "not_enough_information"]


class Entailment(Protocol):
    """A judge of meaning; pure, so that the same pair always gets the same answer."""

    def judge(self, claim: str, evidence: str) -> tuple[Label, float]:
        """The label of a claim in the light of a text, and its probability from 0 to 1.

        `evidence` is the whole text given, which may be long: the judge chooses its sentences.
        """
        ...
