"""The word lists of this folder, from `data/`, as patterns.

Word lists are data, so that one can be read, extended and tested without reading code.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from probatum.terms.phrases import spaced


@cache
def patterns(name: str, part: str = "") -> Mapping[str, re.Pattern[str]]:
    """The families of one data file, or of one part of it, in the file's order."""
    text = files("probatum.extract.closed").joinpath(f"data/{name}.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
    return {family: _pattern(entries) for family, entries in (held[part] if part else held).items()}


def _pattern(fragments: list[str]) -> re.Pattern[str]:
    """One family, longest fragments first, white space standing for any run of it."""
    body = "|".join(spaced(each) for each in sorted(fragments, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{body})(?!\w)", re.IGNORECASE)
