"""Facts about a patient that a question states: prior therapy, biomarker results and measures."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from probatum.evidence.population import Comparator, Criterion, Prior
from probatum.questions.need import Measure
from probatum.terms.mentions import Mention

# Words that put the therapy named after them into the past.
_BEFORE = re.compile(
    r"(?:\bafter|\bfollowing|\bfail(?:ed|ure|ing)?(?: of| on)?|\bprogress(?:ed|es|ion|ing)"
    r"(?: on| after| during| following| despite)?(?: or after)?|\bdespite|\brefractory to|"
    r"\bresistant to|\bpretreated with|\bpreviously (?:treated with|received|had|given)|"
    r"\bprior|\bprevious|\bpast|\balready (?:had|received|been given|been on|treated with)|"
    r"\b(?:has|have|had) (?:had|received|been given|been treated with|been on)|\breceived|"
    r"\b(?:who|she|he|they|patient|woman|lady|man|and|i|we) had|\bs/p|\bstatus[- ]post|\bpost-?|"
    r"\bexposed to|\brelapsed (?:on|after)|\btreated (?:before )?with|\bhistory of)"
    r"(?:\s+(?:the|a|an|her|his|their|first[- ]line|second[- ]line|standard|systemic|initial|"
    r"combination|and|or|with|plus|disease|to|on|of|under|both|single[- ]agent|more|\+|,|1L|2L|"
    r"(?:[a-z]{2,9}/)+(?:[a-z]{2,9})?|"
    r"(?:\d+|one|two|three|four|five|six|several) (?:cycles|courses|doses|lines|weeks|months) of))*"
    r"\s*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^[- ](?:failed|failure|refractory|resistant|pretreated|experienced|exposed)\b|"
    r"^(?: therapy| treatment| chemotherapy)?(?: has| have| had)?(?: has)? failed\b|"
    r"^[- ]based (?:therapy|treatment|chemotherapy) (?:has |have )?failed\b|"
    r"^(?: therapy| treatment| chemotherapy)? (?:fails|is failing|stops working|stopped working|"
    r"no longer works|has stopped working)\b",
    re.IGNORECASE,
)
# "… chemoradiation two years ago, then six cycles of carboplatin": one patient's story goes on.
_THEN = re.compile(
    r"[^.?!]{0,40}\b(?:then|followed by|later|afterwards|and)\b[^.?!]{0,30}\b"
    r"(?:cycles?|courses?|doses?|weeks?|months?|line|with|received|had|was given)\s(?:of\s)?\s*$",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:\bno (?:prior|previous)|\bnever (?:had|received|been given)|\bwithout (?:prior|previous)|"
    r"\bhas not (?:had|received)|\bnot (?:previously )?(?:received|had|treated with))\s*"
    r"(?:any |a |an )?$",
    re.IGNORECASE,
)
# What a patient cannot have is neither asked about nor given before.
_CANNOT_BEFORE = re.compile(
    r"(?:\bineligible for|\bnot eligible for|\bunfit for|\bnot fit for|\ballergic to|\ballergy to|"
    r"\bhypersensitiv\w+ to|\bintoleran\w+ (?:to|of)|"
    r"\bcan(?:no|')?t (?:have|tolerate|take|receive)|"
    r"\bcannot (?:have|tolerate|take|receive|get)|\bcan not (?:have|tolerate)|\bunable to "
    r"(?:have|tolerate|take|receive)|\b(?:has|have|had|with) (?:a |an |any )?"
    r"contraindications? (?:to|for)|\brefus\w+)"
    r"(?:\s+(?:the|a|any|both|more|further|to have|have))*\s*$",
    re.IGNORECASE,
)
_CANNOT_BEHIND = re.compile(
    r"^[- ](?:ineligible|intolerant|unfit|unsuitable)\b|"
    r"^(?: therapy| treatment)? (?:is|was|are) (?:contraindicated|"
    r"not (?:possible|tolerated|suitable|an option)|impossible|unsuitable)\b",
    re.IGNORECASE,
)
_NAIVE = re.compile(r"^[- ]?(?:na[iï]ve)\b", re.IGNORECASE)
_THRESHOLD = re.compile(
    r"^[\s:,(]*(?:score|expression|status|level|ihc|of|is|was|at|a|combined positive score|cps|"
    r"tps|tc|\s)*"
    r"(?:(?P<sign>>=|≥|<=|≤|>|<|=|at least|less than|below|above|over|under)\s*)?"
    r"(?P<value>\d+(?:\.\d+)?)(?P<unit>\s*%|\+)?"
    r"(?P<side>\s*(?:or|and)\s+(?:more|higher|above|over|greater|less|lower|below|under))?",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"^[\s:,(-]*(?:score|expression|status|is|was|tumou?rs?|\s)*"
    r"(?P<state>positive|negative|high|low|unknown|present|absent|pos|neg|\+ve|-ve)(?!\w)",
    re.IGNORECASE,
)
_SIGNS: Final[dict[str, Comparator]] = {
    ">=": ">=", "≥": ">=", "at least": ">=", "<=": "<=", "≤": "<=", ">": ">", "above": ">",
    "over": ">", "<": "<", "less than": "<", "below": "<", "under": "<", "=": "=",
}  # fmt: skip
_MEASURES = (
    ("auc", "", re.compile(r"\bauc\s*(?:of|=|:)?\s*(\d+(?:\.\d+)?)", re.I)),
    ("gfr", "mL/min", re.compile(
        r"\b(?:e?gfr|crcl|creatinine clearance|filtration rate)\s*(?:\([^)]*\)\s*)?"
        r"(?:of|is|=|:|at)?\s*(\d+(?:\.\d+)?)", re.I)),
    ("height", "cm", re.compile(r"\b(\d{2,3}(?:\.\d+)?)\s*cm\b", re.I)),
    ("weight", "kg", re.compile(r"\b(\d{1,3}(?:\.\d+)?)\s*(?:kg|kilo(?:gram)?s?)\b", re.I)),
    ("weight_lb", "lb", re.compile(
        r"\b(\d{1,3}(?:\.\d+)?)[- ]*(?:lbs?|pounds?)\b", re.I)),
    ("age", "years", re.compile(
        r"\b(\d{1,3})[- ]?(?:years?[- ]old|year-old|yo\b|y/o|yrs?[- ]old)", re.I)),
)  # fmt: skip


_PER_AREA = re.compile(r"\s{0,3}ml\s?(?:/|per)\s?min(?:ute)?\s?(?:/|per)\s?1[.,]73", re.IGNORECASE)
# A daily dose is the single dose times how often it is taken; a dose without a frequency that is
# understood gives no daily dose at all, since half a daily dose is a dangerous answer.
_DAILY = re.compile(
    r"\b(?P<amount>\d+(?:\.\d+)?)\s*mg\b"
    r"(?:\s+(?:of\s+)?(?!once|twice|three|four|every|daily|per|each|bid|tid|qid|a\b)[a-z-]{4,})?\s*,?\s*"
    r"(?:(?P<word>once|twice|three times|four times|\d times|bid|b\.i\.d\.?|tid|t\.i\.d\.?|qid|"
    r"q\.i\.d\.?)\s*(?:a day|per day|each day|every day|daily|/\s*day)?|"
    r"(?:every|q)\s*(?P<hours>\d{1,2})\s*(?:-hourly|hours?|hrs?|h)\b|"
    r"(?P<day>(?:a|per|each|every|/)\s*day\b|daily\b|/d\b))",
    re.IGNORECASE,
)
_TIMES = {
    "once": 1, "twice": 2, "three times": 3, "four times": 4, "bid": 2, "tid": 3, "qid": 4,
}  # fmt: skip


def _daily_dose(question: str) -> str | None:
    """The dose a day in mg, or None when how often it is taken is not understood."""
    match = _DAILY.search(question)
    if match is None:
        return None
    times = Decimal(1)
    if word := match["word"]:
        key = word.lower().replace(".", "")
        times = Decimal(_TIMES.get(key) or key.split()[0])
    elif match["hours"]:
        hours = int(match["hours"])
        if hours == 0 or 24 % hours:
            return None
        times = Decimal(24 // hours)
    return format((Decimal(match["amount"]) * times).normalize(), "f")


def prior_therapies(
    question: str, mentions: Sequence[Mention]
) -> tuple[tuple[Prior, ...], frozenset[int]]:
    """Therapies said to have been given (or never given) before, and where they are named.

    The second value holds the start offsets of those mentions: they are the past, not the question.
    """
    found: list[Prior] = []
    past: set[int] = set()
    previous_end, previous_past = -10, False
    for mention in mentions:
        if mention.term.kind != "intervention":
            continue
        before, behind = question[: mention.start], question[mention.end :]
        joined = re.fullmatch(
            r"\s*(?:,|,? and|or|plus|\+|/|-|–|,? with or without|±|\+/-)\s*",
            question[previous_end : mention.start],
        )
        if _NEVER.search(before) or _NAIVE.match(behind):
            found.append(Prior(therapy=mention.term.id, requirement="excluded"))
            past.add(mention.start)
            is_past = True
        elif (
            _with_rays(mention, previous_past, question[previous_end : mention.start])
            or _BEFORE.search(before)
            or _BEHIND.match(behind)
            or (previous_past and (joined or _goes_on(question, previous_end, mention.start)))
        ):
            found.append(Prior(therapy=mention.term.id, requirement="required"))
            past.add(mention.start)
            is_past = True
        else:
            is_past = False
        previous_end, previous_past = mention.end, is_past
    return tuple(dict.fromkeys(found)), frozenset(past)


def _with_rays(mention: Mention, past: bool, between: str) -> bool:
    """Whether it is the radiation that an earlier drug was given with."""
    rays = {mention.term.id, *mention.term.parents} & {"radiotherapy", "chemoradiotherapy"}
    return past and bool(rays) and between.strip().lower() in ("with", "during", "concurrent with")


def _goes_on(question: str, end: int, start: int) -> bool:
    """Whether a told story leads from one therapy to the next; a question never does."""
    mark = re.search(r"[.?!](?=\s|$)", question[start:])
    told = mark is not None and mark.group() == "."
    return told and _THEN.fullmatch(question[end:start]) is not None


def ruled_out(question: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Interventions that the question says the patient cannot have.

    Without this, "cisplatin-ineligible" would be answered with what is held on cisplatin.
    """
    found: list[str] = []
    end = -10
    for mention in mentions:
        if mention.term.kind != "intervention":
            continue
        joined = found and re.fullmatch(r"\s*(?:,|and|or|/)\s*", question[end : mention.start])
        if (
            joined
            or _CANNOT_BEFORE.search(question[: mention.start])
            or _CANNOT_BEHIND.match(question[mention.end :])
        ):
            found.append(mention.term.id)
            end = mention.end
    return tuple(dict.fromkeys(found))


