"""How likely a sentence that shares words with a question is on what was asked, as a chance.

A score of words cannot say when to keep silent: its size hangs on the question's length and on the
library's titles. So a few shares that compare between questions and libraries are weighed by a
logistic regression into a chance of being on the subject, and nothing is quoted below a chance
that was calibrated (`scripts/support.py`; `bench/abstention.py` measures). The weights with their
reasons are data, in support.yaml.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp
from typing import Final

from probatum.answers.bearing import Question
from probatum.library.analysis import analysis
from probatum.terms.reading import load_yaml
from probatum.terms.words import STOPWORDS

# Two words of the question stand together when so few lie between them.
_NEAR: Final = 3
# More of the question's words than this in one sentence tell no more.
_MANY: Final = 6
# A question of which every word is met counts as one of so many, however short it is.
_WHOLE: Final = 3
# A title of no more words names what a work is on; a longer one tells what was found, and one with
# such a word ("Aspirin in migraine", "A guideline on asthma") says of several things how they meet.
_NAME: Final = 6
_PHRASE: Final = re.compile(r"\b(?:in|on|for|after|during|versus|vs|or)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_BRACKET: Final = re.compile(r"[()\[\]]")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each sign, and the chance below which nothing is quoted."""

    weights: Mapping[str, float]
    least: float


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for a sentence being on what was asked, each from 0 to 1.

    `passage` is the share of the question's weight that passage, headings and title have; `pairs`
    that of its neighbouring words that stand together there; `words` tells how many the sentence
    has; `named` and `other` that a short title is all, or only in part, in the question's words.
    `sure` says that it is enough whatever the chance: the text is filed under the disease asked
    about and the sentence carries over half of the question; or the sentence alone says all of it,
    and no title names something else.
    """

    passage: float
    pairs: float
    named: float
    other: float
    words: float = 0.0
    sure: bool = False

    @property
    def enough(self) -> bool:
        """Whether the sentence may be quoted."""
        return self.sure or self.chance >= support_weights().least

    @property
    def chance(self) -> float:
        """The chance that the sentence is on what was asked, 0 to 1."""
        weights = support_weights().weights
        return 1 / (1 + exp(-sum(weights.get(n, 0.0) * v for n, v in self.signs.items())))

    @property
    def signs(self) -> Mapping[str, float]:
        """The named values that are weighed."""
        values = asdict(self)
        del values["sure"]
        return {"always": 1.0, **values}

    def of(self, words: int, asked: int, sure: bool = False) -> "Support":
        """The same for a sentence with so many of the words asked."""
        told = max(words, _WHOLE) if words >= asked else words
        return replace(self, words=min(told, _MANY) / _MANY, sure=sure)


@cache
def support_weights() -> Weights:
    """The weights that ship."""
    held = load_yaml(files("probatum.answers").joinpath("support.yaml").read_text("utf-8"))
    return Weights({name: each["weight"] for name, each in held["signs"].items()}, held["least"])


def passage_support(
    question: Question, asked: AbstractSet[str], title: str, above: AbstractSet[str], text: str
) -> Support:
    """What a passage has of a question, whichever of its sentences is quoted.

    `asked` are all index terms of the question, `above` those of what stands over the passage.
    """
    terms, names = analysis().terms(text), analysis().terms(title)
    held = question.carried(above | set(terms))
    total = sum(question.weights.values())
    passage = sum(question.weights[term] for term in held) / total
    # Words that are met under another name stand in that name's order.
    renamed = held - set(terms) - above
    pairs = {pair for pair in pairwise(question.weights) if renamed.isdisjoint(pair)}
    together = _together(pairs, terms) | _together(pairs, names)
    share = _named(question, asked, title)
    name = share > 0 and not _PHRASE.search(title)
    named, other = float(share == 1.0), (1 - share if name else 0.0)
    return Support(passage, len(together) / len(pairs) if pairs else passage, named, other)


def _named(question: Question, asked: AbstractSet[str], title: str) -> float:
    """The share of a short title's words that the question says; 0 of a long one.

    Behind a bracket stands another name of the same thing, and the one that is asked about counts.
    """
    if len(_WORD.findall(title)) > _NAME:
        return 0.0
    kinds = {term for kind in question.kinds for term in kind}
    shares = [0.0]
    for name in _BRACKET.split(title):
        own = frozenset(analysis().terms(name)) - STOPWORDS - kinds
        if own:
            known = set(asked).union(*(form for form, _ in question.same if form <= own))
            shares.append(len(own & known) / len(own))
    return max(shares)


def _together(pairs: AbstractSet[tuple[str, str]], terms: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs of which the second stands close behind the first."""
    wanted: dict[str, list[str]] = {}
    for first, second in pairs:
        wanted.setdefault(second, []).append(first)
    last: dict[str, int] = {}
    found = set()
    for at, term in enumerate(terms):
        for first in wanted.get(term, ()):
            if at - last.get(first, -_NEAR - 1) <= _NEAR:
                found.add((first, term))
        last[term] = at
    return found
