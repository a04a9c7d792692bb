"""The values of a sentence that may be a group's, each with what belongs to it.

A number becomes a group's value only when it is none of the other things that numbers are: a time
of measurement, a range, a count in brackets that a share beside it says again.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.arm_names import (
    after_value,
    far_behind,
)
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.figures import unit_behind
from probatum.extract.prose.slot import Slot
from probatum.extract.prose.slot_names import with_name

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
        if family is None and plain[end - 1] in ")]" and end > figure.end + 1:
            # "12.1 (SD 3.4) mm Hg", "12 (8-16) mg"
            end, family, unit = unit_behind(plain, end)
        slots.append(
            Slot(
                figure.start, end, figure.value, unit, family, n, figure.events, None, index,
                *((own.low, own.high, own.level) if own is not None else ()),
            )
        )  # fmt: skip
    slots = _with_their_counts(plain, slots)
    named = [with_name(plain, slots, at, opens, closes, known) for at in range(len(slots))]
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


_WITH_VALUE: Final = re.compile(r"[,;]\s?\d[\d.]*\s?%")


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
            # "(n = 14, 35%)" is of the next value
            and not _WITH_VALUE.match(plain, other.end)
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
