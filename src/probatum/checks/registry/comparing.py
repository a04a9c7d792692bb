"""More, fewer, the same, thrice as many: two tallies of adverse events side by side."""

import re

from probatum.checks.registry.amount import NUMBER_WORDS, Amount
from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import Place
from probatum.checks.registry.significance import differs as differs_by_test
from probatum.checks.registry.significance import said_significant
from probatum.checks.registry.tally import counts, share_of
from probatum.checks.registry.targets import Target, names_of
from probatum.checks.registry.wording import has, pattern

_SHARE = re.compile(
    r"\b(?:proportion|percentages?|precentage|rates?|%|likel\w*|prevalen\w*|common(?:ly)?"
    r"|frequen\w+|incidence)\b",
    re.IGNORECASE,
)


# "X was noted more often in the primary trial": than in the other one.
_IMPLIED = re.compile(r"\b(?:more|less) (?:often|frequent(?:ly)?|common(?:ly)?|prevalent)\b", re.I)

_MORE_BY = re.compile(r"\s*(?:more|fewer|less|higher|lower|greater)\b", re.IGNORECASE)
_FOLD = re.compile(
    r"\b(two|three|four|five|six|ten)-?fold\b|\b(\d{1,4}(?:\.\d+)?)\s?(?:x\b|-?fold\b)", re.I
)


