"""One phrase that names the outcomes of two results: "X and Y were lower (1% vs. 2%; 3% vs. 4%)".

Each result of such a pair would carry both names, and neither would be found under its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from probatum.extract.prose.assemble import Unit

# Between two pairs of values that fill one bracket.
_NEXT_PAIR: Final = re.compile(r"\s?[;,]\s(?:and\s)?")
_FIRST: Final = re.compile(r"^(?:rates?|yields?|numbers?|risks?|levels?)\s(?:of|for)\s")


def share_names(plain: str, units: Sequence[Unit]) -> None:
    """Give each result of a pair in one bracket its own part of a name of two parts."""
    for first, second in pairwise(units):
        if first.chosen is None or second.chosen is None or first.group is None:
            continue
        if second.group is None or first.chosen.name != second.chosen.name:
            continue
        if _NEXT_PAIR.fullmatch(plain[first.end : second.start]) is None:
            continue
        parts = _FIRST.sub("", first.chosen.name).split(" and ")
        if len(parts) == 2 and all(parts):
            first.chosen = replace(first.chosen, name=parts[0])
            second.chosen = replace(second.chosen, name=parts[1])
