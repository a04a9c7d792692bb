"""Values of groups that a sentence sets beside each other: "11.7 v 8.5 months", "56% ... 50%".

Two percentages in a sentence are a comparison only when words make them one: "versus", "compared
with", or a group named beside each. Everything else (a sensitivity and a specificity, two years'
incidence) is no result.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from probatum.extract.prose.arm_names import names_a_group
from probatum.extract.prose.figures import Figure
from probatum.extract.prose.respectively import shared_out
from probatum.extract.prose.slots import Slot, slots_of

_VS: Final = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|in comparison (?:with|to)|as opposed to|than|against"
    r"|whereas|while|relative to)(?:\s|$|\()|\bv\s"
)
_DIRECT: Final = re.compile(r"[\s,;)\]]*(?:versus|vs\.?|v\.?|compared (?:with|to)|against)[\s(\[]*")
_AND: Final = re.compile(r"\band\b|,|;|\bto\b|\bbut\b")
_GROUPED: Final = re.compile(
    r"\b(?:arms?|groups?|cohort|who|received|receiving|treated|placebo|control|alone|with|without"
    r"|assigned|versus|users?|recipients|carriers|women|men)\b",
    re.IGNORECASE,
)
_TOO_FAR: Final = 260
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


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
    plain: str, found: Sequence[Figure], taken: frozenset[int], opens: int, closes: int
) -> list[Group]:
    """The groups of values among a sentence's figures that no estimate has taken."""
    slots = slots_of(plain, found, taken, opens, closes)
    result: list[Group] = []
    done: set[int] = set()
    for at, first in enumerate(slots):
        if at in done or _ACCURACY.search(plain, max(opens, first.start - 70), first.start):
            continue
        chain = [at]
        for following in range(at + 1, len(slots)):
            if following in done:
                continue
            last = slots[chain[-1]]
            second = slots[following]
            if not _same_measure(last, second):
                continue
            if not _linked(plain, found, last, second, closes):
                break
            if len(chain) > 1 and _starts_anew(plain, slots[chain[0]], last, second):
                break
            chain.append(following)
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
    return result


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


def _same_measure(a: Slot, b: Slot) -> bool:
    if a.family == b.family:
        return (
            a.family in ("percent", "fraction", None, "per")
            or _unit(a) == _unit(b)
            or (a.value is None or b.value is None)
        )
    # "89 women in the X group and 175 in the Y group"
    if a.family == "counted" and (a.unit or "") in _SIZES_OR_DOSES and b.family is None:
        return b.name is not None
    # "11.7 versus 8.5 months": the unit stands once, behind the last value.
    return a.family is None and b.family in ("time", "percent", "counted", "measure")


# "A and B" of these are sizes of groups or doses; only "compared with" makes them a result.
_SIZES_OR_DOSES: Final = frozenset(
    [
        "patients",
        "participants",
        "women",
        "men",
        "children",
        "people",
        "persons",
        "individuals",
        "subjects",
        "mg",
        "mcg",
        "g",
        "μg",
        "µg",
        "mg/kg",
        "mg/m2",
        "mg/day",
        "IU",
        "studies",
        "trials",
    ]
)


# How well a test tells the ill from the well is no comparison of groups.
_ACCURACY: Final = re.compile(r"\b(?:sensitivity|specificity|predictive values?)\b", re.IGNORECASE)


def _starts_anew(plain: str, first: Slot, last: Slot, second: Slot) -> bool:
    """Whether a third value opens another pair: the first group again, after a finished pair."""
    gap = plain[last.end : second.start]
    if gap.strip(" ,") == "and":
        return False
    if first.name and second.name and first.name.lower() == second.name.lower():
        return True
    return _VS.search(gap) is None and _VS.search(plain[first.end : last.start]) is not None


def _unit(slot: Slot) -> str:
    return (slot.unit or "").rstrip("s")


def _linked(plain: str, found: Sequence[Figure], a: Slot, b: Slot, closes: int) -> bool:
    gap = plain[a.end : b.start]
    if len(gap) > _TOO_FAR:
        return False
    for figure in found:
        if a.end <= figure.start < b.start and figure.sort in ("label", "p"):
            return False
    bare = _BRACKETS.sub(" ", gap)
    if _DIRECT.fullmatch(bare):
        return True
    if a.family is None:
        # "30 and 39 per 100,000, respectively"
        return bare.strip() == "and" and b.family is not None and _in_order(plain, a, b, closes)
    if _VS.search(bare):
        if a.family == "counted" and not _GROUPED.search(plain, max(0, a.start - 60), b.end + 60):
            return False
        return ". " not in bare
    if re.search(r"\bfrom\s$", plain[max(0, a.start - 6) : a.start]) and re.search(r"\bto\b", bare):
        return True
    if not _AND.search(bare) or (b.unit or "") in _SIZES_OR_DOSES:
        return False
    if re.fullmatch(r"[\s,)\]]*and\s|,\s(?:and\s)?", bare) and _in_order(plain, a, b, closes):
        return True
    if bare == " and " and a.name is None and _TESTED.match(plain, b.end, closes):
        return _TIMES.search(plain[max(0, a.start - 200) : a.start]) is None
    named = b.name is not None or _THE_OTHERS.match(plain, b.end, closes) is not None
    return a.name is not None and named and _grouped(plain, a, b, closes)


