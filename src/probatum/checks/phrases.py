"""The word lists of the checks."""

from typing import Final

from probatum.terms.phrases import Phrases

_LISTS: Final = Phrases("probatum.checks")
word_list, pattern, families = _LISTS.data, _LISTS.pattern, _LISTS.families