def biomarker_results(question: str, mentions: Sequence[Mention]) -> tuple[Criterion, ...]:
    """Biomarker results or thresholds that stand right behind the biomarker's name."""
    found = []
    for mention in mentions:
        if mention.term.kind != "biomarker":
            continue
        behind = question[mention.end : mention.end + 40]
        if match := _THRESHOLD.match(behind):
            unit = (match["unit"] or "").strip()
            if unit == "+":
                found.append(Criterion(biomarker=mention.term.id, state=f"{match['value']}+"))
                continue
            found.append(
                Criterion(
                    biomarker=mention.term.id,
                    comparator=_comparator(match["sign"], match["side"]),
                    value=Decimal(match["value"]),
                    unit=unit or None,
                )
            )
        elif match := _STATE.match(behind):
            state = {
                "+ve": "positive",
                "pos": "positive",
                "-ve": "negative",
                "neg": "negative",
            }.get(match["state"].lower(), match["state"].lower())
            found.append(Criterion(biomarker=mention.term.id, state=state))
    return tuple(dict.fromkeys(found))


def _comparator(sign: str | None, side: str | None) -> Comparator:
    """The comparison of "at least 1" (a sign before the value) or "1 or more" (a side after it)."""
    if sign:
        return _SIGNS.get(re.sub(r"\s+", " ", sign.lower()), "=")
    if side:
        return ">=" if re.search(r"more|higher|above|over|greater", side, re.IGNORECASE) else "<="
    return "="


def measures(question: str) -> tuple[Measure, ...]:
    """Figures of the patient or target that a formula may need."""
    found = []
    for name, unit, pattern in _MEASURES:
        if match := pattern.search(question):
            value = next(group for group in match.groups() if group)
            if name == "gfr" and _PER_AREA.match(question, match.end()):
                # No dose takes a rate for a standard body, so it has a name of its own.
                found.append(Measure(name="egfr", value=value, unit="mL/min/1.73 m2"))
                continue
            found.append(Measure(name=name, value=value, unit=unit))
    if daily := _daily_dose(question):
        found.append(Measure(name="dose", value=daily, unit="mg/day"))
    return tuple(found)


def measure_spans(question: str) -> list[tuple[int, int]]:
    """Where the figures stand, with the unit that may follow: words that were understood."""
    spans = [match.span()] if (match := _DAILY.search(question)) else []
    for _, _, pattern in _MEASURES:
        if match := pattern.search(question):
            unit = re.match(r"\s*m[lL]\s*(?:/|per)\s*min(?:ute)?", question[match.end() :])
            spans.append((match.start(), match.end() + (unit.end() if unit else 0)))
    return spans
