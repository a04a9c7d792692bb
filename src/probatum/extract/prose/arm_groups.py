"""Values of groups that a sentence sets beside each other: "11.7 v 8.5 months", "56% ... 50%".

Two percentages in a sentence are a comparison only when words make them one: "versus", "compared
with", or a group named beside each. Everything else (a sensitivity and a specificity, two years'
incidence) is no result.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from probatum.extract.prose.arm_names import names_a_group
from probatum.extract.prose.arm_words import own_words
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.linked_values import BRACKETS, DIRECT, VS, linked, same_measure
from probatum.extract.prose.respectively import shared_out
from probatum.extract.prose.slot import Slot
from probatum.extract.prose.slots import slots_of


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one outcome, one a group, in the order of the text."""

    slots: tuple[Slot, ...]
    p: str | None
    p_end: int | None
    from_to: bool = False
    respectively: bool = False

    @property
    def start(self) -> int:
        """Offset of the first value."""
        return self.slots[0].start

    @property
    def end(self) -> int:
        """Offset past the last value, or past the P value that follows it."""
        return max(self.slots[-1].end, self.p_end or 0)


def groups(
    plain: str, found: Sequence[Figure], taken: frozenset[int], opens: int, closes: int,
    known: frozenset[str] = frozenset(),
) -> list[Group]:  # fmt: skip
    """The groups of values among a sentence's figures that no estimate has taken.

    `known` are words of the groups that the text introduces elsewhere.
    """
    slots = slots_of(plain, found, taken, opens, closes, known)
    result: list[Group] = []
    done: set[int] = set()
    for at, first in enumerate(slots):
        if at in done or _ACCURACY.search(plain, max(opens, first.start - 70), first.start):
            continue
        chain = [at]
        told = known
        for following in range(at + 1, len(slots)):
            if following in done:
                continue
            last = slots[chain[-1]]
            second = slots[following]
            if not same_measure(last, second):
                if len(chain) > 1 and second.family is None:
                    break  # the first of another pair, whose unit stands behind its second
                continue
            if not linked(plain, found, last, second, closes, told):
                break
            if len(chain) > 1 and _starts_anew(plain, slots[chain[0]], last, second):
                break
            chain.append(following)
            # what stands in a row with a group is one
            told = told | own_words(last.name) | own_words(second.name)
        if len(chain) < 2:
            both = _BOTH.match(plain, first.end, closes) or _BOTH_BEFORE.search(
                plain[max(opens, first.start - 60) : first.start]
            )
            if both is not None and first.family is not None:
                pairs = _both(plain, found, slots, at, opens, closes)
                result += pairs
                done.update(range(at - len(pairs) + 1, at + 1))
            continue
        done.update(chain)
        members = [slots[index] for index in chain]
        result.append(_group(plain, found, members, closes))
    return _with_counts(result)


def _with_counts(found: Sequence[Group]) -> list[Group]:
    """ "182 patients in X (1.11% per year), 199 in Y (1.27%)": the counts belong to the rates."""
    result: list[Group] = []
    for group in found:
        whole = _counted(result[-1], group) if result else None
        if whole is not None:
            result.pop()
        result.append(whole or group)
    return result


def _counted(counts: Group, rates: Group) -> Group | None:
    """Rates with the counts that each stands behind; None where they are something else."""
    if len(counts.slots) != len(rates.slots):
        return None
    following = [*(slot.start for slot in counts.slots[1:]), None]
    both = list(zip(counts.slots, rates.slots, strict=True))
    for (count, rate), stop in zip(both, following, strict=True):
        if count.family not in ("counted", None) or rate.family not in ("percent", "per"):
            return None
        if not count.name or count.value is None or count.value % 1 or rate.events is not None:
            return None
        if not _between(count, rate, stop):
            return None
    slots = tuple(
        replace(rate, start=count.start, name=count.name, events=int(count.value or 0))
        for count, rate in both
    )
    return replace(rates, slots=slots)


def _between(count: Slot, rate: Slot, following: int | None) -> bool:
    """Whether a rate stands behind its count and before the next group's."""
    return count.end <= rate.start and (following is None or rate.end <= following)


