"""Groups told one a sentence: "The rate was 35% in the A group. In the B group, it was 26%."

A value that stands alone in its sentence is no comparison. Two of them in neighbouring sentences
are one where the end point and the time are the same and the groups are not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from probatum.extract.prose.arm_groups import Group
from probatum.extract.prose.assemble import Unit
from probatum.extract.prose.context import timepoint
from probatum.extract.prose.endpoints import mentions
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.phrases import Chosen
from probatum.extract.prose.slot import Slot
from probatum.extract.prose.slots import slots_of
from probatum.extract.prose.text import Prose, Sentence

_PEOPLE: Final = re.compile(r"\b(?:arm|group|received|receiving|treated|assigned)\b")
_FAMILIES: Final = frozenset({"time", "percent"})


@dataclass(frozen=True, slots=True)
class Lone:
    """A named group's value that its sentence sets beside no other."""

    slot: Slot
    chosen: Chosen
    when: str | None


def lone_values(
    prose: Prose, sentence: Sentence, seen: Sequence[Figure], taken: frozenset[int]
) -> list[Lone]:
    """The values of one group each that a sentence without a comparison tells."""
    if _PEOPLE.search(prose.plain, sentence.start, sentence.end) is None:
        return []
    if not any(f.sort == "not_reached" or f.family in _FAMILIES for f in seen):
        return []
    named = [m for m in mentions(prose, sentence) if m.more_is_good]
    found: list[Lone] = []
    opens, name = sentence.start, None
    for slot in slots_of(prose.plain, seen, taken, sentence.start, sentence.end):
        name = slot.name or name
        about = next((m for m in reversed(named) if m.end <= slot.start), None)
        if slot.family in _FAMILIES and name is not None and about is not None:
            when = timepoint(prose, sentence, opens, slot.start, slot.end, slot.end)
            found.append(Lone(replace(slot, name=name), Chosen.of(about), when))
        opens = slot.end
    return found


def together(
    before: Sequence[Lone], here: Sequence[Lone], units: Sequence[Unit], sentence: Sentence
) -> list[Unit]:
    """Units of lone values of two sentences; a ratio of the second without groups gets them."""
    pairs = [
        (one, other)
        for other in here
        for one in before
        if one.chosen.name == other.chosen.name
        and one.when == other.when
        and one.slot.family == other.slot.family
        and one.slot.name != other.slot.name
    ]
    made = []
    for one, other in pairs:
        start = min(one.slot.start, one.chosen.start or one.slot.start)
        slots = (one.slot, replace(other.slot, unit=other.slot.unit or one.slot.unit))
        group = Group(slots, None, None)
        ratio = next((u for u in units if u.estimate is not None and u.group is None), None)
        if ratio is not None and len(pairs) == 1:
            ratio.group, ratio.start, ratio.when = group, start, ratio.when or other.when
            continue
        made.append(
            Unit(
                None, group, start, other.slot.end, clause=one.slot.start,
                following=other.slot.end, sentence=sentence,
                chosen=replace(other.chosen, start=None, end=None), when=other.when,
            )
        )  # fmt: skip
    return made
