"""Ages: the years that a line of the criteria admits, and those of whom a statement speaks."""

import re
from dataclasses import dataclass
from functools import lru_cache

from probatum.checks.registry.amount import Amount, amounts
from probatum.checks.registry.record import Section

OLDEST = 130.0
# Who is an adult, in years; who is younger is a child.
OF_AGE = 18.0
_AGE = re.compile(
    r"\bage[ds]?\b|\byears? old\b|\byears? of age\b|\byears?-old\b|\by/?o\b|\b(?:older|younger)\b",
    re.IGNORECASE,
)
_CHILDREN = re.compile(r"\b(?:children|minors|underage|a child)\b(?!['’-])", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(\d{1,2})\s?(?:years?\s?)?(?:-|–|to|and|through)\s{0,3}(\d{1,3})"
    r"(?! ?(?:months?|weeks?|days?))\b",
    re.IGNORECASE,
)
# "Over 60 years" without the word age: a person's years, and not a time since something.
_OF_PEOPLE = re.compile(
    r"\b(?:patients?|participants?|wom[ae]n|m[ae]n|females?|males?|people|those|candidates?"
    r"|individuals?|subjects?|anyone)\W{1,2}(?:who (?:are|is) |that are )?(?:aged |over |under )",
    re.IGNORECASE,
)
# "Anna is a 56 year old woman": one person, of one age.
_PERSON = re.compile(
    r"\b(\d{1,3})(?:[ -])years?(?:[ -])old\b"
    r"|\baged? (\d{1,3})\b(?! and| or| to|\+| ?[-–]| years (?:or|and))",
    re.IGNORECASE,
)
_NEAR = 45
# Half a year: an age is counted in whole years.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Ages:
    """Years from `low` to `high`, both within."""

    low: float = 0.0
    high: float = OLDEST

    def within(self, other: "Ages") -> bool:
        """Whether all of these are among the others."""
        return other.low - _HALF <= self.low and self.high <= other.high + _HALF

    def apart(self, other: "Ages") -> bool:
        """Whether none of these is among the others."""
        return self.high < other.low - _HALF or self.low > other.high + _HALF

    def alike(self, other: "Ages") -> bool:
        """Whether these are the others, give or take the bound itself: "over 18", "at least 18"."""
        return abs(self.low - other.low) <= 1 and abs(self.high - other.high) <= 1


@lru_cache(maxsize=512)
def admitted(section: Section) -> Ages | None:
    """The ages that the lines of a section admit; None where none speaks of age."""
    found: Ages | None = None
    for line in section.criteria:
        told = _read(line.text[:160], bare_is_least=not line.excludes)
        if told is None:
            continue
        if line.excludes:
            told = _rest(told)
        if told is not None:
            known = found or Ages()
            found = Ages(max(known.low, told.low), min(known.high, told.high))
    return found


def told_ages(clause: str) -> tuple[tuple[Ages, ...], frozenset[int]]:
    """The ages of each of whom a clause speaks, and the places of the numbers that tell them."""
    persons = list(_PERSON.finditer(clause))
    if persons:
        years = [float(found[1] or found[2]) for found in persons]
        starts = frozenset(found.start(found.lastindex or 0) for found in persons)
        return tuple(Ages(each, each) for each in years), starts
    if _AGE.search(clause) is None and _OF_PEOPLE.search(clause) is None:
        return ((Ages(0, OF_AGE - 1),) if _CHILDREN.search(clause) else ()), frozenset()
    bounds = _bounds(clause)
    told = _read(clause, bare_is_least=False)
    return (() if told is None else (told,)), frozenset(a.start for a in bounds)


def _rest(ages: Ages) -> Ages | None:
    """The ages that are left when those are shut out; None where that leaves two ends."""
    if ages.low <= 0:
        return Ages(low=ages.high + 1)
    return Ages(high=ages.low - 1) if ages.high >= OLDEST else None


def _bounds(text: str) -> list[Amount]:
    """The numbers near a word of age."""
    spots = [m.span() for m in _AGE.finditer(text)] + [m.span() for m in _OF_PEOPLE.finditer(text)]
    return [
        each
        for each in amounts(text)
        if each.digits
        and (each.kind == "count" or (each.kind == "time" and each.unit.startswith("y")))
        and 1 <= _years(each) < OLDEST
        and any(start - _NEAR <= each.start <= end + _NEAR for start, end in spots)
    ]


def _years(amount: Amount) -> float:
    return round(amount.value / 8766.0) if amount.kind == "time" else amount.value


def _read(text: str, *, bare_is_least: bool) -> Ages | None:
    """The ages that a text names; a bare number is one age, or with `bare_is_least` the least.

    Registry text has often lost its signs: "Age  18 years" was "Age ≥ 18 years".
    """
    bounds = _bounds(text)
    if not bounds:
        return None
    first = bounds[0]
    span = _SPAN.search(text, max(0, first.start - 1))
    if span is not None and span.start() <= first.start + 1 and int(span[1]) < int(span[2]):
        return Ages(float(span[1]), float(span[2]))
    low, high, bare = 0.0, OLDEST, []
    for each in bounds[:2]:
        years = _years(each)
        if each.sign in (">", ">="):
            low = max(low, years + (each.sign == ">") * (not bare_is_least))
        elif each.sign in ("<", "<="):
            high = min(high, years - (each.sign == "<"))
        else:
            bare.append(years)
    if (low, high) != (0.0, OLDEST):
        return Ages(low, high)
    if len(bare) == 2 and bare[0] < bare[1] and bare_is_least:
        return Ages(bare[0], bare[1])
    return Ages(bare[0], OLDEST if bare_is_least else bare[0])