# "the rates were 21% and 22% (RR, 1.07": what follows compares the two.
_TESTED: Final = re.compile(
    r"(?:,\srespectively)?\s?[(\[]\s?(?:[A-Za-z]+\s)?(?:(?:hazards?|odds|risk|rate) ratio|HR|RR|OR"
    r"|[Pp]\s?[=<>])"
)
_TIMES: Final = re.compile(
    r"\b\d+-?\s?(?:,|and|or)\s(?:[\d, ]*and\s)?\d+[- ](?:year|month|week|day)"
)


_OF_PEOPLE: Final = re.compile(
    r"\s(?:of|in|among|for)\s(?:the\s)?(?:patients|women|men|participants|children|people"
    r"|individuals|those)\s(?:with|who|in|receiving|treated|assigned|given)\b"
)


# "... and 55% in those who did not", "and 4.1% without it": the others, who have no name.
_THE_OTHERS: Final = re.compile(
    r"\s(?:in|for|among)\sthose\s(?:who|that)\s(?:did|were|had|was)\snot\b|\swithout\s(?:it|them)\b"
)


def _in_order(plain: str, a: Slot, b: Slot, closes: int) -> bool:
    """Whether "respectively" shares values out to groups, and not to times."""
    before = plain[max(0, a.start - 200) : a.start]
    behind = plain[b.end : min(closes, b.end + 160)]
    if not re.search(r"\brespectively\b", behind) or _TIMES.search(before):
        return False
    return _GROUPED.search(before + behind) is not None


_MEASURED: Final = frozenset({"time", "percent", "measure"})
_MEASURES: Final = re.compile(
    r"\b(?:median|rates?|survival|mean|OS|PFS|recurrence|relapse|mortality|incidence|respon\w+"
    r"|(?:fell|rose|increased|decreased|declined|dropped|improved|reduced)\sby|scores?)\b"
)


def _grouped(plain: str, a: Slot, b: Slot, closes: int) -> bool:
    """Whether both values stand with a group of people, not with a second quantity."""
    behind_a = plain[a.end : min(b.start, a.end + 120)]
    behind_b = plain[b.end : min(closes, b.end + 120)]
    before_a = plain[max(0, a.start - 80) : a.start]
    between = plain[a.end : b.start]

    def strong(words: str) -> bool:
        return re.search(
            r"\b(?:arms?|groups?|cohort|received|receiving|treated with|placebo|controls?|alone"
            r"|assigned|only|underwent|given|taking|those who|did not)\b", words, re.IGNORECASE
        ) is not None  # fmt: skip

    alike = re.compile(
        r"\s(?:with|for|in|among)\s(?:the\s)?(?:[\w/+-]+\s){1,6}?(?:patients|women|men"
        r"|participants)\b|\swith(?:out)?\s"
    )
    # "26% (23 of 90) of patients with X, 18% (2 of 11) of patients with Y"
    if a.n and b.n and _OF_PEOPLE.match(behind_a) and _OF_PEOPLE.match(behind_b):
        return True
    if alike.match(behind_a) and alike.match(behind_b) and a.family in _MEASURED:
        return _MEASURES.search(before_a) is not None
    return (strong(behind_a) and strong(behind_b)) or (strong(before_a) and strong(between))


def _group(plain: str, found: Sequence[Figure], members: list[Slot], closes: int) -> Group:
    if len(members) == 2 and _DIRECT.fullmatch(
        _BRACKETS.sub(" ", plain[members[0].end : members[1].start])
    ):
        # "(50% vs. 28%)": what stands before the bracket names neither of the two.
        behind = names_a_group(plain[members[1].end : min(closes, members[1].end + 60)])
        first, second = members
        members = [replace(first, name=None), second if behind else replace(second, name=None)]
    unit = next((m.unit for m in reversed(members) if m.unit is not None), None)
    family = next((m.family for m in reversed(members) if m.family is not None), None)
    members = [m if m.unit is not None else replace(m, unit=unit, family=family) for m in members]
    if sum(m.name is None for m in members) >= len(members) - 1:
        named = shared_out(plain, members[0].start, members[-1].end, closes, len(members))
        if named is not None:
            members = [replace(m, name=n) for m, n in zip(members, named, strict=True)]
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
