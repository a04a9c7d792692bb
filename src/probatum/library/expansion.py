"""Other names of what a query asks for: from the vocabulary, and from what held texts define.

A reader types "Keytruda" or "VTE"; the texts that answer say "pembrolizumab" and "venous
thromboembolism". Only names that are surely the same are added, since a merely related word finds
what nobody asked for.
"""

import re
from collections.abc import Iterator

from probatum.library.documents import HeldDocuments
from probatum.terms.vocabulary import Vocabulary

# A short form with capitals: "VTE", "PD-L1", "mTOR".
_SHORT_FORM = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z][\w-]*[A-Z0-9])[A-Za-z][\w-]{1,9}(?![\w-])")
# A short form means several things ("TC"); one is taken for meant when this share of the works
# that define it says so.
_SHARE = 0.6
# Kinds of terms whose names are interchangeable in a text; the names of bodies or regions are not.
_KINDS = ("condition", "intervention", "biomarker", "adverse_event", "endpoint")
# Other names of one term; a drug may have dozens of brands.
_NAMES = 3
# Vocabulary matching takes a millisecond or more for a paragraph, and a paragraph names enough.
_LONGEST = 400


def same_names(
    query: str, vocabulary: Vocabulary, documents: HeldDocuments
) -> Iterator[tuple[str, str]]:
    """What the query calls something, beside each other name of it that it does not say."""
    if len(query) > _LONGEST:
        return
    said = query.casefold()
    known = set()
    for mention in vocabulary.match(query, _KINDS):
        known.add(mention.text)
        names = (n for n in vocabulary.surface_forms(mention.term.id) if n.casefold() not in said)
        yield from ((mention.text, name) for name, _ in zip(names, range(_NAMES), strict=False))
    for short in dict.fromkeys(_SHORT_FORM.findall(query)):
        if short in known:
            continue
        meanings = documents.long_forms(short)
        total = sum(count for _, count in meanings)
        if meanings and meanings[0][1] >= _SHARE * total and meanings[0][0] not in said:
            yield short, meanings[0][0]


def other_names(query: str, vocabulary: Vocabulary, documents: HeldDocuments) -> Iterator[str]:
    """Names of the same things that the query does not say itself."""
    return (name for _, name in same_names(query, vocabulary, documents))
