"""Statements about the results of an outcome measure, worked out from the groups' figures."""

import re

from probatum.checks.registry.amount import Amount, amounts
from probatum.checks.registry.changes import judge_change, row_by_row
from probatum.checks.registry.extremes import superlative
from probatum.checks.registry.figures import Figure, figure_of, figures_of, rows_of, tied
from probatum.checks.registry.measured import measures_other
from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import Place, places
from probatum.checks.registry.significance import differs, said_significant
from probatum.checks.registry.wording import has, pattern

_DIFFERENCE = re.compile(r"\b(?:difference|discrepancy|gap|differ(?:s|ed)?)\b", re.IGNORECASE)


_SHORTEST = re.compile(
    r"\b(?:shortest|briefest|minimum|lowest|minimal|smallest)\b(?! of)", re.IGNORECASE
)


_LONGEST = re.compile(r"\b(?:longest|maximum|highest|greatest|maximal)\b(?! of)", re.IGNORECASE)


_LOWER_IS_BETTER = re.compile(
    r"toxic|adverse|pain|vomit|nausea|progression or death|mortality|death|relapse|neutropenia"
    r"|duration of (?:grade|severe)|time to reach|ki-?67|lymphedema|hot flash|fatigue|density"
    r"|operat\w+ time|recurrence(?!-free)|seroma|incidence|infection|events\b",
    re.IGNORECASE,
)


_FALLS = re.compile(
    r"\b(?:reduc\w+|decreas\w+|declin\w+|drop\w*|fell|falls?|loss|lost|less|lower\w*|shr[aiu]nk\w*)\b",
    re.IGNORECASE,
)


def judge_outcome(clause: str, sections: tuple[Section, ...]) -> bool | None:
    """Whether the figures bear the clause out; None when that can't be worked out."""
    where = places(clause, sections)
    if any(p.group is not None and p.group >= len(sections[p.trial].groups) for p in where):
        return False
    told = [a for a in amounts(clause) if not any(p.start <= a.start < p.end for p in where)]
    if not where:
        where = [Place(0, 0, 0, None)]
    figures = figures_of(clause, sections, where)
    if not figures:
        return (
            row_by_row(clause, sections, judge_outcome) if pattern("than").search(clause) else None
        )
    own = tied(told, clause, sections, figures)
    if own is None:
        return False
    if any(measures_other(clause, sections[p.trial], _lines(sections, p)) for p, _ in figures):
        return None
    for attempt in (superlative, _comparison, judge_change, _quantity):
        found = attempt(clause, sections, figures, own)
        if found is not None:
            return found
    return None


def _lines(sections: tuple[Section, ...], place: Place) -> str:
    group = sections[place.trial].groups[place.group or 0]
    return "\n".join([group.unit, *(row.title for row in group.rows)])


def _better_is_more(sections: tuple[Section, ...], place: Place) -> bool:
    title = "\n".join(sections[place.trial].title.splitlines()[:2])
    return _LOWER_IS_BETTER.search(title) is None


