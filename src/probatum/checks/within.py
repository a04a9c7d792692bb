"""Whether a fragment (a table cell, a step's condition) says nothing that its evidence does not.

A claim's sentence goes through the whole gate; a cell shows part of it in other words. This check
sees that every number and every medical name of the fragment stands in the claim's sentence or in
the statements it is anchored to. It cannot see the fragment's grammar: which number belongs to
which name is judged on the sentence.
"""

import re
from collections.abc import Iterable

from probatum.checks.reading import read
from probatum.library.library import Library

# Digits as they are printed; "1,060" and "1060" are one number.
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_KINDS = ("intervention", "condition", "biomarker", "body", "study", "adverse_event")


def _numbers(text: str) -> frozenset[str]:
    return frozenset(match.group().replace(",", "") for match in _NUMBER.finditer(text))


def strangers(fragment: str, evidence: Iterable[str], library: Library) -> tuple[str, ...]:
    """The numbers and names of the fragment that none of the evidence texts holds."""
    texts = tuple(evidence)
    unknown: list[str] = []
    if own := _numbers(fragment):
        unknown = sorted(own.difference(*(_numbers(text) for text in texts)))
    # A name alone may be read as another kind than in its sentence (hypertension, the disease or
    # the adverse event), so the same words in the evidence are enough.
    named = read(fragment, library).of_kind(*_KINDS)
    words = " ".join(texts).casefold() if named else ""
    elsewhere = [mention for mention in named if mention.text.casefold() not in words]
    if not elsewhere:
        return tuple(unknown)
    # Only now are the evidence's own names looked for, which is the dearest part.
    vocabulary = library.vocabulary
    terms = frozenset[str]().union(*(read(text, library).terms(*_KINDS) for text in texts))
    unknown += sorted(
        mention.text
        for mention in elsewhere
        if not any(vocabulary.relation(mention.term.id, held) != "other" for held in terms)
    )
    return tuple(unknown)
