"""A section of a ClinicalTrials.gov entry as a table: who was in which group, and what was counted.

Registry text is regular, so a statement about it can be worked out instead of being compared by its
words. Read are the four sections as ClinicalTrials.gov gives them in plain text: interventions,
eligibility, results of the outcome measures, and serious adverse events.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["adverse_events", "results", "intervention", "eligibility"]

# What is longer is no section of an entry.
MOST_CHARACTERS = 200_000
_TRIAL = re.compile(
    r"^[^\w\n]{0,20}(primary|secondary)(?: clinical)? trial\b[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
# The same with the section on the heading's own line.
_INLINE = re.compile(
    r"\b(primary|secondary)(?: clinical)? trial(?: ?\([^()\n]{0,30}\))?[ \t]{0,3}:", re.IGNORECASE
)
_STARTS: dict[Kind, re.Pattern[str]] = {
    "adverse_events": re.compile(r"\bAdverse Events 1:"),
    "results": re.compile(r"\bOutcome Measurement:"),
    "intervention": re.compile(r"\bINTERVENTION 1:"),
    "eligibility": re.compile(r"^\W{0,4}(?:\w+ ){0,3}Inclusion\b[^\n]{0,40}", re.I | re.M),
}
# At the start of a line or right behind the trial's name: an abstract may speak of criteria too.
_CRITERIA = re.compile(
    r"(?:^|\btrial\b[^\n:]{0,40}:)\W{0,4}(?:\w{1,30} ){0,3}(?:inclusion|exclusion)\b"
    r"[^\n]{0,40}(?:criteria|:)"
    r"|^\W{0,4}(?:eligibility criteria|(?:disease|patient) characteristics)\b[^\n]{0,20}:",
    re.IGNORECASE | re.MULTILINE,
)
_GROUP = re.compile(r"\b(?:Adverse Events|Results|INTERVENTION) (\d{1,2}):")
# Behind a name, a count of those at risk, and the share: the share tells a footnote's digit, which
# the plain text sets before the count, from the count. Some entries set the count right behind the
# name or its footnote: "Nausea *2/40 (5.00%)", "Nausea [1]2/40 (5.00%)", "Nausea2/40 (5.00%)".
_EVENT = re.compile(r"(\d{1,7})/(\d{1,6})[ \t]{0,9}\((\d{1,3}(?:\.\d{1,9})?)%\)")
_NAME_LENGTH = 150
_FOOTNOTE = re.compile(
    r"(?:[ \t]*\[\d{1,3}\])+[ \t]*$|(?<!grade)(?<!type)(?<!degree)[ \t]\d$", re.IGNORECASE
)
_TOTAL = re.compile(r"Total:[ \t]*(\d{1,7})(?:/(\d{1,6})[ \t]*\((\d{1,3}(?:\.\d+)?)%\))?")
_TITLE = re.compile(r"Arm/Group Title:[ \t]*([^\n]*)")
_ANALYZED = re.compile(r"Overall Number of Participants Analyzed:[ \t]*(\d{1,7})")
_UNIT = re.compile(r"Unit of Measure:[ \t]*([^\n]*)")
_NUMBER = r"-?\d{1,9}(?:\.\d{1,6})?"
_VALUE = re.compile(rf"(?<![\w.,/-])({_NUMBER})(?![\w,/-]|\.\d)")
_RANGE = re.compile(rf"\(({_NUMBER}|NA) to ({_NUMBER}|NA)\)")
_SPREAD = re.compile(rf"\(({_NUMBER})\)")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)%")
_MEASURE = re.compile(r"\b(Median|Mean|Number|Count of Participants|Geometric Mean|Least Squares)")
_NEGATION_OF_SECTION = re.compile(r"\b(?:exclu\w+|ineligib\w+|non-?inclusion)\b", re.IGNORECASE)
_INCLUDED = re.compile(r"\b(?:inclusion|eligib\w+|included)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many; `share` is in percent."""

    events: int
    at_risk: int

    @property
    def share(self) -> float:
        """In percent; none at risk is none affected."""
        return 100 * self.events / self.at_risk if self.at_risk else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an outcome's results: its own title, where it has one, and its figures."""

    title: str
    value: float
    low: float | None = None
    high: float | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """An arm: adverse events by name, or rows of results."""

    title: str
    text: str
    total: Count | None = None
    events: tuple[tuple[str, Count], ...] = ()
    analyzed: int | None = None
    unit: str = ""
    measure: str = ""
    spread: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the eligibility section."""

    text: str
    excludes: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one trial's entry."""

    kind: Kind
    text: str
    title: str = ""
    groups: tuple[Group, ...] = ()
    criteria: tuple[Criterion, ...] = ()


@lru_cache(maxsize=512)
def read_sections(text: str) -> tuple[Section, ...]:
    """The sections in the text, the primary trial's first; none when this is no registry entry."""
    text = text[:MOST_CHARACTERS]
    kind = _kind(text)
    if kind is None:
        return ()
    parts = _trials(text, kind)
    return tuple(_section(kind, part) for part in parts)