def _comparison(
    clause: str,
    sections: tuple[Section, ...],
    figures: list[tuple[Place, Figure]],
    told: list[Amount],
) -> bool | None:
    than = pattern("than").search(clause)
    same, difference = pattern("same").search(clause), _DIFFERENCE.search(clause)
    sides = _sides(clause, figures, than)
    if sides is None and than and len(figures) == 1:
        sides = _of_rows(clause, sections, figures[0][0], than)
    if sides is None:
        return None
    (place, left), (_, right) = sides
    if left.kind != right.kind:
        return None
    a, b = left.value, right.value
    if left.share is not None and right.share is not None:
        numbers = re.search(r"\bnumber of\b|\bcount\b", clause, re.IGNORECASE)
        if not numbers or left.count is None or right.count is None:
            a, b = left.share, right.share
        else:
            a, b = left.count, right.count
    if _SHORTEST.search(clause) and left.low is not None and right.low is not None:
        a, b = left.low, right.low
    elif _LONGEST.search(clause) and left.high is not None and right.high is not None:
        a, b = left.high, right.high
    amount = _of_kind(told, left.kind)
    slight = re.search(
        r"\b(?:no|without|small|minimal|slight|minor|marginal|not? (?:a )?)\s?(?:a )?(?:statistical(?:ly)? )?"  # noqa: E501
        r"(?:significant |notable |substantial |real )?(?:difference|discrepancy|impact)",
        clause,
        re.IGNORECASE,
    )
    large = re.search(
        r"\b(?:significant|considerable|large|substantial|big|major|notable) (?:\w+ )?(?:difference|discrepancy|dispar\w+)",  # noqa: E501
        clause,
        re.IGNORECASE,
    )
    if (slight or large) and amount is None:
        tested = _tested(left, right) if said_significant(clause) else None
        if tested is not None:
            return tested != bool(slight)
        near = abs(a - b) <= (10.0 if left.share is not None else 0.15 * max(abs(a), abs(b)))
        return near if slight else not near
    if than and amount is not None and amount.value < 0 and left.share is not None:
        # "A -6.4% survival rate compared to": a difference in points.
        return any(abs(a - b - told) < 0.06 for told in (amount.value, 100 * amount.value))
    if difference and amount is not None and than is None:
        gap = abs(a - b)
        return amount.holds(gap, 0.03) or (abs(gap - amount.value) < 0.06 and amount.sign == "=")
    return _ordered(clause, a, b, than, same, amount, _better_is_more(sections, place))


def _tested(one: Figure, two: Figure) -> bool | None:
    """Whether the shares of people differ by more than chance explains."""
    if one.count is None or two.count is None or not one.analyzed or not two.analyzed:
        return None
    return differs((round(one.count), one.analyzed), (round(two.count), two.analyzed))


def _of_rows(
    clause: str, sections: tuple[Section, ...], place: Place, than: re.Match[str]
) -> tuple[tuple[Place, Figure], tuple[Place, Figure]] | None:
    """Two lines of one group: "more with stable disease at week 12 than at week 24"."""
    section = sections[place.trial]
    group = section.groups[place.group or 0]
    if len(group.rows) < 2:
        return None
    one = figure_of(clause[: than.start()], group, section)
    # What the second half leaves out is as in the first.
    rows = rows_of(clause[than.end() :], group, section)
    first = rows_of(clause[: than.start()], group, section)
    if one is None or len(rows) != 1 or len(first) != 1 or rows == first:
        return None
    two = figure_of(clause[than.end() :], group, section)
    return ((place, one), (place, two)) if two is not None else None


def _ordered(
    clause: str,
    a: float,
    b: float,
    than: re.Match[str] | None,
    same: re.Match[str] | None,
    amount: Amount | None,
    more_is_better: bool,
) -> bool | None:
    more = pattern("more").search(clause) or pattern(
        "better" if more_is_better else "worse"
    ).search(clause)
    less = pattern("less").search(clause) or pattern(
        "worse" if more_is_better else "better"
    ).search(clause)
    denied = has("turned", clause)
    if same and not than:
        return (abs(a - b) <= 1e-6) != (denied and "no difference" not in clause.lower())
    if not (more or less) or than is None:
        if amount is None and re.search(r"\bdifferen|\bvar(?:y|ied)", clause, re.I):
            return (abs(a - b) > 1e-6) != denied
        return None
    rises = more is not None and (less is None or more.start() < less.start())
    gap = a - b if rises else b - a
    if denied:
        return gap <= 0
    if (
        amount is not None
        and amount.value
        and re.match(
            r"\s*(?:more|less|fewer|higher|lower|additional|longer|shorter|better|\w+ more)\b",
            clause[amount.end :],
        )
    ):
        return gap > 0 and (amount.holds(gap, 0.03) or abs(gap - amount.value) < 0.06)
    return gap > 0


def _of_kind(told: list[Amount], kind: str) -> Amount | None:
    wanted = {
        "time": ("time",),
        "percent": ("percent", "count"),
        "count": ("percent", "count"),
        "value": ("count", "percent"),
    }[kind]
    fitting = [a for a in told if a.kind in wanted]
    digits = [a for a in fitting if a.digits]
    return next(iter(digits or fitting), None)


