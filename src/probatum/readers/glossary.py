"""The hard words of an answer with an explanation in plain ones.

Names of drugs and tests stay in a patient's text, because the same names stand on the packet and in
the letter; so each must be explained beside it. Explanations come from the vocabulary (a term's
`plain`, else its `definition`) and, for statistics, from `data/glossary.yaml`.
"""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from probatum.library.library import Library
from probatum.terms.term import Term

# Ordinary words and proper names of places need no explanation.
_EXPLAINED = ("condition", "intervention", "biomarker", "endpoint", "adverse_event", "subtype")
_BODIES = ("body",)


class Entry(NamedTuple):
    """A word of statistics or trials: how it is found, its heading and its explanation."""

    pattern: re.Pattern[str]
    term: str
    plain: str


@cache
def entries() -> tuple[Entry, ...]:
    """The words that no medical vocabulary holds."""
    text = files("probatum.readers").joinpath("data/glossary.yaml").read_text("utf-8")
    return tuple(
        Entry(
            re.compile(rf"(?<![\w-])(?:{item['find']})(?!\w)", 0 if item.get("cased") else re.I),
            item["term"],
            item["plain"],
        )
        for item in yaml.safe_load(text)["entries"]
    )


def explanation(term: Term) -> str | None:
    """A term's explanation for a reader without medical training."""
    return term.plain or term.definition


def glossary(text: str, library: Library) -> tuple[tuple[str, str], ...]:
    """The explained terms of a text, in the order in which they appear, each once."""
    found: list[tuple[int, str, str]] = []
    for mention in library.vocabulary.match(text):
        plain = explanation(mention.term)
        if plain and plain.casefold() != mention.term.name.casefold():
            found.append((mention.start, mention.term.name, plain))
    for entry in entries():
        hit = entry.pattern.search(text)
        if hit:
            found.append((hit.start(), entry.term, entry.plain))
    seen: dict[str, tuple[str, str]] = {}
    for _, name, plain in sorted(found):
        seen.setdefault(name.casefold(), (name, plain))
    return tuple(seen.values())


def unexplained(text: str, library: Library) -> tuple[str, ...]:
    """The names of medical terms in a text for which the glossary has no explanation."""
    explained = {name.casefold() for name, _ in glossary(text, library)}
    missing = {
        mention.term.name: None
        for mention in library.vocabulary.match(text)
        if mention.term.kind in (*_EXPLAINED, *_BODIES)
        and explanation(mention.term) is None
        and mention.term.name.casefold() not in explained
    }
    return tuple(missing)
