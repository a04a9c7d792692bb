"""How often harms occurred, with their grade, in each group: out of prose and of tables.

"Grade 3 or higher" and "any grade" of one event are two findings, and a rate without its group is
half of one. So a rate is only read beside the event that it is of, its grade is the one printed for
it or for its list, and a group's name is one printed beside its figure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from probatum.extract.lines import Line
from probatum.extract.located import LocatedResult, SafetyRate
from probatum.extract.result import Arm
from probatum.extract.tables.words import says
from probatum.terms.number_text import fold_numbers
from probatum.terms.sentences import sentences

_LONGEST: Final = 1_500
_GRADE: Final = re.compile(
    r"\b(?:(?P<any>any|all)[- ]grades?|grades?\s?(?P<sign>[≥>]=?|⩾)?\s?(?P<low>[1-5]|I{1,3}V?|IV|V)"
    r"(?:\s?(?:-|–|to|/|or|and)\s?(?:grade )?(?P<high>[1-5]|I{1,3}V?|IV|V)\b)?"
    r"(?P<plus>\+|,? (?:or|and) (?:higher|greater|above|worse|more)|,? or more severe)?)",
    re.IGNORECASE,
)
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_CUE: Final = re.compile(
    r"adverse|toxicit|side[- ]effect|grade|neutropeni|anemia|anaemia|thrombocytopeni|nausea|vomit|"
    r"diarrh|fatigue|rash|bleeding|hemorrhag|haemorrhag|neuropath|hypertension|infection|pneumonitis|"
    r"colitis|mucositis|treatment-related|discontinu|death",
    re.IGNORECASE,
)
_HARM: Final = re.compile(
    r"\badverse (?:events?|effects?|reactions?)\b|\btoxicit(?:y|ies)\b|\bside[- ]effects?\b|"
    r"\bAEs?\b|\bSAEs\b|\bgrades? [≥>]?\s?[1-5I]|\bany[- ]grade\b|\btolerab|\bTRAEs?\b|\bTEAEs?\b",
    re.IGNORECASE,
)
_N: Final = r"\d{1,3}(?:\.\d{1,2})?"
_PERCENT: Final = (
    r"(?:(?P<count>\d{1,5})(?: patients?| of \d{1,6}|/\d{1,6})?,? ?[(\[])?"
    rf"(?P<value>{_N})\s?%[)\]]?"
)
_RATE: Final = re.compile(_PERCENT)
# "neutropenia (25% vs 15%)", "nausea (25%)", "anemia [12.5%; n = 8]"
_LISTED: Final = re.compile(
    r"(?P<event>[A-Za-z][A-Za-z/’' -]{2,60}?) ?[(\[](?P<inside>[^()\[\]]{2,90})[)\]]"
)
_GROUP: Final = re.compile(
    r"^[^;.%]{0,60}?\b(?:in|with|for|on|receiving|given|among|of)\s"
    r"(?:patients (?:in|on|with|receiving|given|treated with) )?"
    r"(?:the |those |those in the |patients (?:in|receiving) the |that of the )?"
    r"(?P<name>[A-Za-z0-9][^;.,%()]{1,60}?)"
    r"\s?(?:group|arm|cohort|recipients|-treated patients|patients)?"
    r"(?=,| and \d| versus| vs|;|\.|\(|$| compared| \d| than| had| reported| experienced| as)",
    re.IGNORECASE,
)
_OCCURRED: Final = re.compile(
    r"(?P<event>[A-Za-z][^;:.%]{3,160}?) (?:occurred|was reported|were reported|was seen|"
    r"were seen|was observed|were observed|was noted|were noted|developed|was experienced|"
    r"were experienced|happened|was|were) "
    r"(?:in |by |at |for |among )?(?:a rate of |only |approximately |about )?(?=\d)",
    re.IGNORECASE,
)
_AGAINST: Final = re.compile(
    r"\b(vs\.?|versus|v|compared (?:with|to)|than|and)\s(?:only |in |(?:that|those) )?[(]?$",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(r"\s(?:and|or|versus|vs|v|compared|than|with|to)$", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"(?:all |the |those |these |treated |evaluable )*(?:patients?|participants|subjects|cases|"
    r"women|men|children|all|the|those|arms?|groups?|both arms|both groups|total)",
    re.IGNORECASE,
)
_VERB: Final = re.compile(
    r"\b(?:discontinu\w+|had|experienc\w+|developed|were|was|died|required|reported|due to)\b", re.I
)
_NO_EVENT: Final = re.compile(
    r"\b(?:group|arm|arms|survival|response|remission|rate ratio|hazard|odds|patients?|progression|"
    r"PFS|OS|CI|interval|reduction|increase|accuracy|sensitivity|specificity)\b"
)
_LEAD: Final = re.compile(
    r"^(?:(?:the|most|common|frequent|frequently|commonly|reported|observed|other|were|was|included|"
    r"including|and|or|of|in|with|a|an|rates? of|incidence of|occurrence of|such as|as|by|followed|"
    r"mainly|primarily|more|also|any|grades?|all|treatment|related|drug)[ -])+",
    re.IGNORECASE,
)


def prose_harms(lines: Iterable[Line]) -> tuple[SafetyRate, ...]:
    """The rates of harms in the prose of a held text, in order."""
    return tuple(
        found
        for line in lines
        if line.kind in ("paragraph", "item") and _CUE.search(line.text) and "%" in line.text
        for start, end in sentences(line.text)
        if end - start <= _LONGEST
        for found in _of_sentence(line, start, end)
    )


def _of_sentence(line: Line, start: int, end: int) -> Iterator[SafetyRate]:
    said = line.text[start:end]
    if "%" not in said or not (_HARM.search(said) or _about_harms(line.headings)):
        return
    related = bool(
        re.search(r"(?:treatment|drug|therapy)[- ]related|TRAE|related to treatment", said, re.I)
    )
    serious = bool(re.search(r"\b[Ss]erious\b|\bSAEs?\b", said))
    common = {"serious": serious, "related": related, "locator": line.locator}
    found = list(_listed(said, line.start + start, common))
    yield from found
    yield from _stated(said, line.start + start, common, [(f.start, f.end) for f in found])


def _about_harms(headings: Sequence[str]) -> bool:
    return any(
        re.search(r"\b(?:safety|adverse|toxicity|tolerability|harms?)\b", heading, re.IGNORECASE)
        for heading in headings[-2:]
    )


def _arm(match: re.Match[str], name: str | None = None) -> Arm:
    events = int(match["count"]) if match["count"] else None
    return Arm(name, Decimal(match["value"]), "%", None, events)


def _listed(said: str, offset: int, common: dict[str, object]) -> Iterator[SafetyRate]:
    """ "neutropenia (25% vs 15%)": each event of a list with its groups' rates in brackets."""
    for found in _LISTED.finditer(said):
        rates = list(_RATE.finditer(found["inside"]))
        if not rates or re.search(r"\bCI\b|confidence|IQR|range", found["inside"]):
            continue
        event = _event(found["event"])
        if event is None:
            continue
        at = said.rfind(event, 0, found.end("event"))
        grade = _grade_at(said, at, found["event"])
        yield SafetyRate(
            event,
            offset + at,
            offset + found.end(),
            tuple(_arm(rate, _name_in(found["inside"], rate, rates)) for rate in rates),
            grade,
            bool(common["serious"]),
            bool(common["related"]),
            str(common["locator"]),
        )


