"""What the language model reads in one round of its training: no two rounds are the same.

A few hundred real claims are soon known by heart. So each round shows other sentences of their
texts, other twins of them (`twins.py`), and other pairs made of abstracts.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from probatum.checks.entailment.passage import chosen, passages, rarity, stems
from scripts.entailment.pairs import CONTRADICTED, NEITHER, SUPPORTED, Pair, lines, near, pairs
from scripts.entailment.twins import stated, twin

# Pairs made of abstracts in a round: more would drown the real ones.
MADE = 2_000
_REPLY = {"yes": SUPPORTED, "no": CONTRADICTED, "maybe": NEITHER}
# How often a pair of each source gets a twin in a round.
_TWINS = {"scifact": 0.6, "reason": 0.4, "clinifact": 0.5, "kqa": 0.2, "question": 0.4}


class Rounds:
    """The sets, read once, and what is drawn of them."""

    def __init__(self, data: Path, train: list[Pair]) -> None:
        self._data = data
        self._real = [pair for pair in train if pair.source not in ("made", "inference")]
        self._asked = list(_asked(data))
        self._others = [pair for pair in self._real if pair.whole]
        self._index = defaultdict(set)
        for number, pair in enumerate(self._others):
            for each in set(stems(pair.whole)):
                if rarity(each) > 4:
                    self._index[each].add(number)

    def drawn(self, seed: int) -> list[Pair]:
        """One round, in order of chance."""
        chance = random.Random(seed)
        drawn = pairs(self._data, seed)
        found = [pair for pair in drawn if pair.source == "made"][:MADE]
        found += [pair for pair in drawn if pair.source == "inference" and pair.part != 2]
        for pair in [*self._real, *self._asked]:
            found.append(_seen(pair, chance))
            if chance.random() < _TWINS.get(pair.source, 0.0):
                other = twin(pair.claim, pair.label, chance)
                if other is not None:
                    found.append(_seen(replace(pair, claim=other[0], label=other[1]), chance))
            if pair.source == "scifact" and pair.label != NEITHER and chance.random() < 0.6:
                found += self._neighbour(pair, chance)
        chance.shuffle(found)
        return found

    def _neighbour(self, pair: Pair, chance: random.Random) -> Iterator[Pair]:
        """The claim beside another abstract that shares rare words with it."""
        scores: dict[int, float] = defaultdict(float)
        for each in set(stems(pair.claim)):
            for number in self._index.get(each, ()):
                scores[number] += rarity(each)
        like = sorted(scores, key=lambda number: (-scores[number], number))[:8]
        texts = [self._others[n].whole for n in like if self._others[n].whole != pair.whole]
        if texts:
            text = chance.choice(texts)
            yield Pair("made", pair.claim, near(pair.claim, text), NEITHER, 0)


def _asked(data: Path) -> Iterator[Pair]:
    """PubMedQA's questions as claims, with the abstract that replies."""
    for row in lines(data / "abstract_pool" / "pubmedqa_full.jsonl.gz"):
        label = _REPLY[row["final_decision"]]
        whole = " ".join([*row["CONTEXTS"], row["LONG_ANSWER"]])
        yield Pair("question", stated(row["QUESTION"]), row["LONG_ANSWER"], label, 0, whole)


def _seen(pair: Pair, chance: random.Random) -> Pair:
    """The pair with some of the sentences that the judge may read."""
    drawn = chance.random()
    if not pair.whole or drawn < 0.5:
        return pair
    found = passages(pair.claim, pair.whole)
    if not found:
        return pair
    if drawn < 0.65 and pair.source != "clinifact":
        return replace(pair, text=max(found, key=lambda each: each.score).text)
    if drawn < 0.85:
        best = sorted(chosen(pair.claim, pair.whole), key=lambda each: -each.score)[:2]
        kept = {each.start: each.text for each in [*best, found[-1]]}
        return replace(pair, text=" ".join(kept[start] for start in sorted(kept)))
    return replace(pair, text=near(pair.claim, pair.whole))
