"""The word lists of this folder."""

from typing import Final

from probatum.terms.phrases import Phrases

_LISTS: Final = Phrases("probatum.extract.comparison")
word_list, pattern, word_set = _LISTS.data, _LISTS.pattern, _LISTS.word_set
