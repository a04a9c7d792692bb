"""The words by which statements deny, compare and count, for every section of a registry entry."""

import re
from typing import Final

from probatum.terms.phrases import Phrases

_LISTS: Final = Phrases("probatum.checks.registry")


def pattern(family: str) -> re.Pattern[str]:
    """A family of data/wording.yaml as a pattern between word edges, in any case."""
    return _LISTS.pattern("wording", family)


def has(family: str, text: str) -> bool:
    """Whether a text has a word of a family."""
    return pattern(family).search(text) is not None
