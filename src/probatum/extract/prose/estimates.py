"""Estimates of a sentence: a label, its value, its interval and its P value put together.

The parts of an estimate stand in many orders ("HR, 0.74; 95% CI ...", "an odds ratio of 0.67 for
...", "0.60 (95% CI ...) and 0.57 (95% CI ...), respectively"); what ties them is that no other
value stands between.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from probatum.extract.prose.figure import Figure
from probatum.extract.prose.uncertainty import own_interval, own_p, unmarked
from probatum.extract.result import EffectType

RATIOS: Final = frozenset({"HR", "RR", "OR", "SIR"})
_DIFFERENCES: Final = frozenset({"RD", "MD", "SMD", "difference"})
# "a difference in the rates (93% vs. 87%)": the first of two values, and no difference.
_OF_TWO: Final = re.compile(r"\s?(?:vs\.?|versus|v\.?|compared (?:with|to))\s\d")
# "a difference in relapse (2.5% in the X group and 0.5% in the Y group)"
_OF_A_GROUP: Final = re.compile(
    r"\s(?:in|with|for|among)\s(?:the\s)?(?:[\w/+-]+\s){0,4}?(?:group|arm)\s(?:and|versus|vs)\b"
)
# Ratios beyond this are other numbers (a count, a year) that happen to follow a label.
_LARGEST_RATIO: Final = 1000
# Farther than this from its label a number belongs to something else.
_REACH: Final = 170
_STOPS: Final = re.compile(r"[.;]\s|\)[^()]{0,40}\(")
# Between a value and its own interval: brackets and commas, or a few words of what it is of.
# What makes a number beside a label a bound and no estimate: "an RR of 0.72 or lower".
_BOUND_AFTER: Final = re.compile(r"\s(?:or|and)\s(?:lower|higher|more|less|greater|above|below)\b")
_BOUND_BEFORE: Final = re.compile(
    r"\b(?:than|above|below|exceed(?:s|ed|ing)?|under|over|at least|up to|margin of"
    r"|threshold of)\s$"
)
# "consumption of 45 g/day", "the 200-mg dose": an amount, and no ratio.
_AMOUNT: Final = re.compile(
    r"-[A-Za-z]|\s?[A-Za-zμµ]{1,6}/|\s(?:[kmμµ]?g|m[lL]|IU|Gy|points?|units?)\b"
)


# "An absolute difference" of these is one of means.
_AMOUNTS: Final = frozenset(
    ["lesion", "point", "node", "nodule", "episode", "kg", "mg", "mm Hg", "mmHg", "cm", "mm"]
)  # fmt: skip
# Labels that are types of effects themselves.
_SAME_NAME: Final[dict[str, EffectType]] = {
    "HR": "HR", "RR": "RR", "OR": "OR", "SMD": "SMD", "MD": "MD",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate as stated; `hint` is the stretch that must name its end point, if any."""

    type: EffectType
    start: int
    end: int
    value: Decimal | None
    value_start: int
    value_end: int
    label_start: int | None = None
    label_end: int | None = None
    label: str | None = None
    level: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    p: str | None = None
    unit: str | None = None
    used: tuple[int, ...] = ()
    hint: tuple[int, int] | None = None


def effect_type(name: str, unit: str | None) -> tuple[EffectType, str | None]:
    """The type of an effect for a label's name and the unit of its value, with its wording."""
    if name in _SAME_NAME:
        return _SAME_NAME[name], None
    if name == "RD" and (unit or "").rstrip("s") in _AMOUNTS:
        return "MD", None
    if name == "RD" or (name == "difference" and unit == "%"):
        return "RD", None
    if name == "difference":
        return "MD", None
    if name == "SIR":
        return "other", "standardized incidence ratio"
    return "other", "percent reduction"


