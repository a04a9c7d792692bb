"""The word lists of this folder, from `data/`, as patterns and sets.

Word lists are data, so that one can be read, extended and tested without reading code.
"""

import re
from functools import cache
from importlib.resources import files

import yaml

# A space, unless it stands in a class such as "[- ]".
_SPACE = re.compile(r" (?![^\[\]]*\])")


@cache
def word_list(name: str) -> dict[str, list[str]]:
    """The families of one data file."""
    text = files("probatum.extract.comparison").joinpath(f"data/{name}.yaml").read_text("utf-8")
    loaded: dict[str, list[str]] = yaml.safe_load(text)
    return loaded


def spaced(fragment: str) -> str:
    """A fragment of a regular expression with white space standing for any run of it."""
    return _SPACE.sub(r"\\s+", fragment)


@cache
def pattern(name: str, family: str) -> re.Pattern[str]:
    """One family as a pattern, longest fragments first, white space standing for any run of it."""
    fragments = sorted(word_list(name)[family], key=len, reverse=True)
    body = "|".join(map(spaced, fragments))
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w])", re.IGNORECASE)


@cache
def word_set(name: str, family: str) -> frozenset[str]:
    """One family as a set of words."""
    return frozenset(word_list(name)[family])
