"""One group's value with what belongs to it: its own interval, its size, its name.

A number becomes a group's value only when it is none of the other things that numbers are: a time
of measurement, a range, a count in brackets that a share beside it says again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from probatum.extract.prose.arm_names import (
    after_value,
    before_value,
    far_behind,
    names_a_group,
    tidy,
)
from probatum.extract.prose.arm_words import is_an_arm
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.figures import unit_behind

_DOSES: Final = ("Gy", "mg/kg", "mg/m2", "mg/day", "IU")
# How many studies a figure rests on is no outcome, nor is a dose or a measure of heterogeneity.
_SOURCES: Final = frozenset(
    ["study", "studies", "trial", "trials", "centers", "centres", "sites", *_DOSES]
)
# "with 10 mg of zorgle" is a treatment.
_AMOUNTS: Final = frozenset({"mg", "g", "mcg", "µg", "μg", "mL", "ml", "IU"})
_OF_A_DRUG: Final = re.compile(r"\b(?:with|to|receiving|given|plus|taking|by|versus|vs|of)\s$")
_DRUG: Final = re.compile(r"\s(?:of\s)?(?!(?:in|with|for|and|versus|vs|at|on)\b)[a-z]{4,}")
_STATISTIC: Final = re.compile(r"\b(?:statistic,?|I ?2,?|kappa,?)[\s=]*$")
# "from 8.1% (65 mmol/mol) at baseline": before anything was given.
_AT_BASELINE: Final = re.compile(r"\s?(?:\([^()]{0,30}\)\s)?at\sbaseline\b")
_OPENS: Final = re.compile(r"[\s()\[\],;]{0,4}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A group's value with what belongs to it: its own interval, its size, its name."""

    start: int
    end: int
    value: Decimal | None
    unit: str | None
    family: str | None
    n: int | None = None
    events: int | None = None
    name: str | None = None
    index: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None


def slots_of(
    plain: str, found: Sequence[Figure], taken: frozenset[int], opens: int, closes: int,
    known: frozenset[str] = frozenset(),
) -> list[Slot]:  # fmt: skip
    """The values of a sentence's figures that no estimate has taken, each with its name."""
    slots: list[Slot] = []
    for index, figure in enumerate(found):
        if index in taken or figure.sort not in ("value", "not_reached"):
            continue
        if figure.hyphen or figure.ranged or _is_when(plain, figure, opens):
            continue
        if (figure.unit or "") in _SOURCES or _STATISTIC.search(
            plain[max(opens, figure.start - 14) : figure.start]
        ):
            continue
        if (
            figure.unit in _AMOUNTS
            and _OF_A_DRUG.search(plain[max(opens, figure.start - 12) : figure.start])
            and _DRUG.match(plain, figure.end)
        ):
            continue
        if _only_a_count(plain, figure, found) or _AT_BASELINE.match(plain, figure.end):
            continue
        family = "time" if figure.sort == "not_reached" else figure.family
        end, n, own = _belongings(plain, figure, found[index + 1 : index + 3])
        while end < closes and plain[end] in ")]":
            end += 1
        unit = figure.unit
        if family is None and plain[end - 1] in ")]" and own is None and end > figure.end + 1:
            # "12.1 (SD 3.4) mm Hg"
            end, family, unit = unit_behind(plain, end)
        slots.append(
            Slot(
                figure.start, end, figure.value, unit, family, n, figure.events, None, index,
                *((own.low, own.high, own.level) if own is not None else ()),
            )
        )  # fmt: skip
    slots = _with_their_counts(plain, slots)
    named = [_with_name(plain, slots, at, opens, closes, known) for at in range(len(slots))]
    # "20.5 months and a rate of 22% with X": the name stands behind the second value only.
    for at in range(len(named) - 1):
        this, following = named[at], named[at + 1]
        gap = plain[this.end : following.start]
        if (
            this.family != following.family
            and re.match(r"\sand\s(?:an?|the)\s", gap)
            and following.name
        ):
            named[at] = replace(this, name=following.name)
    return named


# "in the control group (": the group that a count was told of, before its share.
_OF_GROUP: Final = re.compile(
    r"(?:\s[a-z][a-z-]*){0,2}\s(?:in|on|with|for|of|among|receiving|assigned|given)\s(?:the\s)?"
    r"(?P<name>[A-Za-z][^()\[\].;:,]{0,80}?)\s?[(\[]\s?"
)


