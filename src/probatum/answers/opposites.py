"""Opposites that share nearly all words: what can be resected is not what cannot.

A comparison by words takes "resectable" and "cannot be resected", or a positive and a negative
test, for much the same; the sentence on the one then answers a question about the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NOT = r"(?:cannot|can't|can ?not|could ?n[o']t|not|never|isn't|aren't)(?: \w+){0,2} "
# Two words each of which denies the other. A form of the one may stand inside the other's.
_PAIRS = (
    (
        r"(?<!non-)\b(?:resectable|operable)\b",
        rf"\b(?:un|non-?)resectable\b|\binoperable\b|\b{_NOT}(?:resect(?:ed|able)|operable|removed)\b",
    ),
    (r"\bpre-?menopausal\b", r"\bpost-?menopausal\b"),
)
# "HER2-positive", "PD-L1 negative"; a word in small letters is no marker's name.
_SIGNED = re.compile(r"\b([A-Z][\w/-]{0,12}?)[ -](positive|negative)\b")


@dataclass(frozen=True, slots=True)
class Opposite:
    """What the question says, and what denies it, as patterns over a text."""

    own: re.Pattern[str]
    other: re.Pattern[str]

    def agrees(self, words: str) -> bool:
        """Whether the words do not speak of the opposite alone."""
        return not self.other.search(words) or bool(self.own.search(words))


def opposites(question: str) -> tuple[Opposite, ...]:
    """The opposites that a question takes one side of."""
    return tuple(_opposites(question))


def _opposites(question: str) -> Iterator[Opposite]:
    for pair in _PAIRS:
        one, two = (re.compile(side, re.IGNORECASE) for side in pair)
        denied = _without(two, question)
        # Without what denies it, what is left of "not resectable" says nothing.
        says_one, says_two = bool(one.search(denied)), denied != question
        if says_one != says_two:
            yield Opposite(one, two) if says_one else Opposite(two, one)
    for match in _SIGNED.finditer(question):
        marker, sign = re.escape(match[1]), match[2]
        against = "negative" if sign == "positive" else "positive"
        yield Opposite(
            re.compile(rf"\b{marker}[ -]{sign}\b", re.IGNORECASE),
            re.compile(rf"\b{marker}[ -]{against}\b", re.IGNORECASE),
        )


def _without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(" ", text)
