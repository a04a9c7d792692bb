"""Premises that assert what a held statement denies in so many words.

"50 MME a day is a fixed limit of the CDC" meets "voluntary guideposts and not fixed limits": two
words that follow each other in what the one asserts and in what the other denies, of the same body
or treatment. Denial by meaning alone ("free to exceed") is not seen.
"""

import re
from collections.abc import Callable, Iterable

from probatum.checks.negation import pairs
from probatum.checks.reading import read
from probatum.evidence.record import Definition, Recommendation, Record, SafetyRule
from probatum.library.library import Library
from probatum.terms.mentions import Mention
from probatum.terms.quantities import find_quantities

# What follows is a condition and not asserted: "after first-line therapy".
_CONDITION = re.compile(
    r"\b(?:after|before|beyond|besides|failed|following|unless|until|if|when)\b", re.IGNORECASE
)


def _plain(text: str) -> str:
    """What the text asserts, without conditions and amounts: "50 MME a day" denies nothing."""
    asserted = _CONDITION.split(text, maxsplit=1)[0]
    for quantity in reversed(find_quantities(asserted)):
        asserted = f"{asserted[: quantity.start]}.{asserted[quantity.end :]}"
    return asserted


def denied_by(
    text: str,
    mentions: Iterable[Mention],
    records: Iterable[Record],
    about: Callable[[Record], bool],
    library: Library,
) -> Record | None:
    """The first record that denies what the text asserts; `about` says whether the treatment fits.

    A text that names no treatment must name the body whose words the record restates.
    """
    named = tuple(mentions)
    bodies = {mention.term.id for mention in named if mention.term.kind == "body"}
    treatments = any(mention.term.kind == "intervention" for mention in named)
    said = pairs(read(_plain(text), library), denied=False)
    for record in records:
        if not isinstance(record, Recommendation | Definition | SafetyRule):
            continue
        body = library.source_of(record.edition).body
        if (bodies and body not in bodies) or not (bodies or treatments):
            continue
        if treatments and not about(record):
            continue
        if said & pairs(read(record.text, library), denied=True):
            return record
    return None