def comparison(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    than = pattern("than").search(clause) or _IMPLIED.search(clause)
    same, differs = pattern("same").search(clause), pattern("different").search(clause)
    sides = sides_of(clause, where, targets, than, sections)
    if sides is None:
        return _alike(clause, sections, where, targets) if same and than is None else None
    (left, left_names), (right, right_names) = sides
    if _each_of(clause, targets) and left_names == right_names:
        # "More cases of X and Y in the one than in the other": of each.
        told_of = [comparison(clause, sections, where, [t], told) for t in targets]
        return False if False in told_of else True if all(told_of) else None
    one, two = counts(sections, left, left_names), counts(sections, right, right_names)
    relative = _SHARE.search(clause) is not None
    a, b = (share_of(one), share_of(two)) if relative else (float(one[0]), float(two[0]))
    more, less = pattern("more").search(clause), pattern("less").search(clause)
    if same and not (than and (more or less)):
        denied = (
            pattern("denies").search(clause[: same.start()])
            and "no difference" not in clause.lower()
        )
        return (abs(a - b) < 0.05) != bool(denied)
    if than is None:
        if differs:
            return abs(a - b) >= 0.05
        return None
    if said_significant(clause) and not has("turned", clause) and not differs_by_test(one, two):
        return False
    return ordered(clause, a, b, share_of(one), share_of(two), bool(more), bool(less), told)


def _each_of(clause: str, targets: list[Target]) -> bool:
    """Whether what is said of several events is said of each, and not of their sum."""
    summed = has("together", clause) or " or " in clause.lower()
    return len(targets) > 1 and not summed and all(t.sure for t in targets)


def _alike(
    clause: str, sections: tuple[Section, ...], where: list[Place], targets: list[Target]
) -> bool | None:
    """ "The same number of cases of X, Y and Z in cohort 1"."""
    distinct = {(p.trial, p.group): p for p in where}
    if len(distinct) != 1 or len(targets) < 2 or not all(t.sure for t in targets):
        return None
    found = {counts(sections, place, t.names)[0] for place in distinct.values() for t in targets}
    return (len(found) == 1) != has("turned", clause)


def multiple(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    """ "Three times as many cases of X as of Y." """
    link = re.search(
        r"\bas (?:there were|many|common|frequent|prevalent|likely|often|those|in)\b", clause
    )
    than = pattern("than").search(clause)
    fold = _FOLD.search(clause)
    told = [a for a in told if a.kind == "times"]
    percent = re.search(r"(\d+(?:\.\d+)?)\s?% (?:of )?the (?:number|amount|cases)", clause)
    if fold:
        factor = float(NUMBER_WORDS.get((fold[1] or "").lower(), 0) or fold[2] or 0)
    elif told:
        factor = told[0].value
    elif percent:
        factor = float(percent[1]) / 100
    else:
        return None
    tie = than or link
    if tie is None:
        return None
    cut = tie.end()
    distinct = list({(p.trial, p.group): p for p in where}.values())
    before = frozenset[str]().union(*(t.names for t in targets if t.start < cut))
    after = frozenset[str]().union(*(t.names for t in targets if t.start >= cut))
    if len(distinct) == 2:
        names = names_of(targets, clause)
        one, two = counts(sections, distinct[0], names), counts(sections, distinct[1], names)
    elif before and after:
        one, two = counts(sections, distinct[0], before), counts(sections, distinct[0], after)
        rest = [counts(sections, distinct[0], t.names) for t in targets if t.start >= cut]
        if len({pair[0] for pair in rest}) == 1:
            two = rest[0]  # "as there were of X and of Y"
    elif before and len(targets) >= 2 and link and link.start() < targets[0].start:
        return None
    else:
        return None if before else False
    sign = told[0].sign if told else "="
    if two[0] == 0:
        return False
    ratio = one[0] / two[0]
    shares = share_of(one) / share_of(two) if share_of(two) else 0.0
    return any(Amount(0, 0, factor, "times", sign).holds(r, 0.05) for r in (ratio, shares))


def ordered(
    clause: str,
    a: float,
    b: float,
    share_a: float,
    share_b: float,
    more: bool,
    less: bool,
    told: list[Amount],
) -> bool | None:
    amount = next((x for x in told if x.kind == "times" or (x.digits and x.kind == "count")), None)
    if amount and amount.kind == "times":
        return b > 0 and amount.holds(a / b, 0.05)
    by = next((x for x in told if x.kind == "percent" and x.digits), None)
    if by and more != less and _MORE_BY.match(clause, by.end):
        # "20% more": of the number of cases, or in points of a percentage.
        gap, points = (a - b, share_a - share_b) if more else (b - a, share_b - share_a)
        return by.holds(points, 0.05) or (b > 0 and by.holds(100 * gap / b, 0.05))
    if not more and not less:
        return None
    if more and less:
        first_more = pattern("more").search(clause)
        first_less = pattern("less").search(clause)
        more = bool(first_more and first_less and first_more.start() < first_less.start())
    denied = has("turned", clause)
    gap = a - b if more else b - a
    if denied:
        return gap <= 0
    if amount and amount.value and not _bounds_only(clause, amount):
        if amount.kind == "percent":
            return amount.holds(share_a - share_b if more else share_b - share_a, 0.05)
        return gap > 0 and amount.holds(gap)
    return gap > 0


def _bounds_only(clause: str, amount: Amount) -> bool:
    """A number that is no gap: it stands behind "cohort" or far from "more"."""
    return re.match(r"\s*(?:additional |more |fewer |less |further )", clause[amount.end :]) is None


def sides_of(  # noqa: C901
    clause: str,
    where: list[Place],
    targets: list[Target],
    than: re.Match[str] | None,
    sections: tuple[Section, ...],
) -> tuple[tuple[Place, frozenset[str] | None], tuple[Place, frozenset[str] | None]] | None:
    distinct: list[Place] = []
    for place in where:
        if not any((p.trial, p.group) == (place.trial, place.group) for p in distinct):
            distinct.append(place)
    names = names_of(targets, clause)
    if (
        len(distinct) == 1
        and distinct[0].group is None
        and re.search(r"\bcohorts\b|\bgroups\b|\barms\b", clause)
        and len(sections[distinct[0].trial].groups) == 2
        and (pattern("same").search(clause) or pattern("different").search(clause))
    ):
        distinct = [Place(0, 0, distinct[0].trial, 0), Place(0, 0, distinct[0].trial, 1)]
    if len(distinct) == 1 and than and distinct[0].group is not None and not targets:
        others = [
            n for n in range(len(sections[distinct[0].trial].groups)) if n != distinct[0].group
        ]
        if len(others) == 1 and re.search(r"\bother\b", clause):
            distinct.append(Place(len(clause), len(clause), distinct[0].trial, others[0]))
    alone = len(distinct) == 1 and distinct[0].group is None and len(sections) == 2
    if (
        alone
        and len(targets) == 1
        and not pattern("than").search(clause)
        and _IMPLIED.search(clause)
    ):
        return (distinct[0], names), (Place(0, 0, 1 - distinct[0].trial, None), names)
    if len(distinct) == 2:
        left, right = distinct
        if than:
            after = [p for p in distinct if p.start >= than.start()]
            before = [p for p in distinct if p.start < than.start()]
            comma = clause.find(",", than.end())
            if len(after) == 1 and before:
                left, right = before[-1], after[0]
            elif not before and comma > 0:
                inner = [p for p in distinct if p.start < comma]
                outer = [p for p in distinct if p.start >= comma]
                if inner and outer:
                    left, right = outer[0], inner[0]
        return (left, names), (right, names)
    if len(distinct) == 1 and than and len(targets) >= 2:
        before_t = [t for t in targets if t.start < than.start()]
        after_t = [t for t in targets if t.start >= than.start()]
        if before_t and after_t and all(t.sure for t in targets):
            one = frozenset[str]().union(*(t.names for t in before_t))
            two = frozenset[str]().union(*(t.names for t in after_t))
            return (distinct[0], one), (distinct[0], two)
    return None
