"""What must stand around a result's number: endpoint, grade, time point, subgroup, analysis.

A right number with the wrong grade, time point, subgroup or analysis is a wrong number (D2, D4).
Each function returns None or the reason in words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from probatum.checks.endpoints import ENDPOINTS, fits, governing
from probatum.checks.held import Held
from probatum.checks.reading import Reading, quantities_of, stem
from probatum.evidence.record import Result
from probatum.evidence.statement import number
from probatum.terms.quantities import Quantity
from probatum.terms.vocabulary import Vocabulary

GradeSet = frozenset[tuple[str, Decimal]]

_ANY_GRADE = re.compile(r"\b(?:any|all)[- ]grades?\b", re.IGNORECASE)
_ANALYSIS = re.compile(
    r"\b(interim|final|exploratory|post[ -]hoc|updated(?=[\w ]{0,20}(?:analys|result|data))"
    r"|primary(?= analys)|subgroup(?= analys))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:()]")
_JOINED = re.compile(
    r";|,\s+(?:and|but|or|then)\b|\band (?=(?:permanently )?[a-z]+ (?:it|for|if|in)\b)"
)
_SMALL = frozenset(
    [
        "the",
        "of",
        "in",
        "with",
        "and",
        "or",
        "for",
        "to",
        "a",
        "an",
        "at",
        "by",
        "on",
        "only",
        "patients",
        "women",
        "group",
    ]
)


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity grade named in a text; an empty set is "any grade"."""

    start: int
    grades: GradeSet


def grades_of(reading: Reading) -> tuple[Grade, ...]:
    """The grades a text names, "grade 3 or 4" being one."""
    found = [Grade(m.start(), frozenset()) for m in _ANY_GRADE.finditer(reading.text)]
    end = -99
    for q in reading.quantities:
        if q.role != "grade":
            continue
        if q.start - end <= 6 and found:
            last = found.pop()
            found.append(Grade(last.start, last.grades | {(q.comparator, q.value)}))
        else:
            found.append(Grade(q.start, frozenset([(q.comparator, q.value)])))
        end = q.end
    return tuple(sorted(found, key=lambda g: g.start))


def grade_around(reading: Reading, quantity: Quantity) -> GradeSet:
    """The whole grade that a number is part of: both 3 and 4 of "grade 3 or 4"."""
    before = [g for g in grades_of(reading) if g.start <= quantity.start and g.grades]
    return before[-1].grades if before else frozenset()


def clause(reading: Reading, place: int) -> tuple[int, int]:
    """The part of a sentence around a place, between semicolons or joined main clauses."""
    start, end = reading.sentence(place)
    text = reading.text[start:end]
    breaks = [start, *(start + m.start() for m in _JOINED.finditer(text)), end]
    return max(b for b in breaks if b <= place), min(b for b in breaks if b > place)


@lru_cache(maxsize=512)
def held_grade(grade: str | None) -> GradeSet | None:
    """The grades of a result; None when it has none, empty for any grade."""
    if grade is None:
        return None
    found = [q for q in quantities_of(f"grade {grade}") if q.role == "grade"]
    return frozenset((q.comparator, q.value) for q in found)


def wrong_endpoint(
    reading: Reading, place: int, values: Sequence[int], record: Result, vocabulary: Vocabulary
) -> str | None:
    """The value is told as another endpoint's."""
    mention = governing(reading, place, reading.of_kind(*ENDPOINTS), values)
    if mention is None or fits(mention.term.id, record.endpoint, vocabulary):
        return None
    return f"belongs to {record.endpoint}, not to {mention.text}"


