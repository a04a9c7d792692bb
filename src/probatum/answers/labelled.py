"""Labels that tell a thing from its siblings: vitamin D is not vitamin C, stage II not stage III.

A label is one character or two, so a comparison by words takes it for nothing; the sentence on the
sibling then carries all the other words of the question and answers another one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Nouns that are numbered; a number behind another noun is mostly an amount, and an "I" before such
# a verb is whoever asks.
_NUMBERED = "stage|type|grade|class|phase|category|factor|group|level|tier|part|degree|score"
_NUMBER = re.compile(
    rf"\b({_NUMBERED})(?:e?s)?[ -]+(?!I (?:am|had|have|need|take|want)\b)"
    r"(\d{1,2}|[IVX]{1,4})((?:[A-D]\d?)?)\b(?!\.\d|-)",
    re.IGNORECASE,
)
# A capital behind a lower-case word; I and A alone are words.
_LETTER = re.compile(r"\b([a-z]{4,}) ([B-HJ-Z]|A(?= *[?.,;:)]| *$))(?![\w'’.-])")
# Behind some nouns a letter is a label however it is written, but for a lone "a".
_LETTERED = re.compile(
    r"\b((?i:vitamins?|hepatitis|influenza|ha?emophilia)) (A|[B-HJKb-hjk])(?!\w)"
)
# A number that ends a question behind a name is a label too ("spinocerebellar ataxia 3?"), but not
# behind a word that makes it an amount.
_LAST = re.compile(
    r"\b(?!(?:under|over|above|below|than|least|most|about|aged?|past|every|until|only|after|before|"
    r"within|covid|sars|number|exactly|nearly|around|with)\b)([a-z]{4,}) (\d{1,2})(?= *[?.!]* *$)",
    re.IGNORECASE,
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
# Labels that stand side by side: "stages I, II and III", "vitamins C and E". A lone "a" is a word,
# a lone "A" behind such a noun is none. No label can be read in two ways, or a long row of them
# could be in as many as there are atoms.
_ONE = r"(?:(?:[ivx]{1,4}|\d{1,2}|[b-hj-uwyz])(?:[a-d]\d?)?|(?-i:A))"
_BESIDE = r"(?:\s*[,/–-]\s?(?:(?:and|or)\s)?|\s+(?:and|or|to|through)\s+)"
_NEXT = re.compile(rf"{_BESIDE}({_ONE})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A noun with the label that the question gives it, as patterns over a text.

    `right` finds the noun with this label, alone or among others, `any_` with whatever label.
    """

    right: re.Pattern[str]
    any_: re.Pattern[str]

    def agrees(self, words: str, around: str) -> bool:
        """Whether the words, or else what stands above them, are about the thing so labelled.

        Words that name a sibling are about that, whatever stands above.
        """
        if self.right.search(words):
            return True
        return not self.any_.search(words) and bool(self.right.search(around))


def labels(question: str) -> tuple[Label, ...]:
    """The labels in a question."""
    found = dict.fromkeys(_labels(question))
    return tuple(_label(noun, each) for noun, each in found)


def _labels(question: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each labelled noun with its label; with more where the question sets them side by side."""
    for pattern in (_NUMBER, _LETTER, _LETTERED, _LAST):
        for match in pattern.finditer(question):
            given = ["".join(match.groups()[1:]).lower()]
            beside = _NEXT.match(question, match.end())
            while beside:
                given.append(beside.group(1).lower())
                beside = _NEXT.match(question, beside.end())
            yield match.group(1).lower().removesuffix("s"), tuple(dict.fromkeys(given))


def _label(noun: str, given: tuple[str, ...]) -> Label:
    # "Stage IIIB" is a kind of stage III; 3 and III are the same number.
    forms = "|".join(_form(label) for label in given)
    head = rf"\b{re.escape(noun)}(?:s?es|s)?[\s-]+"
    return Label(
        re.compile(rf"{head}(?:{_ONE}{_BESIDE})*(?:{forms})(?!\w)", re.IGNORECASE),
        re.compile(rf"{head}{_ONE}(?!\w)", re.IGNORECASE),
    )


def _form(label: str) -> str:
    kinds = r"(?:[a-d]\d?)?" if re.fullmatch(r"[ivx]+|\d+", label) else ""
    return f"(?:{'|'.join(re.escape(form) for form in _same(label))}){kinds}"


def _same(label: str) -> tuple[str, ...]:
    number = re.fullmatch(r"(\d{1,2}|[ivx]{1,4})(.*)", label)
    if number is None:
        return (label,)
    value, rest = number.groups()
    if value.isdigit() and 0 < int(value) < len(_ROMAN):
        return label, _ROMAN[int(value)] + rest
    if value in _ROMAN[1:]:
        return label, str(_ROMAN.index(value)) + rest
    return (label,)
