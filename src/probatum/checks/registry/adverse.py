"""Statements about the table of adverse events, counted out."""

import re
from dataclasses import dataclass

from probatum.checks.registry.amount import Amount, amounts
from probatum.checks.registry.comparing import comparison, multiple
from probatum.checks.registry.kinds import confined, kinds, shared, superlative
from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import Place, places
from probatum.checks.registry.tally import counts, occurred, share_of
from probatum.checks.registry.targets import GENERIC, Target, find_targets, names_of
from probatum.checks.registry.wording import has

_OFTEN = re.compile(
    r"\b(?:common|frequent(?:ly)?|often|regular(?:ly)?|typical)\b(?! than)", re.IGNORECASE
)


# CIOMS Working Group III: "very common" is one in ten or more, in percent.
VERY_COMMON = 10.0


@dataclass(frozen=True, slots=True)
class Context:
    """What the clause before spoke of, for a clause that names no trial or no event itself."""

    where: tuple[Place, ...] = ()
    targets: tuple[Target, ...] = ()


def judge_adverse(
    clause: str, sections: tuple[Section, ...], context: Context
) -> tuple[bool | None, Context]:
    """Whether the tables bear the clause out, None when that can't be told, and what it named."""
    clause = clause.replace("gastro-intest", "gastrointest")
    default = context.where[-1].trial if context.where else 0
    where = places(clause, sections, default) or list(context.where)
    if not where:
        where = [Place(0, 0, 0, None)]
    targets = find_targets(clause, sections)
    if not targets and not GENERIC.search(clause):
        targets = list(context.targets)
    now = Context(tuple(where), tuple(targets))
    if any(p.group is not None and p.group >= len(sections[p.trial].groups) for p in where):
        return False, now
    told = [a for a in amounts(clause) if not any(p.start <= a.start < p.end for p in where)]
    pairs = _pairs(told, targets)
    results = [
        _attempt(clause, sections, where, own_targets, own_told) for own_told, own_targets in pairs
    ]
    if any(r is False for r in results):
        return False, now
    return (True if all(results) else None), now


def _pairs(told: list[Amount], targets: list[Target]) -> list[tuple[list[Amount], list[Target]]]:
    """ "5 cases of X and 1 of Y": each number with the events behind it; else all with all."""
    numbers = [a for a in told if a.kind == "count" and (a.digits or a.sign == "=")]
    if len(numbers) < 2 or not targets:
        return [(told, targets)]
    cuts = [*(a.start for a in numbers[1:]), 1 << 30]
    groups = [
        [t for t in targets if number.start < t.start < cut]
        for number, cut in zip(numbers, cuts, strict=True)
    ]
    if not all(groups) or any(t.start < numbers[0].start for t in targets):
        return [(told, targets)]
    return [([number], group) for number, group in zip(numbers, groups, strict=True)]


def _attempt(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    for attempt in (shared, superlative, multiple, comparison, confined, kinds, _quantity):
        found = attempt(clause, sections, where, targets, told)
        if found is not None:
            return found
    return None


def _quantity(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    generic = not targets
    if targets and _counts_kinds(clause) and told and told[0].kind == "count" and told[0].value:
        # "Two types of tachycardia": every name with that word in it.
        parts = [n.lower() for n in names_of(targets, clause) or ()]
        kinds = {
            n
            for p in where
            for n in occurred(sections, p)
            if any(part in n.lower() for part in parts)
        }
        return told[0].holds(len(kinds))
    if generic and not GENERIC.search(clause):
        return None
    told = [a for a in told if a.kind in ("count", "percent")]
    amount = _first(told)
    often = _OFTEN.search(clause)
    if often and targets and (amount is None or not amount.digits):
        share = max(share_of(counts(sections, p, names_of(targets, clause))) for p in where)
        common = share >= VERY_COMMON
        return common != bool(
            re.search(r"\b(?:not|never|rare\w*|un)\s?(?:a )?$", clause[: often.start()])
        )
    if targets and not all(t.sure for t in targets):
        # The table lists what occurred: what it lacks did not occur.
        if amount is not None and amount.value == 0 and amount.sign == "=":
            return not any(counts(sections, p, t.names)[0] for t in targets for p in where)
        denied = has("did_not", clause)
        if amount is None:
            return True if denied else None
        if not (denied and amount.kind == "percent"):
            return None if amount.sign in ("<", "<=") else False
    distinct = list({(p.trial, p.group): p for p in where}.values())
    each = any(p.each for p in distinct) or len({p.trial for p in distinct}) > 1
    merged = has("together", clause)
    if each and merged:
        distinct = list({p.trial: Place(p.start, p.end, p.trial, None) for p in distinct}.values())
    sets: list[frozenset[str] | None]
    whole = names_of(targets, clause)
    separately = amount is not None and (amount.value == 0 or amount.sign in ("<", "<="))
    summed = merged or re.search(r"\bor\b|\beither\b", clause) or len(targets) < 2
    sets = [whole] if summed and not separately else [t.names for t in targets] or [whole]
    results = [
        _holds(amount, clause, counts(sections, p, names)) for p in distinct for names in sets
    ]
    if len(sets) > 1 and not all(results):
        joined = [_holds(amount, clause, counts(sections, p, whole)) for p in distinct]
        if amount is not None and amount.digits and all(joined):
            return True
    return all(results)


def _counts_kinds(clause: str) -> bool:
    """Whether what is counted is kinds of events."""
    return re.search(r"\b(?:different|distinct|types? of|kinds? of|unique)\b", clause) is not None


def _first(told: list[Amount]) -> Amount | None:
    """The amount that counts: a percentage or a digit before a word, a denial before an article."""
    exact = [a for a in told if a.digits or a.kind == "percent"]
    nothing = [a for a in told if a.value == 0 and a.sign == "="]
    more = [a for a in told if a.sign != ">=" or a.value > 2]
    return next(iter(exact or nothing or more or told), None)


def _holds(amount: Amount | None, clause: str, found: tuple[int, int]) -> bool:
    events, at_risk = found
    denied = has("did_not", clause)
    if amount is None:
        return (events > 0) != has("lacks", clause)
    nobody = has("nobody", clause)
    if nobody and amount.sign in (">", ">=") and amount.value:
        told = share_of(found) if amount.kind == "percent" else float(events)
        return not amount.holds(told)
    if amount.kind == "percent":
        share = share_of(found)
        if denied:
            share = 100 - share
        return amount.holds(share, 0.01) or (
            amount.sign == "=" and abs(share - amount.value) < 0.51
        )
    if amount.of is not None and at_risk != amount.of:
        return False
    if denied and amount.value:
        return amount.holds(at_risk - events)
    if denied and amount.value == 0:
        return events == 0 if re.search(r"\bno\b", clause) else events > 0
    return amount.holds(events)
