"""Annotated sentences with their groups and outcomes exchanged, to learn more from few.

With so few sentences the tagger would learn names by heart instead of what stands around them. So
each sentence is given again with other sentences' groups and outcomes in place of its own (mention
replacement: Dai & Adel, COLING 2020, "An Analysis of Simple Data Augmentation for Named Entity
Recognition"). Measures stay, since they must fit the words around them.
"""

import random
from collections.abc import Iterable, Sequence

from probatum.extract.comparison.segments import MEASURE, Segment
from probatum.extract.comparison.sentence_tokens import Tokens, read_tokens

Labelled = tuple[Tokens, frozenset[Segment]]
# Copies of each sentence, and the share of its groups and outcomes that are exchanged in them.
COPIES = 2
SHARE = 0.6


def with_exchanged(sentences: Iterable[Labelled]) -> list[Labelled]:
    """The sentences and their copies; the same ones give the same copies."""
    held = list(sentences)
    chance = random.Random(1)
    names = {
        label: sorted({_words(tokens, s) for tokens, own in held for s in own if s.label == label})
        for label in (1, 2)
    }
    made = list(held)
    for _ in range(COPIES):
        for tokens, segments in held:
            copy = _exchanged(tokens, sorted(segments), names, chance)
            if copy is not None:
                made.append(copy)
    return made


def _words(tokens: Tokens, segment: Segment) -> tuple[str, ...]:
    return tokens.words[segment.first : segment.last]


def _exchanged(
    tokens: Tokens,
    segments: Sequence[Segment],
    names: dict[int, list[tuple[str, ...]]],
    chance: random.Random,
) -> Labelled | None:
    """A copy; None where stretches overlap or the new words would be read as other tokens."""
    words: list[str] = []
    placed: list[Segment] = []
    at = 0
    for segment in segments:
        if segment.first < at:
            return None
        words += tokens.words[at : segment.first]
        own = _words(tokens, segment)
        if segment.label != MEASURE and chance.random() < SHARE:
            own = chance.choice(names[segment.label])
        placed.append(Segment(len(words), len(words) + len(own), segment.label))
        words += own
        at = segment.last
    words += tokens.words[at:]
    read = read_tokens(" ".join(words))
    return (read, frozenset(placed)) if list(read.words) == words else None
