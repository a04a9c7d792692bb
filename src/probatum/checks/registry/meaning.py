"""The words of a line that say something, each thing under one word whatever it is called."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from probatum.checks.reading import stem
from probatum.terms.reading import load_yaml
from probatum.terms.words import STOPWORDS, words


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Every name of data/synonyms.yaml, the longest first, and the word that stands for it."""
    text = files("probatum.checks.registry").joinpath("data/synonyms.yaml").read_text("utf-8")
    known = {str(name): str(group[0]) for group in load_yaml(text)["groups"] for name in group}
    ordered = sorted(known, key=len, reverse=True)
    found = "|".join(re.escape(name).replace(r"\ ", r"\s{1,9}") for name in ordered)
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w-])", re.IGNORECASE), known


def alike(text: str) -> str:
    """A text with one name for each thing that has several."""
    pattern, known = _names()
    return pattern.sub(lambda m: known[" ".join(m[0].lower().split())], text)


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of the words that are not grammar and no numbers, under one name each."""
    return frozenset(
        key
        for word in words(alike(text))
        if word.norm not in STOPWORDS and not (key := stem(word.norm)).isdigit()
    )
