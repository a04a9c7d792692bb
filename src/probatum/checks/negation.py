"""What a sentence denies, its record denies; what the record denies, the sentence does not assert.

Losing a "not" is the smallest change that turns advice round. The words that a negator covers are
compared between the sentence and the curator's own wordings. It cannot see negation by meaning
("fails to", "free of") except where a phrase list has it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from probatum.checks.held import Held
from probatum.checks.reading import Reading, stem
from probatum.terms.words import STOPWORDS

_NEGATORS = frozenset(
    [
        "no",
        "not",
        "never",
        "without",
        "cannot",
        "nor",
        "neither",
        "none",
        "don",
        "doesn",
        "didn",
        "isn",
        "aren",
        "wasn",
        "weren",
        "hasn",
        "haven",
        "shouldn",
        "mustn",
        "won",
        "wouldn",
    ]
)
_BOUNDARY = re.compile(r"[.,;:()!?]|\b(?:but|unless|if|when|because|although|while|and|or)\b")
# "not only", "no more than": the negator denies nothing.
_MEASURE = r"(?:more|less|fewer|later|longer|earlier|greater|higher|lower)(?: often)? than"
_IDLE = re.compile(
    rf"\b(?:not only|no {_MEASURE}|not {_MEASURE}"
    r"|not exceed\w*|with or without|whether or not|and/or not|no\. ?\d+)\b",
    re.IGNORECASE,
)
_WIDE = 5
_MOST = 4096
_wordings: dict[str, "Polarity"] = {}


@dataclass(frozen=True, slots=True)
class Polarity:
    """Content words of a text: all, those asserted, those next to a negator, those it may cover."""

    asserted: frozenset[str]
    denied: frozenset[str]
    covered: frozenset[str]
    negators: int


def polarity(reading: Reading) -> Polarity:
    """Which words a text asserts and which it denies."""
    said, negators = _said(reading)
    return Polarity(
        frozenset(key for key, left in said if not left),
        frozenset(key for key, left in said if left == _WIDE),
        frozenset(key for key, left in said if left),
        negators,
    )


def pairs(reading: Reading, *, denied: bool) -> frozenset[tuple[str, str]]:
    """The content words that follow each other in what a text denies, or in what it asserts."""
    said, _ = _said(reading)
    return frozenset(
        (one, other)
        for (one, before), (other, left) in pairwise(said)
        if (0 < left < before if denied else not left and not before)
    )


def _said(reading: Reading) -> tuple[list[tuple[str, int]], int]:
    """The content words in order, each with how far a negator still reaches; and the negators."""
    idle = [m.span() for m in _IDLE.finditer(reading.text)]
    said: list[tuple[str, int]] = []
    left = 0
    negators = 0
    end = 0
    for word in reading.words:
        if _BOUNDARY.search(reading.text[end : word.end].lower()) and left:
            left = 0
        end = word.end
        lower = word.text.lower()
        if lower in _NEGATORS and not any(s <= word.start < e for s, e in idle):
            left = _WIDE
            negators += 1
            continue
        if lower in STOPWORDS or lower == "t" or not word.text[0].isalpha():
            continue
        said.append((stem(word.text), left))
        left = max(left - 1, 0)
    return said, negators


def negators_in(reading: Reading, start: int, end: int) -> int:
    """How often a part of a text denies."""
    idle = [m.span() for m in _IDLE.finditer(reading.text)]
    return sum(
        word.text.lower() in _NEGATORS and not any(s <= word.start < e for s, e in idle)
        for word in reading.words
        if start <= word.start < end
    )


def _of_record(wording: Reading) -> Polarity:
    """The polarity of a record's wording, which every claim on the record asks for."""
    known = _wordings.get(wording.text)
    if known is None:
        if len(_wordings) >= _MOST:
            _wordings.clear()
        known = _wordings[wording.text] = polarity(wording)
    return known


def negation_fault(reading: Reading, records: list[Held]) -> str | None:
    """None when some wording of the records denies and asserts as the sentence does."""
    told = polarity(reading)
    held = [_of_record(wording) for record in records for wording in record.readings]
    asserted = frozenset[str]().union(*(p.asserted for p in held))
    covered = frozenset[str]().union(*(p.covered for p in held))
    if told.negators and not any(p.negators for p in held):
        return "the sentence denies something and the record denies nothing"
    # Each record by its most denying wording; a denial of a denial turns the sentence round.
    most = sum(max(_of_record(w).negators for w in record.readings) for record in records)
    if told.negators > most:
        return "the sentence denies more than the records do"
    wrong = {w for w in told.denied if w in asserted and w not in covered}
    if wrong:
        return f"the sentence denies what the record says: {', '.join(sorted(wrong))}"
    plain = told.asserted - told.covered
    for own in held:
        if not own.denied & plain - asserted:
            continue
        lost = own.denied & plain - asserted
        return f"the sentence says what the record denies: {', '.join(sorted(lost))}"
    return None
