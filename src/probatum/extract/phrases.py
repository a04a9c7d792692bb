"""Families of phrases of this room, from `data/`, as patterns.

Each fragment stands between word edges; a space in it stands for any white space. All repetitions
in the data are bounded, so the time grows with the length of the text alone.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from probatum.terms.reading import load_yaml


@cache
def data(name: str) -> Any:
    """The content of one data file."""
    return load_yaml(files("probatum.extract").joinpath(f"data/{name}.yaml").read_text("utf-8"))


def body(fragments: list[str]) -> str:
    """Fragments as alternatives, the longest first."""
    ordered = sorted(fragments, key=len, reverse=True)
    return "|".join(f"(?:{_spaced(each)})" for each in ordered)


@cache
def pattern(name: str, family: str) -> re.Pattern[str]:
    """One family of a data file."""
    return re.compile(rf"(?<![\w-])(?:{body(data(name)[family])})(?![\w])", re.IGNORECASE)


def _spaced(fragment: str) -> str:
    fragment = fragment.replace(" ?", r"\s{0,3}")
    return re.sub(r" (?![^\[\]]*\])", r"\\s{1,3}", fragment)
