"""How many groups trials have, side by side: "both are single-arm", "more cohorts than"."""

import re
from collections.abc import Sequence

from probatum.checks.registry.amount import NUMBER_WORDS
from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import Place
from probatum.checks.registry.wording import has

_GROUPS = r"(?:\w+ ){0,2}(?:groups|arms|cohorts|interventions)\b"
_SAME = re.compile(rf"\b(?P<way>same|equal|different) (?:number|amount)s? of {_GROUPS}", re.I)
_MORE = re.compile(
    rf"(?:\b(?P<by>\d{{1,2}}|{'|'.join(NUMBER_WORDS)}) )?\b(?P<way>more|fewer|less) {_GROUPS}"
    r".{0,20}\bthan\b",
    re.IGNORECASE,
)
# "A two-arm trial": in the singular, so not "two arms", which may be some of several.
_ARMED = re.compile(
    r"\b(?P<number>single(?=[- ])|one(?=-)|two(?=-)|three(?=-)|four(?=-)|five(?=-)|six(?=-))[- ]"
    r"(?:arm(?:ed)?|group|cohort)\b(?! \d)",
    re.IGNORECASE,
)


def judge_group_numbers(
    clause: str, sections: tuple[Section, ...], where: Sequence[Place]
) -> bool | None:
    """Whether the numbers of groups are as the clause says; None where it says nothing of them."""
    trials = list(dict.fromkeys(place.trial for place in where))
    held = [len(sections[trial].groups) for trial in trials]
    if not held or not all(held):
        return None
    denied = has("denies", clause)
    armed = _ARMED.search(clause)
    if armed is not None and all(place.group is None for place in where):
        word = armed["number"].lower()
        number = NUMBER_WORDS.get(word, 1)
        return all(each == number for each in held) != denied
    same, more = _SAME.search(clause), _MORE.search(clause)
    if len(held) != 2:
        return None
    gap = held[0] - held[1]
    if same is not None:
        return ((gap == 0) == (same["way"].lower() != "different")) != denied
    if more is None:
        return None
    gap = gap if more["way"].lower() == "more" else -gap
    by = (more["by"] or "").lower()
    wanted = NUMBER_WORDS.get(by, int(by) if by.isdigit() else 0)
    return (gap == wanted if wanted else gap > 0) != denied
