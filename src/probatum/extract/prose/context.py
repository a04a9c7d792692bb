"""When a result was measured and in whom, in the text's own words."""

import re
from typing import Final

from probatum.extract.prose.text import Prose, Sentence, clean

_UNIT: Final = r"(?:years?|months?|weeks?|days?|hours?)"
_NUMBER: Final = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|ten|twelve)"
_LANDMARK: Final = re.compile(
    rf"\b{_NUMBER}-{_UNIT}\b(?!-)(?!\s(?:follow|old|regimen|course|period|update|interval|cycle))"
)
_SHARED: Final = re.compile(rf"\b(\d+)-(?=,?\s(?:and|or|to)\s\d+-({_UNIT}))")
_AT: Final = re.compile(
    rf"\b(?:[Aa]t|[Bb]y|[Aa]fter|[Ww]ithin"
    rf"|[Dd]uring)\s(?:a period of\s)?(?P<t>{_NUMBER}(?:\.\d+)?\s{_UNIT}(?:\s(?:after|of|from"
    rf"|following)\s(?:randomi[sz]ation|follow-up|treatment|diagnosis|surgery|transplant))?)"
)
# "at week 26", "from baseline to month 6"
_VISIT: Final = re.compile(
    r"\b(?:[Aa]t|[Bb]y|[Tt]o|[Tt]hrough)\s(?P<t>(?:weeks?|months?|days?|years?)\s\d{1,3})(?![\d.]|-\d)",
    re.IGNORECASE,
)
_FOLLOW: Final = re.compile(
    r"\b(?P<t>(?:(?:minimum|maximum|extended|additional|overall|long-term)\s)?(?:median|mean"
    r"|average|minimum)\s(?:follow-?up|observation|duration of follow-?up)"
    rf"(?:\s(?:time|period|duration))?(?:\s(?:was|is|of))?(?:\s(?:extended\s)?(?:to|about"
    rf"|approximately|more than|over|nearly))*\s{_NUMBER}(?:\.\d+)?\s{_UNIT}"
    rf"|(?:more\sthan\s)?{_NUMBER}(?:\.\d+)?(?:\s|-){_UNIT}\s(?:of\s)?(?:[a-z-]{{4,18}}\s)?follow-?up"
    r"(?:\speriod)?"
    rf"|follow-?up\s(?:of|to|was|at)\s(?:approximately\s)?{_NUMBER}(?:\.\d+)?\s{_UNIT}"
    rf"|(?:extended\s)?follow-?up\s\((?:mean|median),?\s{_NUMBER}(?:\.\d+)?\s{_UNIT}\)"
    rf"|(?:median|mean)\sfollow-?up\s(?:time\s)?(?:was\s)?extended\sto\s{_NUMBER}(?:\.\d+)?"
    rf"\s{_UNIT})",
    re.IGNORECASE,
)


# Nothing else tells of a follow-up; this is seen sooner than that the long pattern doesn't fit.
_FOLLOWED: Final = re.compile(r"ollow-?up|OLLOW-?UP|bservation")


def follow_up(prose: Prose, sentence: Sentence) -> tuple[str, int] | None:
    """The follow-up that a sentence states, as printed, and where."""
    if _FOLLOWED.search(prose.plain, sentence.start, sentence.end) is None:
        return None
    found = _FOLLOW.search(prose.plain, sentence.start, sentence.end)
    if found is None:
        return None
    return clean(prose.text[found.start("t") : found.end("t")]), found.start("t")


