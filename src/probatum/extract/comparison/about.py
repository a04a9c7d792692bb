"""How much a stretch of text is about the outcome asked for, and which way that outcome is good."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from probatum.extract.comparison.keyed import Keyed, content_keys, key_of
from probatum.extract.comparison.lists import word_list

_VAGUE: Final = frozenset(key_of(w) for w in word_list("outcomes")["vague"])


@dataclass(frozen=True, slots=True)
class Topic:
    """The outcome asked for: its keys with weights, and what its name says.

    `good` is 1 where more of it is better, -1 where less is, 0 where it cannot be told; `gain` and
    `loss` say that the name itself means a change.
    """

    keys: dict[str, float]
    good: int
    gain: bool
    loss: bool


def topic_of(outcome: str) -> Topic:
    """What is known of an outcome by its name."""
    keys = {key: 0.4 if key in _VAGUE else 1.0 for key in content_keys(outcome)}
    lower = outcome.lower()
    positions = [
        (len(m), sign)
        for family, sign in (("less_is_better", -1), ("more_is_better", 1))
        for m in _named(family, outcome)
    ]
    good = 0
    if positions:
        good = 1 if sum(sign * length for length, sign in positions) > 0 else -1
    return Topic(
        keys,
        good,
        any(re.search(rf"\b{word}", lower) for word in word_list("outcomes")["names_gain"]),
        any(re.search(rf"\b{word}", lower) for word in word_list("outcomes")["names_loss"]),
    )


@cache
def _patterns(family: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    entries = word_list("outcomes")[family]
    plain = sorted((e for e in entries if not e.isupper()), key=len, reverse=True)
    capitals = sorted((e for e in entries if e.isupper()), key=len, reverse=True)
    return (
        re.compile(rf"\b(?:{'|'.join(plain)})", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(capitals)})(?![a-z])"),
    )


def _named(family: str, outcome: str) -> list[str]:
    plain, capitals = _patterns(family)
    return [m[0] for m in plain.finditer(outcome)] + [m[0] for m in capitals.finditer(outcome)]


def relevance(words: list[Keyed], topic: Topic, start: int, end: int) -> float:
    """The weighted share of the outcome's words that stand between two places, 0 to 1."""
    total = sum(topic.keys.values())
    if not total:
        return 0.0
    present = {w.key for w in words if start <= w.start < end}
    return sum(weight for key, weight in topic.keys.items() if key in present) / total


def places(words: list[Keyed], topic: Topic, start: int, end: int) -> list[int]:
    """Where the outcome's own words stand, vague ones only when there are no others."""
    own = [w.start for w in words if start <= w.start < end and topic.keys.get(w.key, 0) >= 1]
    return own or [w.start for w in words if start <= w.start < end and w.key in topic.keys]
