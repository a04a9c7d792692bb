"""Two values told in the same shape: "13.9 months in women given X and 7.0 months with placebo".

The shape alone is no comparison: a rate in men and a rate in women describe, and sizes of groups
are no outcome. So a test, a group's noun or a trial's words must stand with it.
"""

import re
from typing import Final

from probatum.extract.prose.arm_words import are_two_arms, is_an_arm
from probatum.extract.prose.endpoint_names import lexicon
from probatum.extract.prose.slot import Slot

_NAME: Final = r"[A-Za-z][\w'/+-]*(?:\s[\w'/+-]+){0,7}?"
# "27 progressions in", "12 (3%) relapses were seen in": what is counted may stand between
_PLACE: Final = (
    r"[\s)\]]*(?:\s[A-Za-z][\w-]*){0,5}?\s(?:in|with|for|among|by|on|of|after)\s(?:the\s|those\s)?"
    r"(?:\d+(?:\.\d+)?\s?(?:mg|g|mcg|µg|mL|IU)\s(?:of\s)?)?" + _NAME
)
_FIRST: Final = re.compile(
    rf"{_PLACE},?\s?(?:[;,]\s|and\s|versus\s|vs\.?\s|while\s|whereas\s|but\s"
    r"|(?:as\s)?compared\s(?:with|to)\s)(?:and\s|with\s|in\s|for\s|was\s|to\s)?(?:[(\[]\s?)?"
    # a count before its share: "... and 14 (7.7%) with Y"
    r"(?:\d+\s(?:[a-z]+\s)?[(\[]\s?)?$"
)
_SECOND: Final = re.compile(rf"{_PLACE}(?=[\s.,;:()\[\]]|$)")
_GROUP: Final = re.compile(
    r"\b(?:arms?|groups?|cohorts?|placebo|controls?|recipients|sham|usual care|alone"
    r"|(?:assigned|randomi[sz]ed|allocated|treated|given|receiving|received)\b)",
    re.IGNORECASE,
)
_TEST: Final = re.compile(
    r"[^.;]{0,70}?[(\[,;]\s?(?:log-rank\s|two-sided\s|adjusted\s|unadjusted\s)?"
    r"(?:[Pp]\s?[=<>≤]|[Pp]\svalue|(?:a?HR|OR|RR)\b|(?:hazard|odds|risk|rate)\sratio"
    r"|relative\srisk|(?:mean\s|absolute\s|risk\s)?difference)"
)
# Who were put into the groups, and how many: no outcome of theirs.
ASSIGNING: Final = re.compile(
    r"\b(?:randomi[sz]|assign|allocat|enrol|includ|recruit|analy[sz]|evaluat|eligible|complet"
    r"|consent|withdr|screened)\w*\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_BASELINE: Final = re.compile(r"\b(?:at baseline|baseline|median age|mean age|aged?)\b", re.I)
_OUTCOME: Final = re.compile(
    r"\b(?:medians?|means?|rates?|survival|incidences?|scores?|respon\w+|events?|deaths?|number\sof"
    r"|occurred|developed|experienced|reported|observed|achieved|improve\w*|reduc\w+|decreas\w+"
    r"|increas\w+|recurrences?|relapses?|progressions?|failures?|complications?|toxicit\w+"
    r"|costs?|levels?|duration|time\sto|length\sof|percentage|proportion|change)\b",
    re.IGNORECASE,
)


def parallel(plain: str, a: Slot, b: Slot, closes: int, known: frozenset[str]) -> bool:
    """Whether two values of one measure stand in the same shape with their groups.

    `known` are words of the groups that the text introduces elsewhere.
    """
    if a.name is None or b.name is None or a.name.lower() == b.name.lower():
        return False
    between = plain[a.end : b.start]
    second = _SECOND.match(plain, b.end, min(closes, b.end + 140))
    if second is None or _FIRST.fullmatch(between) is None:
        return False
    before = plain[max(0, a.start - 120) : a.start]
    grouped = (
        _GROUP.search(between) is not None
        or _GROUP.search(second.group()) is not None
        or are_two_arms(known, a.name, b.name)
    )
    tested = _TEST.match(plain, b.end, min(closes, b.end + 200)) is not None
    if _BASELINE.search(before):
        return False
    whole = a.family in (None, "counted")
    said = tested or _names_outcome(before) or _names_outcome(between)
    if whole and (ASSIGNING.search(before) or not said):
        return False
    return (grouped or tested) and said


def _names_outcome(before: str) -> bool:
    return _OUTCOME.search(before) is not None or lexicon().pattern.search(before) is not None


# "(capecitabine, 93.3%; control, 90.7%)", "(median: group 1, 32 months; group 2, 54 months)"
_OPENED: Final = re.compile(rf"[(\[:;]\s?{_NAME}[,:]?\s$")
_NEXT: Final = re.compile(rf"[\s)\]]*[;,]\s(?:and\s)?{_NAME}[,:]?\s")


# "control (96%), lidocaine (90%) and"; "group A = 14 (25%), group B = 18 (32%)"
_BRACKETED: Final = re.compile(
    rf"(?:^|[:;,.(]\s|\b(?:was|were|for|in|with|between)\s){_NAME}\s?(?:[(\[]|=\s?)\s?$"
)
# "did not differ between X (85%) and Y (95%)"
_BETWEEN: Final = re.compile(rf"\bbetween\s(?:the\s)?{_NAME}\s?[(\[]$")
_NEXT_BRACKETED: Final = re.compile(
    rf"[\s)\]]*(?:,\s|;\s|\s)(?:(?:and|versus|vs\.?)\s)?{_NAME}\s?(?:[(\[]|=\s?)\s?"
)
_LETTERED: Final = re.compile(r"(?:group|arm)\s", re.IGNORECASE)
_CLOSED: Final = re.compile(r"[)\]]")


def each_behind_its_name(plain: str, a: Slot, b: Slot, known: frozenset[str]) -> bool:
    """Whether values stand in brackets behind names of groups: "control (96%), X (90%)"."""
    if a.name is None or b.name is None or a.name.lower() == b.name.lower():
        return False
    before = plain[max(0, a.start - 70) : a.start]
    gap = plain[a.end : b.start]
    if _BETWEEN.search(before) and _NEXT_BRACKETED.fullmatch(gap) and not _BASELINE.search(before):
        return True
    if _BRACKETED.search(before) is None or _BASELINE.search(before):
        return False
    if _NEXT_BRACKETED.fullmatch(gap) is None:
        return False
    if before.rstrip()[-1:] != "=" and not _CLOSED.match(plain, b.end - 1):
        return False
    named = [_is_group(name, known) for name in (a.name, b.name)]
    return all(named) or (any(named) and lexicon().pattern.search(f"{a.name} {b.name}") is None)


def _is_group(name: str, known: frozenset[str]) -> bool:
    """Whether a name's last word tells a group; "intervention attendance" is none."""
    last = name.rpartition(" ")[2]
    return (
        _GROUP.search(last) is not None
        or is_an_arm(known, last)
        or _LETTERED.match(name) is not None
    )


def listed(plain: str, a: Slot, b: Slot) -> bool:
    """Whether two values each stand behind their group's name in a list between brackets."""
    return (
        a.name is not None
        and b.name is not None
        and _OPENED.search(plain[max(0, a.start - 60) : a.start]) is not None
        and _NEXT.fullmatch(plain[a.end : b.start]) is not None
        and re.search(r"[)\];]", plain[b.end - 1 : b.end + 1]) is not None
    )
