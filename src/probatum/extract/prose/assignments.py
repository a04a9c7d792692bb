"""Which groups the people of a trial were assigned to: "assigned to X", "patients received X"."""

import re
from typing import Final

from probatum.extract.prose.arm_names import tidy
from probatum.extract.prose.text import Prose, Sentence

# What a group may be called before words around it are cut off.
NAME: Final = r"[A-Za-z0-9≤≥<>][^;:()\[\].]{1,110}?"
_ASSIGNED: Final = re.compile(
    r"\b(?:assigned|randomi[sz]ed|allocated)\sto\s(?:receive\s|undergo\s|either\s"
    r"|therapy\sthat\sincluded\s|treatment\swith\s){0,2}"
    rf"(?P<a>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:or|and\s\d+|for|as|versus|vs)\s)"
    r"|\b(?:patients|women|men|participants)\s(?:received|underwent)\s"
    rf"(?P<c>{NAME})(?=[,;:.()\[]|$|\s\s\s|\s(?:or|and\s\d+|for|as|versus|vs)\s)"
)
_GIVEN: Final = re.compile(r"assigned|andomi[sz]ed|allocated|received|underwent")


def assigned(prose: Prose, sentence: Sentence) -> list[str]:
    """Groups that patients were assigned to, in the order of the text."""
    names: list[str] = []
    if _GIVEN.search(prose.plain, sentence.start, sentence.end) is None:
        return names
    for found in _ASSIGNED.finditer(prose.unbracketed, sentence.start, sentence.end):
        name = tidy(found["a"] or found["c"])
        if name is not None:
            names.append(name)
    return names
