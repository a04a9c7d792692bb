"""Counts and the share that says them again, as one value: "19 of 78 (24%)", "24% (19 of 78)".

Read apart they would be two results of the same thing, and the count of one group could be set
beside the share of the other.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from probatum.extract.prose.figure import Figure
from probatum.extract.prose.text import Prose

_OF: Final = re.compile(r"\s(?:out\s)?of\s(?:the\s)?")
_AFTER_OF: Final = re.compile(r"\s?(?:out )?of\s(?:the\s)?$|/$|\s?/\s?$")


# "19 (24%)", "19 X patients (24%)"
_BEFORE_SHARE: Final = re.compile(r"(?:\s[A-Za-z][\w-]*){0,3}\s?[(\[]\s?")
# "(12 studies)" behind a share says where it comes from.
_SIZE_NOUN: Final = re.compile(r"stud|trial|cent|hospital|famil|cycle|dose|site|gene|codon|point")


def joined(prose: Prose, found: list[Figure]) -> Iterator[Figure]:
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
    fraction = _fraction(plain, found, at) or _of_hundred(plain, found, at)
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
        if share.family == "percent" and _BEFORE_SHARE.fullmatch(gap):
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


def _of_hundred(plain: str, found: list[Figure], at: int) -> tuple[int, int, int] | None:
    """ "29/100 (29%)": a count of so many people, where the share behind it says so."""
    counts = _of_thousand(found[at])
    if counts is None or at + 1 >= len(found) or found[at + 1].family != "percent":
        return None
    return (
        counts if re.fullmatch(r"\s?[(\[]\s?", plain[found[at].end : found[at + 1].start]) else None
    )


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
    inside = found[at + 1]
    if (
        fraction is None and inside.family == "counted" and inside.value is not None
        and inside.value % 1 == 0 and plain[inside.end : inside.end + 1] in (")", "]")
        and not _SIZE_NOUN.search(inside.unit or "")
    ):  # fmt: skip
        # "7.8% (10 events)"
        return 2, _share(first, first.start, inside.end + 1, int(inside.value), None)
    if fraction is not None:
        events, size_, used = fraction
        last = found[at + used]
        end = plain.find(")", last.end, last.end + 30)
        end = end + 1 if end >= 0 else last.end
        return used + 1, _share(first, first.start, end, events, size_)
    return 1, first
