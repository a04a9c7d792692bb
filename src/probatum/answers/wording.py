"""What keeps a model's wording of a claim from being more, less or other than the claim.

The gate sees whether a sentence stands in its records. It cannot see that a hedge is gone, that a
second sentence came along, or that two arms changed places; nor that the sentence would print
markup. So a wording is also compared with the built-in sentence, strictly: a good wording refused
costs a little ease of reading, a bad one let through costs a false sentence. What keeps all of this
and still means something else is not seen.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from probatum.checks.reading import stem
from probatum.terms.quantities import find_quantities
from probatum.terms.sentences import sentences
from probatum.terms.vocabulary import Vocabulary
from probatum.terms.words import STOPWORDS

# What readers.fidelity finds between two wordings: handed in, for that room is above this one.
Differences = Callable[[str, str], tuple[str, ...]]

# Longer than this and something was added, whatever it is.
_LONGER, _AND_MORE = 1.4, 30
_MARKUP = re.compile(r"[<>`{}|\\^~*_\[\]]|&#?\w{1,12};|\]\(")
_LINK = re.compile(r"(?i)\b(?:https?|ftp|javascript|data|mailto):|www\.|\bdoi\b")
_IDENTIFIER = re.compile(r"(?i)\b(?:NCT\d+|PMID:?\s?\d+|PMC\d+|10\.\d{4,9}/\S+|refs?\b\.?|et al)")
_WORD = re.compile(r"[^\W\d_]+")
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
def _joining() -> frozenset[str]:
    return frozenset(_data()["joining"].split()) | STOPWORDS


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
        was, now = bool(pattern.search(before)), bool(pattern.search(after))
        if was != now:
            yield f"words of the kind '{family}' {'lost' if was else 'added'}"
    was_said, now_said = _content(before), _content(after)
    if lost := sorted(was_said.keys() - now_said.keys()):
        yield f"words lost: {', '.join(was_said[each] for each in lost)}"
    if added := sorted(now_said.keys() - was_said.keys()):
        yield f"words added: {', '.join(now_said[each] for each in added)}"
    if _figures(before) != _figures(after):
        yield "numbers differ or changed places"
    was_named, now_named = _named(before, vocabulary), _named(after, vocabulary)
    if set(was_named) != set(now_named):
        yield "names differ"
    elif _ordered(was_named) != _ordered(now_named):
        yield "drugs changed places"


def _content(text: str) -> dict[str, str]:
    """The words that state something, by stem."""
    return {
        stem(word.lower()): word for word in _WORD.findall(text) if word.lower() not in _joining()
    }


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