def estimates(
    plain: str, figures: Sequence[Figure], inherited: str | None = None
) -> list[Estimate]:
    """The estimates among a sentence's figures; `inherited` is the label of sentences before."""
    found: list[Estimate] = []
    label: Figure | None = None
    label_free = False  # a label that no value took yet
    for index, figure in enumerate(figures):
        if figure.sort == "label":
            if _labels_before(plain, figures, index):
                continue
            if figure.name == "pooled":
                if label is None and inherited in RATIOS:
                    label = replace(figure, name=inherited or "")
                    label_free = True
                continue
            label, label_free = figure, True
            continue
        if figure.sort != "value" or figure.hyphen or index in _all_used(found):
            continue
        interval = own_interval(plain, figures, index)
        name = _name(label, inherited, figure)
        if name is None:
            continue
        fits = _fits(name, figure)
        takes = label_free and label is not None and fits and _reaches(plain, label, figure)
        again = fits and name in RATIOS and interval is not None and figure.family is None
        if not (takes or again):
            continue
        owner = label if takes else None
        if figure.ranged and name not in ("SMD", "MD"):
            continue
        if is_bound(plain, figure) or _first_of_two(plain, name, figure.end):
            continue
        if label is None and not _like_an_estimate(figure, figures, interval):
            continue
        made = _made(plain, figures, index, name, owner, label, interval)
        found.append(made)
        found += _shared(plain, figures, made)
        label_free = False
    return found


def _first_of_two(plain: str, name: str, end: int) -> bool:
    """Whether a value under the word "difference" is the first of two that differ."""
    return (name in _DIFFERENCES and _OF_TWO.match(plain, end) is not None) or (
        name == "difference" and _OF_A_GROUP.match(plain, end) is not None
    )


def _name(label: Figure | None, inherited: str | None, figure: Figure) -> str | None:
    """The type of label that a figure stands under; a difference told again is as before."""
    if label is None:
        return inherited
    again = label.name == "difference" and inherited == "SMD" and figure.family is None
    return "SMD" if again else label.name


_FOR_BOTH: Final = re.compile(r"\sfor\s(?:both\s)?[A-Za-z]")
_NEXT_OF_BOTH: Final = re.compile(
    r"[\s)\];,]{0,4}(?:and|or)\s(?P<np>[A-Za-z][^().;\d]{1,60}?)\s?[(\[]"
)


def _shared(plain: str, figures: Sequence[Figure], made: Estimate) -> list[Estimate]:
    """One value of two outcomes: "2.0 for both X (95% CI ...) and Y (95% CI ...)"."""
    if made.type not in ("HR", "RR", "OR") or not _FOR_BOTH.match(plain, made.value_end):
        return []
    for index, figure in enumerate(figures):
        if figure.sort != "interval" or not figure.marked or figure.start < made.end:
            continue
        gap = _NEXT_OF_BOTH.match(plain, made.end)
        if gap is None or gap.end() != figure.start or figure.low is None or made.value is None:
            return []
        if figure.high is None or not figure.low <= made.value <= figure.high:
            return []
        return [
            replace(
                made, start=made.start, end=figure.end, label_start=None, label_end=None,
                level=figure.level, low=figure.low, high=figure.high, p=None, used=(index,),
                hint=gap.span("np"),
            )
        ]  # fmt: skip
    return []


def is_bound(plain: str, figure: Figure) -> bool:
    """Whether a number is a limit that the text sets and not a value that it found."""
    return (
        _BOUND_AFTER.match(plain, figure.end) is not None
        or (figure.family is None and _AMOUNT.match(plain, figure.end) is not None)
        or _BOUND_BEFORE.search(plain[max(0, figure.start - 16) : figure.start]) is not None
    )


def _labels_before(plain: str, figures: Sequence[Figure], index: int) -> bool:
    """Whether a label's value stands before it: "a 6% absolute increase", "23% risk reduction"."""
    if index == 0 or figures[index].name not in ("RD", "RRR", "difference"):
        return False
    value = figures[index - 1]
    gap = plain[value.end : figures[index].start]
    return value.sort == "value" and value.family == "percent" and gap == " "


