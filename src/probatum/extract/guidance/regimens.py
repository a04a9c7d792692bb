"""Doses out of prose: which drug, how much of what unit, by which route, how often and how long.

An amount belongs to the drug named next to it; without a drug there is no dose. A schedule belongs
to the dose that it follows, up to the next one; "every 3 weeks" after two drugs is the second's
alone. Amounts are kept as printed and never converted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from probatum.extract.lines import Line
from probatum.extract.phrases import data, pattern
from probatum.terms.general import general_vocabulary
from probatum.terms.phrases import alternatives
from probatum.terms.quantities import Quantity, find_quantities
from probatum.terms.sentences import sentences

# Units in which drugs are given; concentrations in blood and the like are none of them.
UNITS: Final = frozenset(
    {"mg", "mcg", "g", "mg/m2", "mg/m2/day", "g/m2", "mg/kg", "mg/kg/day", "mg/kg/h", "mcg/kg"}
    | {"mcg/h", "mg/day", "g/day", "IU", "units", "AUC", "Gy", "cGy", "mL", "mL/kg", "tablets"}
    | {"patches", "MME/day"}
)
# A dose is digits with such a unit; most sentences have none and are passed over at once.
_CUE: Final = re.compile(
    r"\d[\d.,]{0,9}[ -]{0,2}(?:mg|mcg|[uµμ]g|micrograms?|milligrams?|g\b|grams?|IU\b|units?\b|"
    r"c?Gy\b|ml\b|tablets?|capsules?|patch)|\bAUC\b",
    re.IGNORECASE,
)
_LONGEST: Final = 2_000
# So far from its drug an amount may stand, in characters: "at a starting dose of" and the like.
_NEAR: Final = 60
_AFTER: Final = re.compile(r"\s{0,2}(?:of|doses? of)\s(?:the |oral |intravenous )?", re.IGNORECASE)
_PARTS: Final = re.compile(r"[;.]|\b(?:and|plus|with|followed by|or|then)\b")
_RADIATION: Final = re.compile(
    r"\b(?:radiation(?: therapy)?|radiotherapy|irradiation|brachytherapy|chemoradiation|RT)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount of one drug with how it is given; `text[start:end]` holds all of it.

    `low` is the amount, `high` the upper end where a range is given, both in `unit`. `route`,
    `schedule`, `duration` and `cap` are words of the text.
    """

    drug: str
    start: int
    end: int
    low: Decimal
    unit: str
    high: Decimal | None = None
    route: str | None = None
    schedule: str | None = None
    duration: str | None = None
    cap: str | None = None
    locator: str = "text"


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str
    cap: bool


def doses(lines: Iterable[Line]) -> tuple[Dose, ...]:
    """The doses in the prose and rows of a held text, in order."""
    return tuple(
        dose
        for line in lines
        if line.kind != "heading" and _CUE.search(line.text)
        for start, end in sentences(line.text)
        if end - start <= _LONGEST and _CUE.search(line.text, start, end)
        for dose in _doses(line.text[start:end], line.start + start, line.locator)
    )


def _doses(said: str, offset: int, locator: str) -> Iterator[Dose]:
    amounts = list(_amounts(said))
    drugs = _drugs(said)
    given = [each for each in amounts if not each.cap]
    for number, amount in enumerate(given):
        drug = _drug_of(said, amount, drugs, given)
        if drug is None:
            continue
        start = min(drug[0], amount.start)
        stop = given[number + 1].start if number + 1 < len(given) else len(said)
        after = [each[0] for each in drugs if amount.end < each[0] < stop and each != drug]
        stop = min([stop, *after[:1]])
        from_ = max(amount.end, drug[1])
        route = pattern("dosing", "route").search(said, max(0, start - 20), stop)
        schedule = _schedule(said, from_, stop)
        rest = stop if number + 1 < len(given) else len(said)
        if schedule is None and number + 1 == len(given):
            schedule = _schedule(said, from_, len(said))
        duration = pattern("dosing", "duration").search(said, from_, rest)
        cap = next((each for each in amounts if each.cap and from_ <= each.start <= rest), None)
        ends = [from_, *(each.end() for each in (route, duration) if each)]
        ends += [schedule[1]] if schedule else []
        ends += [cap.end] if cap else []
        yield Dose(
            said[drug[0] : drug[1]],
            offset + start,
            offset + max(ends),
            amount.low,
            amount.unit,
            amount.high,
            route.group() if route else None,
            said[schedule[0] : schedule[1]] if schedule else None,
            duration.group() if duration else None,
            said[cap.start : cap.end] if cap else None,
            locator,
        )


