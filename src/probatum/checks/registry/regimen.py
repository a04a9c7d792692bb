"""Statements about what the groups are given, held against the intervention section."""

import re

from probatum.checks.entailment.passage import rarity
from probatum.checks.reading import stem
from probatum.checks.registry.amount import Amount, amounts
from probatum.checks.registry.design import doses_of, judge_design, known
from probatum.checks.registry.meaning import alike
from probatum.checks.registry.record import Section
from probatum.checks.registry.schedule import among, cycle_lengths, durations, intervals
from probatum.checks.registry.scope import Place, places
from probatum.checks.registry.targets import word_list
from probatum.checks.registry.timing import judge_timing, sides, text_at
from probatum.checks.registry.wording import has, pattern
from probatum.terms.words import STOPWORDS, words

_ROUTES: tuple[tuple[str, str], ...] = (
    ("oral", r"\b(?:oral(?:ly)?|by mouth|po|p\.o\.|tablets?|capsules?|pills?)\b"),
    ("intravenous", r"\b(?:intravenous(?:ly)?|iv|i\.v\.|infusion|infused)\b"),
    ("intramuscular", r"\b(?:intramuscular(?:ly)?|im|i\.m\.)\b"),
    ("subcutaneous", r"\b(?:subcutaneous(?:ly)?|sc|s\.c\.|sq)\b"),
    ("topical", r"\b(?:topical(?:ly)?|cream|gel|ointment|patch)\b"),
)
_ROUTE = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _ROUTES)
_TRIAL_NAME = re.compile(r"\b(?:primary|secondary)\b", re.IGNORECASE)
# This part of what the clause says must stand in the section.
ENOUGH = 0.75
_GENERAL = frozenset(map(stem, word_list("of_regimens")))
# Common words that tell all the same what is given.
_KINDS = frozenset(map(stem, ("placebo", "chemotherapy", "radiotherapy", "surgery", "exercise")))
_BY_ROUTE = re.compile(
    r"\broutes?\b|\b(?:methods?|ways?|techniques?|pathways?)\b.{0,30}\badminist\w{1,8}",
    re.IGNORECASE,
)


# Said of the treatment named before: "this is not used in the secondary trial".
_BACK = re.compile(r"^(?:but |and )?(?:this|it|these|which|not|is|are)\b", re.IGNORECASE)
# "… whereas the secondary trial does not": what it does not is said in the clause before.
_ELLIPSIS = re.compile(
    r"\b(?:primary|secondary)(?: clinical)?(?: trial)?(?: participants| patients)? "
    r"(?:is|are|was|were|does|do|did|has|have)(?:n't| not)$",
    re.IGNORECASE,
)
# "… none of the secondary trial are given any".
_ANY = re.compile(r"\b(?:none|no (?:one|participants?|patients?))\b.{1,80}\b(?:any|it|this)$", re.I)
# "Less than 300 mg" is an amount and compares nothing.
_BOUND = re.compile(
    r"\b(?:less|more|lower|higher|greater|fewer|longer|shorter) than (?=\d)", re.IGNORECASE
)
# "The only drug", "more of A than of B": that a word is there proves neither.
_NOT_PRESENCE = re.compile(
    r"\b(?:only|sole(?:ly)?|exclusively|than|compared (?:to|with))\b"
    r"|\bsame (?:number|dose|dosage|duration)\b",
    re.IGNORECASE,
)


def judge_regimen(clause: str, sections: tuple[Section, ...], before: str = "") -> bool | None:
    """Whether the section bears the clause out; None when that can't be worked out.

    `before` is the clause before it, for one that says only "this is not used in the secondary".
    """
    if before and (_BACK.search(clause) or _ELLIPSIS.search(clause) or _ANY.search(clause)):
        clause = f"{clause} {' '.join(w for w in _TRIAL_NAME.sub(' ', before).split())}"
    where = places(clause, sections)
    if any(p.group is not None and p.group >= len(sections[p.trial].groups) for p in where):
        return False
    where = where or [Place(0, 0, 0, None)]
    told = [a for a in amounts(clause) if not any(p.start <= a.start < p.end for p in where)]
    if before and len({(p.trial, p.group) for p in where}) == 1 and pattern("than").search(clause):
        # "… but 8 mg less than cohort 2": the other group is that of the clause before.
        where = [*places(before, sections)[:1], *where]
    for ask in (judge_design, judge_timing, _by_route, _compared):
        found_there = ask(clause, sections, where)
        if found_there is not None:
            return found_there
    each = len({p.trial for p in where}) == 2 and all(p.group is None for p in where)
    if each and not has("lacks", clause) and not re.search(r"\b(?:n?or|either)\b", clause):
        # What both trials are said to do, each must do.
        found = [_present(clause, sections, [p], told) for p in where]
        return False if False in found else True if all(found) else None
    return _present(clause, sections, where, told)


