"""The figure that a group's results give for what a clause speaks of."""

import re
from dataclasses import dataclass

from probatum.checks.registry.amount import UNITS, Amount, amounts
from probatum.checks.registry.record import Group, Row, Section
from probatum.checks.registry.scope import Place, key_words

_PEOPLE = re.compile(r"participant|patient|subject|women|people|individual|person", re.IGNORECASE)


_PERCENT = re.compile(r"percent|%|proportion|rate\b|probability", re.IGNORECASE)


# What the rows of a table call by its letters (RECIST 1.1; ICH E2A for events).
_SHORT = tuple(
    (re.compile(words, re.IGNORECASE), short)
    for words, short in (
        (r"\bstable disease", "sd"),
        (r"\bcomplete response", "cr"),
        (r"\bpartial response", "pr"),
        (r"\bprogressive disease", "pd"),
        (r"\b(?:serious|severe)\b.{0,30}\badverse event", "saes"),
        (r"(?<!serious )(?<!severe )\badverse event", "aes"),
    )
)
_CHANGE = re.compile(r"\s*(?:decrease|reduction|increase|growth|shrinkage)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One group's figure for what the clause speaks of."""

    value: float
    low: float | None
    high: float | None
    share: float | None  # in percent, where people are counted
    count: float | None
    analyzed: int | None
    kind: str  # what the unit measures


def figures_of(
    clause: str, sections: tuple[Section, ...], where: list[Place]
) -> list[tuple[Place, Figure]]:
    found: list[tuple[Place, Figure]] = []
    seen: set[tuple[int, int]] = set()
    for place in where:
        groups = sections[place.trial].groups
        numbers = range(len(groups)) if place.group is None else [place.group]
        for number in numbers:
            if (place.trial, number) in seen or not groups[number].rows:
                continue
            seen.add((place.trial, number))
            figure = figure_of(clause, groups[number], sections[place.trial])
            if figure is not None:
                found.append((Place(place.start, place.end, place.trial, number), figure))
    return found


def figure_of(clause: str, group: Group, section: Section) -> Figure | None:
    rows = rows_of(clause, group, section)
    if not rows:
        return None
    value = sum(r.value for r in rows)
    n = group.analyzed
    kind, factor = _kind(group.unit)
    low = min((r.low for r in rows if r.low is not None), default=None)
    high = max((r.high for r in rows if r.high is not None), default=None)
    if kind == "time":
        return Figure(
            value * factor,
            None if low is None else low * factor,
            None if high is None else high * factor,
            None, None, n, kind,
        )  # fmt: skip
    if _PERCENT.search(group.unit):
        share = value * 100 if "proportion" in group.unit.lower() and value <= 1 else value
        return Figure(share, low, high, share, share * n / 100 if n else None, n, "percent")
    shares = [r.share for r in rows]
    if _PEOPLE.search(group.unit) or group.measure.startswith("count"):
        part = 100 * value / n if n else None
        if all(s is not None for s in shares):
            part = sum(s for s in shares if s is not None)
        return Figure(value, low, high, part, value, n, "count")
    return Figure(value, low, high, None, None, n, "value")


def _kind(unit: str) -> tuple[str, float]:
    for word in re.findall(r"[a-zµ]+", unit.lower()):
        known = UNITS.get(word) or UNITS.get(word.rstrip("s"))
        if known and known[0] == "time" and len(word) > 1:
            return known
    return "value", 1.0


def rows_of(clause: str, group: Group, section: Section) -> list[Row]:
    """The rows that the clause names; the only one where there is no choice."""
    if len(group.rows) == 1:
        return list(group.rows)
    told = key_words(_ORDINAL.sub(r"\1", clause.replace("-", " ")))
    told |= {short for words, short in _SHORT if words.search(clause)}
    common = frozenset.intersection(*(key_words(r.title.replace("-", " ")) for r in group.rows))
    scored = []
    for row in group.rows:
        own = key_words(row.title.replace("-", " ")) - common
        scored.append((len(own & told) / (len(own) or 1), row))
    best = max(score for score, _ in scored)
    if best <= 0:
        return []
    chosen = [row for score, row in scored if score >= max(0.5, best - 0.01)]
    if len(chosen) > 1 and re.search(r"\bor\b|\band\b|combined|total", clause):
        return chosen
    return [max(scored, key=lambda s: s[0])[1]]


def tied(
    told: list[Amount],
    clause: str,
    sections: tuple[Section, ...],
    figures: list[tuple[Place, Figure]],
) -> list[Amount] | None:
    """The amounts that speak of the figures; None when another one stands nowhere in the text.

    Doses and time frames are no results: they must be those of the section.
    """
    kinds = {figure.kind for _, figure in figures}
    held = [a for section in sections for a in amounts(section.text)]
    left: list[Amount] = []
    for amount in told:
        if amount.kind in ("mass", "volume", "length", "dose") or (
            amount.kind == "time" and ("time" not in kinds)
        ):
            near = [h for h in held if h.kind == amount.kind]
            if amount.digits and near and not any(_alike(amount, h) for h in near):
                return None
            continue
        if amount.kind == "cycle":
            continue
        if kinds <= {"count"} and amount.kind == "percent" and _of_change(amount, clause):
            # "All had a 50% decrease": of a tumour, where people are counted.
            if not any(_alike(amount, h) for h in held if h.kind == "percent"):
                return None
            continue
        left.append(amount)
    return left


def _of_change(amount: Amount, clause: str) -> bool:
    return amount.digits and _CHANGE.match(clause, amount.end) is not None


def _alike(amount: Amount, held: Amount) -> bool:
    return abs(amount.value - held.value) <= 0.03 * max(abs(held.value), 1e-9)