def _with_their_counts(plain: str, slots: Sequence[Slot]) -> list[Slot]:
    """Shares with the count that stands before their group: "14 in the X group (25%)"."""
    made: list[Slot] = []
    for slot in slots:
        count = made[-1] if made else None
        if (
            count is not None and count.family in ("counted", "fraction", None)
            and slot.family == "percent" and slot.events is None
            and plain[slot.end - 1] in ")]" and count.value is not None and count.value % 1 == 0
            and _OF_GROUP.fullmatch(plain[count.end : slot.start])
        ):  # fmt: skip
            name = after_value(plain, count.end, slot.start)
            name = name or far_behind(plain, count.end, slot.start)
            made[-1] = replace(
                slot, start=count.start, n=count.n or slot.n, name=name, events=int(count.value)
            )
            continue
        made.append(slot)
    return made


def _belongings(
    plain: str, figure: Figure, behind: Sequence[Figure]
) -> tuple[int, int | None, Figure | None]:
    """Where a value ends with what belongs to it, its group's size and its own interval."""
    end, n = figure.end, figure.n
    own: Figure | None = None
    for other in behind:
        if other.sort in ("interval", "spread") and _OPENS.fullmatch(plain[end : other.start]):
            end = other.end
            if other.sort == "interval":
                own = own or other
        elif (
            other.sort == "size"
            and re.search(r"[(,;]\s?$", plain[end : other.start])
            and other.start - end < 90
        ):
            n = other.n
        else:
            break
    return end, n, own


def _only_a_count(plain: str, figure: Figure, found: Sequence[Figure]) -> bool:
    """Whether a number in brackets says again what a share beside it says: "2.7% (23 people)"."""
    if figure.family not in (None, "counted"):
        return False
    alone = plain[figure.start - 1 : figure.start] in ("(", "[") and plain[
        figure.end : figure.end + 1
    ] in (")", "]")
    return alone and any(f.family == "percent" for f in found)


_WHEN: Final = re.compile(
    r"\b(?:at|after|by|over|within|for|during|every|follow-up (?:of|was|time of|time was|period of"
    r"|to)|follow-up, |followed for"
    r"|(?:median|mean) (?:time(?!s? to)|age|duration(?! of (?:response|remission|survival)))"
    r"[^.;()]{0,30}"
    r"|age(?:d)?(?: of)?|first|last|past|next"
    r"|than|least"
    r"|(?:at|after|by|over|within|for|during|of) (?:about|approximately)|extended to|period of"
    r"|older than|from|for (?:a|an) (?:median|mean|average) of)\s$",
    re.IGNORECASE,
)


# "conducted 16 months after the last patient", "3 years later"
_AFTERWARDS: Final = re.compile(r"\s(?:after|before|following|later|ago|earlier)\b")
_FOLLOWED: Final = re.compile(r"\b(?:follow-?up)[^.;,()%]{0,40}$", re.IGNORECASE)
# "prolonged from 35 months with X to 50 months with Y"
_FROM: Final = re.compile(r"\bfrom\s$")
_ON_TO: Final = re.compile(r"\s?(?:(?:with|for|in|on)\s[^.;()\d]{2,50}\s)?to\s(?:a\s|about\s)?\d")
# "favored X, at 22.4 months versus 13.1 months"
_AT: Final = re.compile(r"\bat\s$", re.IGNORECASE)
_AGAINST: Final = re.compile(r"\s?(?:versus|vs\.?|v\.?|compared with)\s\d")


def _is_when(plain: str, figure: Figure, opens: int) -> bool:
    """Whether a stretch of time says when, not how long: "at 5 years", "follow-up of 41 months"."""
    if figure.family != "time":
        return False
    before = plain[max(opens, figure.start - 45) : figure.start]
    behind = plain[figure.end : figure.end + 80]
    if _FOLLOWED.search(before) or _AFTERWARDS.match(behind):
        return True
    if _FROM.search(before):
        return _ON_TO.match(behind) is None
    if _AT.search(before) and _AGAINST.match(behind):
        return False
    return _WHEN.search(before) is not None


# "(16% laparoscopic vs. 18% open; HR ...": names right behind their values, and nothing between.
_FIRST_OF_TWO: Final = re.compile(
    r"\s(?!(?:in|with|for|of|and|at|on|per|to)\s)(?P<name>[A-Za-z][^()\[\];:,.\d]{1,40}?)\s"
    r"(?:vs\.?|versus|v\.?)\s$"
)
_LAST_OF_TWO: Final = re.compile(
    r"\s(?!(?:in|with|for|of|and|at|on|per|to|points?)\s)"
    r"(?P<name>[A-Za-z][^()\[\];:,.\d]{1,40}?)(?=[;,)\]])"
)


