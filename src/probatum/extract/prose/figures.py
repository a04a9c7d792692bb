"""The figures of a sentence in order: labels, values, intervals, P values, group sizes.

What a number is (an estimate, a group's value, a bound, a time point) is decided by what stands
around it, so first every figure is found with its kind and only then are they put together.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final, Literal

from probatum.extract.prose.patterns import FIGURE, LABELS
from probatum.extract.prose.printed import decimal, p_value
from probatum.extract.prose.text import Prose, Sentence

Sort = Literal["label", "value", "interval", "spread", "p", "size", "not_reached"]
# No sentence tells more; what does is a table or a list that lost its line ends.
_MOST: Final = 120
_LARGEST_YEAR: Final = 2100
_FIRST_YEAR: Final = 1900
_WORDS: Final = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
]  # fmt: skip
# What stands before a number that says when, who or which, and never what came out.
_NO_OUTCOME: Final = re.compile(
    r"(?:\b(?:aged?|ages|older than|younger than|stages?|grades?|type|types|phase|class|group|arm"
    # "week 12", but "at 24 weeks 12 of 40"
    r"|cycles?|(?<!\d )(?:days?|weeks?|months?|years?)|level|levels|chapter|table|figure"
    r"|fig\.?|version|part|line|codons?|exons?|score of|cutoff of|threshold of|every|each|until"
    r"|since|schedule of|margin of|ECOG|PS|tiers?|number|no\.|versions?)\s*"
    r"|[<>≤≥]=?\s*|\bCPS\b[^.;]{0,5}|PD-L1[^.;]{0,25}|between ages \w* ?)$",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"\s(?:out\s)?of\s(?:the\s)?")
_AFTER_OF: Final = re.compile(r"\s?(?:out )?of\s(?:the\s)?$|/$|\s?/\s?$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; which fields are filled depends on its sort.

    A value has `value` and `unit` ("%", "months", "deaths", None); `hyphen` says "5-year", `ranged`
    "10-20%". An interval has bounds and perhaps a level; `marked` says that words name it. A label
    has `name` (a type of estimate).
    """

    sort: Sort
    start: int
    end: int
    value: Decimal | None = None
    unit: str | None = None
    family: str | None = None
    hyphen: bool = False
    ranged: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None
    marked: bool = False
    name: str = ""
    words: str = ""
    n: int | None = None
    events: int | None = None


def figures(prose: Prose, sentence: Sentence) -> list[Figure]:
    """The figures of a sentence, none overlapping another; of a table in one line its first."""
    return list(_joined(prose, list(islice(_scanned(prose, sentence), _MOST))))


def _scanned(prose: Prose, sentence: Sentence) -> Iterator[Figure]:
    plain = prose.plain
    for found in FIGURE.finditer(plain, sentence.start, sentence.end):
        groups = found.groupdict()
        start, end = found.span()
        if groups["pvalue"]:
            yield Figure(
                "p", start, end, words=p_value(groups), name=(groups["ptag"] or "").lower()
            )
        elif groups["open"] or groups["spreads"]:
            yield Figure("spread", start, end)
        elif groups["ci"] or groups["bare"]:
            interval = _interval(groups, start, end)
            if interval is not None:
                yield interval
        elif groups["label"]:
            name = next(name for name in LABELS if groups[f"l_{name}"])
            yield Figure("label", start, end, name=name, words=plain[start:end])
        elif groups["size"]:
            yield Figure("size", start, end, n=int(groups["n"].replace(",", "")))
        elif groups["reached"]:
            yield Figure("not_reached", start, end)
        elif groups["word"]:
            yield Figure(
                "value", start, max(end, found.end("wordunit")),
                value=Decimal(_WORDS.index(groups["word"].lower())),
                unit=groups["wordunit"], family="counted" if groups["wordunit"] else None,
                words=groups["word"],
            )  # fmt: skip
        else:
            value = _value(plain, groups, start, end, sentence.start)
            if value is not None:
                yield value


def _interval(groups: dict[str, str | None], start: int, end: int) -> Figure | None:
    marked = groups["ci"] is not None
    low = decimal((groups["low"] if marked else groups["blow"]) or "")
    high = decimal((groups["high"] if marked else groups["bhigh"]) or "")
    if low is None or high is None:
        return None
    level = groups["level"] or groups["level2"]
    if low > high:
        # "-0.5--0.1" whose second minus was read as the dash of a range.
        low, high = (-high, low) if high >= 0 and -high >= low else (low, high)
    return Figure(
        "interval", start, end, low=low, high=high, marked=marked,
        level=decimal(level) if level else None,
    )  # fmt: skip


def _value(
    plain: str, groups: dict[str, str | None], start: int, end: int, opens: int
) -> Figure | None:
    number = decimal(groups["digits"] or "")
    if number is None:
        return None
    family = next(
        (f for f in ("percent", "time", "fold", "per", "counted", "measure") if groups[f]), None
    )
    unit = groups[family] if family else None
    if family == "percent":
        unit = "%"
    before = plain[max(opens, start - 30) : start]
    if family is None:
        whole = number == number.to_integral_value()
        if whole and _FIRST_YEAR <= number < _LARGEST_YEAR and "," not in (groups["digits"] or ""):
            return None
    if family not in ("percent",) and _NO_OUTCOME.search(before):
        return None
    return Figure(
        "value", start, end,
        value=-number if groups["sign"] else number, unit=unit, family=family,
        hyphen=(groups["hyphen"] or groups["shared"]) is not None,
        ranged=groups["range"] is not None,
        words=(groups["digits"] or "") + (groups["range"] or ""),
    )  # fmt: skip