def _amounts(said: str) -> Iterator[_Amount]:
    """Amounts in units of doses; the two ends of a range are one amount."""
    found = [
        q for q in find_quantities(said) if q.role in ("value", "interval") and q.unit in UNITS
    ]
    skip = False
    for number, quantity in enumerate(found):
        if skip:
            skip = False
            continue
        after = found[number + 1] if number + 1 < len(found) else None
        ranged = after is not None and _is_range(said, quantity, after)
        skip = ranged
        end = after.end if after is not None and ranged else quantity.end
        high = after.value if after is not None and ranged else None
        before = said[max(0, quantity.start - 40) : quantity.start]
        cap = _cap().search(before)
        start = quantity.start - len(cap.group()) if cap else quantity.start
        yield _Amount(start, end, quantity.value, high, quantity.unit or "", cap is not None)


def _is_range(said: str, one: Quantity, other: Quantity) -> bool:
    gap = said[one.end : other.start]
    return (
        one.unit == other.unit
        and one.value < other.value
        and re.fullmatch(r"\s?(?:-|–|to|up to)\s?", gap) is not None
    )


@cache
def _cap() -> re.Pattern[str]:
    """Words that make the amount behind them the most that is given."""
    return re.compile(rf"(?:{alternatives(data('dosing')['cap'])})\s{{0,3}}$", re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    """Drugs by name, and by the stem of their name."""
    stems = "|".join(data("dosing")["stems"])
    names = alternatives([re.escape(n) if n.isalpha() else n for n in data("dosing")["names"]])
    known = sorted(
        (
            re.escape(name)
            for term in general_vocabulary().terms("intervention")
            for name in (term.name, *term.synonyms, *term.brands)
            if len(name) > 4 and name.isalpha()
        ),
        key=len,
        reverse=True,
    )
    # Drugs under study have a code: "MK-3475". Its letters are capitals; names have any case.
    code = r"(?-i:[A-Z]{1,5}-?[A-Z]?\d{3,6}[A-Z]?)"
    one = rf"(?:{names}|[A-Za-z]{{2,20}}(?:{stems})|{code}|{'|'.join(known)})"
    return re.compile(
        rf"(?<![\w-])(?:(?:nab|pegylated liposomal|liposomal|peg|high-dose|low-dose)[- ])?{one}"
        rf"(?:(?:/|-){one})?(?![\w])",
        re.IGNORECASE,
    )


def _drugs(said: str) -> list[tuple[int, int]]:
    found = [m.span() for m in _names().finditer(said)]
    found += [m.span() for m in _RADIATION.finditer(said)]
    return sorted(found)


def _drug_of(
    said: str, amount: _Amount, drugs: Sequence[tuple[int, int]], others: Sequence[_Amount]
) -> tuple[int, int] | None:
    """The drug that an amount is of: right behind it with "of", else the nearest before it."""
    radiation = amount.unit in ("Gy", "cGy")
    fitting = [d for d in drugs if bool(_RADIATION.fullmatch(said, *d)) == radiation]
    of = _AFTER.match(said, amount.end)
    if of:
        behind = next((d for d in fitting if d[0] == of.end()), None)
        if behind:
            return behind
    before = [d for d in fitting if d[1] <= amount.start]
    if before and amount.start - before[-1][1] <= _NEAR:
        drug = before[-1]
        between = said[drug[1] : amount.start]
        if not re.search(r"[;.]\s", between):
            return drug
    # "50 mg oxycodone": the drug follows without any word between.
    direct = next((d for d in fitting if 0 < d[0] - amount.end <= 2), None)
    if direct:
        return direct
    # A second amount of the same drug: "400 mg orally, then 200 mg twice daily".
    earlier = [each for each in others if each.end <= amount.start]
    if (
        before
        and earlier
        and earlier[-1].start >= before[-1][1]
        and amount.start - earlier[-1].end < 80
    ):
        return before[-1]
    return None


def _schedule(said: str, start: int, stop: int) -> tuple[int, int] | None:
    """The first schedule and what directly goes on from it ("daily on days 1 to 5")."""
    found = pattern("dosing", "schedule").search(said, start, stop)
    if found is None:
        return None
    end = found.end()
    while True:
        joined = re.compile(r"(?:,? (?:and )?|, )").match(said, end)
        at = joined.end() if joined else end
        more = pattern("dosing", "schedule").match(said, at, stop) if joined else None
        if more is None:
            return found.start(), end
        end = more.end()