def _direct(plain: str, slots: Sequence[Slot], at: int, closes: int) -> str | None:
    """The name right behind a value, where the value beside it has one as well."""
    first = at if at + 1 < len(slots) else at - 1
    for place in (first, at - 1):
        if place < 0 or place + 1 >= len(slots):
            continue
        one, two = slots[place], slots[place + 1]
        ahead = _FIRST_OF_TWO.fullmatch(plain[one.end : two.start])
        last = _LAST_OF_TWO.match(plain, two.end, closes) if ahead is not None else None
        if ahead is None and _FIRST_OF_BOTH.fullmatch(plain[one.end : two.start]):
            ahead = _FIRST_OF_BOTH.fullmatch(plain[one.end : two.start])
            last = _LAST_OF_BOTH.match(plain, two.end, closes)
        if ahead is not None and last is not None:
            return tidy((ahead if place == at else last)["name"])
    return None


# "23 weeks (IT)": the group's name in brackets behind its value.
_NAME_IN_BRACKETS: Final = re.compile(
    r"\s?[(\[]\s?(?:the\s)?(?P<name>[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,3})\s?[)\]]"
)
# "4/48 (8%) A and 25/49 (51%) B patients": names right behind their values, and a noun for both.
_FIRST_OF_BOTH: Final = re.compile(r"\s(?P<name>[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,3})\sand\s")
_LAST_OF_BOTH: Final = re.compile(
    r"\s(?P<name>[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,3}?)\s(?:patients|women|men|participants"
    r"|recipients|groups?|arms?|users)\b"
)


# "28 clots on placebo and": what was counted, and with whom
_COUNTED_IN: Final = re.compile(
    r"(?:\s(?!(?:versus|vs|compared|than|and|or|of|but|to|from)\b)[A-Za-z][\w-]*){1,4}?"
    r"\s(?:on|in|with|for|among|receiving)\s(?:the\s)?"
    r"(?P<name>[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,4}?)(?=[,;()]|\s(?:and|versus|vs|compared|but)\s|\.?$)"
)


# "2 patients assigned X (1.1%)", "Three X patients (3.4%)"
_WHO: Final = (
    r"(?:patients?|women|woman|men|man|participants?|children|people|individuals?|subjects?)"
)
_COUNT_OF_GIVEN: Final = re.compile(
    rf"[\w,-]+\s{_WHO}\s(?:assigned|given|receiving|taking|on|in|with)\s(?P<name>[^()\[\]]+?)\s?[(\[]"
)
_COUNT_OF_NAMED: Final = re.compile(rf"[\w,-]+\s(?P<name>[^()\[\]]+?)\s{_WHO}\s?[(\[]")


def _name_within(words: str, known: frozenset[str]) -> str | None:
    """The name of one of the text's groups between a count and its share."""
    found = _COUNT_OF_GIVEN.match(words) or _COUNT_OF_NAMED.match(words)
    name = tidy(found["name"]) if found is not None else None
    return name if name is not None and is_an_arm(known, name) else None


def _with_name(
    plain: str, slots: Sequence[Slot], at: int, opens: int, closes: int, known: frozenset[str]
) -> Slot:
    slot = slots[at]
    if slot.name is not None:
        return slot
    within = _name_within(plain[slot.start : slot.end], known)
    if within is not None:
        return replace(slot, name=within)
    bracketed = _NAME_IN_BRACKETS.match(plain, slot.end, closes)
    if bracketed is not None and is_an_arm(known, bracketed["name"]):
        return replace(slot, name=tidy(bracketed["name"]), end=bracketed.end())
    stop = min(closes, slots[at + 1].start if at + 1 < len(slots) else closes)
    direct = _direct(plain, slots, at, closes)
    if direct is not None:
        return replace(slot, name=direct)
    behind = after_value(plain, slot.end, stop)
    if behind is not None and names_a_group(plain[slot.end : min(stop, slot.end + 110)]):
        return replace(slot, name=behind)
    start = max(opens, slots[at - 1].end if at else opens)
    before = before_value(plain, start, slot.start, alone=plain[slot.end - 1] in ")]")
    name = before or behind or far_behind(plain, slot.end, stop)
    if name is None:
        counted = _COUNTED_IN.match(plain, slot.end, stop)
        last = tidy(counted["name"]) if counted is not None else None
        name = last if last is not None and is_an_arm(known, last) else None
    return replace(slot, name=name)
