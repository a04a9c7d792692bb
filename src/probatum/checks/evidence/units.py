"""A sentence as the units that are compared: quantities, names and words, each under one key.

"PFS" and "progression-free survival", "24 months" and "2 years", "tumour" and "tumors" must meet in
one key, or a true claim fails over its spelling; "3 mg" and "3 g" must not. Grammar words are left
out, since they move whenever a sentence is turned round.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from probatum.checks.evidence.naming import second_name, term_key
from probatum.checks.reading import quantities_of, stem
from probatum.terms.quantities import Quantity
from probatum.terms.quantity_patterns import BEFORE
from probatum.terms.term import Term
from probatum.terms.units import in_base, unit_table
from probatum.terms.vocabulary import Vocabulary
from probatum.terms.words import Token, words

Kind = Literal["number", "term", "code", "word", "versus", "denial"]

# Grammar that says nothing of its own; "with" and "for" move when a sentence is turned round.
_GRAMMAR = frozenset(
    """a an the of to in on at by for from with as is are was were be been being am it its this
    that these those which who whom whose and or also both such than then there their they them he
    she his her we our us you your i do does did done has have had having will would shall so but
    if into onto via per upon about other s t et al e g i.e e.g ie eg vs any each own through
    within among between whether while whereas when where respectively either although though
    however not_only""".split()  # noqa: SIM905 (words read better as words)
)
_DENIALS = frozenset(
    """no not never neither nor none without cannot fail failed failing lack lacked lacking nothing
    don doesn didn isn aren wasn weren hasn haven shouldn won wouldn couldn""".split()  # noqa: SIM905
)
# What is not done yet is denied: "remains to be established".
_NOT_YET = re.compile(
    r"\b(?:remain(?:s|ed|ing)?(?: yet)? to be|ha(?:s|ve|d) yet to(?: be)?|(?:is|are) yet to be"
    r"|not yet(?: been)?)\b",
    re.IGNORECASE,
)
# The marks of emphasis in Markdown: "*P* = .08".
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,80})(?<=[^\s*])\1(?![\w*])")
_VERSUS = re.compile(
    r"(?<![\w-])(?:(?:as |when )?compared (?:with|to)|(?:in|by) comparison (?:with|to)|versus"
    r"|vs\b\.?|relative to|rather than|instead of|against|(?<=[\w)%] )v(?= [\w(])|than)(?![\w-])",
    re.IGNORECASE,
)
# Names whose digits or capitals matter: "T3N1", "BRCA1", "IIIA", "CD20".
_ROMAN = frozenset("ii iii iv vi vii viii ix iia iib iic iiia iiib iiic iva ivb".split())  # noqa: SIM905
# Before these words' "I" is a number.
_ORDERED = frozenset(("stage", "phase", "clas", "class", "type", "grade", "level", "category"))
_JOINED = frozenset(
    ("intervention", "condition", "endpoint", "adverse_event", "biomarker", "body", "study")
)
# A name that is this common outside medicine is left to its words.
_NUMBERED_DRUG = re.compile(r"(?<![\w-])(?:5-?FU|6-?MP|5-fluorouracil|ara-C)(?![\w-])")
# Between a name and its second name.
_AGAIN = re.compile(r"\s*(?:[(\[]|or\b|/)")
_BREAK = re.compile(r"[,;:()\[\]]")
_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(r"[^\W\d_]+|[<>≤≥=~≈]*\s*\d[\d.,·]*(?<![.,])")
_FRACTIONS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10,
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_FRACTION = re.compile(
    r"(?<![\w-])(?:(?P<count>an?|one|two|three|four)[ -](?P<part>half|(?:third|quarter|fourth|fifth"
    r"|tenth)s?)|(?P<half>half))(?=[ ,.;)])"
    r"(?! (?:line|generation|phase|trimester|degree|cycle|course|dose|time|year|decade|day))",
    re.IGNORECASE,
)
# A bound of an interval is no estimate, whatever its digits.
_PARTS_OF_INTERVAL = {"ci_low": "bound ", "ci_high": "bound ", "ci_level": "level ", "p": "P "}
_OF_AGE = {"years of age": "years", "months of age": "months"}
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()  # noqa: SIM905
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a sentence says, with its place in the text it was read from."""

    start: int
    end: int
    text: str
    key: str
    kind: Kind
    quantity: Quantity | None = None
    term: Term | None = None
    stems: tuple[str, ...] = ()
    # Whether a comma, semicolon, colon or bracket stands before it.
    parted: bool = False


def same_measure(one: Unit, other: Unit) -> bool:
    """Whether two units are quantities of one dimension: months and years, but not shares."""
    if one.quantity is None or other.quantity is None:
        return False
    mine, theirs = (in_base(q.value, q.unit)[1] for q in (one.quantity, other.quantity))
    return mine == theirs


def quantity_key(quantity: Quantity) -> str:
    """What a quantity must agree in: value, dimension, comparator; nouns that count are words."""
    unit = quantity.unit
    if unit in _OF_AGE:
        return _key(quantity.comparator, *in_base(quantity.value, _OF_AGE[unit]))
    if unit is not None and unit_table().units[unit].counts:
        unit = None
    part = _PARTS_OF_INTERVAL.get(quantity.role, "")
    return part + _key(quantity.comparator, *in_base(quantity.value, unit))


def _bound_before(text: str, place: int) -> str:
    before = text[max(0, place - 40) : place]
    return next((sign for sign, pattern in BEFORE if pattern.search(before)), "=")


