"""One ratio of two times, each with its own interval: "0.67 for both 1- and 2-year OS".

The second interval stands without a label or a value of its own: "..., P < .001 for 1-year OS and
0.53-0.86; P < .001 for 2-year OS".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.estimates import Estimate
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.printed import decimal

# Between the end of the first result and the second interval.
_AND: Final = re.compile(r"\s(?:for|at|in)\s[^;,().]{2,40}?\sand\s")
_FOR_BOTH: Final = re.compile(r"\sfor\sboth\s")
_BOUNDS: Final = re.compile(r"([\d.]+)\s?(?:-|to)\s?([\d.]+)")


def second_bounds(
    plain: str, figures: Sequence[Figure], found: Sequence[Estimate]
) -> list[Estimate]:
    """The ratios of `found` that hold for a second time, with the interval and P value of that."""
    more: list[Estimate] = []
    for first in found:
        if first.low is None or not _FOR_BOTH.match(plain, first.value_end):
            continue
        for index, figure in enumerate(figures):
            if figure.sort != "value" or not figure.ranged or figure.start < first.end:
                continue
            made = _second(plain, figures, index, first)
            if made is not None:
                more.append(made)
            break
    return more


def _second(plain: str, figures: Sequence[Figure], index: int, first: Estimate) -> Estimate | None:
    figure = figures[index]
    bounds = _BOUNDS.fullmatch(plain, figure.start, figure.end)
    if bounds is None or _AND.fullmatch(plain, first.end, figure.start) is None:
        return None
    low, high = decimal(bounds[1]), decimal(bounds[2])
    if first.value is None or low is None or high is None or not low <= first.value <= high:
        return None
    used: tuple[int, ...] = (index,)
    end, p = figure.end, None
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is not None and following.sort == "p" and following.start - end < 4:
        used, end, p = (index, index + 1), following.end, following.words
    return replace(
        first, end=end, label_start=None, label_end=None, low=low, high=high, p=p, used=used,
    )  # fmt: skip
