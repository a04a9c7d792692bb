"""Values that a list of names is shared out to: "45%, 32% and 20% with A, B and C, respectively".

The list stands behind the values or before them. Only a list as long as the values counts, so that
"and" inside a regimen's name never moves a value to another group.
"""

import re
from collections.abc import Sequence
from typing import Final

from probatum.extract.prose.arm_names import tidy

_BEHIND: Final = re.compile(
    r"(?:\s?\([^()]{0,200}\))?(?:[^.;()]{0,120}?[\s)])??(?:with|for|in|among|of|by|receiving|given|taking)\s(?:the\s)?"
    r"(?P<names>[A-Za-z\d][^.;()]{1,160}?)(?:(?:\s(?:arms|groups|cohorts|patients))?,?\srespectively\b"
    # without the word where the groups are named as such: "39% and 33% in weekly and monthly arms"
    r"|\s(?:arms|groups|cohorts)\b)"
)
_BEFORE: Final = re.compile(
    r"\b(?:with|for|in|among|of|receiving|given|taking)\s(?:the\s)?(?P<names>[A-Za-z][^.;()]{1,160}?)"
    r"(?:\s(?:arms|groups|cohorts|patients))?\s(?:was|were)\s$"
)
_SAID: Final = re.compile(r"[^.;]{0,80}?\brespectively\b")
_BREAK: Final = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or|versus|vs\.?)\s")


def shared_out(plain: str, start: int, end: int, closes: int, count: int) -> Sequence[str] | None:
    """The names that values from `start` to `end` are shared out to, one each; None without any."""
    behind = plain[end : min(closes, end + 300)]
    found = _BEHIND.match(behind)
    names = _split(found["names"], count) if found is not None else None
    if names is not None or _SAID.match(behind) is None:
        return names
    before = _BEFORE.search(plain[max(0, start - 200) : start])
    return _split(before["names"], count) if before is not None else None


_EACH: Final = re.compile(r"([Aa]rm|[Gg]roup|[Cc]ohort|[Ss]chedule|[Rr]egimen)s\s")


def _split(words: str, count: int) -> Sequence[str] | None:
    pieces = _BREAK.split(words)
    each = _EACH.match(pieces[0])
    if each is not None:
        # "arms A, B, and C"
        pieces = [pieces[0][each.end() :], *pieces[1:]]
        pieces = [f"{each[1]} {piece}" for piece in pieces]
    names = [tidy(piece) for piece in pieces]
    kept = [name for name in names if name is not None]
    return kept if len(kept) == len(names) == count else None
