"""Which adverse event was commonest, which was confined to a group, how many kinds there were."""

import re

from probatum.checks.registry.amount import Amount
from probatum.checks.registry.record import Count, Section
from probatum.checks.registry.scope import Place
from probatum.checks.registry.tally import counts, occurred
from probatum.checks.registry.targets import GENERIC, Target, names_of
from probatum.checks.registry.wording import has

KINDS = re.compile(r"\b(?:types?|kinds?|different|distinct|unique|individual)\b", re.IGNORECASE)


_MOST_COMMON = re.compile(
    r"\bmost (?:common|frequent|prevalent|recorded|reported|often|frequently|commonly|numerous)"
    r"|\b(?:predominant|main|chief|highest number of)\b",
    re.IGNORECASE,
)


_IN_COMMON = re.compile(
    r"\b(?:share|in common|(?:any of )?the same (?:types? of |kinds? of )?(?:adverse|aes?\b|side))",
    re.IGNORECASE,
)


def shared(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    """ "The trials had none of the same adverse events"."""
    found = _IN_COMMON.search(clause)
    places = list({(p.trial, p.group): p for p in where}.values())
    if found is None or targets or len(places) != 2 or "number" in clause:
        return None
    one, two = ({name.lower() for name in occurred(sections, place)} for place in places)
    denied = has("denies", clause)
    return bool(one & two) != denied


def superlative(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    if not _MOST_COMMON.search(clause):
        return None
    if not targets or not all(t.sure for t in targets):
        return False if targets else None
    place = where[0]
    totals: dict[str, int] = {}
    groups = sections[place.trial].groups
    if place.group is not None and not place.each:
        groups = groups[place.group : place.group + 1]
    for group in groups:
        for name, count in group.events:
            totals[name] = totals.get(name, 0) + count.events
    if not totals:
        return None
    best = max(totals.values())
    named = [max((totals.get(n, 0) for n in t.names), default=0) for t in targets]
    denies = re.search(r"\bnot\b", clause, re.IGNORECASE) is not None
    commonest = named[0] == best and best > 0
    if (
        commonest
        and not denies
        and len(targets) == 1
        and not _as_often(told, sections, place, best)
    ):
        return False
    return commonest != denies


def _as_often(told: list[Amount], sections: tuple[Section, ...], place: Place, cases: int) -> bool:
    """Whether the commonest event was as common as a clause says, where it gives a figure."""
    people = counts(sections, place, None)[1]
    share = 100 * cases / people if people else 0.0
    for amount in told:
        if amount.digits and amount.kind == "count" and not amount.holds(cases):
            return False
        if amount.digits and amount.kind == "percent" and not amount.holds(share, 0.05):
            return False
    return True


def confined(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    """ "All cases of X were in cohort 1": it occurred there and nowhere else."""
    groups = [p for p in where if p.group is not None]
    if targets and re.search(r"\b(?:only|sole)\b.{0,30}\b(?:adverse|aes?|side)\b", clause, re.I):
        names = names_of(targets, clause) or frozenset()
        others = frozenset(
            n for g in sections[where[0].trial].groups for n, c in g.events if c.events
        )
        return bool(names) and bool(others) and others <= names
    if len(groups) != 1 or not re.search(
        r"\b(?:all|every|only|exclusively|solely|each)\b", clause, re.IGNORECASE
    ):
        return None
    if any(a.digits or re.search(r"\bonly $", clause[: a.start], re.IGNORECASE) for a in told):
        return None
    if not re.search(
        r"\b(?:all|every|each)\b.{0,60}\b(?:cases?|events?|aes?|instances?|were|occur\w*)\b"
        r"|\b(?:only|exclusively|solely)\b.{0,40}\b(?:in|for|within|to|by)\b",
        clause,
        re.IGNORECASE,
    ):
        return None
    wanted = names_of(targets, clause)
    if wanted is not None and not wanted:
        return None
    here = counts(sections, groups[0], wanted)[0]
    all_of = counts(sections, Place(0, 0, groups[0].trial, None), wanted)[0]
    return here > 0 and here == all_of


def kinds(
    clause: str,
    sections: tuple[Section, ...],
    where: list[Place],
    targets: list[Target],
    told: list[Amount],
) -> bool | None:
    """How many kinds of events there are, or how often any one of them occurred."""
    if targets or not KINDS.search(clause) or not GENERIC.search(clause):
        return None
    groups = sections[where[0].trial].groups
    if where[0].group is not None and not where[0].each:
        groups = groups[where[0].group : where[0].group + 1]
    by_name: dict[str, list[Count]] = {}
    for group in groups:
        for name, count in group.events:
            by_name.setdefault(name, []).append(count)
    most_share = max((c.share for cs in by_name.values() for c in cs), default=0.0)
    most_count = max((sum(c.events for c in cs) for cs in by_name.values()), default=0)
    percent = next((a for a in told if a.kind == "percent"), None)
    lower = clause.lower()
    denies = has("nobody", lower)
    if percent is not None:
        return percent.holds(most_share) != denies
    if re.search(
        r"more than (?:one|a single|1) (?:patient|participant)|multiple (?:patient|participant)|repet",  # noqa: E501
        lower,
    ):
        return (most_count > 1) != denies
    number = next((a for a in told if a.digits and a.kind == "count"), None)
    if number is not None and not denies:
        return number.holds(len(by_name))
    return None