def _fraction_key(found: re.Match[str], comparator: str) -> str:
    """The share that a fraction in words is, under the key of its percentage."""
    count = _COUNTS[found["count"].lower()] if found["count"] else 1
    part = (found["part"] or found["half"]).lower().rstrip("s")
    share = Decimal(100 * count) / _FRACTIONS[part]
    return _key(comparator, share.quantize(Decimal("0.1")), "%")


def _key(comparator: str, value: Decimal, unit: str | None) -> str:
    return f"#{comparator}{value.normalize():f}{unit or ''}"


def read_units(text: str, vocabulary: Vocabulary) -> tuple[Unit, ...]:
    """The units of one sentence, in order."""
    return _read(text, _Same(vocabulary))


@dataclass(frozen=True, slots=True)
class _Same:
    """A vocabulary as a cache key: two of them are never compared by their terms."""

    vocabulary: Vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.vocabulary is self.vocabulary


@lru_cache(maxsize=8192)
def _read(text: str, same: _Same) -> tuple[Unit, ...]:
    text = _EMPHASIS.sub(lambda m: " " * len(m[1]) + m[2] + " " * len(m[1]), text)
    quantities = quantities_of(text)
    units: list[Unit] = []
    taken: list[tuple[int, int]] = []
    for quantity in quantities:
        end = quantity.end
        if quantity.unit is not None and unit_table().units[quantity.unit].counts:
            digits = _NUMBER.match(text, quantity.start, quantity.end)
            end = digits.end() if digits else end
        taken.append((quantity.start, end))
        units.append(
            Unit(
                quantity.start,
                end,
                text[quantity.start : end],
                quantity_key(quantity),
                "number",
                quantity=quantity,
            )
        )
    for found in _FRACTION.finditer(text):
        if _free(taken, *found.span()):
            taken.append(found.span())
            key = _fraction_key(found, _bound_before(text, found.start()))
            units.append(Unit(*found.span(), found.group(), key, "number"))
    for unit in _of_patterns(text):
        if _free(taken, unit.start, unit.end):
            taken.append((unit.start, unit.end))
            units.append(unit)
    if not text.isspace():
        for mention in same.vocabulary.match(text):
            if mention.term.kind in _JOINED and _free(taken, mention.start, mention.end):
                taken.append((mention.start, mention.end))
                stems = tuple(
                    stem(token.text) for token in words(mention.text) if token.norm not in _GRAMMAR
                )
                units.append(
                    Unit(
                        mention.start,
                        mention.end,
                        mention.text,
                        term_key(mention.term, mention.text),
                        "term",
                        term=mention.term,
                        stems=stems,
                    )
                )
    taken.sort()
    units += _of_words(text, taken)
    units.sort(key=lambda unit: unit.start)
    return _parted(text, without_repeats(text, units))


def _of_patterns(text: str) -> Iterator[Unit]:
    """Drugs whose names are numbers, what is not done yet, and comparing words."""
    for found in _NUMBERED_DRUG.finditer(text):
        drug = second_name(found.group())
        if drug is not None:
            yield Unit(*found.span(), found.group(), drug, "term", stems=(drug,))
    for found in _NOT_YET.finditer(text):
        yield _denial(*found.span(), found.group())
    for found in _VERSUS.finditer(text):
        yield Unit(*found.span(), found.group(), "<versus>", "versus")


def _free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= first or last <= start for first, last in taken)


def _of_words(text: str, taken: list[tuple[int, int]]) -> list[Unit]:
    units: list[Unit] = []
    at = 0
    before = ""
    for token in words(text):
        while at < len(taken) and taken[at][1] <= token.start:
            at += 1
        if at < len(taken) and token.end > taken[at][0]:
            continue
        unit = _of_word(token, ordered=before in _ORDERED)
        before = token.norm if token.norm not in ("and", "or", "to", "i") else before
        if unit is not None:
            units.append(unit)
    return units


def _denial(start: int, end: int, text: str) -> Unit:
    return Unit(start, end, text, "<not>", "denial", stems=("not",))


def _of_word(token: Token, *, ordered: bool) -> Unit | None:
    norm = token.norm
    if ordered and token.text == "I":
        return Unit(token.start, token.end, token.text, "i", "code", stems=("i",))
    if norm in _NUMBER_WORDS:
        key = f"#={_NUMBER_WORDS[norm]}"
        return Unit(token.start, token.end, token.text, key, "number", stems=(stem(norm),))
    drug = second_name(token.text)
    if drug is not None:
        return Unit(token.start, token.end, token.text, drug, "term", stems=(stem(token.text),))
    if norm in _DENIALS:
        return _denial(token.start, token.end, token.text)
    if norm in _GRAMMAR or not norm:
        return None
    key = stem(token.text)
    code = _DIGITS.search(token.text) is not None or norm in _ROMAN
    code = code or (token.text == "I" or (len(norm) == 1 and token.text.isupper()))
    return Unit(token.start, token.end, token.text, key, "code" if code else "word", stems=(key,))


def without_repeats(text: str, units: Sequence[Unit]) -> list[Unit]:
    """A name and its other name in a bracket behind it are one: "hazard ratio (HR)"."""
    kept: list[Unit] = []
    for unit in units:
        again = kept and unit.kind == "term" and kept[-1].key == unit.key
        if again and _AGAIN.match(text, kept[-1].end, unit.start + 1):
            continue
        kept.append(unit)
    return kept


def _parted(text: str, units: list[Unit]) -> tuple[Unit, ...]:
    end = 0
    result: list[Unit] = []
    for unit in units:
        parted = _BREAK.search(text, end, unit.start) is not None
        result.append(replace(unit, parted=True) if parted else unit)
        end = unit.end
    return tuple(result)
