"""Words of direction in a statement, and of which group each is said.

"Lower in A than in B", "B had more than A" and "compared with B, A reduced" say the same. So each
word of direction is read with the group that it is said of: the other side of "than" or "compared
with", else the group that follows with "in" or "with", else the one before. Words that weigh
another ("less improvement", "decreased less") are folded into it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, Literal

from probatum.extract.comparison.groups import Mention
from probatum.extract.comparison.keyed import key_of
from probatum.extract.comparison.lists import pattern

Family = Literal["up", "down", "better", "worse", "none", "differ"]
How = Literal["reference", "owner", "subject", "far", "unsaid"]
_SIGN: Final[dict[str, int]] = {"up": 1, "down": -1, "better": 1, "worse": -1}
_DEGREE: Final = re.compile(
    r"greater|larger|more|higher|stronger|less|lesser|smaller|fewer|lower|slower|faster|earlier|"
    r"steeper|deeper|superior|better|most|least|largest|greatest|highest|lowest",
    re.IGNORECASE,
)
_LESS: Final = re.compile(r"less|lesser|smaller|fewer|lower|least|lowest|weaker", re.IGNORECASE)
_AFTER_DEGREE: Final = re.compile(r"(?:\s+[\w%-]+){0,3}\s+")
_BEFORE_DEGREE: Final = re.compile(r"(?:\s+(?:significantly|much|even|far|in all))?\s+")
_NOUN: Final = re.compile(
    r"(?:increase|decrease|reduction|improvement|decline|loss|gain|drop|fall|rise)s?", re.IGNORECASE
)
_PREDICATE: Final = re.compile(r"\b(?:was|were|is|are|being)(?:\s+[\w-]+){0,3}\s+$")
_ARTICLE: Final = re.compile(
    r"\b(?:the|an?|mean|median|average|percentage|percent|relative|this|of|in|overall|total)\s+$",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(
    r"increas|decreas|reduc|improve|declin|loss|gain|drop|fall|rise|worsen|deteriorat|prolong|"
    r"recover|benefi|relief|impair|elevat|enhance|lower",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of direction; `sign` is 1 for more or better and -1 for less or worse."""

    start: int
    end: int
    family: Family
    text: str
    sign: int = 0
    denied: bool = False
    side: int = 0
    how: How = "unsaid"

    @property
    def vote(self) -> int:
        """Direction for the intervention; a group left unsaid is taken to be the intervention."""
        return self.sign * (self.side or 1)


_ORDER: Final[tuple[Family, ...]] = ("none", "differ", "better", "worse", "up", "down")


def find_cues(text: str, start: int, end: int, named: Collection[str] = ()) -> list[Cue]:
    """The words of direction between two places, in order, weighed ones folded.

    `named` are keys of the outcome's own words: where the outcome is "weight loss", more loss is
    more of it.
    """
    taken: list[Cue] = []
    for family in _ORDER:
        for m in pattern("cues", family).finditer(text, start, end):
            if all(m.end() <= c.start or m.start() >= c.end for c in taken):
                taken.append(Cue(m.start(), m.end(), family, m[0].lower(), _SIGN.get(family, 0)))
    taken.sort(key=lambda c: c.start)
    told = [_with_denial(text, start, c) for c in _folded(text, taken, named)]
    own = [c for c in told if not (c.sign and key_of(c.text.split()[0]) in named)]
    return own if any(c.sign for c in own) else told


