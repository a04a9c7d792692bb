"""Recommendations out of guideline prose: who advises what, for whom, how strongly, for or against.

A sentence is taken when it recommends in so many words, or when it stands in a guideline and says
"should", or begins with the imperative. Its direction is read from its own words; a strength is
only what is printed, in the sentence or right behind it. It cannot see who recommends where a
sentence before said so, nor a population that only the heading names; headings are kept for that.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from probatum.extract.guidance.grades import Grade, Side, grades
from probatum.extract.guidance.scope import Directive, about
from probatum.extract.lines import Line
from probatum.extract.phrases import pattern
from probatum.terms.general import general_vocabulary
from probatum.terms.sentences import sentences

_LONGEST: Final = 1_200
_CUE: Final = re.compile(
    r"recommend|suggest|should|must|advis|endorse|contraindicat|indicated|considered|offer|prefer|"
    r"standard of care|treatment of choice|standard treatment|reasonable|warranted|appropriate|"
    r"option|acceptable|first choice|insufficient|evidence|avoid",
    re.IGNORECASE,
)
_ITEM_MARK: Final = re.compile(r"(?:[-*•▪◦]|\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|\(?[a-z][.)])\s{1,3}")
_GUIDELINE: Final = re.compile(
    r"guidelines?|guidance|recommendations?|consensus|practice parameter|"
    r"position (?:paper|statement)|"
    r"standards of (?:medical )?care|appropriate use|clinical practice",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ExtractedRecommendation:
    """What should or should not be done; `text[start:end]` is the sentence as printed.

    `population` and `intervention` are words of the sentence, None where it names none; the
    intervention may be what is to be done in full ("discuss the known risks"). `wording` is
    "strong" or "weak" by the verb alone ("should", "consider"), which is no body's grade.
    """

    start: int
    end: int
    direction: Side
    wording: Literal["strong", "weak"]
    grade: Grade | None = None
    body: str | None = None
    population: str | None = None
    intervention: str | None = None
    locator: str = "text"
    headings: tuple[str, ...] = ()


def is_guideline(title: str) -> bool:
    """Whether a work's title says that it gives guidance."""
    return _GUIDELINE.search(title[:500]) is not None


def recommendations(
    lines: Iterable[Line], text: str, *, guideline: bool, body: str | None = None
) -> tuple[ExtractedRecommendation, ...]:
    """The recommendations of a held text, in order.

    `guideline` says that the work itself advises; elsewhere only what a named body or a printed
    grade marks as a recommendation is taken. `body` is who issued the work.
    """
    found: list[ExtractedRecommendation] = []
    for line in lines:
        if line.kind not in ("paragraph", "item"):
            continue
        for start, end in sentences(line.text):
            _read(found, text, line, line.start + start, line.start + end, guideline, body)
    return tuple(found)


def _read(
    found: list[ExtractedRecommendation],
    text: str,
    line: Line,
    start: int,
    end: int,
    guideline: bool,
    body: str | None,
) -> None:
    if end - start > _LONGEST:
        return
    marks = grades(text, start, end)
    if marks and _is_only_grade(text, start, end, marks):
        _add_grade(found, text, marks[0], start)
        return
    if _CUE.search(text, start, end) is None and not _orders(text[start:end]):
        return
    said = text[start:end]
    named = _body(said) if "ommend" in said or "uggest" in said or "uideline" in said else None
    at = _directive(said, guideline or bool(named), _grade_of(marks) is not None)
    if at is None:
        return
    population, intervention = about(said, at)
    found.append(
        ExtractedRecommendation(
            start,
            end,
            _side(said, at, marks),
            "weak" if pattern("recommending", "weak").search(said) else "strong",
            marks[0] if marks else None,
            named or (body if guideline else None),
            population,
            intervention,
            line.locator,
            line.headings,
        )
    )


def _grade_of(marks: Iterable[Grade]) -> str | None:
    return next((mark.grade for mark in marks if mark.grade), None)


def _is_only_grade(text: str, start: int, end: int, marks: tuple[Grade, ...]) -> bool:
    """Whether a sentence holds nothing but the strength of the one before."""
    told = sum(mark.end - mark.start for mark in marks)
    return len(re.findall(r"\w", text[start:end])) <= told + 12


def _add_grade(found: list[ExtractedRecommendation], text: str, grade: Grade, start: int) -> None:
    if not found or found[-1].grade is not None or start - found[-1].end > 200:
        return
    between = text[found[-1].end : start]
    if between.count("\n") > 2 or len(between.strip()) > 40:
        return
    last = found[-1]
    side = grade.side or last.direction
    found[-1] = replace(last, grade=grade, direction=side)


def _directive(said: str, guideline: bool, graded: bool) -> Directive | None:
    """Where the sentence recommends; None where it doesn't."""
    if pattern("recommending", "other").search(said) or said.endswith("?"):
        return None
    sure = pattern("recommending", "sure").search(said)
    if not (guideline or graded):
        own = sure and re.search(r"\b[Ww]e (?:\w{1,15} )?recommend", said)
        return Directive(sure.start(), sure.end()) if sure and own else None
    order = _orders(said)
    found = [m for m in (sure, pattern("recommending", "likely").search(said), order) if m]
    first = min(found, key=lambda m: m.start(), default=None)
    return Directive(first.start(), first.end()) if first else None


def _orders(said: str) -> re.Match[str] | None:
    """The imperative that a sentence begins with: "Offer", "Do not use"."""
    mark = _ITEM_MARK.match(said)
    return _imperative().match(said, mark.end() if mark else 0)


@lru_cache(maxsize=1)
def _imperative() -> re.Pattern[str]:
    # At the start of a sentence alone, with its capital: "offer" elsewhere is no advice.
    whole = pattern("recommending", "imperative").pattern
    return re.compile(rf"(?=[A-Z]){whole}", re.IGNORECASE)


def _side(said: str, at: Directive, marks: Iterable[Grade]) -> Side:
    told = next((mark.side for mark in marks if mark.side), None)
    if told:
        return told
    # Too little evidence of one thing and advice of another: the advice is what is said.
    open_ = pattern("recommending", "neither").search(said)
    if open_ and open_.end() >= at.start:
        return "neither"
    # The first thing advised decides; "and should avoid ..." behind it is a second one.
    low, high = max(0, at.start - 20), min(len(said), at.end + 25)
    found = pattern("recommending", "against").search(said, low, high)
    return "against" if found and found.start() <= at.end + 8 else "for"


@lru_cache(maxsize=4096)
def _body(said: str) -> str | None:
    """The body that the sentence names as recommending."""
    for mention in general_vocabulary().match(said[:600], kinds={"body"}):
        return mention.term.short or next(iter(mention.term.abbreviations), mention.term.name)
    return None