def _kind(text: str) -> Kind | None:
    for kind in ("adverse_events", "results", "intervention"):
        if _STARTS[kind].search(text):
            return kind
    if _CRITERIA.search(text):
        return "eligibility"
    return None


def _trials(text: str, kind: Kind) -> list[str]:
    """The text of each trial: by headings that name them, else where a section starts again."""
    named = list(_TRIAL.finditer(text)) or list(_INLINE.finditer(text))
    if named:
        ends = [m.start() for m in named[1:]] + [len(text)]
        parts = {m[1].lower(): text[m.end() : end] for m, end in zip(named, ends, strict=True)}
        return [parts[name] for name in ("primary", "secondary") if name in parts]
    starts = [m.start() for m in _STARTS[kind].finditer(text)]
    if kind == "eligibility" or len(starts) < 2:
        return [text]
    return [text[: starts[1]], text[starts[1] :]]


def _section(kind: Kind, text: str) -> Section:
    if kind == "eligibility":
        return Section(kind, text, criteria=_criteria(text))
    found = list(_GROUP.finditer(text))
    if not found:
        return Section(kind, text, text.strip())
    ends = [m.start() for m in found[1:]] + [len(text)]
    title = text[: found[0].start()]
    groups = tuple(_group(kind, text[m.end() : end]) for m, end in zip(found, ends, strict=True))
    return Section(kind, text, title.strip(), groups)


def _count(events: str, at_risk: str, share: str) -> Count:
    number, of = int(events), int(at_risk)
    told = float(share) * of / 100
    if of and abs(number - told) > 0.02 * of + 0.01:
        number = round(told)
    return Count(number, of)


def _events(text: str) -> tuple[tuple[str, Count], ...]:
    """The table's lines: what stands before a count, back to the line's or last count's end."""
    found = []
    last = 0
    for match in _EVENT.finditer(text):
        start = max(last, match.start() - _NAME_LENGTH, text.rfind("\n", last, match.start()) + 1)
        name = _FOOTNOTE.sub("", text[start : match.start()].rpartition(":")[2].strip(" \t*†‡"))
        name = name.strip(" \t*†‡")
        last = match.end()
        if len(name) > 1:
            found.append((name, _count(match[1], match[2], match[3])))
    return tuple(found)


def _group(kind: Kind, text: str) -> Group:
    lines = [line.strip() for line in text.strip().splitlines()]
    if kind == "adverse_events":
        total = _TOTAL.search(text)
        rest = text[: total.start()] + text[total.end() :] if total else text
        events = _events(rest)
        whole = None
        if total and total[2]:
            whole = _count(total[1], total[2], total[3])
        elif total:
            whole = Count(int(total[1]), max((c.at_risk for _, c in events), default=0))
        return Group("", text, whole, events)
    if kind == "intervention":
        return Group(lines[0] if lines else "", text)
    title = _TITLE.search(text)
    analyzed = _ANALYZED.search(text)
    unit = _UNIT.search(text)
    head = text[analyzed.end() : unit.start()] if analyzed and unit else ""
    measure = _MEASURE.search(head)
    spread = re.search(r"\(([^()\n]*)\)", head)
    unit_text, rows = _rows(text[unit.start(1) :]) if unit else ("", ())
    return Group(
        title[1].strip() if title else "",
        text,
        analyzed=int(analyzed[1]) if analyzed else None,
        unit=unit_text,
        measure=measure[1].lower() if measure else "",
        spread=spread[1].lower() if spread else "",
        rows=rows,
    )


def _rows(text: str) -> tuple[str, tuple[Row, ...]]:
    """The unit, and the rows behind it: the unit ends at two spaces, as does a row's title."""
    first, *others = text.splitlines() or [""]
    parts = re.split(r"[ \t]{2,}", first.strip(), maxsplit=1)
    unit = parts[0]
    rows = []
    title = ""
    for line in ([parts[1]] if len(parts) > 1 else []) + [line.strip() for line in others]:
        name, _, behind = line.rpartition(": ") if ": " in line else ("", "", line)
        if name:
            title = name
        value = _VALUE.search(behind)
        if value is None:
            if not name:
                title = line.rstrip(":")
            continue
        span, spread = _RANGE.search(behind), _SPREAD.search(behind)
        share = _SHARE.search(behind, value.end())
        low, high = (_float(span[1]), _float(span[2])) if span else (None, None)
        if span is None and spread is not None and spread.start() > value.end():
            low = None
        rows.append(Row(title, float(value[1]), low, high, float(share[1]) if share else None))
    return unit, tuple(rows)


def _float(text: str) -> float | None:
    return None if text == "NA" else float(text)


def _criteria(text: str) -> tuple[Criterion, ...]:
    excludes = False
    found = []
    for line in map(str.strip, text.splitlines()):
        if not line:
            continue
        heading = len(line) < 90 and (line.endswith(":") or "criteria" in line.lower())
        if heading and _NEGATION_OF_SECTION.search(line):
            excludes = True
            continue
        if heading and _INCLUDED.search(line):
            excludes = False
            continue
        found.append(Criterion(line, excludes))
    return tuple(found)