def _content(text: str) -> list[tuple[int, str]]:
    return [
        (w.start, key)
        for w in words(alike(text))
        if w.norm not in STOPWORDS and (key := stem(w.norm)) not in _GENERAL and not key.isdigit()
    ]


def _by_route(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "The interventions are given by different routes"."""
    same, different = has("same", clause), has("different", clause)
    if not _BY_ROUTE.search(clause) or same == different:
        return None
    pair = sides(clause, sections, where) or []
    held = [
        frozenset(name for name, way in _ROUTE if way.search(text_at(sections, place)))
        for place in pair
    ]
    if not held or not all(held):
        return None
    return ((held[0] == held[1]) == same) != has("turned", clause)


def _compared(clause: str, sections: tuple[Section, ...], where: list[Place]) -> bool | None:
    """ "The same dose in both cohorts", "higher doses than in the secondary trial"."""
    if not re.search(r"\bdos(?:e|es|age|ages|ing)\b|\bamounts?\b", clause, re.IGNORECASE):
        return None
    distinct = sides(clause, sections, where)
    if distinct is None:
        return None
    names = frozenset(key for _, key in _content(clause) if rarity(key) > 3)
    texts = [text_at(sections, p) for p in distinct]
    names = known(names, texts)
    one, two = (doses_of(text, names) for text in texts)
    denied = has("lacks", clause)
    if has("same", clause):
        return (one == two) != denied if one and two else None
    if has("different", clause):
        return (one != two) != denied if one and two else None
    more, less = pattern("more").search(clause), pattern("less").search(clause)
    if not pattern("than").search(clause) or not (more or less):
        return None
    if not one or not two:
        return _with_and_without(clause, sections, distinct, names, more=more is not None)
    a, b = max(one), max(two)
    rises = more is not None and (less is None or more.start() < less.start())
    return (a > b if rises else a < b) != denied


def _with_and_without(
    clause: str,
    sections: tuple[Section, ...],
    distinct: list[Place],
    names: frozenset[str],
    *,
    more: bool,
) -> bool | None:
    """A drug that only one of two trials gives is given more there."""
    held = [_given(names, sections, p) for p in distinct]
    if held[0] == held[1] or has("lacks", clause) or not has("than", clause):
        return None
    return held[0] == more


def _given(names: frozenset[str], sections: tuple[Section, ...], place: Place) -> bool:
    """Whether every group there is given what is named."""
    groups = sections[place.trial].groups
    texts = [g.text for g in groups] if place.group is None and groups else None
    return all(
        bool(names & {key for _, key in _content(text)})
        for text in texts or [text_at(sections, place)]
    )


def _figures_fit(clause: str, whole: str, told: list[Amount]) -> bool:
    """Whether each dose, time and interval of a clause is in the text, in its own way or another's:
    "every 3 weeks" for Q3W, "18 weeks" for six cycles of 21 days.
    """
    given = intervals(whole)
    if given and not all(among(each, given) for each in intervals(clause)):
        return False
    held = amounts(whole)
    for amount in told:
        if amount.kind in ("count", "times") or not (amount.digits or amount.unit):
            continue
        pool = [h.value for h in held if h.kind == amount.kind]
        if any(amount.holds(each, 0.03) for each in pool):
            continue
        if amount.kind != "time" or not _as_schedule(amount.value, clause, whole):
            return False
    return True


def _as_schedule(time: float, clause: str, whole: str) -> bool:
    """Whether a length of time is told by the text's schedule, as what the clause has it for."""
    return any(
        among(time, read(clause)) and among(time, read(whole))
        for read in (intervals, durations, cycle_lengths)
    )


def _present(
    clause: str, sections: tuple[Section, ...], where: list[Place], told: list[Amount]
) -> bool | None:
    texts = [text_at(sections, p) for p in where]
    whole = "\n".join(texts)
    denied = has("lacks", clause)
    if not denied and not _figures_fit(clause, whole, told):
        return False
    shares = [a for a in told if a.kind == "percent" and (a.digits or a.unit)]
    if shares and not any(h.kind == "percent" for h in amounts(whole)):
        return False
    names = [(s, k) for s, k in _content(clause) if rarity(k) > 3 or k in _KINDS]
    known = frozenset(key for _, key in _content(whole))
    routes = [name for name, pattern in _ROUTE if pattern.search(clause)]
    missing_route = [
        name for name, pattern in _ROUTE if name in routes and not pattern.search(whole)
    ]
    if not names and not routes:
        return None
    total = sum(rarity(k) for _, k in names)
    covered = sum(rarity(k) for _, k in names if k in known) / total if total else 1.0
    if denied:
        if routes and len(missing_route) < len(routes):
            return False if re.search(r"\bn?or\b|\bany\b", clause) else None
        if missing_route or covered < 0.34:
            return True
        return False if covered > 0.8 else None
    if missing_route:
        return False
    if covered < 0.34:
        return False
    return True if covered >= ENOUGH and not _NOT_PRESENCE.search(_BOUND.sub("", clause)) else None
