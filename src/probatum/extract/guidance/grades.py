"""The strength that a body prints beside a recommendation, in the body's own system.

"Strong recommendation, moderate-quality evidence", "[I, A]", "category 2A", "Grade B": each is kept
as printed with the name of its system, because no two systems mean the same by one letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from probatum.extract.phrases import data

Side = Literal["for", "against", "neither"]


@dataclass(frozen=True, slots=True)
class Grade:
    """A printed strength; `text[start:end]` holds it.

    `grade` is the strength and `evidence` the certainty or level, either None where not printed.
    `side` is what the grade itself says of the direction ("D" of the USPSTF advises against).
    """

    system: str
    start: int
    end: int
    grade: str | None = None
    evidence: str | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class _System:
    name: str
    pattern: re.Pattern[str]
    against: frozenset[str]
    neither: frozenset[str]


# No grade is printed without one of these; most sentences have none and are passed over at once.
_CUE = re.compile(
    r"recommend|evidence|\bgrade|categor|\bclass\b|\b(?:COR|LOE|SOR)\b|"
    r"[(\[](?:I{1,3}|IV|V) ?, ?[A-E]|[(\[][12] ?[A-D][)\]]",
    re.IGNORECASE,
)


@cache
def _systems() -> tuple[_System, ...]:
    return tuple(
        _System(
            row["name"],
            re.compile(row["pattern"], 0 if row.get("cased") else re.IGNORECASE),
            frozenset(row.get("against", ())),
            frozenset(row.get("neither", ())),
        )
        for row in data("grades")["systems"]
    )


def grades(text: str, start: int = 0, end: int | None = None) -> tuple[Grade, ...]:
    """The strengths printed in a stretch of text, in order and without overlap."""
    stop = len(text) if end is None else end
    if _CUE.search(text, start, stop) is None:
        return ()
    found: list[Grade] = []
    for grade in _every(text, start, stop):
        if all(grade.end <= each.start or grade.start >= each.end for each in found):
            found.append(grade)
    return tuple(sorted(found, key=lambda each: each.start))


def _every(text: str, start: int, stop: int) -> Iterator[Grade]:
    for system in _systems():
        for match in system.pattern.finditer(text, start, stop):
            parts = match.groupdict()
            grade = parts.get("grade") or parts.get("grade2")
            evidence = parts.get("evidence")
            side: Side | None = None
            if grade in system.against:
                side = "against"
            elif grade in system.neither:
                side = "neither"
            yield Grade(system.name, match.start(), match.end(), grade, evidence, side)
