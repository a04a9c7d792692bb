"""Which arm of a trial each value of a sentence is said to belong to.

"11.7 v 8.5 months" with the arms exchanged is the most harmful misprint there is, and digits alone
do not show it. So arms are found in the text by their names and treatments, and each value is given
one by the way the sentence is built: "11.7 months with A", "A 11.7 months", "A v B: 11.7 v 8.5".

It cannot see arms that are named only by a pronoun ("the latter"), nor more than one such order in
one clause; what cannot be settled is refused, except that a lone value may be the experimental
arm's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from probatum.checks.reading import Reading, read
from probatum.evidence.record import ArmValue
from probatum.library.library import Library
from probatum.terms.mentions import Mention
from probatum.terms.quantities import Quantity
from probatum.terms.vocabulary import Vocabulary

_PRIOR_BEFORE = re.compile(
    r"\b(?:after|following|prior|previous(?:ly)?|earlier|despite|failed|failure of|refractory to"
    r"|progress\w+ (?:on|after|during)|exposed to|treated with|had had|already had)"
    r"\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_PRIOR_AFTER = re.compile(
    r"^[\s-]*(?:pre-?treated|resistant|refractory|ineligible|containing|based)", re.IGNORECASE
)
_JOIN = re.compile(r"^\s*(?:plus|with|\+|/|&|combined with|and)\s*(?:either\s+)?$", re.IGNORECASE)
_AND = re.compile(r"^\s*(?:and|&)\s*(?:either\s+)?$", re.IGNORECASE)
_RUN = re.compile(
    r"^[\s%)]*(?:,\s*)?(?:v\.?|vs\.?|versus|\||and|or|to|against|compared (?:with|to)|than|/|-|–|,)"
    r"\s+(?:an? |the )?(?:median |mean |about )?(?:of )?(?:only )?\(?$",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"^[^;:]*?\b(?:with|without|for|in|on|among|under|given|giving|receiv\w+|taking|took|got|had|of)\b"
    r"\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"[;:]|\b(?:and|v|vs|versus|compared|against|than|while|whereas|but|favou?r\w*)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|v\.?|over|than(?: with| on| for| in| after)?|against"
    r"|relative to|instead of|rather than|add(?:ing|ed|ition of)\s+[^.;,]*\bto)"
    r"\s+(?:the\s+|that\s+(?:of|with)\s+)?$",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"\bwithout\s+(?:the\s+)?$", re.IGNORECASE)
_CONTROL = re.compile(r"\b(?:control|comparator|comparison)(?:\s+(?:arm|group))?\b", re.IGNORECASE)
_TESTED = re.compile(
    r"\b(?:experimental|investigational|intervention|study[- ]drug)\s+(?:arm|group)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:a\s+)?(?:median\s+)?(?:of\s+)?$", re.IGNORECASE)
_PARENTHESES = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Named:
    """An arm named in a text."""

    start: int
    end: int
    arm: int


def named_arms(reading: Reading, arms: Sequence[ArmValue], library: Library) -> tuple[Named, ...]:
    """Where the text names an arm, by its name, its treatments or its role, in order."""
    found: list[Named] = []
    lower = reading.text.lower()
    for index, arm in enumerate(arms):
        name = arm.name.lower()
        for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?!\w)", lower):
            if not _is_prior(reading.text, m.start(), m.end()):
                found.append(Named(m.start(), m.end(), index))
    terms = [_arm_terms(arm, library) for arm in arms]
    found += _by_treatment(reading, terms, library.vocabulary)
    for index, arm in enumerate(arms):
        role = {"control": _CONTROL, "experimental": _TESTED}.get(arm.role)
        if role is not None and sum(a.role == arm.role for a in arms) == 1:
            found += [Named(m.start(), m.end(), index) for m in role.finditer(reading.text)]
    kept: list[Named] = []
    for one in sorted(found, key=lambda n: (n.start - n.end, n.start)):
        if all(one.end <= k.start or one.start >= k.end for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda n: n.start))


def is_compared(text: str, start: int) -> bool:
    """Whether what stands here is what something else is compared with."""
    return _AGAINST.search(text[max(0, start - 40) : start]) is not None


def _is_prior(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 60) : start]
    return bool(_PRIOR_BEFORE.search(before)) or bool(_PRIOR_AFTER.match(text[end : end + 15]))


def _arm_terms(arm: ArmValue, library: Library) -> frozenset[str]:
    return frozenset(arm.interventions) or read(arm.name, library).terms("intervention")


def _score(group: frozenset[str], arm: frozenset[str], vocabulary: Vocabulary) -> float:
    def touches(a: str, b: str) -> bool:
        return a == b or (
            a in vocabulary and b in vocabulary and vocabulary.relation(a, b) != "other"
        )

    hits = sum(any(touches(g, a) for a in arm) for g in group)
    hits += sum(any(touches(a, g) for g in group) for a in arm)
    exact = len(group & arm)
    return (hits + exact / 10) / (len(group) + len(arm)) if group and arm else 0.0


def _best(
    group: frozenset[str], arms: Sequence[frozenset[str]], vocabulary: Vocabulary
) -> int | None:
    scores = [_score(group, arm, vocabulary) for arm in arms]
    top = max(scores, default=0.0)
    if top == 0.0 or scores.count(top) != 1:
        return None
    return scores.index(top)


def _by_treatment(
    reading: Reading, arms: Sequence[frozenset[str]], vocabulary: Vocabulary
) -> list[Named]:
    text = reading.text
    groups: list[list[Mention]] = []
    for mention in reading.of_kind("intervention"):
        if _is_prior(text, mention.start, mention.end):
            continue
        if groups and _joined(text, groups[-1], mention, arms, vocabulary):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    found: list[Named] = []
    for group in groups:
        terms = frozenset(m.term.id for m in group)
        if _WITHOUT.search(text[: group[0].start]):
            lacking = [i for i, arm in enumerate(arms) if not terms & arm]
            index = lacking[0] if len(lacking) == 1 else None
        else:
            index = _best(terms, arms, vocabulary)
        if index is not None:
            found.append(Named(group[0].start, group[-1].end, index))
    return found


def _joined(
    text: str,
    group: Sequence[Mention],
    mention: Mention,
    arms: Sequence[frozenset[str]],
    vocabulary: Vocabulary,
) -> bool:
    """Whether a treatment belongs to the combination before it; "A and B" may be two arms."""
    gap = text[group[-1].end : mention.start]
    if not _JOIN.match(gap):
        return False
    if not _AND.match(gap):
        return True
    together = frozenset(m.term.id for m in group) | {mention.term.id}
    if len(together) > 1 and together in arms:
        return True
    before = _best(frozenset(m.term.id for m in group), arms, vocabulary)
    this = _best(frozenset([mention.term.id]), arms, vocabulary)
    return before is None or this is None or before == this


def arms_of(
    reading: Reading, values: Sequence[Quantity], named: Sequence[Named], arms: Sequence[ArmValue]
) -> tuple[int | None, ...]:
    """The arm each value is given by the text; None where the text names none for it.

    `values` are the values that could be an arm's, in order. An arm of -1 says that the sentence
    names arms but the value cannot be tied to one of them.
    """
    given: list[int | None] = [None] * len(values)
    for run in _runs(reading, values, named):
        start, end = reading.sentence(values[run[0]].start)
        previous = values[run[0] - 1].end if run[0] else start
        following = values[run[-1] + 1].start if run[-1] + 1 < len(values) else end
        around = [n for n in named if start <= n.start < end]
        if len(run) > 1:
            order = _order(reading.text, [values[i] for i in run], around, following, arms)
            for place, index in enumerate(run):
                given[index] = order[place] if place < len(order) else -1
        else:
            window = (max(start, previous), min(end, following))
            given[run[0]] = _single(reading.text, values[run[0]], around, window)
    return tuple(given)


def _runs(reading: Reading, values: Sequence[Quantity], named: Sequence[Named]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index, value in enumerate(values):
        last = values[index - 1] if index else None
        gap = reading.text[last.end : value.start] if last else ""
        between = any(last.end <= n.start < value.start for n in named) if last else True
        if not between and len(gap) < 60 and _RUN.match(_PARENTHESES.sub("", gap)):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _order(
    text: str,
    run: Sequence[Quantity],
    around: Sequence[Named],
    following: int,
    arms: Sequence[ArmValue],
) -> list[int]:
    count = len(arms)
    if _FROM.search(text[: run[0].start]) and text[run[0].end : run[1].start].strip() == "to":
        # "lengthened from 13.3 to 16.8 months": from the control to the experimental arm.
        return sorted(range(count), key=lambda index: arms[index].role != "control")
    after = list(dict.fromkeys(n.arm for n in around if run[-1].end <= n.start < following))
    before = [n.arm for n in around if n.end <= run[0].start]
    if len(after) >= 2:
        return after
    last = next((n for n in around if n.start >= run[-1].end and n.start < following), None)
    if last is not None and _ties(text[run[-1].end : last.start]):
        others = [arm for arm in range(count) if arm != last.arm]
        return [*others, last.arm] if len(others) == len(run) - 1 else [-1] * len(run)
    recent = list(dict.fromkeys(reversed(before)))[: len(run)][::-1]
    return recent + [arm for arm in range(count) if arm not in recent]


def _ties(gap: str) -> bool:
    outside = _PARENTHESES.sub("", gap)
    return "," not in outside and bool(_WITH.match(outside)) and not _SPLIT.search(outside)


def _single(
    text: str, value: Quantity, around: Sequence[Named], window: tuple[int, int]
) -> int | None:
    after = [n for n in around if value.end <= n.start < window[1]]
    if after:
        gap = text[value.end : after[0].start]
        if not gap.strip() or _ties(gap):
            return after[0].arm
    before = [n for n in around if n.end <= value.start]
    near = [n for n in before if n.start >= window[0]]
    if near:
        last = near[-1]
        gap = _PARENTHESES.sub("", text[last.end : value.start])
        if not _SPLIT.search(gap.replace(":", "")) and (
            not is_compared(text, last.start) or (len(gap) <= 12 and "," not in gap)
        ):
            return last.arm
    subjects = [n for n in before if not is_compared(text, n.start)]
    if subjects and len({n.arm for n in subjects}) == 1:
        return subjects[-1].arm
    named = {n.arm for n in around}
    if len(named) == 1:
        return named.pop()
    return -1 if named else None
