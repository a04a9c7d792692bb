"""Counts in words: "four in the control group", "twenty-nine of 70", "none in the other arm".

Authors write small counts in words, so the arm with few events would be the one that stays unread.
A word is a count only where what follows says so: people or events, a share in brackets, the whole
that it is a part of, or the group that it was counted in.
"""

import re
from decimal import Decimal
from typing import Final

_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
COUNT: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])})\b)?|(?:{'|'.join(_UNITS)})\b)"
)
_PEOPLE: Final = (
    "deaths|patients|women|men|participants|recurrences|events|responses|responders|relapses|cases"
)
_SOLE: Final = "patient|woman|man|participant|death|event|case|recurrence|relapse|response"
# The group that something was counted in: "four in the control group", "none with placebo".
_IN_GROUP: Final = (
    r"\s(?:in|on|with|for|among|receiving)\s(?:the\s)?(?:[\w/+-]+\s){0,4}?"
    r"(?:groups?|arms?|placebo|controls?|cohort)\b"
)
# "Sixty-three percent" begins a sentence that would otherwise begin with a figure.
# A count of a group and nothing else, to see soon whether a sentence has any.
IN_WORDS: Final = rf"\b(?=[otfsenOTFSEN])(?i:{COUNT}|none)(?=(?:\s[a-z-]+){{0,3}}{_IN_GROUP})"
# "eight vulvar cancer-related deaths": small counts in words, only where people or events follow.
# "Seventeen of 26 patients" opens a sentence in words; "zero responses" is a group's value.
COUNT_WORD: Final = (
    r"(?P<word>\b(?=[zotfsenZOTFSEN])(?:"
    rf"(?i:{COUNT})(?=\s(?P<wordpercent>percent|per\scent)\b)|"
    rf"(?i:{COUNT})(?=\s(?:out\s)?of\s(?:the\s)?\d|\s?[(\[]\s?\d[\d.]{{0,5}}\s?%|{_IN_GROUP})"
    rf"|(?!(?i:one)\b)(?i:{COUNT})(?=\s(?:[A-Za-z][\w-]*\s){{0,3}}(?P<wordunit>{_PEOPLE})\b)"
    rf"|(?i:one)(?=\s(?:[A-Za-z][\w-]*\s){{0,2}}(?P<soleunit>{_SOLE})\b)"
    r"|none(?=\s(?:of\s(?:the\s)?(?:\d|patients|women|men|those)"
    rf"|in\sthose\b)|{_IN_GROUP})))"
)


def count_of(word: str) -> Decimal:
    """The number that a matched word names."""
    tens, _, unit = re.sub(r"[- ]", "-", word.lower()).partition("-")
    if tens == "none":
        return Decimal(0)
    if tens in _TENS:
        return Decimal(_TENS[tens] + (_UNITS.index(unit) if unit else 0))
    return Decimal(_UNITS.index(tens))