def timepoint(
    prose: Prose, sentence: Sentence, clause: int, start: int, end: int, tail: int
) -> str | None:
    """The time an outcome is measured at, in the clause of its figures or the sentence."""
    plain = prose.plain
    spans = ((clause, end), (end, tail))
    for low, high in spans:
        best = None
        for pattern in (_LANDMARK, _AT, _VISIT):
            for found in pattern.finditer(plain, low, high):
                group = 0 if pattern is _LANDMARK else "t"
                place = found.start(group)
                words = clean(prose.text[place : found.end(group)])
                if re.search(r"follow-?up", words) or re.match(
                    r"\s(?:of\s)?(?:[a-z-]{4,18}\s)?follow", plain[found.end() : found.end() + 34]
                ):
                    continue
                if best is None or abs(place - start) < abs(best[0] - start):
                    best = (place, words)
        if best is not None:
            return best[1]
    shared = _SHARED.search(plain, clause, end)
    if shared is not None:
        return f"{shared[1]}-{shared[2]}"
    return None


_POPULATION: Final = (
    re.compile(
        r"^(?:In|Among|For)\s(?P<p>(?:the\s)?(?:subgroup of\s|subset of\s)?[^,.;()]{3,120}?),\s"
    ),
    re.compile(
        r"\b(?:for|in|from)\sthe\s(?P<p>[\w+-]+(?:\s[\w+-]+){0,3}\s(?:population|subgroup|cohort"
        r"|subset))\b"
    ),
    re.compile(
        r"\b(?:in|among|for)\s(?P<p>(?:patients|women|men|children|participants|individuals|those"
        r"|adults)\s(?:with|who had|aged|older|younger|whose)\s[^,.;()]{3,90})"
    ),
    re.compile(
        r"\b(?:among|in|and|for)\s(?:the\s)?(?P<p>(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\s)?"
        r"(?:prospective|retrospective|cohort|case-control|observational|randomized|hospital-based"
        r"|population-based)\sstudies)(?=\s[(\[])"
    ),
    re.compile(r"\b(?P<p>patients\swith\s[^,.;()]{3,60}?)\s(?:\(n\s?=\s?\d+\)\s)?had\b"),
)
# Patterns of words that belong only to the result right beside them.
_BESIDE: Final = frozenset({1, 3})
# Where the words for the people end and the finding begins.
_NO_MORE_WHO: Final = re.compile(
    r"\s(?:was|were|is|are|(?<!who\s)had(?=\s(?:a|an|the|better|worse|longer|shorter|higher|lower|similar"
    r"|no|median|improved|significantly)\b)|has|(?<!older\s)(?<!younger\s)(?<!more\s)(?<!less\s)(?<!greater\s)(?<!fewer\s)than|compared|versus|vs|reported|showed|improved"
    r"|resulted)\b|-after\s|\s?--"
)
_NOT_WHO: Final = re.compile(
    r"^(?:the )?\d{4}$|^(?:this|that|an attempt)\b"
    r"|\b(?:median|mean|follow|analysis|study|trial|arm|report|review|comparison|contrast|addition"
    r"|year|month|meta|update|fact|total|particular|general|group|received|randomized|randomised"
    r"|assigned"
    r"|example|doses|each)\b",
    re.IGNORECASE,
)


def population(prose: Prose, sentence: Sentence, clause: int, start: int, end: int) -> str | None:
    """The subgroup or cohort that a result is restricted to, if the sentence says one."""
    words = prose.plain[sentence.start : sentence.end]
    for index, pattern in enumerate(_POPULATION):
        matches = list(pattern.finditer(words))
        if index in _BESIDE:
            # "HR, 0.64 for the whole population; HR, 0.30 for the X population"
            near = end if index == 1 else start
            matches.sort(key=lambda found: abs(sentence.start + found.start("p") - near))
        for found in matches:
            place = sentence.start + found.start("p")
            if index in _BESIDE and not clause - 5 <= place <= end + 60:
                continue
            if index == 2 and place > end + 10:
                continue
            cut = _NO_MORE_WHO.search(found["p"])
            if _NOT_WHO.search(found["p"][: cut.start() if cut is not None else None]):
                continue
            stop = place + (cut.start() if cut is not None else len(found["p"]))
            people = clean(prose.text[place:stop]).removeprefix("the ")
            if len(people) > 3:
                return people
    return None