def wrong_grade(
    reading: Reading, quantity: Quantity, values: Sequence[int], held: Held
) -> str | None:
    """The value is told with another severity grade, or without the one it has."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    expected = held_grade(record.grade)
    start, end = reading.sentence(quantity.start)
    inside = [g for g in grades_of(reading) if start <= g.start < end]
    before = [g for g in inside if g.start < quantity.start]
    following = min((v for v in values if v > quantity.start), default=end)
    after = [g for g in inside if quantity.start < g.start < following]
    told = before[-1] if before else after[0] if after else None
    if told is None and not any(start <= m.start < end for m in reading.of_kind(*ENDPOINTS)):
        # The sentence goes on about what an earlier one named, as record statements do.
        told = next((g for g in reversed(grades_of(reading)) if g.start < start), None)
    if expected:
        if told is None or told.grades != expected:
            return f"is of grade {record.grade}, which the sentence does not say"
        return None
    endpoint = held.library.vocabulary
    is_event = record.endpoint in endpoint and endpoint.get(record.endpoint).kind == "adverse_event"
    if told is not None and told.grades and is_event:
        return "is not of the grade named"
    return None


def wrong_timepoint(reading: Reading, place: int, record: Result) -> str | None:
    """The value holds at a time that the sentence does not name."""
    if not record.timepoint:
        return None
    start, end = reading.sentence(place)
    if not any(start <= m.start < end for m in reading.of_kind(*ENDPOINTS)):
        start = 0
    told = {(q.value, q.unit) for q in reading.quantities if start <= q.start < end}
    needed = {(q.value, q.unit) for q in quantities_of(record.timepoint)}
    return None if needed <= told else f"holds at {record.timepoint}, which is not said"


def unnamed_subgroup(reading: Reading, held: Held) -> str | None:
    """The value is a subgroup's and the sentence reads as if it were everyone's."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    if not record.subgroup and record.analysis != "subgroup":
        return None
    vocabulary = held.library.vocabulary
    named = reading.terms()
    population = record.population
    if record.subgroup and _says(reading, record.subgroup):
        return None
    subtypes = population.subtypes
    if subtypes and all(
        any(s in vocabulary and vocabulary.relation(n, s) != "other" for n in named)
        for s in subtypes
    ):
        return None
    if population.biomarkers and all(_criterion_named(reading, held, named)):
        return None
    return f"is of the subgroup {record.subgroup or population.text}, which is not named"


def _criterion_named(reading: Reading, held: Held, named: frozenset[str]) -> list[bool]:
    vocabulary = held.library.vocabulary
    told = {(q.comparator, q.value) for q in reading.quantities}
    found = []
    for criterion in held.record.population.biomarkers:
        marker = any(
            n == criterion.biomarker
            or (n in vocabulary and vocabulary.relation(n, criterion.biomarker) != "other")
            for n in named
        )
        value = criterion.value is None or (criterion.comparator, criterion.value) in told
        found.append(marker and value)
    return found


def _says(reading: Reading, subgroup: str) -> bool:
    needed = {stem(w) for w in re.findall(r"[^\W_]+", subgroup) if w.lower() not in _SMALL}
    said = {stem(w.text) for w in reading.words}
    numbers = {(q.comparator, q.value) for q in quantities_of(subgroup)}
    told = {(q.comparator, q.value) for q in reading.quantities}
    return bool(needed) and len(needed & said) * 2 >= len(needed) and numbers <= told


def analysis_words(text: str) -> frozenset[str]:
    """The kinds of analysis a text names."""
    return frozenset(m.group(1).lower().replace("-", " ") for m in _ANALYSIS.finditer(text))


def held_analysis(held: Held) -> frozenset[str]:
    """The words that may be used for the analysis of a result."""
    record = held.record
    assert isinstance(record, Result)  # noqa: S101 - the caller's contract
    found = {record.analysis.replace("_", " ")}
    for text in (record.analysis_label, record.caution, held.source.title, held.edition.label):
        if text:
            found |= analysis_words(text)
    if record.subgroup:
        found.add("subgroup")
    if held.edition.interim:
        found.add("interim")
    return frozenset(found)


def wrong_analysis(reading: Reading, place: int, held: Held) -> str | None:
    """The value is told as another analysis's."""
    may = held_analysis(held)
    start, end = reading.sentence(place)
    breaks = [start, *(start + m.start() for m in _CLAUSE.finditer(reading.text[start:end])), end]
    left = max(b for b in breaks if b <= place)
    right = min(b for b in breaks if b > place)
    for text in (reading.text[left:right], reading.text[start:end]):
        said = analysis_words(text)
        if said and not said & may:
            return f"is from the {'/'.join(sorted(may))} analysis, not the {'/'.join(sorted(said))}"
    return None


def follow_up_text(record: Result) -> str:
    """The follow-up of a result in words, for reasons."""
    months = record.follow_up_months
    return f"{number(months)} months" if months is not None else "not stated"
