"""What two wordings of one claim differ in: numbers, names, negations and populations.

A plain wording that drops "not", a drug or a bound is worse than a hard one, and nobody notices by
reading it alone. So every rewording is compared with the clinician's sentence, and what has been
lost or added is named. It cannot see a change of meaning that keeps all of these.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from probatum.terms.quantities import Quantity, find_quantities
from probatum.terms.remembered import remembered
from probatum.terms.units import in_base, unit_table
from probatum.terms.vocabulary import Vocabulary

# With the conditions, the kinds of term whose loss or gain changes what is claimed.
_NAMED = ("intervention", "biomarker")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files("probatum.readers").joinpath("data/fidelity.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return loaded


@cache
def _families(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (family, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE))
        for family, words in _data()[name].items()
    )


Key = tuple[Decimal, str | None, str, str]


def _key(quantity: Quantity) -> Key:
    """A quantity as meant; a counted thing ("82", "82 people") is a bare number."""
    value, unit = in_base(quantity.value, quantity.unit)
    known = unit_table().units.get(quantity.unit or "")
    if known is not None and known.counts:
        unit = None
    role = quantity.role if quantity.role in _ROLES else "value"
    return value.normalize(), unit, quantity.comparator, role


# Roles in which a digit means something else than it would as a value.
_ROLES = frozenset({"hr", "or", "rr", "rd", "p", "ci_level", "ci_low", "ci_high", "grade", "cps"})


def _numbers(text: str) -> dict[Key, str]:
    return {_key(quantity): quantity.text for quantity in find_quantities(text)}


def _is_article(text: str) -> bool:
    """ "One" in words is mostly no figure: "one day", "one case for this is"."""
    return text.lower().startswith("one ")


@remembered("vocabulary", 8192)
def _terms(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    # "Respiratory depression" is no depression, so conditions are read beside all other kinds; a
    # drug or test is meant also where it is part of another name ("carboplatin AUC").
    found = {m.term.id: m.term.name for m in vocabulary.match(text) if m.term.kind == "condition"}
    return found | {m.term.id: m.term.name for m in vocabulary.match(text, _NAMED)}


def _told(term: str, said: Iterable[str], after: str, vocabulary: Vocabulary) -> bool:
    """Whether a term is named, more narrowly named, or given in its own plain words."""
    if any(vocabulary.is_a(other, term) for other in said):
        return True
    own = vocabulary.get(term).plain
    return own is not None and own.casefold() in after.casefold()


def _changes(what: str, lost: Iterable[str], added: Iterable[str]) -> list[str]:
    return [f"{what} lost: {item}" for item in lost] + [f"{what} added: {item}" for item in added]


def differences(
    before: str, after: str, vocabulary: Vocabulary, context: str = ""
) -> tuple[str, ...]:
    """What `after` lost or added against `before`, in words; empty when they say the same.

    What stands in `context` (the record's own statement) may be added, never lost. A broader name
    in `after` is no addition ("immunotherapy" beside a named drug), and a narrower one is no loss.
    Negations are counted: one that is gone is a loss, one where there was none an addition; the
    same one said twice is neither.
    """
    old, new, wide = _numbers(before), _numbers(after), _numbers(f"{before} {context}")
    found = _changes(
        "number",
        (text for key, text in old.items() if key not in new),
        (text for key, text in new.items() if key not in wide and not _is_article(text)),
    )
    held, said = _terms(before, vocabulary), _terms(after, vocabulary)
    known = held | _terms(context, vocabulary) if context else held
    found += _changes(
        "term",
        (name for term, name in held.items() if not _told(term, said, after, vocabulary)),
        (name for term, name in said.items() if not any(vocabulary.is_a(h, term) for h in known)),
    )
    was, now = _present("populations", before), _present("populations", after)
    found += _changes(
        "population", sorted(was - now), sorted(now - was - _present("populations", context))
    )
    no_before, no_after = negations(before), negations(after)
    if no_after < no_before:
        found.append(f"negation lost: {no_before} before, {no_after} after")
    if no_after and not no_before:
        found.append(f"negation added: {no_after}")
    return tuple(found)


def _present(name: str, text: str) -> set[str]:
    return {family for family, pattern in _families(name) if pattern.search(text)}


def negations(text: str) -> int:
    """How many statements of a text are negated."""
    plain = text
    for _, pattern in _families("not_negations"):
        plain = pattern.sub(" ", plain)
    spans: set[tuple[int, int]] = set()
    for _, pattern in _families("negations"):
        spans |= {m.span() for m in pattern.finditer(plain)}
    return len(spans)
