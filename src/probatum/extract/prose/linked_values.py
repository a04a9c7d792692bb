"""Whether two values of a sentence stand beside each other as one outcome of two groups.

Only words make a comparison of two numbers: "versus", "compared with", or a group named beside
each. A sensitivity and a specificity, or rates at two times, are none.
"""

import re
from collections.abc import Sequence
from typing import Final

from probatum.extract.prose.arm_words import are_two_arms
from probatum.extract.prose.figure import Figure
from probatum.extract.prose.parallel import ASSIGNING, each_behind_its_name, listed, parallel
from probatum.extract.prose.respectively import shared_out
from probatum.extract.prose.slot import Slot

VS: Final = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|in comparison (?:with|to)|as opposed to|than|against"
    r"|whereas|while|relative to)(?:\s|$|\()|\bv\s"
)
DIRECT: Final = re.compile(r"[\s,;)\]]*(?:versus|vs\.?|v\.?|compared (?:with|to)|against)[\s(\[]*")
_AND: Final = re.compile(r"\band\b|,|;|\bto\b|\bbut\b")
_GROUPED: Final = re.compile(
    r"\b(?:arms?|groups?|cohort|who|received|receiving|treated|placebo|control|alone|with|without"
    r"|assigned|versus|users?|recipients|carriers|women|men)\b",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_TOO_FAR: Final = 260
# Two arms that the text introduces elsewhere need no more words where their values are so near.
_NEAR: Final = 90
BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def same_measure(a: Slot, b: Slot) -> bool:
    if a.family == b.family:
        return (
            a.family in ("percent", "fraction", None, "per")
            or _unit(a) == _unit(b)
            or (a.value is None or b.value is None)
        )
    # "89 women in the X group and 175 in the Y group"
    if a.family == "counted" and b.family is None:
        return b.name is not None
    # "10 of 67 patients in the X group, compared with zero responses in the Y group"
    if a.family == "fraction" and b.family == "counted":
        return b.name is not None and b.value == 0
    # "17 of 26 patients (65%) in the X group, compared with 0 of 12 in the Y group"
    if a.family == "percent" and b.family == "fraction":
        return a.events is not None and a.n is not None and b.name is not None
    # "11.7 versus 8.5 months": the unit stands once, behind the last value.
    return a.family is None and b.family in ("time", "percent", "per", "counted", "measure")


# "A and B" of these are sizes of groups or doses; only "compared with" makes them a result.
_SIZES_OR_DOSES: Final = frozenset(
    [
        "patients",
        "participants",
        "women",
        "men",
        "children",
        "people",
        "persons",
        "individuals",
        "subjects",
        "mg",
        "mcg",
        "g",
        "μg",
        "µg",
        "mg/kg",
        "mg/m2",
        "mg/day",
        "IU",
        "studies",
        "trials",
    ]
)


def _unit(slot: Slot) -> str:
    return (slot.unit or "").rstrip("s")


def linked(
    plain: str, found: Sequence[Figure], a: Slot, b: Slot, closes: int, known: frozenset[str]
) -> bool:
    """Whether words make a comparison of two values; `known` are words of the text's groups."""
    gap = plain[a.end : b.start]
    if len(gap) > _TOO_FAR:
        return False
    if any(a.end <= f.start < b.start and f.sort in ("label", "p") for f in found):
        return False
    bare = BRACKETS.sub(" ", gap)
    if DIRECT.fullmatch(bare) or _in_one_shape(plain, a, b, closes, known):
        return True
    if a.family is None:
        return _bare_numbers(plain, bare, a, b, closes, known)
    if VS.search(bare):
        if a.family == "counted" and not _GROUPED.search(plain, max(0, a.start - 60), b.end + 60):
            return False
        return ". " not in bare
    if re.search(r"\bfrom\s$", plain[max(0, a.start - 6) : a.start]) and re.search(r"\bto\b", bare):
        # a measurement that fell "from 3.1 mmol/L to 1.9" is one group's change from its baseline
        return a.family != "measure"
    if not _AND.search(bare) or (b.unit or "") in _SIZES_OR_DOSES:
        return False
    if re.fullmatch(r"[\s,)\]]*and\s|,\s(?:and\s)?", bare) and _in_order(plain, a, b, closes):
        return True
    if bare == " and " and a.name is None and _TESTED.match(plain, b.end, closes):
        return _TIMES.search(plain[max(0, a.start - 200) : a.start]) is None
    if plain[a.end - 1] == plain[b.end - 1] == ")" and _SHORT_NAMES.search(plain[a.start : b.end]):
        return True
    return _both_named(plain, a, b, closes) and (
        _each_of_whom(plain, a, b, closes)
        or _grouped(plain, a, b, closes)
        or (len(gap) < _NEAR and are_two_arms(known, a.name, b.name))
    )


# "6.2% (ABC) and 7.1% (XYZ)": the shape tells two groups, where neither is an end point's name.
_SHORT_NAMES: Final = re.compile(
    r"^\S+(?:\s[a-z]+)?\s\([A-Z][A-Z0-9+-]{0,7}\)(?:,|,?\sand)\s\S+(?:\s[a-z]+)?\s\([A-Z][A-Z0-9+-]{0,7}\)$"
)


def _in_one_shape(plain: str, a: Slot, b: Slot, closes: int, known: frozenset[str]) -> bool:
    return (
        listed(plain, a, b)
        or parallel(plain, a, b, closes, known)
        or each_behind_its_name(plain, a, b, known)
    )


# "a shorter stay (12.6 ± 1.0) than that of the control group (17.0 ± 2.5)"
_THAN_THAT: Final = re.compile(
    r"^[\s)\]]*(?:than|compared\s(?:with|to))\s(?:that|those)\s"
    r"(?:of|in|for|with|who|assigned|receiving|given|treated)\s"
)


def _bare_numbers(
    plain: str, bare: str, a: Slot, b: Slot, closes: int, known: frozenset[str]
) -> bool:
    """ "30 and 39 per 100,000, respectively", "7.1 with X than 8.2 with Y": a unit is missing."""
    if a.name and b.name and VS.search(bare) and not _DIGIT.search(bare):
        return ". " not in bare
    if b.name and _THAN_THAT.search(bare) and not _DIGIT.search(bare):
        return True
    if b.family is not None and bare.strip() == "and" and are_two_arms(known, a.name, b.name):
        return True
    if bare.strip() != "and" or not _in_order(plain, a, b, closes):
        return False
    # "2.1 ± 0.8 and 3.9 ± 1.1 in the A and B groups, respectively"
    return b.family is not None or (
        shared_out(plain, a.start, b.end, closes, 2) is not None
        and ASSIGNING.search(plain[max(0, a.start - 120) : a.start]) is None
    )


# "the rates were 21% and 22% (RR, 1.07": what follows compares the two.
_TESTED: Final = re.compile(
    r"(?:,\srespectively)?\s?[(\[]\s?(?:[A-Za-z]+\s)?(?:(?:hazards?|odds|risk|rate) ratio|HR|RR|OR"
    r"|[Pp]\s?[=<>])"
)
_TIMES: Final = re.compile(
    r"\b\d+-?\s?(?:,|and|or)\s(?:[\d, ]*and\s)?\d+[- ](?:year|month|week|day)"
)


_OF_PEOPLE: Final = re.compile(
    r"\s(?:of|in|among|for)\s(?:the\s)?(?:patients|women|men|participants|children|people"
    r"|individuals|those)\s(?:with|who|in|receiving|treated|assigned|given)\b"
)


# "(7.3% of men; 1.4% of women)", and not "(40% of stage A; 36% of stage B) in both arms"
_EACH_OF_WHOM: Final = re.compile(r"\s(?:of|in|for|with)\s(?:the\s)?[A-Za-z][\w' -]{1,40};\s$")
_OF_WHOM: Final = re.compile(
    r"\s(?:of|in|for|with)\s(?:the\s)?[A-Za-z][\w' -]{1,40}\)(?!\s(?:in|for)\s(?:both|each)\b)"
)


def _both_named(plain: str, a: Slot, b: Slot, closes: int) -> bool:
    named = b.name is not None or _THE_OTHERS.match(plain, b.end, closes) is not None
    return a.name is not None and named


def _each_of_whom(plain: str, a: Slot, b: Slot, closes: int) -> bool:
    """Whether two shares fill a bracket, each with its people behind it."""
    return (
        plain[a.start - 1] == "("
        and a.family == b.family == "percent"
        and _EACH_OF_WHOM.match(plain[a.end : b.start]) is not None
        and _OF_WHOM.match(plain, b.end, closes) is not None
    )


# "... and 55% in those who did not", "and 4.1% without it": the others, who have no name.
_THE_OTHERS: Final = re.compile(
    r"\s(?:in|for|among)\sthose\s(?:who|that)\s(?:did|were|had|was)\snot\b|\swithout\s(?:it|them)\b"
)


def _in_order(plain: str, a: Slot, b: Slot, closes: int) -> bool:
    """Whether "respectively" shares values out to groups, and not to times."""
    before = plain[max(0, a.start - 200) : a.start]
    behind = plain[b.end : min(closes, b.end + 160)]
    if shared_out(plain, a.start, b.end, closes, 2) is not None:
        return True
    if not re.search(r"\brespectively\b", behind) or _TIMES.search(before):
        return False
    return _GROUPED.search(before + behind) is not None


_MEASURED: Final = frozenset({"time", "percent", "measure"})
_MEASURES: Final = re.compile(
    r"\b(?:median|rates?|survival|mean|OS|PFS|recurrence|relapse|mortality|incidence|respon\w+"
    r"|(?:fell|rose|increased|decreased|declined|dropped|improved|reduced)\sby|scores?)\b"
)


def _grouped(plain: str, a: Slot, b: Slot, closes: int) -> bool:
    """Whether both values stand with a group of people, not with a second quantity."""
    behind_a = plain[a.end : min(b.start, a.end + 120)]
    behind_b = plain[b.end : min(closes, b.end + 120)]
    before_a = plain[max(0, a.start - 80) : a.start]
    between = plain[a.end : b.start]

    def strong(words: str) -> bool:
        return re.search(
            r"\b(?:arms?|groups?|cohort|received|receiving|treated with|placebo|controls?|alone"
            r"|assigned|only|underwent|given|taking|those who|did not)\b", words, re.IGNORECASE
        ) is not None  # fmt: skip

    alike = re.compile(
        r"\s(?:with|for|in|among)\s(?:the\s)?(?:[\w/+-]+\s){1,6}?(?:patients|women|men"
        r"|participants)\b|\s(?:with(?:out)?|for)\s"
    )
    # "26% (23 of 90) of patients with X, 18% (2 of 11) of patients with Y"
    if a.n and b.n and _OF_PEOPLE.match(behind_a) and _OF_PEOPLE.match(behind_b):
        return True
    if (
        alike.match(behind_a)
        and alike.match(behind_b)
        and a.family in _MEASURED
        and _MEASURES.search(before_a) is not None
    ):
        return True
    return (strong(behind_a) and strong(behind_b)) or (strong(before_a) and strong(between))
