"""Stretches of a sentence that may be a group, an outcome or a measure.

Grammar rules most stretches out (no outcome begins with "of", no measure holds a drug's name), so
that the learned weights only choose among what could be meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from probatum.extract.comparison.lists import word_set
from probatum.extract.comparison.sentence_tokens import CLOSING, OPENING, Tokens

INTERVENTION: Final = 1
OUTCOME: Final = 2
MEASURE: Final = 3
_EDGE: Final = frozenset({"preposition", "determiner", "joining", "be", "have", "versus"})
_MARKS: Final = frozenset(",;:=.")
_LONGEST: Final = {INTERVENTION: 9, OUTCOME: 20, MEASURE: 14}
# No part of a noun phrase when they stand inside it.
_VERBS: Final = word_set("stretches", "verbs")
_NO_FIRST: Final = word_set("stretches", "no_first")
_MEASURE_KINDS: Final = frozenset(
    {"number", "number_word", "unit", "people", "spread", "statistic", "versus", "time_point"}
)
_MEASURE_WORDS: Final = word_set("stretches", "measure_words")
_MEASURE_OPENS: Final = word_set("stretches", "measure_opens")


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """Tokens `first` up to, not with, `last`, and the label that they might have."""

    first: int
    last: int
    label: int


def candidates(tokens: Tokens) -> list[Segment]:
    """Every stretch that could be labelled, by its first token, then its last."""
    found: list[Segment] = []
    for first, word in enumerate(tokens.words):
        if word in CLOSING or word in ",;:.=%" or tokens.statistics[first]:
            continue
        kinds = tokens.kinds[first]
        measure = _opens_measure(tokens, first)
        phrase = not kinds & _EDGE and word not in OPENING and tokens.forms[first] not in _NO_FIRST
        if measure or phrase:
            found.extend(_from(tokens, first, measure, phrase))
    return found


def _opens_measure(tokens: Tokens, first: int) -> bool:
    form, kinds = tokens.forms[first], tokens.kinds[first]
    if "number" in kinds or "number_word" in kinds or form.endswith("fold"):
        return True
    return (
        form in _MEASURE_OPENS
        and ("number" in tokens.kinds[first + 1] if first + 1 < len(tokens.words) else False)
    ) or (form in _MEASURE_OPENS and tokens.form(first + 1) in ("=", "by", "of"))


def _from(tokens: Tokens, first: int, measure: bool, phrase: bool) -> Iterator[Segment]:
    depth = 0
    numeric = "number" in tokens.kinds[first]
    for at in range(first, min(len(tokens.words), first + _LONGEST[OUTCOME])):
        word, form, kinds = tokens.words[at], tokens.forms[at], tokens.kinds[at]
        depth += (word in OPENING) - (word in CLOSING)
        if depth < 0 or (word == ";" and depth == 0):
            return
        measure = measure and _measures(form, kinds, at == first)
        length = at - first + 1
        # A stretch doesn't end inside brackets, nor on a small word or a mark.
        if not (depth or kinds & _EDGE or word in _MARKS):
            if measure and length <= _LONGEST[MEASURE]:
                yield Segment(first, at + 1, MEASURE)
            if phrase and not (numeric and length > 1 and "number" in kinds):
                yield Segment(first, at + 1, OUTCOME)
            if phrase and length <= _LONGEST[INTERVENTION]:
                yield Segment(first, at + 1, INTERVENTION)
        phrase = phrase and not (at > first and form in _VERBS)
        if not (measure or phrase):
            return


def _measures(form: str, kinds: frozenset[str], opening: bool) -> bool:
    return opening or bool(kinds & _MEASURE_KINDS) or form in _MEASURE_WORDS
