"""What keeps a model's wording of a claim from being more, less or other than the claim.

The gate sees whether a sentence stands in its records. It cannot see that a hedge is gone, that a
second sentence came along, or that two arms changed places; nor that the sentence would print
markup. So a wording is also compared with the built-in sentence, strictly: a good wording refused
costs a little ease of reading, a bad one let through costs a false sentence. What a joining word
alone can change is not seen.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from probatum.checks.reading import stem
from probatum.terms.quantities import find_quantities
from probatum.terms.sentences import sentences
from probatum.terms.vocabulary import Vocabulary

# What readers.fidelity finds between two wordings: handed in, for that room is above this one.
Differences = Callable[[str, str], tuple[str, ...]]

# Longer than this and something was added, whatever it is.
_LONGER, _AND_MORE = 1.4, 30
_MARKUP = re.compile(r"[<>`{}|\\^~*_\[\]]|&#?\w{1,12};|\]\(")
_LINK = re.compile(r"(?i)\b(?:https?|ftp|javascript|data|mailto):|www\.|\bdoi\b")
_IDENTIFIER = re.compile(r"(?i)\b(?:NCT\d+|PMID:?\s?\d+|PMC\d+|10\.\d{4,9}/\S+|refs?\b\.?|et al)")
# Brackets and signs too: in a formula they are half of what is said.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s.,;:'\"“”‘’]")
_QUOTED = re.compile(r"[\"“”«»]")
# Not of line and language: line breaks, control, format, private and unassigned characters.
_ODD = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@cache
def _data() -> dict[str, Any]:
    text = files("probatum.answers").joinpath("wording_words.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _families() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (family, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE))
        for family, words in _data()["families"].items()
    )


@cache
def joining_words() -> frozenset[str]:
    """The words that may come and go."""
    return frozenset(_data()["joining"].split())


@cache
def _same() -> dict[str, str]:
    """What a word counts as, where another says the same."""
    return {word: group.split()[0] for group in _data()["same"] for word in group.split()}


def faults(
    before: str, after: str, vocabulary: Vocabulary, differences: Differences
) -> tuple[str, ...]:
    """Why `after` may not stand for `before`, each in a few words; empty when it may."""
    early = tuple(_shape(before, after))
    # Nothing odd or long goes into the comparison of words.
    return early or (*differences(before, after), *_changed(before, after, vocabulary))


def _shape(before: str, after: str) -> Iterator[str]:
    if not after.strip():
        yield "empty"
        return
    if len(after) > _LONGER * len(before) + _AND_MORE:
        yield "much longer than the sentence"
    if _ODD.search(after):
        yield "line breaks or invisible characters"
    for name, pattern in (("markup", _MARKUP), ("a link", _LINK)):
        if set(pattern.findall(after)) - set(pattern.findall(before)):
            yield f"{name} added"
    if _IDENTIFIER.findall(before) != _IDENTIFIER.findall(after):
        yield "references differ"
    if len(_QUOTED.findall(before)) != len(_QUOTED.findall(after)):
        yield "quotation marks differ"


def _changed(before: str, after: str, vocabulary: Vocabulary) -> Iterator[str]:
    if len(sentences(after)) != len(sentences(before)):
        yield "the number of sentences differs"
    if before[-1:] != after[-1:] and before[-1:] in ".!?":
        yield "the end of the sentence differs"
    for family, pattern in _families():
        was, now = len(pattern.findall(before)), len(pattern.findall(after))
        if was != now:
            yield f"words of the kind '{family}' {'lost' if was > now else 'added'}"
    was_said, now_said = _content(before), _content(after)
    was_keys, now_keys = [each.key for each in was_said], [each.key for each in now_said]
    lost, added = Counter(was_keys) - Counter(now_keys), Counter(now_keys) - Counter(was_keys)
    if lost:
        yield f"words lost: {', '.join(each.text for each in was_said if each.key in lost)}"
    if added:
        yield f"words added: {', '.join(each.text for each in now_said if each.key in added)}"
    if not lost and not added and not _clauses_moved(before, was_said, now_keys):
        yield "words changed places other than as a whole clause"
    if _figures(before) != _figures(after):
        yield "numbers differ or changed places"
    was_named, now_named = _named(before, vocabulary), _named(after, vocabulary)
    if set(was_named) != set(now_named):
        yield "names differ"
    elif _ordered(was_named) != _ordered(now_named):
        yield "drugs changed places"


class _Word(NamedTuple):
    """A word or number that states something, where it starts, and what it counts as."""

    text: str
    start: int
    key: str


def _content(text: str) -> list[_Word]:
    """The words that state something, and the numbers, in order."""
    same = _same()
    return [
        _Word(found[0], found.start(), same.get(word, stem(word)))
        for found in _WORD.finditer(text)
        if (word := found[0].lower()) not in joining_words()
    ]


def _clauses_moved(before: str, was: list[_Word], now: list[str]) -> bool:
    """Whether the words stand as they stood, or with two neighbouring clauses exchanged.

    "Withheld at grade 2 and stopped at grade 4" has the words of "stopped at grade 2 and withheld
    at grade 4". So words move only together with the rest of their clause, from one comma, colon,
    semicolon or end of the built-in sentence to another.
    """
    keys = [each.key for each in was]
    if keys == now:
        return True
    size = len(keys)
    first = next(at for at in range(size) if keys[at] != now[at])
    last = next(at for at in range(size, 0, -1) if keys[at - 1] != now[at - 1])
    edges = [at for at in range(first + 1, last) if _edge(before, was, at)]
    return (
        _edge(before, was, first)
        and _edge(before, was, last)
        and any(keys[at:last] + keys[first:at] == now[first:last] for at in edges)
    )


def _edge(text: str, words: list[_Word], at: int) -> bool:
    """Whether a clause begins with the word at this place, or ends before it."""
    if at in (0, len(words)):
        return True
    end = words[at - 1].start + len(words[at - 1].text)
    return any(mark in text[end : words[at].start] for mark in ",;:.")


def _figures(text: str) -> list[tuple[str, str | None, str]]:
    """The numbers in order. Each digit counts, also one that is part of a name."""
    found = [
        (str(each.value.normalize()), each.unit, each.comparator) for each in find_quantities(text)
    ]
    return [*found, *((digits, None, "") for digits in re.findall(r"\d+", text))]


def _named(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The ids of the terms in a text, in order of first mention, with their kind."""
    return {each.term.id: each.term.kind for each in vocabulary.match(text)}


def _ordered(named: dict[str, str]) -> list[str]:
    return [term for term, kind in named.items() if kind == "intervention"]
