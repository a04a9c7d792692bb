"""What a held text cites for a sentence: the entries of its own list of references.

A guideline gives the trial behind a sentence as a number in brackets, and the entry of that number
stands in the next list of references. The held text keeps the order of a list and not its numbers,
so an entry counts only where the list has exactly as many entries as the highest number cited in
the part before it: a list with a line too many would lend the sentence another's trial.
"""

import re
from collections.abc import Iterator
from typing import Final

from probatum.evidence.claim import Anchor
from probatum.library.held import HeldDocument
from probatum.library.library import Library

_NUMBERS = re.compile(r"\[(\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3}){0,20})\]")
_LIST = re.compile(r"\n(?:References?|Bibliography|Literature cited|Works cited)[.:]?\n")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Characters that a part with its list may have; a longer text has its list somewhere else.
_PART: Final = 400_000
# An entry is shorter than this, and a sentence that cites more entries rests on no one trial.
_ENTRY: Final = 1_000
_MOST: Final = 3
# Numbers have three digits at most.
_LONGEST_LIST: Final = 1_000


def cited_there(document: HeldDocument, start: int, end: int, library: Library) -> Anchor | None:
    """The entries that `text[start:end]` cites, if they stand together; None where not sure."""
    text = library.text(document.edition) or ""
    numbers = sorted(set(_cited(text[start:end])))
    if (
        not numbers
        or numbers[0] < 1
        or len(numbers) > _MOST
        or numbers[-1] - numbers[0] >= len(numbers)
    ):
        return None
    head = _LIST.search(text, end, min(len(text), end + _PART))
    if head is None:
        return None
    before = 0
    for other in _LIST.finditer(text, max(0, start - _PART), start):
        before = other.end()
    entries = _entries(text, head.end())
    if len(entries) != max(_cited(text[before : head.start()])):
        return None
    first, last = entries[numbers[0] - 1], entries[numbers[-1] - 1]
    return Anchor(
        source=document.source,
        edition=document.edition,
        locator=head.group().strip(),
        quote=text[first[0] : last[1]],
        start=first[0],
        end=last[1],
    )


def _cited(text: str) -> Iterator[int]:
    for match in _NUMBERS.finditer(text):
        for part in match.group(1).split(","):
            bounds = [int(each) for each in re.split(r"[\u2013-]", part)]
            yield from range(bounds[0], min(bounds[-1], 999) + 1)


def _entries(text: str, at: int) -> list[tuple[int, int]]:
    """The lines from a place on that look like entries: not too long, and with a year."""
    found: list[tuple[int, int]] = []
    while at < len(text) and len(found) < _LONGEST_LIST:
        stop = text.find("\n", at, at + _ENTRY)
        end = len(text) if stop < 0 and len(text) - at < _ENTRY else stop
        if end < 0 or not _YEAR.search(text, at, end):
            break
        found.append((at, end))
        at = end + 1
    return found
