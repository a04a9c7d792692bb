"""How many groups a trial has, whether they get the same, and who alone gets what."""

import re
from collections.abc import Sequence

from probatum.checks.entailment.passage import rarity
from probatum.checks.reading import stem
from probatum.checks.registry.amount import Amount, amounts
from probatum.checks.registry.group_numbers import judge_group_numbers
from probatum.checks.registry.record import Group, Section
from probatum.checks.registry.scope import Place
from probatum.checks.registry.targets import word_list
from probatum.checks.registry.wording import has
from probatum.terms.words import STOPWORDS, words

_GENERAL = frozenset(map(stem, word_list("of_regimens")))
_NUMBER = {
    "no": 0, "zero": 0, "a": 1, "one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6,
}  # fmt: skip
# "Had one test group and one placebo group": not "in one cohort", which is somewhere to be.
_GROUPS = re.compile(
    r"(?:\b(?:had|has|have|includ\w+|consist\w*(?: of)?|compris\w+|with|involv\w+|contain\w*"
    r"|test(?:s|ed)|us(?:es|ed)|are|were|is|was|and|into)\s+)(?:only\s+|a\s+|just\s+)?"
    r"(?P<number>no|zero|a|one|single|two|three|four|five|six|\d)\s+(?P<kind>(?:\w+[- ]){0,2}?)"
    r"(?:cohorts?|groups?|arms?)\b(?!\s+(?:\d|one|two|[a-d]\b|of the (?:primary|secondary)))",
    re.IGNORECASE,
)
_TESTED = re.compile(r"\b(?:test|treatment|experimental|active|interventional?)\b", re.IGNORECASE)
_PLACEBO = re.compile(r"\b(?:placebo|sham)\b", re.IGNORECASE)
_CONTROL = re.compile(
    r"\b(?:control|placebo|sham|usual care|care as usual|standard (?:of )?care"
    r"|wait(?:ing)?[- ]?list|no (?:intervention|treatment)|observation)\b",
    re.IGNORECASE,
)
_HAVE_CONTROL = re.compile(r"\b(?P<kind>placebo|control)[- ](?:groups?|arms?|cohorts?)\b", re.I)
_ALIKE = re.compile(
    r"\b(?P<same>same|identical|equal)\s+(?:\w+\s+){0,2}?"
    r"(?:interventions?|treatments?|procedures?|medications?|drugs?|therap(?:y|ies)|regimens?)\b"
    r"|\b(?:different|differing|distinct|dissimilar)\s+(?:\w+\s+){0,1}?"
    r"(?:interventions?|treatments?|procedures?|medications?|drugs?|therap(?:y|ies)|regimens?)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\bonly\s+(?:the\s+)?(?:patients\s+|participants\s+|those\s+|members\s+)?(?:(?:in|of)\s+)?"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"^[/\w^²]{0,12}\s+(?:\S+\s+){0,3}?(?P<way>less|lower|fewer|smaller|more|higher|greater)\b",
    re.I,
)
# How much, how often and by which way is another question than what is given.
_NOT_WHAT = re.compile(
    r"\b(?:same (?:number|time)|types?|dos(?:e|es|age|ages|ing)|amounts?|routes?|frequenc\w+"
    r"|across)\b",
    re.IGNORECASE,
)
# Two texts tell of the same treatment when of their words so many are common to both.
_SAME = 0.7
# Of the words that say something, so many are the text's; or it is not there.
_HELD, _ABSENT = 0.75, 0.34


