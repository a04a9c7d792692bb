"""How many people a group had, where the text says it once: "to fictivir (n = 120) or placebo".

The number is taken for every result that names the group in the same words, unless the text gives
the group two sizes, or the result is of some of the people only. Counts of events are printed in
the same way, so only sentences that share people out are read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from probatum.extract.prose.text import Prose
from probatum.extract.result import Arm, ExtractedResult

_SIZE: Final = re.compile(
    r"\s?[(\[](?:[nN]\s?=\s?(?P<n>\d[\d,]{0,7})"
    r"|(?P<people>\d[\d,]{0,7})\s(?:patients|participants|women|men|children|subjects|individuals"
    r"|persons|adults|infants))[)\]]"
)
_SHARED_OUT: Final = re.compile(
    r"\b(?:randomi[sz]\w*|assign\w*|allocat\w*|divided|enrol\w*|recruit\w*|received|treated with"
    r"|(?:two|three|four|2|3|4) (?:groups|arms))\b",
    re.IGNORECASE,
)
_NOUN: Final = re.compile(r"(?:\s|-)(?:arm|group|cohort|therapy|treatment|alone)$")
# Longer names are clauses, and no text repeats them.
_LONGEST_NAME: Final = 80


def with_sizes(ready: Prose, found: Sequence[ExtractedResult]) -> list[ExtractedResult]:
    """The results, their groups with the sizes that the text gives them elsewhere."""
    if not found:
        return []
    sizes = _sizes(ready)
    if not sizes:
        return list(found)
    return [
        each
        if each.population is not None
        else replace(each, arms=tuple(_sized(arm, sizes) for arm in each.arms))
        for each in found
    ]


def _sized(arm: Arm, sizes: Sequence[tuple[str, int]]) -> Arm:
    if arm.n is not None or not arm.name or len(arm.name) > _LONGEST_NAME:
        return arm
    name = _bare(arm.name)
    told = {size for words, size in sizes if _ends_in(words, name)}
    return replace(arm, n=told.pop()) if len(told) == 1 else arm


def _ends_in(words: str, name: str) -> bool:
    """Whether words end in a name, and not in a part of a longer word."""
    before = words.removesuffix(name)
    return words.endswith(name) and (not before or before[-1] in " /(-")


def _bare(words: str) -> str:
    """A group's name in small letters, without the noun behind it."""
    small = words.lower().rstrip()
    noun = _NOUN.search(small)
    return small[: noun.start()] if noun is not None else small


def _sizes(ready: Prose) -> list[tuple[str, int]]:
    """The words before each size, and the size; of sentences that share people out."""
    told: list[tuple[str, int]] = []
    for sentence in ready.sentences:
        if not _SHARED_OUT.search(ready.plain, sentence.start, sentence.end):
            continue
        for size in _SIZE.finditer(ready.plain, sentence.start, sentence.end):
            before = ready.plain[max(sentence.start, size.start() - _LONGEST_NAME) : size.start()]
            number = int((size["n"] or size["people"]).replace(",", ""))
            told.append((_bare(before), number))
    return told
