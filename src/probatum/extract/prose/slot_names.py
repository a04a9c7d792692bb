"""What the group of a value is called, by the words before it, behind it or in its brackets.

Words that stand nearest come first; a short form in brackets and a noun far behind count only where
the text has them for its groups.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.arm_names import (
    after_value,
    before_value,
    far_behind,
    names_a_group,
    tidy,
)
from probatum.extract.prose.arm_words import is_an_arm
from probatum.extract.prose.slot import Slot

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
# Without more words only a letter or a short form, and the value beside it must have one as well.
_SHORT: Final = re.compile(r"[A-Z]|[A-Z][A-Z0-9+-]{1,7}")
# "4/48 (8%) A and 25/49 (51%) B patients": names right behind their values, and a noun for both.
_FIRST_OF_BOTH: Final = re.compile(
    r"\s(?!(?:in|with|for|of|and|at|on|per|to|among|by)\s)"
    r"(?P<name>[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,3})\sand\s"
)
_LAST_OF_BOTH: Final = re.compile(
    r"\s(?!(?:in|with|for|of|and|at|on|per|to|among|by)\s)"
    r"(?P<name>[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,3}?)\s(?:patients|women|men|participants"
    r"|recipients|groups?|arms?|users)\b"
)


# "28 clots on placebo and": what was counted, and with whom
_COUNTED_IN: Final = re.compile(
    r"(?:\s(?!(?:versus|vs|compared|than|and|or|of|but|to|from)\b)[A-Za-z][\w-]*){1,6}?"
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


def with_name(
    plain: str, slots: Sequence[Slot], at: int, opens: int, closes: int, known: frozenset[str]
) -> Slot:
    """A value with the name of its group, as far as the words between the values beside it tell."""
    slot = slots[at]
    if slot.name is not None:
        return slot
    within = _name_within(plain[slot.start : slot.end], known)
    if within is not None:
        return replace(slot, name=within)
    bracketed = _NAME_IN_BRACKETS.match(plain, slot.end, closes)
    if bracketed is not None and (
        is_an_arm(known, bracketed["name"]) or _SHORT.fullmatch(bracketed["name"])
    ):
        return replace(slot, name=tidy(bracketed["name"]) or bracketed["name"], end=bracketed.end())
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
