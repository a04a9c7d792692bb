"""Which unit of a claim stands where in a text, and what the text has in its place.

"11.7 months with A and 8.5 months with B" holds the same words with the values exchanged, so a bag
of words proves nothing. Runs of equal units are laid onto each other, longest first and sentence by
sentence; between two runs that follow each other in both, what the claim has stands in the *slot*
of what the text has. A slot with another filler is how a changed figure, drug or arm shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from probatum.checks.evidence.units import Unit

# A slot of the text may be this much longer than the claim's: a claim may leave out words.
_SLACK = 8
# Rounds in one sentence: after the first, what was moved is laid too, piece by piece.
_ROUNDS = 4
# Units beside a run that may be the slot when the other side of it does not fit.
_ASIDE = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """Units of a claim in a place where the text has others; both may be empty, not at once.

    `sure` is set when the same runs enclose it on both sides.
    """

    claim: tuple[int, ...]
    text: tuple[int, ...]
    sure: bool


@dataclass(frozen=True)
class Alignment:
    """Units of claim and text, what is laid onto what, and the slots with another filler."""

    claim: tuple[Unit, ...]
    text: tuple[Unit, ...]
    # For each unit of the claim its unit of the text, or None.
    match: tuple[int | None, ...]
    # Whether the unit belongs to a run, and so stands in its place.
    placed: tuple[bool, ...]
    slots: tuple[Slot, ...]

    @cached_property
    def used(self) -> frozenset[int]:
        """Units of the text onto which one of the claim is laid."""
        return frozenset(place for place in self.match if place is not None)

    def joined(self, index: int) -> bool:
        """Whether a neighbour of the claim's unit is its very neighbour in the text as well."""
        place = self.match[index]
        if place is None:
            return False
        before = self.match[index - 1] if index > 0 else None
        after = self.match[index + 1] if index + 1 < len(self.match) else None
        return before == place - 1 or after == place + 1


def align(
    claim: Sequence[Unit], sentences: Sequence[tuple[int, int]], text: Sequence[Unit]
) -> Alignment:
    """Lay a claim onto the units of a text; `sentences` are spans of `text`, best first."""
    match: list[int | None] = [None] * len(claim)
    used: set[int] = set()
    keys = [unit.key for unit in claim]
    theirs = [unit.key for unit in text]
    for start, end in sentences:
        held = set(theirs[start:end])
        for _ in range(_ROUNDS):
            before = len(used)
            for first, last in _open_runs(match):
                if held.isdisjoint(keys[first:last]):
                    continue
                _lay(keys, theirs, first, last, start, end, match, used)
            if len(used) == before:
                break
    bounds = _sentence_of(sentences, len(text))
    placed = _placed(claim, match, bounds)
    for index, unit in enumerate(claim):
        if unit.kind in ("denial", "versus") and not placed[index]:
            match[index] = None  # a "not" of another clause denies nothing here
    slots = _slots(claim, text, match, placed, bounds)
    return Alignment(tuple(claim), tuple(text), tuple(match), tuple(placed), slots)


