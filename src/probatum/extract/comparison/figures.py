"""Pairs of values that stand beside each other, one for each group.

"3 v 6 days", "14 % in A and 9 % in B" and a row of a table say which group has more without a word
of direction. Numbers that describe spread, chance or group size are no values of a group.
"""

import re
from dataclasses import dataclass
from typing import Final

from probatum.extract.comparison.groups import Mention

_NOISE: Final = re.compile(
    r"(?:±|\+/-|\+ ?/ ?-)\s?\d+(?:[.,·]\d+)?"
    r"|\bp(?:s|[\s-]?values?)?\s{0,2}[<>=≤≥]{1,2}\s{0,2}\d?[.·,]?\d+"
    r"|\bn\s?=\s?\d+"
    r"|\bout of \d+|\bof (?:the )?\d+(?= )|(?<=\d)\s?/\s?\d+(?![.\d])"
    r"|\[[^\[\]]{1,60}\]"
    r"|\((?:\d+(?:[.,·]\d+)?\s?(?:-|–|to|,|/)\s?\d+(?:[.,·]\d+)?|\d+(?:[.,·]\d+)?\s?%?|SD[^()]{0,20}"
    r"|[^()]{0,12}\d+(?:[.,·]\d+)?\s?(?:-|–|to)\s?\d+(?:[.,·]\d+)?[^()\d]{0,12})\)"
    r"|(?:9\d\s?%?\s?)(?:CI|confidence interval)s?[^A-Za-z]{1,40}"
    r"|\b(?:day|week|month|year|table|fig(?:ure)?|group|grade|type|stage|phase|visit)s?\.?\s?\d+"
    r"|\d+[\s-]?(?:mg|weeks?|months?|years?|years)\b"
    r"|[A-Za-z]-?\d+(?:[.,]\d+)?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![\w.])[-−–]?\d{1,9}(?:[.·,]\d{1,6})?(?![\w])")
_GAP: Final = re.compile(
    r"^[^.;]{0,90}?(?:\b(?:vs|versus|compared (?:with|to)|against|and|v|than|or|while)\b|/)"
    r"[^;]{0,90}$",
    re.IGNORECASE,
)
_ROW: Final = re.compile(r"^[\s%|)]*$")


@dataclass(frozen=True, slots=True)
class ValuePair:
    """Two values; `vote` is 1 when the intervention's is greater; `tied` when groups are told.

    `near` says that they differ by less than a tenth of the greater.
    """

    start: int
    end: int
    vote: int
    tied: bool
    near: bool


def _float(text: str) -> float:
    plain = text.replace("·", ".").replace("−", "-").replace("–", "-")
    if re.fullmatch(r"-?\d{1,3},\d{3}", plain):
        plain = plain.replace(",", "")
    return float(plain.replace(",", "."))


def value_pairs(text: str, start: int, end: int, mentions: list[Mention]) -> list[ValuePair]:
    """The pairs of values of one sentence, in order."""
    sentence = text[start:end]
    masked = _NOISE.sub(lambda m: " " * len(m[0]), sentence)
    numbers = [(start + m.start(), start + m.end(), _float(m[0])) for m in _NUMBER.finditer(masked)]
    found: list[ValuePair] = []
    place = 0
    while place + 1 < len(numbers):
        (a0, a1, a), (b0, b1, b) = numbers[place], numbers[place + 1]
        gap = masked[a1 - start : b0 - start]
        row = bool(_ROW.match(gap)) and len(gap) <= 40
        if not (_GAP.match(gap) or row):
            place += 1
            continue
        side = _side(a0, a1, b0, b1, start, end, mentions)
        tied = side != 0
        found.append(
            ValuePair(
                a0,
                b1,
                _sign(a - b) * (side or 1),
                tied,
                abs(a - b) < 0.1 * max(abs(a), abs(b), 1e-9),
            )
        )
        place += 2
    return found


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _side(a0: int, a1: int, b0: int, b1: int, start: int, end: int, mentions: list[Mention]) -> int:
    """The side of the first value; 0 where the sentence does not tell."""
    inside = [m for m in mentions if a1 <= m.start and m.end <= b0]
    before = [m for m in mentions if start <= m.start and m.end <= a0]
    after = [m for m in mentions if b1 <= m.start < end]
    near = before[-1] if before and a0 - before[-1].end <= 18 else None
    if len(inside) >= 2 or (inside and after and inside[0].side != after[0].side):
        return inside[0].side
    if inside:
        # "A 5 v B 3" ties the inner group to the second value, "5 in A v 3" to the first.
        if near is not None and near.side != inside[0].side:
            return near.side
        return inside[0].side if inside[0].start - a1 < b0 - inside[0].end else -inside[0].side
    if len(before) >= 2 and before[-1].side != before[-2].side:
        return before[-2].side
    if len(after) >= 2 and after[0].side != after[1].side and not before:
        return after[0].side
    if before:
        return before[-1].side
    return 0
