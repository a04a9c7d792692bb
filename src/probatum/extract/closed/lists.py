"""The word lists of this folder, as patterns."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from probatum.terms.phrases import Phrases, whole_words

_LISTS: Final = Phrases("probatum.extract.closed")


@cache
def patterns(name: str, part: str = "") -> Mapping[str, re.Pattern[str]]:
    """The families of one data file, or of one part of it, in the file's order."""
    held = _LISTS.data(name)
    families = held[part] if part else held
    return {family: whole_words(entries) for family, entries in families.items()}
