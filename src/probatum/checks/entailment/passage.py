"""The few sentences of an evidence text that a claim is judged by.

A model that reads a whole abstract loses the one sentence that decides; so the sentences that share
the claim's rarer words are chosen first, and given in their own order.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from probatum.checks.reading import stem
from probatum.terms.sentences import sentences
from probatum.terms.words import STOPWORDS, words

# A longer evidence text is read to here only: some twenty abstracts.
MOST_CHARACTERS = 60_000
# Sentences and words that are read closely; more dilute what decides.
MOST_SENTENCES = 3
MOST_WORDS = 90


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the evidence: `text[start:end]` of the evidence, its stems, its likeness."""

    start: int
    end: int
    text: str
    stems: frozenset[str]
    score: float


@cache
def _rarity() -> tuple[dict[str, float], float]:
    """Weight of each stem, and that of a stem never met."""
    held = json.loads(
        files("probatum.checks.entailment").joinpath("data/rarity.json").read_text("utf-8")
    )
    texts = held["texts"]
    weights = {each: math.log((texts + 1) / (count + 0.5)) for each, count in held["stems"].items()}
    return weights, math.log((texts + 1) / 3)


def rarity(each: str) -> float:
    """How much a shared stem says: the log of one over its share of biomedical abstracts."""
    weights, unseen = _rarity()
    return weights.get(each, unseen)


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """Stems of the words with content, in order, numbers among them."""
    return tuple(
        stem(word.norm) for word in words(text) if word.norm and word.norm not in STOPWORDS
    )


def passages(claim: str, evidence: str) -> list[Passage]:
    """Every sentence of the evidence with its likeness to the claim, in order."""
    wanted = frozenset(stems(claim))
    total = sum(map(rarity, wanted)) or 1.0
    found = []
    text = evidence[:MOST_CHARACTERS]
    for start, end in sentences(text):
        sentence = text[start:end]
        own = frozenset(stems(sentence))
        shared = sum(map(rarity, wanted & own))
        # A short sentence with the same words is nearer than a long one.
        score = shared / total / (1 + 0.1 * math.log1p(len(own)))
        found.append(Passage(start, end, sentence, own, score))
    return found


def chosen(claim: str, evidence: str) -> list[Passage]:
    """The sentences to judge by, best ones only, in the order of the evidence."""
    return nearest(passages(claim, evidence))


def nearest(found: Sequence[Passage]) -> list[Passage]:
    """The same of passages that were found already."""
    best: list[Passage] = []
    length = 0
    for each in sorted(found, key=lambda p: -p.score):
        size = each.text.count(" ") + 1
        if best and (len(best) >= MOST_SENTENCES or length + size > MOST_WORDS):
            break
        best.append(each)
        length += size
    return sorted(best, key=lambda p: p.start)
