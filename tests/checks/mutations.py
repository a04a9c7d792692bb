"""Small changes that make a true sentence false."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from probatum.checks.reading import read
from tests.checks.invented import LIBRARY

_OPPOSITES = (
    ("longer", "shorter"),
    ("improved", "worsened"),
    ("lengthened", "shortened"),
    ("less common", "more common"),
    ("reduced the risk", "increased the risk"),
    ("favoured examplimab", "favoured chemotherapy"),
    ("showed no clear difference between", "was clearly better when comparing"),
    ("is recommended", "is not recommended"),
    ("recommends", "advises against"),
    ("does not recommend", "recommends"),
    ("advises against", "recommends"),
    ("has not approved", "has approved"),
    ("is not approved", "is approved"),
    ("EMA approved", "EMA has not approved"),
    ("Withhold", "Continue"),
    ("is paused", "is continued"),
    ("No dose reduction", "Dose reduction"),
    ("excluded", "did not exclude"),
    ("is required", "is not required"),
    ("may use", "should not use"),
)
# Drugs, conditions and bodies that the invented library or the general vocabulary knows.
_OTHERS = {
    "intervention": ("otherimab", "hertuzin deruxane", "carboplatin", "lidocaine"),
    "condition": ("ovarian cancer", "asthma", "vulvar cancer", "cervical cancer"),
    "body": ("ESMO", "NICE"),
    "study": ("VEGA-2", "EXEMPLAR-1"),
}


def changed_numbers(text: str, by: Decimal) -> Iterator[str]:
    """The text with one number changed, for each number that is a quantity of it."""
    for quantity in read(text, LIBRARY).quantities:
        if "capped" in text and quantity.unit == "mL/min":
            continue  # beyond the cap, any input gives the same dose
        digits = re.search(r"\d+(?:\.\d+)?", quantity.text)
        if digits is None:
            continue
        step = by.scaleb(-len(digits.group().partition(".")[2]))
        if Decimal(digits.group()) + step < 0:
            continue
        value = f"{Decimal(digits.group()) + step}"
        start = quantity.start + digits.start()
        yield text[:start] + value + text[start + len(digits.group()) :]


def swapped_arms(text: str) -> Iterator[str]:
    """The text with its arms exchanged, where it ties values or words of effect to both."""
    if "no clear difference" in text:
        return  # says the same either way round
    pairs = (
        ("chemotherapy and vegablock", "vegablock alone"),
        ("vegablock plus chemotherapy", "chemotherapy alone"),
        ("examplimab", "chemotherapy"),
    )
    for one, other in pairs:
        if one in text.lower() and other in text.lower() and "after platinum" not in text:
            words = re.compile(f"{one}|{other}", re.IGNORECASE)
            yield words.sub(partial(_other_of, one, other), text)
            return


def _other_of(one: str, other: str, found: re.Match[str]) -> str:
    return other if found.group().lower() == one else one


def turned_round(text: str) -> Iterator[str]:
    """The text with one word of direction replaced by its opposite."""
    for word, opposite in _OPPOSITES:
        if word in text:
            yield text.replace(word, opposite, 1)


def renamed(text: str) -> Iterator[str]:
    """The text with one drug, condition, body or study replaced by another."""
    for mention in read(text, LIBRARY).mentions:
        for other in _OTHERS.get(mention.term.kind, ()):
            if other.lower() != mention.text.lower() and other.lower() not in text.lower():
                yield text[: mention.start] + other + text[mention.end :]
