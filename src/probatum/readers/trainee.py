"""The clinician's sentence for a trainee: abbreviations spelt out, hard terms glossed.

The words of the sentence stay in their order, so whatever was checked of it stays true; a gloss is
added only where it brings no number, name or negation of its own.
"""

import re
from functools import cache
from importlib.resources import files

import yaml

from probatum.library.library import Library
from probatum.readers.fidelity import differences, negations
from probatum.readers.glossary import explanation

# Explanations of endpoints and events hold words ("worse", "without") that would read as findings.
_GLOSSED = ("biomarker",)
# A sentence with more glosses than this is harder to read than the terms themselves.
_MOST_GLOSSES = 1
_LONGEST_GLOSS = 70
_NEAR = 40  # characters


@cache
def _abbreviations() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files("probatum.readers").joinpath("data/abbreviations.yaml").read_text("utf-8")
    return tuple(
        (re.compile(rf"(?<![\w/+-])(?<!\()({short})(?![\w/+)]|-\w)"), full)
        for short, full in yaml.safe_load(text)["abbreviations"].items()
    )


def trainee_words(text: str, library: Library) -> str:
    """The sentence with abbreviations spelt out at first use, and a short gloss after it."""
    said = text
    for pattern, full in _abbreviations():
        found = pattern.search(said)
        if found is None or full.casefold() in said.casefold():
            continue
        # Beside a negation the second name would stand as if it were not negated.
        if negations(said[max(0, found.start() - _NEAR) : found.start()]):
            continue
        new = said[: found.start()] + f"{full} ({found[1]})" + said[found.end() :]
        if not differences(said, new, library.vocabulary):
            said = new
    return said + _glosses(said, library)


def _glosses(text: str, library: Library) -> str:
    added = ""
    seen: set[str] = set()
    for mention in library.vocabulary.match(text, _GLOSSED):
        plain = explanation(mention.term)
        name = mention.term.short or mention.term.name
        if not plain or mention.term.id in seen or len(plain) > _LONGEST_GLOSS:
            continue
        seen.add(mention.term.id)
        gloss = f" ({name}: {plain.rstrip('.')}.)"
        if plain.casefold() in text.casefold() or any(c.isdigit() for c in plain):
            continue
        if not differences(text, text + added + gloss, library.vocabulary):
            added += gloss
        if added.count(" (") >= _MOST_GLOSSES:
            break
    return added
