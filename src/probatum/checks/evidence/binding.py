"""To which group of the text each compared value belongs, and whether the claim says the same.

"11.7 months with A and 8.5 months with B" and "A 11.7 months; B 8.5 months" agree although hardly a
word stands where it stood, and "8.5 months with A" disagrees although every word is there. So each
of two neighbouring values of one unit is given the words of its own side, in claim and text alike.

It cannot see groups that are named in another sentence than their values.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from probatum.checks.evidence.comparison import Comparison
from probatum.checks.evidence.finding import Finding
from probatum.checks.evidence.lexicon import is_empty
from probatum.checks.evidence.units import Unit, same_measure

_PARTS = re.compile(
    r"[,;]|\b(?:and|versus|vs|v|while|whereas|but|compared|against|than)\b", re.IGNORECASE
)
_BEHIND = re.compile(
    r"[\s%)\]]*(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\])?\s*"
    r"(?:of (?:the )?\w+ )?(?:with|for|in|on|among|of those|of the|receiving|after)\b",
    re.IGNORECASE,
)
# Roles that accompany a value and belong to the group of that value.
_ASIDE = ("ci_low", "ci_high", "ci_level", "p", "grade", "year", "version", "ordinal", "interval")
_ROLES = ("value", "n")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A value and the keys of the words on its own side."""

    unit: Unit
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bindings:
    """Pairs of values (by their keys) that go to the groups of the text, and faults of others.

    `words` are the keys of the words by which the agreeing values are told apart.
    """

    agreed: frozenset[frozenset[str]]
    words: frozenset[str]
    findings: tuple[Finding, ...]


def bindings(comparison: Comparison) -> Bindings:
    """Which neighbouring values of the claim go to the groups to which the text gives them."""
    mine = _bound(comparison.claim, comparison.alignment.claim)
    theirs: list[tuple[_Bound, _Bound]] = []
    if mine:
        for start, end in comparison.spans:
            theirs += _bound(comparison.text, comparison.alignment.text[start:end])
    found: list[Finding] = []
    agreed: set[frozenset[str]] = set()
    told: set[frozenset[str]] = set()
    words: set[str] = set()
    for one, other in mine:
        verdicts = [_agrees(one, other, *pair) for pair in theirs]
        verdicts = [verdict for verdict in verdicts if verdict is not None]
        if any(verdicts):
            agreed.add(frozenset((one.unit.key, other.unit.key)))
            words |= one.words ^ other.words
        elif verdicts:
            told.add(frozenset((one.unit.key, other.unit.key)))
            detail = f"the text gives {one.unit.text} and {other.unit.text} to the other groups"
            found.append(Finding("numbers", "conflict", detail))
    found += _disordered(comparison, agreed | told)
    return Bindings(frozenset(agreed), frozenset(words), tuple(found))


def _disordered(comparison: Comparison, told: set[frozenset[str]]) -> list[Finding]:
    """Values of the claim that stand the other way round: "10.4% and 23.3%, respectively"."""
    alignment = comparison.alignment
    numbers = [
        (at, unit, alignment.match[at])
        for at, unit in enumerate(alignment.claim)
        if unit.quantity is not None and alignment.match[at] is not None
    ]
    found: list[Finding] = []
    for place, (at, one, here) in enumerate(numbers):
        for to, other, there in numbers[place + 1 : place + 3]:
            assert here is not None and there is not None  # noqa: S101, PT018
            if to - at > 8 or not 0 < here - there <= 10 or not same_measure(one, other):
                continue
            if alignment.joined(at) and alignment.joined(to):
                continue  # both moved with what stands beside them
            if frozenset((one.key, other.key)) not in told and one.key != other.key:
                detail = f"{one.text} and {other.text} stand the other way round in the text"
                found.append(Finding("numbers", "conflict", detail))
    return found


def side_findings(comparison: Comparison) -> list[Finding]:
    """Comparisons that the claim makes the other way round: "B longer than A" for "A than B"."""
    mine = _sides(comparison.claim, comparison.alignment.claim)
    if not mine:
        return []
    theirs: list[tuple[frozenset[str], frozenset[str]]] = []
    for start, end in comparison.spans:
        theirs += _sides(comparison.text, comparison.alignment.text[start:end])
    found: list[Finding] = []
    for left, right in mine:
        verdicts = [_crossed(left, right, *pair) for pair in theirs]
        told = [verdict for verdict in verdicts if verdict is not None]
        if told and all(told):
            detail = "the claim compares the other way round than the text"
            found.append(Finding("direction", "conflict", detail))
    return found


def _crossed(
    left: frozenset[str], right: frozenset[str], first: frozenset[str], second: frozenset[str]
) -> bool | None:
    """Whether what stood before the comparing word now stands behind it; None where not told."""
    if right & (second - first):
        return False
    gone = (second - first - right) & left
    return True if gone and (right & (first - second) or right < second) else None