def _all_used(found: Sequence[Estimate]) -> set[int]:
    return {index for each in found for index in each.used}


def _fits(name: str, figure: Figure) -> bool:
    if figure.value is None:
        return False
    if name in RATIOS:
        return (
            figure.family in (None, "fold")
            and 0 < figure.value < _LARGEST_RATIO
            and figure.n is None
        )
    if name == "RRR":
        return figure.family == "percent"
    if name == "RD":
        if (figure.unit or "").rstrip("s") in _AMOUNTS:
            return True
        return figure.family in ("percent", "per", None)
    if name == "SMD":
        return figure.family is None and abs(figure.value) < 30
    return figure.family not in ("fold", "fraction") or figure.ranged


# "the difference compared with usual care was"
_SET_AGAINST: Final = re.compile(
    r"^\s(?:compared with|versus|relative to)\s[^.;()\d]{2,40}?(?=\swas\b)"
)


def _reaches(plain: str, label: Figure, figure: Figure) -> bool:
    gap = plain[label.end : figure.start]
    if len(gap) > _REACH or gap.count("(") > gap.count(")") + 1:
        return False
    if _STOPS.search(gap) and len(gap) > 60:
        return False
    if label.name == "difference":
        gap = _SET_AGAINST.sub("", gap)
        if re.search(r"\b[Nn]o\s[^.;]{0,40}$", plain[max(0, label.start - 50) : label.start]):
            return False
        # The word alone is common: its number follows at once, "a difference of 3.1 points".
        return re.fullmatch(
            r"(?:\s?(?:in|between|for)\s[^.;()]{0,60}?)?[\s,:(=\[]*"
            r"(?:(?:was|of|is|were|estimate[ds]?)\s(?:only\s|about\s)?)?\(?", gap
        ) is not None  # fmt: skip
    return True


def _like_an_estimate(figure: Figure, figures: Sequence[Figure], interval: int | None) -> bool:
    """Without a label of its own a bare number is an estimate only with a marked interval."""
    if interval is None or figure.family is not None or figure.value is None:
        return False
    bounds = figures[interval]
    return bounds.marked and bounds.low is not None and bounds.low <= figure.value


def _made(
    plain: str,
    figures: Sequence[Figure],
    index: int,
    name: str,
    owner: Figure | None,
    label: Figure | None,
    interval: int | None,
) -> Estimate:
    figure = figures[index]
    kind, words = effect_type(name, figure.unit if figure.family != "fold" else None)
    bounds = figures[interval] if interval is not None else None
    p_index = own_p(plain, figures, interval if interval is not None else index, figure)
    used = [index]
    end = figure.end
    if interval is not None:
        used.append(interval)
        end = max(end, figures[interval].end)
    p = None
    if p_index is not None:
        used.append(p_index)
        end = max(end, figures[p_index].end)
        p = figures[p_index].words
    start = owner.start if owner is not None else figure.start
    if label is not None and "rate ratio" in label.words.lower():
        words = "rate ratio"
    low, high = (bounds.low, bounds.high) if bounds is not None else (None, None)
    bare = unmarked(plain, figure) if bounds is None and name in RATIOS else None
    if bare is not None:
        low, high, stop = bare
        end = max(end, stop)
        used += [
            at for at in range(index + 1, min(index + 4, len(figures)))
            if figures[at].start < stop and at not in used
        ]  # fmt: skip
        p_index = own_p(plain, figures, max(used), figure) if p_index is None else None
        if p_index is not None:
            used.append(p_index)
            end, p = max(end, figures[p_index].end), figures[p_index].words
    value = figure.value
    if figure.ranged:
        value, words = None, figure.words
    return Estimate(
        kind, start, end, value, figure.start, figure.end,
        owner.start if owner is not None else None,
        owner.end if owner is not None else None,
        words,
        bounds.level if bounds is not None else None,
        low, high, p, figure.unit, tuple(used),
    )  # fmt: skip