def judge_design(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """Whether the groups bear the clause out; None where it says nothing of them."""
    for ask in (_side_by_side, _counted, _controlled, _alike, _alone, _by_how_much):
        told = ask(clause, sections, where)
        if told is not None:
            return told
    return None


def _side_by_side(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "Both are single-arm": true where the clause says nothing more than that."""
    told = judge_group_numbers(clause, sections, where)
    return None if told and names_in(clause) else told


def names_in(clause: str) -> frozenset[str]:
    """The stems of what a clause names: drugs, procedures, doses' objects."""
    return frozenset(
        key
        for word in words(clause)
        if word.norm not in STOPWORDS
        and (key := stem(word.norm)) not in _GENERAL
        and not key.isdigit()
        and rarity(key) > 3
    )


def known(names: frozenset[str], texts: Sequence[str]) -> frozenset[str]:
    """Those of the names that one of the texts has."""
    return names & {stem(w.norm) for text in texts for w in words(text)}


def doses_of(text: str, names: frozenset[str]) -> frozenset[float]:
    """The doses in a text: of each mention of a name the next one, else the one just before it."""
    masses = [a for a in amounts(text) if a.kind == "mass"]
    if not names:
        return frozenset(round(a.value, 3) for a in masses)
    spots = [(w.start, w.end) for w in words(text) if stem(w.norm) in names]
    found: set[float] = set()
    for start, end in spots:
        behind = [a for a in masses if 0 <= a.start - end <= 60]
        before = [a for a in masses if 0 <= start - a.end <= 30]
        # "25 mg/m² ixabepilone as an infusion following 75 mg/m² epirubicin": what is nearer.
        near = sorted(behind[:1] + before[-1:], key=lambda a: _gap(a, start, end))
        found.update(round(a.value, 3) for a in near[:1])
    return frozenset(found)


def _gap(amount: Amount, start: int, end: int) -> int:
    return amount.start - end if amount.start >= end else start - amount.end


def _trials(where: Sequence[Place]) -> list[int]:
    return list(dict.fromkeys(p.trial for p in where))


def _groups(sections: tuple[Section, ...], trial: int) -> Sequence[Group]:
    section = sections[trial]
    return section.groups or (Group(section.title, section.text),)


def _of_groups(where: Sequence[Place], found: Sequence[re.Match[str]]) -> bool:
    """Whether single groups are named elsewhere than in the words "a placebo group"."""
    return any(
        p.group is not None
        and not p.each
        and not any(m.start() <= p.start < m.end() for m in found)
        for p in where
    )


def _counted(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "Had two test groups and one placebo group"."""
    found = list(_GROUPS.finditer(clause))
    trials = _trials(where)
    if not found or _of_groups(where, found) or len(trials) != 1:
        return None
    groups = _groups(sections, trials[0])
    for each in found:
        number = _NUMBER.get(each["number"].lower(), -1)
        number = int(each["number"]) if number < 0 else number
        kind = each["kind"]
        held = len(groups)
        if _PLACEBO.search(kind):
            held = sum(_PLACEBO.search(g.text) is not None for g in groups)
        elif _CONTROL.search(kind):
            held = sum(_CONTROL.search(g.text) is not None for g in groups)
        elif _TESTED.search(kind):
            tested = sum(_CONTROL.search(g.title) is None for g in groups)
            held = number if number in (tested, held) else tested
        if number != held and not (each["number"].lower() == "a" and held):
            return False
    return True


def _controlled(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "Both have control groups", "does not use a placebo group"."""
    found = _HAVE_CONTROL.search(clause)
    if found is None or _of_groups(where, [found]) or len(names_in(clause)) > 1:
        return None
    wanted = _PLACEBO if found["kind"].lower() == "placebo" else _CONTROL
    held = [
        any(wanted.search(g.text) for g in _groups(sections, trial)) for trial in _trials(where)
    ]
    if has("denies", clause):
        return not any(held)
    return all(held)


def _alike(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "Both cohorts receive identical interventions"."""
    found = _ALIKE.search(clause)
    if found is None or _NOT_WHAT.search(clause):
        return None
    texts = [_groups(sections, t)[n].text for t, n in _distinct(clause, sections, where)]
    if len(texts) < 2:
        return None
    same = all(_same(texts[0], other) for other in texts[1:])
    return (same == bool(found["same"])) != (has("denies", clause))


def _same(one: str, other: str) -> bool:
    first, second = (
        {stem(w.norm) for w in words(text) if w.norm not in STOPWORDS and w.norm.isalpha()}
        for text in (one, other)
    )
    return len(first & second) >= _SAME * len(first | second)


def _distinct(
    clause: str, sections: tuple[Section, ...], where: list[Place]
) -> list[tuple[int, int]]:
    """The groups that the clause speaks of, by trial and number, in order; "the cohorts" are all
    of theirs."""
    found = [(p.trial, p.group) for p in where if p.group is not None]
    if not found and re.search(r"\b(?:cohorts|groups|arms|interventions)\b", clause, re.I):
        found = [(t, n) for t in _trials(where) for n in range(len(sections[t].groups))]
    return [(t, n) for t, n in dict.fromkeys(found) if n < len(_groups(sections, t))]


def _alone(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "Only cohort 2 receives X": X is there and with nobody else."""
    named = [p for p in where if p.group is not None and not p.each]
    if len({(p.trial, p.group) for p in named}) != 1 or not _ONLY.search(clause[: named[0].start]):
        return None
    trial, group = named[0].trial, named[0].group
    groups = _groups(sections, trial)
    names = names_in(clause)
    if not names or len(groups) < 2 or group is None or group >= len(groups):
        return None
    own = _share(names, groups[group].text)
    others = max(_share(names, g.text) for n, g in enumerate(groups) if n != group)
    if own < _ABSENT or others >= _HELD:
        return False
    return True if own >= _HELD and others < _ABSENT else None


def _share(names: frozenset[str], text: str) -> float:
    held = {stem(w.norm) for w in words(text)}
    total = sum(map(rarity, names))
    return sum(rarity(name) for name in names if name in held) / total if total else 0.0


def _by_how_much(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "Cohort 1 receives 8 mg/kg less than cohort 2": the difference of two doses."""
    for amount in amounts(clause):
        way = _DIFFERENCE.search(clause[amount.end :])
        if amount.kind != "mass" or way is None or amount.sign not in ("=", "~"):
            continue
        groups = _distinct(clause, sections, where)
        if len(groups) != 2:
            return None
        texts = [_groups(sections, t)[n].text for t, n in groups]
        names = known(names_in(clause), texts)
        one, two = (doses_of(text, names) for text in texts)
        if not one or not two:
            return None
        less = way["way"].lower() in ("less", "lower", "fewer", "smaller")
        gaps = {b - a if less else a - b for a in one for b in two}
        return any(abs(gap - amount.value) <= 0.01 * amount.value for gap in gaps)
    return None