def _name_in(inside: str, rate: re.Match[str], rates: Sequence[re.Match[str]]) -> str | None:
    """ "(25% with A vs 15% with B)": the name behind each figure."""
    following = [each.start() for each in rates if each.start() > rate.start()]
    behind = inside[rate.end() : following[0] if following else len(inside)]
    found = re.match(
        r"\s?(?:with|in|for|on)\s(?:the )?([^,;]{2,50}?)(?: group| arm)?"
        r"(?:\s?,|;| vs\.?| versus| v| and|$)",
        behind,
    )
    return found.group(1).strip() if found else None


def _stated(
    said: str, offset: int, common: dict[str, object], taken: Sequence[tuple[int, int]]
) -> Iterator[SafetyRate]:
    """ "Grade 3 or higher events occurred in 45% of patients with A and 30% with B"."""
    for found in _OCCURRED.finditer(said):
        stop = min(
            [
                len(said),
                *(
                    m.start()
                    for m in re.finditer(r";|\bwhereas\b|\bwhile\b", said)
                    if m.start() > found.end()
                ),
            ]
        )
        rates = [
            m
            for m in _RATE.finditer(said, found.end(), stop)
            if not any(a <= offset + m.start() < b for a, b in taken)
        ][:4]
        if not rates or rates[0].start() - found.end() > 25:
            continue
        event = _event(found["event"])
        if event is None:
            continue
        arms = _groups(said, rates, stop)
        at = said.rfind(event, 0, found.end("event"))
        yield SafetyRate(
            event,
            offset + at,
            offset + rates[len(arms) - 1].end(),
            tuple(arms),
            _grade_at(said, at, found["event"]),
            bool(common["serious"]),
            bool(common["related"]),
            str(common["locator"]),
        )


