"""The adverse events that a clause names, as the tables name them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from probatum.checks.reading import stem
from probatum.checks.registry.record import Section
from probatum.terms.words import STOPWORDS, Token, words

GENERIC = re.compile(r"\b(?:adverse (?:event|effect)s?|a\.?es?\b|side effects?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What is counted: names of events in the table; none for an event that the table lacks."""

    start: int
    names: frozenset[str]
    sure: bool


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load(
        files("probatum.checks.registry").joinpath("data/words.yaml").read_text("utf-8")
    )
    return held


def word_list(name: str) -> list[str]:
    """A list of words of data/words.yaml."""
    words_there: list[str] = _data()[name].split()
    return words_there


@lru_cache(maxsize=1)
def word_lists() -> tuple[dict[str, list[str]], dict[str, list[str]], frozenset[str]]:
    """Lay words, classes of events, and words that name no event."""
    held = _data()
    return held["synonyms"], held["classes"], frozenset(word_list("general"))


def find_targets(clause: str, sections: tuple[Section, ...]) -> list[Target]:
    """The events that the clause names, as the tables name them, in order."""
    synonyms, classes, general = word_lists()
    lower = clause.lower()
    names = {name for section in sections for group in section.groups for name, _ in group.events}
    found: list[Target] = []
    taken: set[int] = set()
    tokens = words(clause)
    stems_here = [stem(token.norm) for token in tokens]
    # Whole names of the table, the longest first.
    by_key: dict[tuple[str, ...], set[str]] = {}
    for name in names:
        key = tuple(stem(w.norm) for w in words(name) if w.norm not in STOPWORDS)
        if key:
            by_key.setdefault(key, set()).add(name)
    for key in sorted(by_key, key=len, reverse=True):
        for at in range(len(tokens) - len(key) + 1):
            span = range(at, at + len(key))
            if tuple(stems_here[at : at + len(key)]) == key and not taken & set(span):
                taken |= set(span)
                held = frozenset(by_key[key])
                # "Infection" as a table's own name, or infections of every kind.
                parts = classes.get(tokens[at].text.lower(), []) if len(key) == 1 else []
                held |= frozenset(n for n in names if any(p in n.lower() for p in parts))
                found.append(Target(tokens[at].start, held, sure=True))
    for lay, parts in synonyms.items():
        at = lower.find(lay)
        covered = [i for i, t in enumerate(tokens) if at <= t.start < at + len(lay)]
        if at >= 0 and covered and not taken & set(covered):
            held = frozenset(n for n in names if any(p in n.lower() for p in parts))
            taken |= set(covered)
            found.append(Target(at, held, sure=True))
    found += _looser(tokens, stems_here, taken, names, classes, general)
    found.sort(key=lambda t: t.start)
    known = [t.start for t in found if t.sure]
    return [t for t in found if t.sure or not known or _listed(clause, t.start, known)]


# What joins one event to the next in a list.
_JOINS = re.compile(r"(?:,|\band\b|\bor\b|\bnor\b|\bof\b|/)\W*(?:\w+\W+){0,2}$", re.IGNORECASE)


def _listed(clause: str, at: int, known: list[int]) -> bool:
    """Whether a word that no table has stands in a list with words that one has.

    Elsewhere it is a verb or adjective about them: "infections were the predominant events".
    """
    before = [k for k in known if k < at]
    if before:
        return len(clause[before[-1] : at]) <= 60 and _JOINS.search(clause[:at]) is not None
    return _JOINS.search(clause[at : known[0]]) is not None and known[0] - at <= 60


def _looser(
    tokens: list[Token],
    stems_here: list[str],
    taken: set[int],
    names: set[str],
    classes: dict[str, list[str]],
    general: frozenset[str],
) -> list[Target]:
    """Classes of events, and words that stand in some name of the table."""
    found: list[Target] = []
    run: list[int] = []

    def close() -> None:
        if not run:
            return
        held: frozenset[str] = frozenset()
        # "increased pleural effusion" where the table has "pleural effusion".
        for first in range(len(run)):
            wanted = {stems_here[i] for i in run[first:]}
            held = frozenset(n for n in names if wanted <= {stem(w.norm) for w in words(n)})
            if held:
                break
        found.append(Target(tokens[run[0]].start, held, sure=bool(held)))
        run.clear()

    previous_end = -1
    for index, token in enumerate(tokens):
        word = token.text.lower()
        usable = not (
            index in taken
            or word in general
            or token.norm in general
            or token.norm in STOPWORDS
            or not word[0].isalpha()
            or len(word) < 3
            or word.endswith("ly")
        )
        if usable and word in classes and (not run):
            close()
            parts = classes[word]
            held = frozenset(n for n in names if any(p in n.lower() for p in parts))
            found.append(Target(token.start, held, sure=True))
            continue
        if not usable or (run and token.start - previous_end > 1):
            close()
        if usable:
            run.append(index)
        previous_end = token.end
    close()
    return found


def names_of(targets: list[Target], clause: str) -> frozenset[str] | None:
    """What is counted together: the union of the targets; None is any event."""
    if not targets and GENERIC.search(clause):
        return None
    return frozenset[str]().union(*(t.names for t in targets))
