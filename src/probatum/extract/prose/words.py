"""Word lists of this room's data file, as sets."""

from functools import cache
from importlib.resources import files

from probatum.terms.reading import load_yaml


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of one list of `data/prose.yaml`, written as a list or as running words."""
    text = files("probatum.extract").joinpath("data/prose.yaml").read_text("utf-8")
    words = load_yaml(text)[name]
    return frozenset(words.split() if isinstance(words, str) else words)