def _joined(prose: Prose, found: list[Figure]) -> Iterator[Figure]:
    """Counts and their share as one value: "19 of 78 (24%)", "24% (19 of 78)", "19 (24%)"."""
    at = 0
    while at < len(found):
        step, figure = _joined_at(prose.plain, found, at)
        yield figure
        at += step


def _joined_at(plain: str, found: list[Figure], at: int) -> tuple[int, Figure]:
    first = found[at]
    if first.sort != "value" or first.hyphen or first.ranged:
        return 1, first
    fraction = _fraction(plain, found, at)
    if fraction is not None:
        events, size, used = fraction
        end = found[at + used - 1].end
        if at + used < len(found):
            share = found[at + used]
            gap = plain[end : share.start]
            if share.family == "percent" and len(gap) < 25 and re.search(r"[(\[,;]\s?$", gap):
                close = share.end + (plain[share.end : share.end + 1] in (")", "]"))
                return used + 1, _share(share, first.start, close, events, size)
        if size:
            return used, Figure(
                "value", first.start, end, value=Decimal(events),
                unit=_counted(plain, end, found, at),
                family="fraction", n=size, events=events,
            )  # fmt: skip
    if first.family == "percent":
        return _percent_with_counts(plain, found, at)
    if first.family in (None, "counted") and at + 1 < len(found):
        share = found[at + 1]
        gap = plain[first.end : share.start]
        if share.family == "percent" and re.fullmatch(r"(?:\s[a-z]+){0,3}\s?[(\[]\s?", gap):
            close = share.end + (plain[share.end : share.end + 1] in (")", "]"))
            if first.value is not None and first.value == first.value.to_integral_value():
                of, used, end = _size_behind(plain, found, at + 2, close)
                return 2 + used, _share(share, first.start, end, int(first.value), of)
    return 1, first


def _size_behind(plain: str, found: list[Figure], at: int, end: int) -> tuple[int | None, int, int]:
    """ "62 (41%) of 150 patients": the size, how many figures it took, and where it ends."""
    if at >= len(found) or not _OF.fullmatch(plain[end : found[at].start]):
        return None, 0, end
    size = found[at].value
    if found[at].family not in (None, "counted") or size is None or size % 1:
        return None, 0, end
    return int(size), 1, found[at].end


def _counted(plain: str, end: int, found: list[Figure], at: int) -> str:
    """What a fraction counts: the noun that goes with its numbers, else people."""
    for figure in found[at : at + 2]:
        if figure.unit is not None and figure.end <= end:
            return figure.unit
    noun = re.compile(r"\s(?:[a-z]+\s)?(patients|women|men|children|participants|people)\b")
    found_noun = noun.match(plain, end)
    return found_noun[1] if found_noun is not None else "patients"


def _share(share: Figure, start: int, end: int, events: int | None, size: int | None) -> Figure:
    return Figure(
        "value", start, end, value=share.value, unit="%", family="percent", ranged=share.ranged,
        words=share.words, n=size, events=events,
    )  # fmt: skip


def _fraction(plain: str, found: list[Figure], at: int) -> tuple[int, int, int] | None:
    """Events, group size and how many figures "19 of 78" or "19/78" took."""
    first = found[at]
    slash = re.compile(r"/\s?(\d[\d,]*)").match(plain, first.end)
    if first.value is None or first.value != first.value.to_integral_value():
        return None
    if slash is not None and first.family is None:
        size = int(slash[1].replace(",", ""))
        return (int(first.value), size, 1) if 0 <= first.value <= size else None
    if at + 1 >= len(found):
        return None
    second = found[at + 1]
    if second.sort != "value" or second.value is None or second.family not in (None, "counted"):
        return None
    if not _AFTER_OF.fullmatch(plain[first.end : second.start]) or first.family == "percent":
        return None
    if second.value != second.value.to_integral_value() or not 0 <= first.value <= second.value:
        return None
    return int(first.value), int(second.value), 2


def _of_thousand(figure: Figure) -> tuple[int, int, int] | None:
    """ "12.3% (123/1000)": a count of so many people, although "/1000" is a unit elsewhere."""
    size = re.fullmatch(r"/ ?([\d,]+)", figure.unit or "") if figure.family == "per" else None
    if size is None or figure.value is None or figure.value != figure.value.to_integral_value():
        return None
    return int(figure.value), int(size[1].replace(",", "")), 1


def _percent_with_counts(plain: str, found: list[Figure], at: int) -> tuple[int, Figure]:
    """ "24% (19 of 78)", "24% (n = 19)", "24% [19/78]": the counts belong to the share."""
    first = found[at]
    if at + 1 >= len(found):
        return 1, first
    gap = plain[first.end : found[at + 1].start]
    if not re.fullmatch(r"\s?[(\[]\s?", gap):
        if re.fullmatch(r"\sof\s(?:the\s)?", gap) and found[at + 1].family in (None, "counted"):
            size = found[at + 1].value
            if size is not None and size == size.to_integral_value():
                return 2, _share(first, first.start, found[at + 1].end, None, int(size))
        return 1, first
    fraction = _fraction(plain, found, at + 1) if found[at + 1].sort == "value" else None
    if fraction is None:
        fraction = _of_thousand(found[at + 1])
    if fraction is not None:
        events, size_, used = fraction
        last = found[at + used]
        end = plain.find(")", last.end, last.end + 30)
        end = end + 1 if end >= 0 else last.end
        return used + 1, _share(first, first.start, end, events, size_)
    return 1, first
