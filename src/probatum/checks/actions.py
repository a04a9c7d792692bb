"""What a text says is to be done: withhold, stop, continue, resume, reduce, increase."""

from functools import lru_cache

from probatum.checks.phrases import families


@lru_cache(maxsize=4096)
def actions(text: str) -> frozenset[str]:
    """The families of action words in a text."""
    return frozenset(family for family, words in families("orders") if words.search(text))
