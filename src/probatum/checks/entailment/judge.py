"""A judge of meaning for claims that share few words, or all but one, with their evidence.

The deterministic checks lay a claim's figures and terms onto the text. Whether "fewer people died"
is what the text says is not for them; this judge weighs it from measured features, and with the
extra `dense` from a small language model as well. Its probabilities are calibrated on claims that
it was not trained on; its errors are many all the same (bench/claims.py), so it advises and does
not decide.

What it cannot see: knowledge that is not in the two texts, and argument over several sentences.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from probatum.checks.entailment.features import NAMES, features
from probatum.checks.entailment.model_folder import (
    MISSING,
    EntailmentModelError,
    Meaning,
    own_folder,
    own_share,
    read_folder,
)
from probatum.checks.entailment.passage import MOST_WORDS, chosen
from probatum.checks.entailment.trees import LABELS, Label, Trees, shipped, softmax
from probatum.checks.registry.verdict import registry_verdict
from probatum.questions.text import ForeignLanguageError, require_english

# A longer claim is read to here: a long paragraph.
MOST_CHARACTERS = 4_000
_WHOLE = NAMES.index("whole")
# A text longer than what is read closely, as the feature has it: the log of its words.
_LENGTH, _LONG = NAMES.index("evidence_length"), math.log1p(MOST_WORDS)
# A text with none of the claim's words gives nothing to measure: of the 309 such pairs in the sets
# that the weights were trained on, two in three are not enough information.
_UNRELATED = (0.17, 0.17, 0.66)

# Measured features are never surer than this. Of long texts that a forest had not seen, SciFact's
# labels given with 0.8 or more were right in 0.79 and CliniFact's in 0.88; of texts of a few
# sentences labels given with 0.7 or more were right in two of three, however near to 1.
_SUREST_LONG, _SUREST_SHORT = 0.8, 0.7
# A probability below this is none; its logarithm must exist.
_LEAST = 1e-6
# So much of a text tells its language.
_SAMPLE = 600


class Reader(Protocol):
    """A model that reads claim and text together."""

    def probabilities(self, claim: str, near: str, lexical: list[float]) -> list[float]:
        """The probability of each label, given the text's sentences and the trees' scores."""
        ...


class Own(Protocol):
    """A model that the operator has put there."""

    def read(self, claim: str, evidence: str) -> Mapping[Meaning, float]:
        """The probability of each of its labels, by what they mean."""
        ...


@dataclass(frozen=True)
class EntailmentJudge:
    """Judges pairs one by one; the same pair always gets the same answer.

    `near` weighs texts of a few sentences and `whole` longer ones; `reader` None uses measured
    features only, with weights calibrated for that. `own` is a model of the operator's, which says
    `share` of the probabilities beside these; registry entries are worked out all the same.
    """

    near: Trees
    whole: Trees
    reader: Reader | None = None
    own: Own | None = None
    share: float = 1.0

    def judge(self, claim: str, evidence: str) -> tuple[Label, float]:
        """The label of the claim in the light of the text, and its probability from 0 to 1."""
        worked_out = registry_verdict(claim, evidence)
        if worked_out is not None:
            return worked_out
        if not claim.strip() or not evidence.strip():
            return LABELS[2], 1.0
        chances, surest = self._weighed(claim, evidence)
        best = max(range(3), key=lambda n: chances[n])
        return LABELS[best], min(chances[best], surest)

    def judge_all(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[Label, float]]:
        """The same of many pairs, in order."""
        return [self.judge(claim, evidence) for claim, evidence in pairs]

    def probabilities(self, claim: str, evidence: str) -> list[float]:
        """The probability of each of LABELS, for free text."""
        if not claim.strip() or not evidence.strip():
            return [0.0, 0.0, 1.0]
        return self._weighed(claim, evidence)[0]

    def _weighed(self, claim: str, evidence: str) -> tuple[list[float], float]:
        """The probability of each of LABELS, and how sure one of them can be."""
        claim = claim[:MOST_CHARACTERS]
        packaged, surest = self._packaged(claim, evidence)
        if self.own is None:
            return packaged, surest
        return joined(packaged, self.own.read(claim, evidence), self.share), 1.0

    def _packaged(self, claim: str, evidence: str) -> tuple[list[float], float]:
        values = features(claim, evidence)
        if not values[_WHOLE] or _foreign(evidence[:_SAMPLE]):
            return list(_UNRELATED), 1.0
        long = is_long(values)
        trees = self.whole if long else self.near
        if self.reader is None:
            return trees.probabilities(values), _SUREST_LONG if long else _SUREST_SHORT
        near = " ".join(passage.text for passage in chosen(claim, evidence))
        return self.reader.probabilities(claim, near, trees.scores(values)), 1.0


def is_long(values: Sequence[float]) -> bool:
    """Whether the text that was measured is longer than what is read closely."""
    return values[_LENGTH] > _LONG


def joined(packaged: Sequence[float], own: Mapping[Meaning, float], share: float) -> list[float]:
    """Two opinions as one: the weighted mean of their log-probabilities, as a probability again.

    A model of two labels tells only what is entailed; how the rest is shared between contradicted
    and not enough information is then the packaged judge's word.
    """
    if "other" in own:
        rest = packaged[1] + packaged[2]
        split = packaged[1] / rest if rest else 0.5
        told = [own["entailed"], own["other"] * split, own["other"] * (1 - split)]
    else:
        told = [own["entailed"], own["contradicted"], own["neutral"]]
    return softmax(
        [
            share * math.log(max(one, _LEAST)) + (1 - share) * math.log(max(two, _LEAST))
            for one, two in zip(told, packaged, strict=True)
        ]
    )


@lru_cache(maxsize=1024)
def _foreign(text: str) -> bool:
    """Whether a text is plainly not in English, whose words alone are measured here."""
    try:
        require_english(text)
    except ForeignLanguageError:
        return True
    return False


@lru_cache(maxsize=2)
def entailment_judge(dense: bool | None = None) -> EntailmentJudge:
    """The shipped judge; `dense` None takes the language model where its extra is installed, and
    the operator's own where PROBATUM_ENTAILMENT_MODEL names one.

    Raises DenseError where `dense` is True and the extra is missing, and EntailmentModelError where
    the folder named holds no model that can be used.
    """
    if dense is False:
        return EntailmentJudge(shipped("near"), shipped("whole"))
    own, share = (_own(), own_share()) if dense is None else (None, 1.0)
    try:
        from probatum.checks.entailment.minilm import packaged_reader
    except ImportError as error:
        if dense is None:
            return EntailmentJudge(shipped("near"), shipped("whole"), None, own, share)
        from probatum.library.dense_model import MISSING as NO_EXTRA
        from probatum.library.dense_model import DenseError

        raise DenseError(NO_EXTRA) from error
    return EntailmentJudge(shipped("near"), shipped("whole"), packaged_reader(), own, share)


def _own() -> Own | None:
    folder = own_folder()
    if folder is None:
        return None
    parts = read_folder(folder)
    try:
        from probatum.checks.entailment.own_model import own_model
    except ImportError as error:
        raise EntailmentModelError(MISSING) from error
    return own_model(parts)