def _groups(said: str, rates: Sequence[re.Match[str]], stop: int) -> list[Arm]:
    """The first figure's group and those set against it; a figure of another verb is none."""
    arms: list[Arm] = []
    for number, rate in enumerate(rates):
        if number:
            gap = said[rates[number - 1].end() : rate.start()]
            joined = _AGAINST.search(gap)
            if joined is None:
                break
        limit = rates[number + 1].start() if number + 1 < len(rates) else stop
        group = _GROUP.match(said[rate.end() : limit])
        name = _JOINT.sub("", group["name"]).strip() if group else None
        if name and (_NO_NAME.fullmatch(name) or len(name.split()) > 6 or _VERB.search(name)):
            name = None
        if number and name is None and joined and joined.group(1).lower() == "and":
            break
        arms.append(_arm(rate, name))
    return arms


def _event(words: str) -> str | None:
    """The event's name out of the words before its figure; None where there is none."""
    # The grade goes first: its "or higher" would part the words.
    bare = _GRADE.sub(lambda m: " " * len(m.group()), words)
    clause = re.split(
        r"[,:()]|\b(?:and|or|than|were|was|included|including|followed by|that|had)\s",
        bare.rstrip(" ()"),
    )[-1]
    text = clause.strip()
    while (shorter := _LEAD.sub("", text).strip()) != text:
        text = shorter
    text = re.sub(r"\s+of$", "", text)
    known = len(text) > 2 and len(text.split()) <= 7 and re.search(r"[a-z]{3}", text)
    if not known or text not in words or says("control", text) or _NO_EVENT.search(text):
        return None
    return text


def _grade_at(said: str, at: int, event: str) -> str | None:
    """The grade printed for an event: in its own words, else the last one before it."""
    own = list(_GRADE.finditer(event))
    before = own or list(_GRADE.finditer(said, 0, at))
    return grade(before[-1]) if before else None


def grade(found: re.Match[str]) -> str:
    """A grade as it is written in records: "≥3", "3-4", "any"."""
    if found["any"]:
        return "any"
    low = _ROMAN.get(found["low"].upper(), found["low"])
    high = found["high"] and _ROMAN.get(found["high"].upper(), found["high"])
    if found["plus"] or (found["sign"] and found["sign"] in ("≥", ">=", "⩾")):
        return f"≥{low}"
    if found["sign"]:
        return f">{low}"
    return f"{low}-{high}" if high else low


def grade_in(text: str) -> str | None:
    """The grade that a label or a header names."""
    found = _GRADE.search(fold_numbers(text[:300]).text)
    return grade(found) if found else None


def table_harms(results: Iterable[LocatedResult], text: str) -> tuple[SafetyRate, ...]:
    """The rates in tables of adverse events, with the grade of their row, column or caption."""
    found = []
    for each in results:
        result = each.result
        arms = tuple(
            replace(arm, unit=arm.unit or None)
            for arm in result.arms
            if arm.events is not None or arm.unit in ("%", "patients")
        )
        if not each.harm or each.origin != "table" or len(arms) < 2 or not result.endpoint:
            continue
        caption = text[each.spans[1][0] : each.spans[1][1]] if len(each.spans) > 1 else ""
        found.append(
            SafetyRate(
                result.endpoint,
                result.start,
                result.end,
                arms,
                grade_in(result.endpoint) or grade_in(caption),
                "serious" in result.endpoint.casefold(),
                "related" in f"{result.endpoint} {caption}".casefold(),
                each.locator,
                "table",
            )
        )
    return tuple(found)