def _open_runs(match: Sequence[int | None]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    first = None
    for index, place in enumerate((*match, 0)):
        if place is None and first is None:
            first = index
        elif place is not None and first is not None:
            runs.append((first, index))
            first = None
    return runs


def _lay(
    keys: list[str],
    theirs: list[str],
    first: int,
    last: int,
    start: int,
    end: int,
    match: list[int | None],
    used: set[int],
) -> None:
    mine = keys[first:last]
    other = [key if at not in used else "" for at, key in enumerate(theirs[start:end], start)]
    matcher = SequenceMatcher(None, other, mine, autojunk=False)
    for at, to, size in matcher.get_matching_blocks():
        for step in range(size):
            match[first + to + step] = start + at + step
            used.add(start + at + step)


def _sentence_of(sentences: Sequence[tuple[int, int]], length: int) -> list[int]:
    """For each unit of the text the number of its sentence."""
    numbers = [-1] * length
    for number, (start, end) in enumerate(sentences):
        for at in range(start, end):
            numbers[at] = number
    return numbers


def _placed(
    claim: Sequence[Unit], match: Sequence[int | None], sentence: Sequence[int]
) -> list[bool]:
    """Whether a unit's neighbour in the claim is its neighbour in the text as well."""
    placed = [False] * len(match)
    matched = [(index, place) for index, place in enumerate(match) if place is not None]
    for (one, at), (two, to) in pairwise(matched):
        near = two - one <= 2 and 0 < to - at <= 2
        if near and sentence[at] == sentence[to]:
            placed[one] = placed[two] = True
    return placed


@dataclass(frozen=True)
class _Frame:
    """Runs of equal units, between which the slots are."""

    match: Sequence[int | None]
    sentence: Sequence[int]
    # Units of the text that runs hold.
    fixed: frozenset[int]

    def free(self, start: int, stop: int) -> list[int]:
        """Units of the text in this range that no run holds."""
        return [at for at in range(start, stop) if at not in self.fixed]

    def beside(self, place: int, step: int, reach: int) -> list[int]:
        """Units next to a place, in its sentence and up to the next run, at most `reach`."""
        found: list[int] = []
        at = place + step
        while 0 <= at < len(self.sentence) and len(found) < reach:
            if self.sentence[at] != self.sentence[place] or at in self.fixed:
                break
            found.append(at)
            at += step
        return sorted(found)

    def edge(self, place: int, step: int, reach: int) -> int | None:
        """How many units stand between a place and that end of its sentence, if at most `reach`."""
        for count in range(reach + 1):
            at = place + step * (count + 1)
            if not 0 <= at < len(self.sentence) or self.sentence[at] != self.sentence[place]:
                return count
        return None


def _slots(
    claim: Sequence[Unit],
    text: Sequence[Unit],
    match: Sequence[int | None],
    placed: Sequence[bool],
    sentence: Sequence[int],
) -> tuple[Slot, ...]:
    fixed = frozenset(
        place for place, held in zip(match, placed, strict=True) if place is not None and held
    )
    frame = _Frame(match, sentence, fixed)
    slots: list[Slot] = []
    index = 0
    while index <= len(claim):
        stop = index
        while stop < len(claim) and not placed[stop]:
            stop += 1
        slot = _slot(index, stop, frame)
        if slot is not None:
            slots.append(slot)
        index = stop + 1
    return tuple(slots)


def _slot(first: int, last: int, frame: _Frame) -> Slot | None:
    """The slot of the claim's units from `first` to `last`, which no run holds."""
    mine = tuple(range(first, last))
    left = frame.match[first - 1] if first > 0 else None
    right = frame.match[last] if last < len(frame.match) else None
    if left is None or right is None:
        return _at_an_end(mine, left, right, frame)
    same = frame.sentence[left] == frame.sentence[right]
    if same and 0 <= right - left - 1 <= len(mine) + _SLACK:
        return _made(mine, frame.free(left + 1, right), sure=True)
    if not mine:
        # More is left out than can be compared, but not what stands right before the next run.
        return _made((), frame.beside(right, -1, 1), sure=True) if same and left < right else None
    reach = len(mine) + _ASIDE
    beside = [] if same else frame.beside(right, -1, reach)
    return _made(mine, beside or frame.beside(left, 1, reach), sure=False)


def _at_an_end(
    mine: tuple[int, ...], left: int | None, right: int | None, frame: _Frame
) -> Slot | None:
    """A slot at the beginning or the end of the claim, with a run on one side only or on none."""
    if not mine:
        # What stands right before the claim's first word may turn it: "no difference".
        return None if right is None else _made((), frame.beside(right, -1, 1), sure=True)
    if right is not None:
        count = frame.edge(right, -1, len(mine))
        if count is not None:  # both begin their sentence here
            return _made(mine, frame.free(right - count, right), sure=True)
        return _made(mine, frame.beside(right, -1, len(mine) + _ASIDE), sure=False)
    if left is not None:
        count = frame.edge(left, 1, len(mine))
        if count is not None:
            return _made(mine, frame.free(left + 1, left + 1 + count), sure=True)
        return _made(mine, frame.beside(left, 1, len(mine) + _ASIDE), sure=False)
    return Slot(mine, (), sure=False)


def _made(mine: tuple[int, ...], theirs: Sequence[int], *, sure: bool) -> Slot | None:
    if not mine and not theirs:
        return None
    return Slot(mine, tuple(theirs), sure)
