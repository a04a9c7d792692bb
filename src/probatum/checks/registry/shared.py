"""What the criteria of two trials have in common: "they share at least one criterion"."""

import re
from collections.abc import Callable

from probatum.checks.registry.record import Section
from probatum.checks.registry.wording import has

_CRITERIA = r"(?:inclusion|exclusion|eligibility|criteri\w+|requirements?|conditions?|standards?)"
_COMMON = re.compile(
    rf"\b(?:share[sd]?|shared|common|mutual|overlap\w*|same|identical)\b.{{0,60}}\b{_CRITERIA}\b"
    rf"|\b{_CRITERIA}\b.{{0,80}}\b(?:in common|identical|the same|overlap\w*)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|sole|single)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:at least|some|any|one|an?|several|certain|no|not|none|never)\b", re.I)
# Two lines ask the same when of their words so many are common to both.
_ALIKE = 0.5
# Two sections are the same when so many of their lines are.
_SAME = 0.8

Content = Callable[[str], frozenset[str]]


def judge_shared(clause: str, sections: tuple[Section, ...], content: Content) -> bool | None:
    """Whether the two trials share what the clause says; None where it says nothing of it.

    `content` gives the words of a line that say something.
    """
    if len(sections) != 2 or not _COMMON.search(clause):
        return None
    one, two = (
        [(c.excludes, words) for c in section.criteria if (words := content(c.text))]
        for section in sections
    )
    common = [
        words
        for excludes, words in one
        if any(excludes == other and _like(words, theirs) for other, theirs in two)
    ]
    wanted = content(clause)
    if _ONLY.search(clause) and len(wanted) > 1:
        return bool(common) and all(len(words & wanted) >= 2 for words in common)
    if len(wanted) > 2:
        return None
    if _SOME.search(clause):
        return bool(common) != has("denies", clause)
    return len(common) >= _SAME * max(len(one), len(two))


def _like(one: frozenset[str], two: frozenset[str]) -> bool:
    return len(one & two) >= _ALIKE * len(one | two)
