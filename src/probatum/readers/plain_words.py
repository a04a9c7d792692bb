"""Common words for hard ones, from a list of our own, applied without touching names or numbers.

Curated texts that have no plain twin (cautions, indications, eligibility items) still reach a
patient. A substitution may not cross a name: "recurrent" inside a trial's or a drug's name stays.
"""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from probatum.library.library import Library


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    plain: str


@cache
def _rules() -> tuple[_Rule, ...]:
    text = files("probatum.readers").joinpath("data/plain_words.yaml").read_text("utf-8")
    rules = [
        _Rule(re.compile(rf"(?<![\w-])(?:{hard})(?![\w-])", re.IGNORECASE), plain)
        for group in yaml.safe_load(text)["groups"]
        for hard, plain in group["words"].items()
    ]
    return tuple(sorted(rules, key=lambda rule: -len(rule.pattern.pattern)))


_ADJECTIVE = {
    "persistent": "has persisted",
    "recurrent": "has come back",
    "metastatic": "has spread",
    "recurrent or metastatic": "has come back or spread",
}
_STATES = re.compile(
    r"(?<![\w-])(?P<states>(?:persistent|recurrent|metastatic)"
    r"(?:(?:, or |, | or |/)(?:persistent|recurrent|metastatic))*)\s+$",
    re.IGNORECASE,
)


def plain(text: str, library: Library, reorder: bool = True) -> str:
    """The text with common words for hard ones; names, numbers and negations stay.

    `reorder` also turns "recurrent cancer" into "cancer that has come back", which is longer.
    """
    return _substituted(_disease_first(text, library) if reorder else text, library)


def _disease_first(text: str, library: Library) -> str:
    """ "Recurrent cervical cancer" as "cervical cancer that has come back"."""
    result, shift = text, 0
    for mention in library.vocabulary.match(text, ("condition",)):
        start, end = mention.start + shift, mention.end + shift
        found = _STATES.search(result[:start])
        # "metastatic (stage IVB), recurrent cancer" is one list; half of it must not move.
        if found is None or result[: found.start()].rstrip().endswith((",", " or", " and")):
            continue
        states = [s.lower() for s in re.split(r", or |, | or |/", found["states"])]
        verbs = [_ADJECTIVE[state].removeprefix("has ") for state in states]
        said = verbs[0] if len(verbs) == 1 else f"{', '.join(verbs[:-1])} or {verbs[-1]}"
        name = result[start:end]
        if found.start() == 0 and text[0].isupper():
            name = name[:1].upper() + name[1:]
        new = f"{name} that has {said}"
        if result[end:].startswith(" that "):
            # "... that has come back and grew on ...", not two clauses with "that" in a row
            result = result[:end] + " and" + result[end + len(" that") :]
        result = result[: found.start()] + new + result[end:]
        shift = len(result) - len(text)
    return result


def _substituted(text: str, library: Library) -> str:
    taken = [
        (m.start, m.end)
        for m in library.vocabulary.match(text, ("intervention", "study", "body", "biomarker"))
    ]
    spans: list[tuple[int, int, str]] = []
    for rule in _rules():
        for found in rule.pattern.finditer(text):
            if all(found.end() <= s or found.start() >= e for s, e in taken):
                new = found.expand(rule.plain)
                if found.group()[:1].isupper() and new:
                    new = new[:1].upper() + new[1:]
                spans.append((found.start(), found.end(), new))
                taken.append(found.span())
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def steps(text: str) -> str:
    """A sentence of clauses joined by semicolons as sentences of their own."""
    parts: list[str] = []
    depth = begin = 0
    for index, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == ";" and depth <= 0:
            parts.append(text[begin:index])
            begin = index + 1
    parts.append(text[begin:])
    return " ".join(_shorter(ended(part.strip())) for part in parts if part.strip())


# A sentence with more words than this is cut where a new main clause begins.
_LONGEST = 20
_CLAUSES = ((", so ", ". So "), (", but ", ". But "), (", which is ", ". This is "))


def _shorter(text: str) -> str:
    if len(text.split()) > _LONGEST:
        for clause, sentence in _CLAUSES:
            text = text.replace(clause, sentence)
    return text


def ended(text: str) -> str:
    """The text as a sentence: a capital first, unless it starts with a name of mixed case."""
    word = text.split(" ", 1)[0]
    start = text if any(c.isupper() for c in word[1:]) else text[:1].upper() + text[1:]
    return start if start.endswith((".", "!", "?")) else start + "."
