"""Short forms for words written out: "LVEF" for left ventricular ejection fraction."""

import re
from functools import lru_cache

from probatum.checks.reading import stem
from probatum.terms.words import STOPWORDS, words

_SHORT = re.compile(r"\b[A-Z]{3,6}\b")
_LONGEST = 6


@lru_cache(maxsize=2048)
def _runs(text: str) -> dict[str, frozenset[str]]:
    """The initials of every three to six words in a row, with the words' stems."""
    kept = [w for w in words(text) if w.norm and w.norm[0].isalpha() and w.norm not in STOPWORDS]
    found = {}
    for start in range(len(kept)):
        for size in range(3, _LONGEST + 1):
            run = kept[start : start + size]
            if len(run) == size:
                letters = "".join(w.norm[0] for w in run)
                found[letters] = frozenset(stem(w.norm) for w in run)
    return found


def written_out(wanted: str, text: str) -> frozenset[str]:
    """The stems by which one text has what the other has in its short form."""
    found: set[str] = set()
    mine, theirs = _runs(wanted), _runs(text)
    for short in _SHORT.findall(text):
        found |= mine.get(short.lower(), frozenset())
    for short in _SHORT.findall(wanted):
        if short.lower() in theirs:
            found.add(stem(short.lower()))
    return frozenset(found)
