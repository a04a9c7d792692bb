"""How a record's population relates to the one asked about.

Evidence from another disease, line or stage that reads as if it fitted is the commonest defect of
answer pages (D1). Both gathering and checking ask here, so that they cannot disagree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from probatum.checks.phrases import word_list
from probatum.evidence.population import Criterion, Population
from probatum.questions.need import Need
from probatum.terms.vocabulary import Vocabulary

Level = Literal["same", "narrower", "broader", "other"]


@dataclass(frozen=True, slots=True)
class Cover:
    """The relation of a record to the need, with what makes it differ, in words.

    "broader": the record covers more than was asked and applies; "narrower": it is about a part of
    those asked about; "other": it is about somebody else.
    """

    level: Level
    reasons: tuple[str, ...] = ()


def related(a: Iterable[str], b: Iterable[str], vocabulary: Vocabulary) -> Level:
    """The nearest relation of any of b to any of a, seen from a."""
    found: set[str] = set()
    for one in a:
        for two in b:
            if one == two:
                return "same"
            if one in vocabulary and two in vocabulary:
                found.add(vocabulary.relation(one, two))
    if "broader" in found:
        return "broader"
    return "narrower" if "narrower" in found else "other"


def directness(population: Population, need: Need, vocabulary: Vocabulary) -> Cover:
    """How the population covers the need. A dimension that the need leaves open never excludes."""
    notes: list[tuple[Level, str]] = []
    for label, asked, held in (
        ("condition", need.conditions, population.conditions),
        ("setting", need.settings, population.settings),
        ("line of therapy", (need.line,) if need.line else (), population.lines),
        ("tumour type", need.subtypes, population.subtypes),
    ):
        notes += _dimension(label, asked, held, vocabulary)
    if population.subtypes and not need.subtypes:
        notes.append(("narrower", f"only {_names(population.subtypes, vocabulary)}"))
    notes += _biomarkers(population.biomarkers, need, vocabulary)
    notes += _prior(population, need, vocabulary)
    notes += _groups(population.groups, need, vocabulary)
    levels = {level for level, _ in notes}
    for level in ("other", "narrower", "broader"):
        if level in levels:
            return Cover(level, tuple(text for own, text in notes if own == level))
    return Cover("same")


def _names(ids: Sequence[str], vocabulary: Vocabulary) -> str:
    return ", ".join(vocabulary.get(i).name if i in vocabulary else i for i in ids)


def _dimension(
    label: str, asked: Sequence[str], held: Sequence[str], vocabulary: Vocabulary
) -> list[tuple[Level, str]]:
    if not asked or not held:
        return []
    level = related(asked, held, vocabulary)
    if level == "same":
        return []
    return [(level, f"{label}: {_names(held, vocabulary)}, not {_names(asked, vocabulary)}")]


# -- biomarkers ---------------------------------------------------------------------------------


def _biomarkers(
    criteria: Sequence[Criterion], need: Need, vocabulary: Vocabulary
) -> list[tuple[Level, str]]:
    notes: list[tuple[Level, str]] = []
    for criterion in criteria:
        name = _names((criterion.biomarker,), vocabulary)
        own = [
            c
            for c in need.criteria
            if related((c.biomarker,), (criterion.biomarker,), vocabulary) != "other"
        ]
        same = [c for c in own if _comparable(c, criterion)]
        if any(contradict(criterion, c) for c in same):
            notes.append(("other", f"{name}: another result is required"))
        elif not any(implies(c, criterion) for c in same):
            notes.append(("narrower", f"only with the stated {name}"))
    return notes


def _comparable(a: Criterion, b: Criterion) -> bool:
    """A score and a bare state speak of one marker; two scores of one marker need not."""
    return a.biomarker == b.biomarker or a.value is None or b.value is None


def contradict(a: Criterion, b: Criterion) -> bool:
    """Whether nobody can meet both."""
    if a.value is not None and b.value is not None:
        if a.unit and b.unit and a.unit != b.unit:
            return False
        return _disjoint(a, b) or _disjoint(b, a)
    if a.state is None or b.state is None:
        return _out_of_reach(a, b) or _out_of_reach(b, a)
    one, two = _sign(a.state), _sign(b.state)
    if one != two:
        return one is not None and two is not None
    return a.state.lower() != b.state.lower() and _graded(a.state) and _graded(b.state)


# The least score that counts as positive, as the bound that `_bounds` gives: PD-L1 CPS 1 (PD-L1 IHC
# 22C3 pharmDx label), oestrogen receptor in 1% of nuclei (ASCO/CAP 2020, Allison et al.).
_POSITIVE = (Decimal(1), 0)


def _out_of_reach(told: Criterion, score: Criterion) -> bool:
    """Whether a bare result rules a score out: a negative test any score that asks for some.

    Without this, a score of 1 or more would be offered to those who were told "negative".
    """
    sign = _sign(told.state)
    if sign is None or score.value is None:
        return False
    low, high = _bounds(score)
    return low >= _POSITIVE if sign == "negative" else high < _POSITIVE


def implies(a: Criterion, b: Criterion) -> bool:
    """Whether everyone who meets a meets b."""
    if b.value is None:
        same = (a.state or "").lower() == (b.state or "").lower()
        return same or (_sign(a.state) is not None and b.state == _sign(a.state))
    if a.value is None or (a.unit and b.unit and a.unit != b.unit):
        return False
    low, high = _bounds(a)
    floor, ceiling = _bounds(b)
    return floor <= low and high <= ceiling


def _bounds(c: Criterion) -> tuple[tuple[Decimal, int], tuple[Decimal, int]]:
    """Lower and upper bound; the second part of each orders open and closed bounds."""
    value = c.value if c.value is not None else Decimal(0)
    least, most = (Decimal("-Infinity"), 0), (Decimal("Infinity"), 0)
    match c.comparator:
        case ">=":
            return (value, 0), most
        case ">":
            return (value, 1), most
        case "<=":
            return least, (value, 0)
        case "<":
            return least, (value, -1)
        case _:
            return (value, 0), (value, 0)


def _disjoint(a: Criterion, b: Criterion) -> bool:
    return _bounds(a)[1] < _bounds(b)[0]


def _sign(state: str | None) -> str | None:
    lower = (state or "").lower()
    for sign in ("positive", "negative"):
        if lower in word_list("population")[f"{sign}_states"]:
            return sign
    return None


def _graded(state: str) -> bool:
    return state[:1].isdigit()


# -- prior therapy and groups -------------------------------------------------------------------


def _prior(population: Population, need: Need, vocabulary: Vocabulary) -> list[tuple[Level, str]]:
    notes: list[tuple[Level, str]] = []
    had = [p.therapy for p in need.prior if p.requirement != "excluded"]
    never = [p.therapy for p in need.prior if p.requirement == "excluded"]
    for prior in population.prior:
        name = _names((prior.therapy,), vocabulary)
        if prior.requirement == "excluded" and any(
            # A class that was given ("immunotherapy") may hold the member that is ruled out.
            related((h,), (prior.therapy,), vocabulary) != "other"
            for h in had
        ):
            notes.append(("other", f"earlier {name} was excluded"))
        if prior.requirement == "required" and any(
            related((prior.therapy,), (n,), vocabulary) in ("same", "broader") for n in never
        ):
            notes.append(("other", f"earlier {name} was required"))
    return notes


def _groups(held: Sequence[str], need: Need, vocabulary: Vocabulary) -> list[tuple[Level, str]]:
    if not held:
        return []
    asked = need.groups
    name = _names(held, vocabulary)
    if set(held) <= set(need.not_groups):
        return [("other", f"only {name}, to which the patient does not belong")]
    if not asked:
        return [("narrower", f"only {name}")]
    level = related(asked, held, vocabulary)
    if level != "other":
        return [(level, f"only {name}")] if level == "narrower" else []
    young, grown = word_list("population")["young"], word_list("population")["grown"]
    for one, two in ((young, grown), (grown, young)):
        if set(held) <= set(one) and set(asked) & set(two):
            return [("other", f"group: {name}, not {_names(asked, vocabulary)}")]
    return [("narrower", f"only {name}")]
