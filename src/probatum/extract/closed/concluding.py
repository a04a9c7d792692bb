"""What a conclusion says for or against what a question asks, in the words that conclusions use.

Results tell what was found; a conclusion judges it: "may be considered", "insufficient evidence",
"not justified". So its words are told apart from those of results, in its first sentence, in its
last, and in all.
"""

from typing import Final

from probatum.extract.closed.lists import patterns
from probatum.terms.sentences import sentences

# A word against weighs more: most conclusions have some word that supports.
_AGAINST: Final = 1.5
# Hits of this many words make a balance of size 1, in all and in one sentence.
_OF_ALL, _OF_ONE = 3, 2


def concluding(text: str) -> dict[str, float]:
    """The signals of a conclusion's words, by name."""
    families = patterns("conclusions")
    said = [text[start:end] for start, end in sentences(text)] or [text]
    named: dict[str, float] = {}
    for family, pattern in families.items():
        hits = [float(bool(pattern.search(each))) for each in said]
        named[f"{family} said"] = max(hits)
        named[f"{family} said first"] = hits[0]
        named[f"{family} said last"] = hits[-1]
        named[f"{family} said often"] = sum(hits) / len(hits)
    named["said on balance"] = _balance(text) / _OF_ALL
    named["said on balance first"] = _balance(said[0]) / _OF_ONE
    return named


def _balance(text: str) -> float:
    families = patterns("conclusions")
    supports, against = (len(families[name].findall(text)) for name in ("supports", "against"))
    return supports - _AGAINST * against