def _folded(text: str, cues: list[Cue], named: Collection[str]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in cues:
        last = kept[-1] if kept else None
        if last is None or not (last.sign and cue.sign):
            kept.append(cue)
            continue
        gap = text[last.end : cue.start]
        if (
            _DEGREE.fullmatch(last.text)
            and _CHANGE.match(cue.text)
            and _AFTER_DEGREE.fullmatch(gap)
        ):
            if key_of(cue.text.split()[0]) in named:
                kept[-1] = replace(last, end=cue.end)
                continue
            sign = -cue.sign if _LESS.fullmatch(last.text) else cue.sign
            kept[-1] = replace(cue, start=last.start, sign=sign)
        elif (
            _NOUN.fullmatch(last.text)
            and _DEGREE.fullmatch(cue.text)
            and _PREDICATE.search(gap)
            and _ARTICLE.search(text[max(0, last.start - 30) : last.start])
        ):
            # "the reduction in pain was greater": a degree of a change named before.
            if key_of(last.text) in named:
                kept[-1] = cue
                continue
            sign = -last.sign if _LESS.fullmatch(cue.text) else last.sign
            kept[-1] = replace(cue, sign=sign, family=last.family)
        elif (
            _CHANGE.match(last.text)
            and cue.text in ("more", "less", "faster", "slower", "most", "least")
            and _BEFORE_DEGREE.fullmatch(gap)
        ):
            sign = -last.sign if cue.text in ("less", "slower", "least") else last.sign
            kept[-1] = replace(last, end=cue.end, sign=sign)
        else:
            kept.append(cue)
    return kept


_NEAR: Final = 34


def _with_denial(text: str, floor: int, cue: Cue) -> Cue:
    if not cue.sign:
        return cue
    before = text[max(floor, cue.start - _NEAR) : cue.start]
    found = None
    for m in pattern("cues", "deny").finditer(before):
        found = m
    if found is None:
        return cue
    between = before[found.end() :]
    if len(between.split()) > 3 or any(mark in between for mark in ",;:().") or " only " in between:
        return cue
    return replace(cue, denied=True)


def oriented(
    text: str,
    cue: Cue,
    clause: tuple[int, int],
    sentence: tuple[int, int],
    mentions: list[Mention],
    references: list[tuple[int, int]],
) -> Cue:
    """The cue with the group that it is said of."""
    found = (
        _beaten(cue, clause[1], mentions)
        or _before_reference(text, cue, clause[1], mentions, references)
        or _behind_reference(cue, clause[0], sentence[0], mentions, references)
    )
    return found or _said_of(text, cue, clause, sentence[0], mentions)


def _beaten(cue: Cue, end: int, mentions: list[Mention]) -> Cue | None:
    """ "A outperformed B": the group that follows is the other one."""
    if not _OVER.match(cue.text):
        return None
    other = next((m for m in mentions if cue.end <= m.start < end), None)
    if other is None or other.start - cue.end > 60:
        return None
    return replace(cue, side=-other.side, how="reference")


def _before_reference(
    text: str, cue: Cue, end: int, mentions: list[Mention], references: list[tuple[int, int]]
) -> Cue | None:
    """ "Lower than with B": what follows "than" is the other group."""
    for first, last in references:
        if cue.end <= first < end:
            other = next((m for m in mentions if 0 <= m.start - last <= 70 and m.start < end), None)
            if other is not None and not _number_between(text, last, other.start):
                return replace(cue, side=-other.side, how="reference")
    return None


def _behind_reference(
    cue: Cue, start: int, floor: int, mentions: list[Mention], references: list[tuple[int, int]]
) -> Cue | None:
    """ "Compared with B, A was lower": said of the other group, or of the one named since."""
    for first, last in references:
        if not (floor <= first and last <= cue.start):
            continue
        other = next(
            (m for m in mentions if 0 <= m.start - last <= 70 and m.end <= cue.start), None
        )
        if other is None or first < start:
            continue
        later = [m for m in mentions if other.end <= m.start and m.end <= cue.start]
        if not (later and later[-1].side != other.side):
            return replace(cue, side=-other.side, how="reference")
        return replace(cue, side=later[-1].side, how="subject")
    return None


def _said_of(
    text: str, cue: Cue, clause: tuple[int, int], floor: int, mentions: list[Mention]
) -> Cue:
    """Without a word that compares: the group with "in" or "with", the subject, or any near."""
    start, end = clause
    after = next((m for m in mentions if cue.end <= m.start < end), None)
    if after is not None and after.start - cue.end <= 160:
        lead = text[max(cue.end, after.start - 40) : after.start]
        if _owned(lead) and not _own_subject(text, cue, after, start, mentions):
            return replace(cue, side=after.side, how="owner")
    before = [m for m in mentions if start <= m.start and m.end <= cue.start]
    if before:
        return replace(cue, side=before[-1].side, how="subject")
    earlier = [m for m in mentions if floor <= m.start and m.end <= cue.start]
    if earlier:
        return replace(cue, side=earlier[-1].side, how="far")
    if after is not None:
        return replace(cue, side=after.side, how="far")
    return cue


def _own_subject(text: str, cue: Cue, after: Mention, start: int, mentions: list[Mention]) -> bool:
    """Whether the group before has the change and the one after belongs to the next statement."""
    before = [m for m in mentions if start <= m.start and m.end <= cue.start]
    return (
        bool(before)
        and before[-1].side != after.side
        and cue.start - before[-1].end <= 40
        and "," not in text[before[-1].end : cue.start]
        and " and " in text[cue.end : after.start]
    )


_OVER: Final = re.compile(r"outperform|exceed", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")


def _number_between(text: str, start: int, end: int) -> bool:
    return end - start > 25 and _DIGIT.search(text, start, end) is not None


def _owned(lead: str) -> bool:
    found = None
    for m in pattern("cues", "owner").finditer(lead):
        found = m
    return found is not None and len(lead[found.end() :].split()) <= 4
