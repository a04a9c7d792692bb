"""The words that turn a sentence, by their stems: more or less, good or bad, denied, hedged."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from probatum.checks.reading import stem
from probatum.terms.words import normal

FAMILIES = (
    "up", "down", "good", "bad", "null", "negators", "hedges", "unclear", "causal", "certain",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cues:
    """Families of stems, and the pairs of stems that shut each other out."""

    families: dict[str, frozenset[str]]
    opposites: frozenset[tuple[str, str]]
    all: frozenset[str]


@cache
def cues() -> Cues:
    """The lists of data/cues.yaml, read once."""
    held = yaml.safe_load(
        files("probatum.checks.entailment").joinpath("data/cues.yaml").read_text("utf-8")
    )
    families = {name: frozenset(key(word) for word in held[name].split()) for name in FAMILIES}
    pairs = {(key(one), key(two)) for one, two in held["opposites"]}
    pairs |= {(two, one) for one, two in pairs}
    everything = frozenset[str]().union(*families.values(), *({a, b} for a, b in pairs))
    return Cues(families, frozenset(pairs), everything)


def key(word: str) -> str:
    """The stem under which a word is compared."""
    return stem(normal(word))
