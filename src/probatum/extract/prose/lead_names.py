"""End points named right before the bracket or colon of their values: "Nausea (53% vs 38%)".

Lists of harms are told so, in words that no list has; without this each would carry the end point
of the first, or none.
"""

import re
from typing import Final

from probatum.extract.prose.arm_words import is_an_arm
from probatum.extract.prose.phrases import Chosen, noun
from probatum.extract.prose.text import Prose

_NP: Final = r"(?P<np>[A-Za-z][\w/'-]*(?:\s[A-Za-z0-9][\w/'-]*){0,4}?)"
_BEFORE_BRACKET: Final = re.compile(
    r".*(?:^|[,;:.]\s(?:and\s|or\s)?|\b(?:and|or|were|was|included?|including|more|less|fewer|higher|lower)\s)"
    rf"{_NP}\s?[(\[]$"
)
_BEFORE_COLON: Final = re.compile(rf"(?:^|[;.]\s){_NP}:\s$")
_NO_OUTCOME: Final = re.compile(
    r"\b(?:arms?|groups?|cohorts?|patients|women|men|participants|placebo|controls?|with|without"
    r"|versus|vs|than|had|was|were|is|are|respectively|study|trial)\b",
    re.IGNORECASE,
)
_FURTHEST: Final = 90


def lead_name(prose: Prose, clause: int, start: int, last: int) -> Chosen | None:
    """The end point before values that begin at `start`, the last of them at `last`.

    Of brackets only such count that hold all the values.
    """
    plain = prose.plain
    low = max(clause, start - _FURTHEST)
    if plain[start - 1 : start] in ("(", "["):
        if last == start or any(mark in plain[start:last] for mark in ")];"):
            return None
        found = _BEFORE_BRACKET.search(plain[low:start])
    else:
        found = _BEFORE_COLON.search(plain[low:start])
    if found is None or _NO_OUTCOME.search(found["np"]) or is_an_arm(prose.arm_words, found["np"]):
        return None
    name = noun(prose, found["np"])
    if name is None:
        return None
    at = low + found.start("np")
    return Chosen(name, None, False, at, at + len(found["np"]))
