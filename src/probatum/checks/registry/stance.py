"""What a clause says of taking part: that people may, may not, must be so, or need not be so."""

import re
from typing import Final, Literal

from probatum.terms.phrases import Phrases

Stance = Literal["excluded", "eligible", "required", "optional"]

_LISTS: Final = Phrases("probatum.checks.registry")
_ASKED: tuple[tuple[str, Stance], ...] = (
    ("not_excluded", "eligible"),
    ("optional", "optional"),
    ("excluded", "excluded"),
    ("must_not", "excluded"),
    ("required", "required"),
    ("eligible", "eligible"),
)
_OPPOSITE: dict[Stance | None, Stance] = {
    "eligible": "excluded",
    "excluded": "eligible",
    "required": "optional",
}


def says(family: str, text: str) -> bool:
    """Whether a text has a phrase of a family of data/stance.yaml."""
    return _pattern(family).search(text) is not None


def stance_of(clause: str, before: str = "") -> Stance | None:
    """The stance of a clause; a mere "but not the other" turns round that of the one `before`."""
    found = next((stance for family, stance in _ASKED if says(family, clause)), None)
    if found is None and before and _pattern("turns").match(clause.lstrip(" ,;")):
        return _OPPOSITE.get(stance_of(before))
    return found


def wanting(clause: str) -> bool:
    """Whether the clause is about those who do not have what it names."""
    rest = clause
    for family in ("not_excluded", "optional", "must_not"):
        rest = _pattern(family).sub(" ", rest)
    return len(_pattern("wanting").findall(rest)) % 2 == 1


def _pattern(family: str) -> re.Pattern[str]:
    return _LISTS.pattern("stance", family)
