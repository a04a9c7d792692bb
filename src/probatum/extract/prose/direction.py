"""How a comparison came out: the sentence's words first, then the interval, then the P value.

"Favours" is about benefit: fewer deaths and longer survival both favour the treatment, a higher
rate of recurrence does not.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from probatum.extract.benefit import better
from probatum.extract.comparison import judge
from probatum.extract.prose.phrases import Chosen
from probatum.extract.result import Arm, Direction, Effect, Kind
from probatum.terms.reading import load_yaml

Cue = Literal["none", "better", "worse", "more", "less"]
# Level below which a P value counts as showing a difference, by convention (ICH E9, section 5.5,
# speaks of the conventional two-sided 5 %); used only where words and interval say nothing.
_CONVENTIONAL_P: Final = Decimal("0.05")
_RATIO: Final = frozenset({"HR", "RR", "OR"})


@cache
def _words(family: str) -> re.Pattern[str]:
    raw: dict[str, list[str]] = load_yaml(
        files("probatum.extract").joinpath("data/direction.yaml").read_text("utf-8")
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(raw[family])})(?![\w])", re.IGNORECASE)


def cue(words: str) -> Cue | None:
    """The way a clause says that the first group fared, if it says it."""
    if _words("none").search(words):
        return "none"
    for family in ("better", "worse", "more", "less"):
        if _words(family).search(words):
            return family
    return None


# "decreased by 3.2 points in A and 1.1 in B": the larger value is the larger fall.
FALLEN: Final = re.compile(
    r"\b(?:(?:decreas|declin|dropp|reduc|lower)\w*|fell|fallen|falls?)\s(?:by|of)\s"
    r"(?:an?\s)?(?:(?:mean|median|average)\s(?:of\s)?)?$"
)

# Where another finding begins; what is said before it is not said of the figures behind it.
_ANOTHER: Final = re.compile(
    r"[,;]\s(?:and|but|while|whereas|although|however)\b|\b(?:but|whereas|although|however)\b|;\s"
)
_AND_THEN: Final = re.compile(r"[,;]\s(?:and|but|while|whereas)\s|\.\s|;\s")
# Behind the figures only words of the result itself count: ", which was not significant".
_DENIED: Final = re.compile(
    r"[\s)\],;]*(?:(?:but|although|though|and|however,?)\s){0,2}(?:(?:which|this|that|these|those|the"
    r"|it|a)\s)?(?:\w+\s){0,3}?(?:(?:was|were|is|are|did|does)\s)?not\s"
    r"(?:reach\s|statistically\s|clinically\s){0,2}(?:significan|differ)"
)
_POINTED: Final = re.compile(
    r"[\s)\],;]*(?:in\sfavou?r|favou?r|demonstrat|indicat|suggest|show|represent|which)\w*\s[^.;]{0,80}"
)


def said_of(before: str, figures: str, behind: str, *, tested: bool = False) -> Cue | None:
    """The way that words around figures say the first group fared: the nearest words first.

    `tested` tells that the figures hold a test of their own, which outweighs another finding's
    words.
    """
    breaks = [found.end() for found in _ANOTHER.finditer(before)]
    own = before[breaks[-1] :] if breaks else before
    if _DENIED.match(behind):
        return "none"
    found = cue(own + figures)
    if found is None and _POINTED.match(behind):
        found = cue(_AND_THEN.split(behind, maxsplit=1)[0])
    return found or (cue(before) if breaks and not tested else None)


def kind_of(sentence: str, text: str, effect: Effect, *, named_arms: bool) -> Kind:
    """Whether treatments are compared, or an exposure is set against an outcome.

    The result's own sentence counts for more than the text around it; odds ratios come mostly from
    studies of exposures, and values by named groups mostly from trials.
    """
    exposed = 3 * _count("exposure", sentence) + _count("observational", sentence)
    treated = 3 * _count("treatment", sentence) + 2 * _count("trial", sentence)
    exposed += _count("exposure", text) + 2 * _count("observational", text)
    treated += _count("treatment", text) + 3 * _count("trial", text)
    exposed += 2 * (effect.type == "OR")
    treated += 3 * named_arms
    return "association" if exposed > treated else "comparison"


@lru_cache(maxsize=256)
def _count(family: str, words: str) -> int:
    """How many different words of a family there are, up to three."""
    return min(3, len({found.lower() for found in _words(family).findall(words)}))


def direction(
    said: Cue | None,
    effect: Effect,
    arms: Sequence[Arm],
    chosen: Chosen | None,
    kind: Kind,
    *,
    fallen: bool = False,
) -> Direction:
    """Who is favoured, judged for benefit and not for which number is larger.

    `fallen` tells that the arms' values say by how much something fell.
    """
    if kind == "association":
        return "unclear"
    if _even(effect, arms):
        return "no_difference"
    if said == "none":
        return "no_difference"
    shown = _shown(effect)
    sign = _benefit(effect, arms, chosen, said, fallen=fallen)
    if said in ("better", "worse"):
        if sign is not None and (said == "worse") == (sign < 0):
            return _favours(sign)
        return _favours(1 if said == "better" else -1)
    if said in ("more", "less"):
        if shown is False and effect.p is None:
            return "no_difference"
        if sign is not None:
            return _favours(sign)
        good = _good(chosen)
        if good is not None:
            return _favours(1 if good == (said == "more") else -1)
        return "unclear"
    if shown is None:
        return "unclear"
    if not shown:
        return "no_difference"
    return _favours(sign) if sign is not None else "unclear"


# Directions of Evidence Inference judged with at least this certainty are right in 94 of 100 cases,
# by weights of other articles (`bench/direction.py`).
CERTAIN: Final = 0.75


def judged(
    sentence: str, intervention: str | None, comparator: str | None, chosen: Chosen | None
) -> Direction:
    """Who is favoured by the words of a sentence, where its figures leave it open.

    The groups and the end point must be named, since the words are read for them.
    """
    if not (intervention and comparator and chosen is not None):
        return "unclear"
    found = judge(sentence, intervention, comparator, chosen.name)
    if found is None or found.certainty < CERTAIN:
        return "unclear"
    if found.direction == "no_difference":
        return "no_difference"
    if chosen.more_is_good is None:
        return "unclear"
    return _favours(1 if (found.direction == "increased") == chosen.more_is_good else -1)


def _even(effect: Effect, arms: Sequence[Arm]) -> bool:
    """Whether the groups have one value and nothing else is said: "19% in both arms"."""
    values = {arm.value for arm in arms}
    return len(arms) > 1 and len(values) == 1 and None not in values and effect.value is None


def _favours(sign: int) -> Direction:
    return "favours_intervention" if sign > 0 else "favours_control"


def _shown(effect: Effect) -> bool | None:
    """Whether interval or P value excludes "no difference"; None when neither is given."""
    null = Decimal(1) if effect.type in _RATIO else Decimal(0)
    if effect.ci_low is not None and effect.ci_high is not None:
        return not effect.ci_low <= null <= effect.ci_high
    if effect.p is not None:
        found = re.fullmatch(r"([=<>≤≥]{1,2})(\d*\.?\d+)", effect.p)
        if found is None:
            return None
        value = Decimal(found[2])
        if found[1] in ("<", "≤", "<="):
            return value <= _CONVENTIONAL_P
        return found[1] == "=" and value < _CONVENTIONAL_P
    return None


def _good(chosen: Chosen | None) -> bool | None:
    """Whether more of an end point is good; what the name doesn't tell the vocabulary may."""
    if chosen is None or chosen.more_is_good is not None:
        return chosen.more_is_good if chosen is not None else None
    if chosen.name.endswith((" incidence", " mortality")):
        return False
    side = better(chosen.name)
    return None if side is None else side == "more"


def _benefit(
    effect: Effect, arms: Sequence[Arm], chosen: Chosen | None, said: Cue | None, *, fallen: bool
) -> int | None:
    """+1 when the figures favour the first group, -1 when the second."""
    good = _good(chosen)
    if (
        len(arms) == 2
        and arms[0].value is not None
        and arms[1].value is not None
        and good is not None
    ):
        difference = (arms[0].value > arms[1].value) - (arms[0].value < arms[1].value)
        if difference:
            return difference if good != fallen else -difference
    if effect.value is None:
        return None
    if effect.type in _RATIO:
        sign = (effect.value > 1) - (effect.value < 1)
        if sign == 0:
            return None
        if good is None and effect.type != "HR":
            # a hazard is one of something undesired; what a risk or odds is of may be wished for
            return None
        undesired = chosen is None or chosen.hazard or not good
        return -sign if undesired else sign
    sign = (effect.value > 0) - (effect.value < 0)
    # "a 39% reduction", "an 8% lower rate": a fall that is printed without its sign
    fallen = effect.label == "percent reduction" or (effect.type == "RD" and said == "less")
    if fallen and sign > 0:
        sign = -1
    if sign == 0 or good is None:
        return None
    return sign if good else -sign
