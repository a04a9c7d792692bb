"""Differences that no label names: "-4.3 percentage points (95% CI ...)", "5 fewer per 1,000".

What makes a lone figure a difference of two groups is its form: points of a percentage with an
interval, a signed amount with an interval behind the name of a group, so many fewer of so many.
"""

import re
from collections.abc import Sequence
from typing import Final

from probatum.extract.prose.figure import Figure
from probatum.extract.result import EffectType

# "5 fewer deaths per 100,000 woman-years", "3 more cases in 1,000 women"
_FEWER_PER: Final = re.compile(
    r"\s(?:fewer|more|additional|excess|extra)\s(?:[a-z-]+\s){0,2}?(?:deaths|cases|events|cancers"
    r"|people|patients|women|men|strokes|infections|fractures|hospitali[sz]ations)\s(?:per|in|for"
    r"\severy|out of)\s(?:every\s)?(?P<of>\d{1,3}(?:,\d{3})+|\d{3,9})\b"
)
# "(Group A, -4.3 ...; group B, -3.6 ...": a group compared with one that the text has named.
_GROUP_BEFORE: Final = re.compile(
    r"[(;]\s?(?:and\s)?(?!effect|coefficient|slope|estimate|beta|correlation|mean|median|[a-z]\b)"
    r"(?P<lead>[A-Za-z][\w '/-]{1,40})(?P<mark>[,:])\s$"
)
# Between an amount and its interval: its unit.
_UNIT_BETWEEN: Final = re.compile(
    r"[A-Za-z /-]{0,30}(?:[\[(][A-Za-z]{1,8}[\])])?\s?[,;(\[]\s?[(\[]?"
)
# A change of one group from its own baseline is no difference of two.
_OWN_CHANGE: Final = re.compile(r"\bbaseline\b|\bchanges?\b", re.IGNORECASE)


def stated_difference(
    plain: str, figures: Sequence[Figure], index: int, opens: int, closes: int
) -> EffectType | None:
    """The type of a difference that a figure states by its form alone; None where it is none."""
    figure = figures[index]
    if figure.hyphen or figure.ranged or figure.value is None or figure.n is not None:
        return None
    following = figures[index + 1] if index + 1 < len(figures) else None
    if figure.family in (None, "counted") and _FEWER_PER.match(plain, _number_end(figure), closes):
        return "RD"
    if following is None or following.sort != "interval" or not following.marked:
        return None
    if figure.family == "percent" and "point" in plain[figure.start : figure.end]:
        return "RD"
    if figure.value >= 0 or not _GROUP_BEFORE.search(
        plain[max(opens, figure.start - 50) : figure.start]
    ):
        return None
    if not _UNIT_BETWEEN.fullmatch(plain[figure.end : following.start]):
        return None
    if following.low is None or following.high is None:
        return None
    if not following.low <= figure.value <= following.high or _OWN_CHANGE.search(
        plain, opens, closes
    ):
        return None
    return "RD" if figure.family == "percent" else "MD"


def scale_before(plain: str, figure: Figure, opens: int) -> tuple[int, int] | None:
    """The scale that a signed difference is of: "(Pain Scale: -2.8, 95% CI ...)"."""
    low = max(opens, figure.start - 50)
    found = _GROUP_BEFORE.search(plain[low : figure.start])
    if found is None or found["mark"] != ":":
        return None
    return low + found.start("lead"), low + found.end("lead")


def _number_end(figure: Figure) -> int:
    return figure.start + len(figure.words)
