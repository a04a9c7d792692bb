"""The phrases of this room."""

from typing import Final

from probatum.terms.phrases import Phrases

_LISTS: Final = Phrases("probatum.extract")
data, pattern = _LISTS.data, _LISTS.pattern