def _sides(text: str, units: Sequence[Unit]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each comparison the words of what is compared and of what it is compared with."""
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    for at, unit in enumerate(units):
        if unit.kind != "versus":
            continue
        stop = at + 1
        while stop < len(units) and stop - at <= 3 and not (units[stop].parted and stop > at + 1):
            if units[stop].kind in ("number", "versus"):
                break
            stop += 1
        right = units[at + 1 : stop]
        low = at
        while low > 0 and at - low < 6 and units[low - 1].kind != "versus":
            low -= 1
        left = units[low:at]
        if not [u for u in left if _counts(u)]:
            left = units[stop : stop + 6]
        if right and left:
            found.append((_keys(left), _keys(right)))
    return found


def _agrees(one: _Bound, other: _Bound, first: _Bound, second: _Bound) -> bool | None:
    """Whether two pairs of equal values go to the same sides; None when that cannot be told."""
    if (one.unit.key, other.unit.key) == (second.unit.key, first.unit.key):
        first, second = second, first
    if (one.unit.key, other.unit.key) != (first.unit.key, second.unit.key):
        return None
    if one.unit.key == other.unit.key:
        return None
    straight = _weight(one, first, second) + _weight(other, second, first)
    crossed = _weight(one, second, first) + _weight(other, first, second)
    if straight == crossed:
        return None
    return straight > crossed


def _weight(mine: _Bound, theirs: _Bound, rival: _Bound) -> int:
    return len(mine.words & (theirs.words - rival.words))


def _bound(text: str, units: Sequence[Unit]) -> list[tuple[_Bound, _Bound]]:
    """Neighbouring values of one unit with the words of their sides."""
    values = [
        (at, unit)
        for at, unit in enumerate(units)
        if unit.quantity is not None and unit.quantity.role in _ROLES
    ]
    pairs: list[tuple[_Bound, _Bound]] = []
    for place, (at, one) in enumerate(values):
        following = (v for v in values[place + 1 : place + 4] if same_measure(one, v[1]))
        to, other = next(following, (at, one))
        if to == at or to - at > 14:
            continue
        between = text[one.end : other.start]
        inside = [unit for unit in units[at + 1 : to] if _counts(unit)]
        if inside:
            pairs.append(_by_sides(text, units, at, to))
        elif _PARTS.search(between):
            pair = _in_parallel(text, units, at, to)
            if pair is not None:
                pairs.append(pair)
    return pairs


def _counts(unit: Unit) -> bool:
    return unit.kind in ("word", "term", "code", "denial")


def _keys(units: Sequence[Unit]) -> frozenset[str]:
    found: set[str] = set()
    for unit in units:
        if _counts(unit) and not is_empty(unit.key):
            found.add(unit.key)
            found.update(part for part in unit.stems if not is_empty(part))
    return frozenset(found)


def _by_sides(text: str, units: Sequence[Unit], at: int, to: int) -> tuple[_Bound, _Bound]:
    """Each value with its own words: behind it ("11.7 with A and 8.5 with B") or before it."""
    one, other = units[at], units[to]
    behind = _BEHIND.match(text, one.end) is not None
    cuts = [m.start() for m in _PARTS.finditer(text, one.end, other.start)]
    middle = (cuts[-1] if behind else cuts[0]) if cuts else (one.end + other.start) // 2
    low, high = at, to
    if behind:
        # What stands before the first value is of both; what follows the second is its own.
        while high + 1 < len(units) and high - to < 5 and not _stops(units[high + 1]):
            high += 1
        first = [u for u in units[at + 1 : to] if u.start < middle]
        second = [u for u in units[at + 1 : to] if u.start >= middle] + list(
            units[to + 1 : high + 1]
        )
    else:
        while low > 0 and at - low < 6 and not _stops(units[low - 1]):
            low -= 1
        first = list(units[low:at])
        second = [u for u in units[at + 1 : to] if u.start >= middle]
    return _Bound(one, _keys(first)), _Bound(other, _keys(second))


def _stops(unit: Unit) -> bool:
    return unit.quantity is not None and unit.quantity.role in _ROLES


def _between_values(units: Sequence[Unit], at: int) -> bool:
    """Whether a comparing word stands between two figures, and so names no groups."""
    beside = (units[i] for i in (at - 1, at + 1) if 0 <= i < len(units))
    return any(unit.kind == "number" for unit in beside)


def _in_parallel(
    text: str, units: Sequence[Unit], at: int, to: int
) -> tuple[_Bound, _Bound] | None:
    """ "A versus B: 11.7 v 8.5": the sides of the nearest comparison, in its order."""
    places = [
        i
        for i, unit in enumerate(units)
        if unit.kind == "versus" and not at < i < to and not _between_values(units, i)
    ]
    if not places:
        return None
    place = min(places, key=lambda i: min(abs(i - at), abs(i - to)))
    before = [u for u in units[max(0, place - 4) : place] if u.kind != "number"]
    after = [u for u in units[place + 1 : place + 5] if u.kind != "number"]
    if not before or not after:
        return None
    return _Bound(units[at], _keys(before)), _Bound(units[to], _keys(after))
