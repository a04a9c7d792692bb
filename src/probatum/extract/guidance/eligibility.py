"""Who may take part in a study and who may not, criterion by criterion.

An exclusion read as an inclusion turns a population round, so a criterion is only taken where a
heading, a column or the sentence itself says on which side it stands.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from probatum.extract.lines import Line
from probatum.terms.sentences import sentences

Side = Literal["inclusion", "exclusion"]

_HEADING: Final = re.compile(
    r"(?P<non>non-?)?(?P<side>inclusion|exclusion)(?:ary)? (?:criteri(?:a|on)|characteristics)|"
    r"^(?P<alone>inclusion|exclusion)s?$",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(
    r"\binclusion\b.{0,40}\bexclusion\b|\bexclusion\b.{0,40}\binclusion\b", re.I
)
_SENTENCE: Final = re.compile(
    r"(?P<out>\bexclusion criteria\b|\bwere excluded\b|\bwas excluded\b|\bineligible\b|"
    r"\bnot eligible\b|\bwe excluded\b|\bexcluded (?:if|from)\b)|"
    r"(?P<in>\binclusion criteria\b|\b(?:were|was|are|is) eligible\b|\beligible (?:patients|"
    r"participants|subjects|women|men|children|adults)\b|\beligibility criteria\b|"
    r"\bwe included (?:patients|participants|adults|women|men|children)\b|\bwere included if\b)",
    re.IGNORECASE,
)
# Counts of people who were left out are results and no criteria.
_COUNT: Final = re.compile(
    r"^\s*(?:of|a total of|\d|after|because|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty)\b|"
    r"\b\d+ (?:patients?|participants?|subjects?|women|men|children|studies|were|was)\b"
    r".{0,60}\bexcluded\b|\bexcluded from (?:the )?(?:analys|stud(?:y|ies)\b.{0,20}because)|"
    r"\b(?:trials|studies|articles|records|papers|reviews)\b",
    re.IGNORECASE,
)
_INTRO: Final = re.compile(
    r"(?:[^:;]{0,160}?(?:criteria|eligible|excluded|ineligible)[^:;]{0,60}?"
    r"(?::|\bwere(?: as follows)?:?|\bincluded:?|\bif(?: they)?\b|\bif:?))\s*",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(
    r";\s+(?:and |or )?|(?:,? (?:and |or )?)?\((?:\d{1,2}|[ivx]{1,4}|[a-h])\)\s+"
)
_LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; `text[start:end]` is its words."""

    side: Side
    start: int
    end: int
    locator: str = "text"


def criteria(lines: Iterable[Line]) -> tuple[Criterion, ...]:
    """The criteria of a held text, in order."""
    return tuple(found for line in lines for found in _of_line(line))


def _of_line(line: Line) -> Iterator[Criterion]:
    if line.kind == "row":
        yield from _columns(line)
        return
    if line.kind not in ("paragraph", "item"):
        return
    # The registry's reader says the side in the code.
    codes: dict[str | None, Side] = {"inclusion": "inclusion", "exclusion": "exclusion"}
    side = codes.get(line.code) or _side_of(line.headings)
    if side is not None:
        for start, end in sentences(line.text):
            turned = _sentence_side(line.text[start:end])
            yield from _parts(line, start, end, turned or side)
        return
    for start, end in sentences(line.text):
        found = _sentence_side(line.text[start:end])
        if found is not None:
            yield from _parts(line, start, end, found)


def _side_of(headings: tuple[str, ...]) -> Side | None:
    """The side that the innermost heading of criteria names; None where it names both."""
    for heading in reversed(headings):
        short = heading[:200]
        if _BOTH.search(short):
            return None
        found = _HEADING.search(short)
        if found:
            named = (found["side"] or found["alone"]).lower()
            # "Non-inclusion criteria" keep people out.
            return "exclusion" if found["non"] or named == "exclusion" else "inclusion"
    return None


def _sentence_side(said: str) -> Side | None:
    if len(said) > _LONGEST or _COUNT.search(said[:300]):
        return None
    found = _SENTENCE.search(said)
    if found is None or _BOTH.search(said[:120]):
        return None
    return "exclusion" if found["out"] else "inclusion"


def _parts(line: Line, start: int, end: int, side: Side) -> Iterator[Criterion]:
    """The criteria of one sentence: what semicolons or numbers in brackets part."""
    intro = _INTRO.match(line.text, start, end)
    at = intro.end() if intro and end - intro.end() > 3 else start
    edges = [at]
    for found in _SPLIT.finditer(line.text, at, end):
        edges += [found.start(), found.end()]
    edges.append(end)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        words = line.text[first:last]
        left = len(words) - len(words.lstrip(" ,:"))
        right = len(words.rstrip(" ,.;:"))
        if right - left > 3:
            yield Criterion(
                side, line.start + first + left, line.start + first + right, line.locator
            )


def _columns(line: Line) -> Iterator[Criterion]:
    """A table with a column of criteria on either side."""
    cells = line.cells()
    if len(cells) != len(line.columns):
        return
    for name, cell in zip(line.columns, cells, strict=True):
        found = _HEADING.search(name[:100])
        if found and not cell.empty and not _BOTH.search(name[:100]):
            named = (found["side"] or found["alone"]).lower()
            side: Side = "exclusion" if found["non"] or named == "exclusion" else "inclusion"
            yield Criterion(side, cell.start, cell.end, line.locator)