# One value for two groups: "61% in both arms", "38.4 months for patients in both arms".
_BOTH: Final = re.compile(
    r"\s(?:in|for|with)\s(?:patients\sin\s)?(?:both|each)\s(?:of\sthe\s)?(?:study\s"
    r"|treatment\s)?(?:arms?|groups?)\b"
)


_BOTH_BEFORE: Final = re.compile(
    r"\b(?:in|for|with)\s(?:patients\sin\s)?(?:both|each)\s(?:study\s|treatment\s)?(?:arms?"
    r"|groups?)\s(?:was|were)\s"
    r"(?:approximately\s|about\s)?$"
)


def _both(
    plain: str, found: Sequence[Figure], slots: Sequence[Slot], at: int, opens: int, closes: int
) -> list[Group]:
    """The value twice; "19% and 35% in both arms" beside "5- and 10-year" is two outcomes."""
    mine = [slots[at]]
    before = slots[at - 1] if at else None
    if before is not None and before.family == slots[at].family:
        gap = plain[before.end : slots[at].start]
        if re.fullmatch(r"\s?(?:,|and|, and)\s", gap):
            mine.insert(0, before)
    return [
        replace(
            _group(plain, found, [replace(s, name=None), replace(s, name=None)], closes),
            p=None, p_end=None,
        )
        for s in mine
    ]  # fmt: skip


_LISTED: Final = re.compile(r"[\s,]*respectively\b")
# How well a test tells the ill from the well is no comparison of groups.
_ACCURACY: Final = re.compile(r"\b(?:sensitivity|specificity|predictive values?)\b", re.IGNORECASE)


def _starts_anew(plain: str, first: Slot, last: Slot, second: Slot) -> bool:
    """Whether a third value opens another pair: the first group again, after a finished pair."""
    gap = plain[last.end : second.start]
    if gap.strip(" ,") == "and":
        return False
    if first.name and second.name and first.name.lower() == second.name.lower():
        return True
    return VS.search(gap) is None and VS.search(plain[first.end : last.start]) is not None


def _group(plain: str, found: Sequence[Figure], members: list[Slot], closes: int) -> Group:
    if len(members) == 2 and DIRECT.fullmatch(
        BRACKETS.sub(" ", plain[members[0].end : members[1].start])
    ):
        # "(50% vs. 28%)": what stands before the bracket names neither of the two.
        behind = names_a_group(plain[members[1].end : min(closes, members[1].end + 60)])
        first, second = members
        members = [replace(first, name=None), second if behind else replace(second, name=None)]
    if {m.family for m in members} == {"percent", "fraction"}:
        # one group's share is not told, so all are counts
        members = [
            m if m.family == "fraction" or m.events is None
            else replace(m, value=Decimal(m.events), unit="patients", family="fraction")
            for m in members
        ]  # fmt: skip
    unit = next((m.unit for m in reversed(members) if m.unit is not None), None)
    family = next((m.family for m in reversed(members) if m.family is not None), None)
    members = [m if m.unit is not None else replace(m, unit=unit, family=family) for m in members]
    if sum(m.name is None for m in members) >= len(members) - 1:
        named = shared_out(plain, members[0].start, members[-1].end, closes, len(members))
        if named is not None:
            members = [replace(m, name=n) for m, n in zip(members, named, strict=True)]
        elif (
            len(members) == 2
            and _LISTED.match(plain, members[1].end, closes)
            and (plain[members[0].end : members[1].start].strip(" ,") == "and")
        ):
            # "(1.8 and 1.9 per 100, respectively)": what stands before names neither of the two
            members = [replace(m, name=None) for m in members]
    end = members[-1].end
    p = p_end = None
    for figure in found:
        if figure.start < end:
            continue
        if figure.sort == "p":
            gap = plain[end : figure.start]
            if len(gap) < 130 and ". " not in gap:
                p, p_end = figure.words, figure.end
            break
        if figure.sort in ("interval", "spread", "size") or (
            figure.sort == "value" and (figure.hyphen or figure.family == "time")
        ):
            continue
        break
    first = members[0]
    from_to = (
        len(members) == 2
        and re.search(r"\bfrom\s$", plain[max(0, first.start - 6) : first.start]) is not None
    )
    tail = plain[end : min(closes, end + 120)]
    return Group(tuple(members), p, p_end, from_to, "respectively" in tail)
