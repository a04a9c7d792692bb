"""Which way a result points where no words say it: by its P value, its interval and its arms.

A ratio below 1 is good news of a hazard and bad news of a response, and a table doesn't say which
group was divided by which. So a direction is only given where the arms' own values, the end point's
better side and a group named as control agree; else it is unclear.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from probatum.extract.phrases import pattern
from probatum.extract.result import Direction, ExtractedResult
from probatum.extract.tables.words import says
from probatum.terms.general import general_vocabulary

# The usual two-sided threshold; a result that names another one in words is read elsewhere.
_ALPHA: Final = Decimal("0.05")
_P: Final = re.compile(r"([<>=≤≥])(\d*\.?\d+)")
# How an outcome is counted says nothing of whether it is wanted.
_MEASURED: Final = re.compile(
    r"(?:\s(?:rates?|risks?|incidence|scores?|events?|frequency|severity|episodes?|days|intensity"
    r"|prevalence|burden|levels?|per\s[a-z]+(?:[- ]years?)?))+$"
)
_NULL: Final = {"HR": 1, "RR": 1, "OR": 1, "RD": 0, "MD": 0, "SMD": 0}


def direction(result: ExtractedResult) -> Direction:
    """The direction of a result read from a table or a registry."""
    shown = significant(result)
    if result.kind == "association" or shown is None:
        return "unclear"
    if not shown:
        return "no_difference"
    side = better(result.endpoint or "")
    control = [arm for arm in result.arms if arm.name and says("control", arm.name)]
    tested = [arm for arm in result.arms if arm not in control]
    if side is None or len(control) != 1 or len(tested) != 1:
        return "unclear"
    mine, other = tested[0].value, control[0].value
    if mine is None or other is None or mine == other:
        return "unclear"
    return "favours_intervention" if (mine > other) == (side == "more") else "favours_control"


def significant(result: ExtractedResult) -> bool | None:
    """Whether the P value, or without one the interval, excludes chance; None without either."""
    effect = result.effect
    found = _P.fullmatch(effect.p) if effect.p else None
    if found:
        sign, value = found.group(1), Decimal(found.group(2))
        if sign in ">≥":
            return False if value >= _ALPHA else None
        return value < _ALPHA or (sign == "<" and value == _ALPHA)
    null = _NULL.get(effect.type)
    if null is None or effect.ci_low is None or effect.ci_high is None:
        return None
    return not effect.ci_low <= null <= effect.ci_high


@lru_cache(maxsize=4096)
def better(endpoint: str) -> str | None:
    """Whether "more" or "less" of an end point is better; None where nobody said."""
    endpoint = endpoint[:300]
    turned = pattern("polarity", "turned").match(endpoint)
    if turned is None:
        return _side(endpoint)
    return {"more": "less", "less": "more"}.get(_side(endpoint[turned.end() :]) or "")


def _side(endpoint: str) -> str | None:
    """By the vocabulary; else by the word of the list that ends the name: "stroke recovery"."""
    kinds = {"endpoint", "adverse_event"}
    for mention in general_vocabulary().match(endpoint, kinds=kinds):
        if mention.term.kind == "adverse_event":
            return "less"
        if mention.term.polarity:
            return "more" if mention.term.polarity == "more_is_better" else "less"
    head = _MEASURED.sub("", endpoint)
    for side in ("more", "less"):
        if any(found.end() == len(head) for found in pattern("polarity", side).finditer(head)):
            return side
    return None
