"""The words that a text has for its groups: "the SB3 group", "X (n = 83)", "assigned to X or Y".

"91.9% with SB3 and 85.2% with TRZ" says nothing of groups; that these are two arms of one trial was
told where they were introduced. Without it, values of the arms and rates at two sites look alike.
"""

import re
from typing import Final

from probatum.extract.prose.words import word_set

_ONE: Final = r"[A-Za-z][\w+-]{0,40}"
_DOSE: Final = (
    r"(?:\d[\w.,/-]*\s?(?:mg|g|mcg|IU|weeks|cycles)?(?:/[\w/]{1,8})?\s(?:daily\s|of\s)?)?"
)
_TOLD: Final = re.compile(
    rf"\b(?P<group>{_ONE})(?:\s|-)(?:groups?|arms?|cohorts?|recipients|treated)\b"
    rf"|\b(?P<sized>{_ONE})\s?[(\[]\s?[nN]\s?=\s?\d"
    rf"|\b(?:assigned|randomi[sz]ed|allocated|received?|receiving|treated with|given|compare[ds]?"
    r"|comparing|comparison of)\s(?:to\s)?(?:receive\s|either\s|treatment with\s|the\s){0,2}"
    rf"{_DOSE}(?P<given>{_ONE})"
    rf"(?:\s(?:plus|and|\+)\s{_DOSE}(?P<added>{_ONE}))?"
    r"(?:\s[(\[][^()\[\]]{0,60}[)\]])?"
    rf"(?:,?\s(?:or|versus|vs\.?|and|with|to)\s(?:to\s)?{_DOSE}(?P<or>{_ONE}))?"
    rf"|\b(?P<one>{_ONE})(?:\s[(\[][^()\[\]]{{0,60}}[)\]])?\s(?:versus|vs\.?|compared\s(?:with|to)"
    rf"|in\scomparison\s(?:with|to))\s(?:the\s)?{_DOSE}(?P<other>{_ONE})"
)
_NO_ARM: Final = word_set("no_arm_word")
_WORD: Final = re.compile(r"[a-z0-9][\w+-]*")


def arm_words(plain: str) -> frozenset[str]:
    """The words in small letters; `plain` is a whole text."""
    return frozenset(
        word.lower()
        for found in _TOLD.finditer(plain)
        for word in found.groups()
        if word is not None and word.lower() not in _NO_ARM
    )


def are_two_arms(words: frozenset[str], one: str | None, other: str | None) -> bool:
    """Whether two names each hold words of the text's groups, and not the same ones."""
    if one is None or other is None:
        return False
    first, second = (_own(words, name) for name in (one, other))
    return bool(first and second) and first != second


def is_an_arm(words: frozenset[str], name: str) -> bool:
    """Whether a name holds a word of the text's groups."""
    return bool(_own(words, name))


def own_words(name: str | None) -> frozenset[str]:
    """The words of a name that may tell a group."""
    return frozenset(_WORD.findall((name or "").lower())) - _NO_ARM


def _own(words: frozenset[str], name: str) -> frozenset[str]:
    """The words of a name that are the text's words for groups, in the singular."""
    held = _WORD.findall(name.lower())
    return words.intersection(held) | words.intersection(word.rstrip("s") for word in held)