def _sides(
    clause: str, figures: list[tuple[Place, Figure]], than: re.Match[str] | None
) -> tuple[tuple[Place, Figure], tuple[Place, Figure]] | None:
    if len(figures) != 2:
        return None
    left, right = figures
    if than and left[0].start != right[0].start:
        comma = clause.find(",", than.end())
        before = [f for f in figures if f[0].start < than.start()]
        after = [f for f in figures if f[0].start >= than.start()]
        if len(before) == 1 and after:
            return before[0], after[0]
        if len(after) == 2 and comma > 0 and after[0][0].start < comma <= after[1][0].start:
            return after[1], after[0]
    return left, right


def _quantity(
    clause: str,
    sections: tuple[Section, ...],
    figures: list[tuple[Place, Figure]],
    told: list[Amount],
) -> bool | None:
    kind = figures[0][1].kind
    amount = _of_kind(told, kind)
    if amount is None:
        return None
    figures = figures if len({f.kind for _, f in figures}) == 1 else figures[:1]
    pool = [figure for _, figure in figures]
    if (
        len(pool) > 1
        and figures[0][0].start == figures[1][0].start
        and kind in ("count", "percent")
    ):
        counts = [f.count for f in pool]
        sizes = [f.analyzed for f in pool]
        each = re.search(
            r"\b(?:each|both|either|neither|all) (?:of )?(?:the )?(?:cohort|arm|group)", clause
        )
        if not each and all(c is not None for c in counts) and all(sizes):
            count = sum(c for c in counts if c is not None)
            size = sum(n for n in sizes if n)
            pool = [Figure(count, None, None, 100 * count / size, count, size, "count")]
    return all(_holds(amount, clause, figure) for figure in pool)


_SOMEBODY = re.compile(
    r"\b(?:at least|a minimum of|minimum of) (?:one|two|1|2|a)\b.{0,12}(?:patient|participant)"
    r"|^(?:a|one|some) (?:patient|participant)",
    re.IGNORECASE,
)


def _told(value: float, amount: Amount, clause: str) -> float:
    """A value as words tell it: a change of -40 is a reduction by 40."""
    return -value if value < 0 < amount.value and _FALLS.search(clause) else value


def _holds(amount: Amount, clause: str, figure: Figure) -> bool:
    if figure.kind in ("time", "value") and _SOMEBODY.search(clause):
        low = figure.value if figure.low is None else figure.low
        high = figure.value if figure.high is None else figure.high
        if amount.sign in (">", ">="):
            return amount.holds(high, 0.03)
        if amount.sign in ("<", "<="):
            return amount.holds(low, 0.03)
        return 0.97 * low <= amount.value <= 1.03 * high
    nobody = has("nobody", clause) and amount.value != 0
    if figure.kind in ("time", "value"):
        value = figure.value
        value = _told(value, amount, clause)
        if _SHORTEST.search(clause) and figure.low is not None:
            value = figure.low
        elif _LONGEST.search(clause) and figure.high is not None:
            value = figure.high
        return amount.holds(value, 0.03) != bool(nobody and amount.sign != "=")
    share, count = figure.share, figure.count
    denied = has("did_not", clause[amount.end : amount.end + 60])
    if amount.kind == "percent":
        if share is None:
            return False
        value = 100 - share if denied else _told(share, amount, clause)
        fits = amount.holds(value, 0.01) or (
            amount.sign == "=" and abs(value - amount.value) < 0.51
        )
        return fits != bool(nobody and amount.sign in (">", ">="))
    if count is None:
        return False
    if amount.of is not None and figure.analyzed != amount.of:
        return False
    if denied and figure.analyzed is not None:
        count = figure.analyzed - count
    fits = amount.holds(round(count)) if amount.sign == "=" else amount.holds(count)
    return fits != bool(nobody and amount.sign in (">", ">="))
