"""Times that a sentence tells once for several results, or right before each: "2-year PFS and OS".

A follow-up stated before is second to these.
"""

import re
from typing import Final

from probatum.extract.prose.assemble import Unit

# "at 3 years (56% v. 50%), 5 years (49% v. 43%)"
_OWN: Final = re.compile(r"[,;)]\s(?:and\s)?(?:at\s)?(?P<t>\d+\s(?:years?|months?|weeks?))\s\($")
# "2-year PFS (57% v. 42%) and OS (86% v. 72%)"
_AND: Final = re.compile(r"[\s)\],;]*(?:and|or)\s[A-Za-z][\w -]{1,40}\s\(")
_LANDMARK: Final = re.compile(r"\d+-(?:year|month|week|day)")


def of_the_next(plain: str, unit: Unit, before: Unit | None) -> str | None:
    """The time of a result that says none in its own words, by the result before it."""
    if before is None:
        return None
    first = unit.group.start if unit.group is not None else unit.start
    own = _OWN.search(plain, max(0, first - 24), first)
    if own is not None:
        return own["t"]
    if before.when is None or unit.chosen is None or before.chosen is None:
        return None
    if _LANDMARK.fullmatch(before.when) is None:
        return None
    same = unit.chosen.start is not None and unit.chosen.start == before.chosen.start
    return before.when if same or _AND.fullmatch(plain, before.end, unit.start) else None
