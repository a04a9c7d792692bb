"""Statements about what a trial measures and in how many people, not about the figures."""

import re

from probatum.checks.reading import stem
from probatum.checks.registry.amount import amounts
from probatum.checks.registry.record import Section
from probatum.checks.registry.scope import places
from probatum.checks.registry.wording import has
from probatum.terms.words import STOPWORDS, words

_MEASURES = re.compile(
    r"\b(?:outcome measur\w*|outcome assess\w*|measures?|measuring|measured|evaluat\w+|assess\w*"
    r"|investigat\w*|stud(?:y|ies|ying)|test(?:s|ing)|report(?:s|ing)?"
    r"|indicat\w+|disclos\w+|provid\w+|employ\w*|utili[sz]\w+|metrics?|end ?points?"
    r"|outcomes?|monitor\w*|examin\w+|uses? )\b",
    re.IGNORECASE,
)
_DIFFERENT = re.compile(
    r"\b(?:different|distinct|unrelated|not synonymous|non-?\s?comparable|incomparable"
    r"|not (?:\w+ or )?comparable"
    r"|cannot be compared|can't be compared|dissimilar|not (?:the )?same|do(?:es)? not share"
    r"|don't share|not identical|unlike|differ)\b",
    re.IGNORECASE,
)
# "The findings cannot be compared": said of what is measured.
_COMPARABLE = re.compile(r"\b(?:results?|findings|conclusions)\b.{0,80}\bcompar(?:able|ed)\b", re.I)
_SAME = re.compile(
    r"\b(?:same|identical|similar|synonymous|comparable|can be compared|both|share)\b", re.I
)
_PEOPLE = re.compile(
    r"\b(?:number|count|amount) of (?:participants|patients|subjects)\b"
    r"|\b(?:more|fewer|less|same) (?:participants|patients|subjects) (?:in|than)\b"
    r"|\bparticipant count\b|\bcohort size\b|\b(?:participants|patients) (?:were|was) (?:treated|administered|analy\w+)"  # noqa: E501
    r"|\b(?:included|contained|comprised|consist\w+ of|had a total of) .{0,25}(?:participants|patients)",  # noqa: E501
    re.IGNORECASE,
)
# Words by which one endpoint is told from another, under one key each.
_ENDPOINTS: tuple[tuple[str, str], ...] = (
    ("pfs", r"\bpfs\b|progression[- ]free"),
    ("os", r"\bos\b|overall survival"),
    ("dfs", r"\bdfs\b|disease[- ]free"),
    ("rfs", r"\brfs\b|(?:recurrence|relapse)[- ]free"),
    ("orr", r"\borr?\b|objective (?:response|tumou?r)|overall response|response rate"),
    ("pcr", r"\bt?pcr\b|patholog\w+ complete|complete patholog\w+"),
    ("dlt", r"\bdlts?\b|dose[- ]limiting"),
    ("mtd", r"\bmtd\b|maximum tolerated"),
    ("cbr", r"\bcbr?\b|clinical benefit"),
    ("ttp", r"\bttp\b|time to progression"),
    ("qol", r"quality of life|\bqol\b"),
    ("ae", r"adverse event|\baes?\b|toxicit"),
    ("bmd", r"bone mineral density|\bbmd\b"),
    ("pain", r"\bpain\b"),
    ("ki67", r"ki-?67"),
    ("cr", r"\bcr\b|(?<!pathologic )(?<!pathological )complete (?:\w+ )?response"),
    ("pr", r"\bpr\b(?![+-])|partial (?:\w+ )?response"),
    ("sd", r"\bsd\b|stable disease"),
    ("pd", r"\bpd\b|progressive disease"),
)
# What is counted together under one name (RECIST 1.1, Eisenhauer, Eur J Cancer 2009;45:228-247).
_SUMS: dict[str, frozenset[str]] = {
    "orr": frozenset(("cr", "pr")),
    "cbr": frozenset(("cr", "pr", "sd")),
}
_RESPONSES = frozenset(("cr", "pr", "sd", "pd"))
_KEYS = tuple((key, re.compile(pattern, re.IGNORECASE)) for key, pattern in _ENDPOINTS)


def judge_measured(clause: str, sections: tuple[Section, ...]) -> bool | None:
    """Whether the trials measure what the clause says; None when it speaks of something else."""
    told = _people(clause, sections)
    if told is not None or not (_MEASURES.search(clause) or _COMPARABLE.search(clause)):
        return told
    if len(sections) == 2 and "primary" in clause and "secondary" in clause:
        return _both(clause, sections)
    trial = 1 if "secondary" in clause and len(sections) > 1 else 0
    named = endpoints(clause)
    if not named or amounts(clause):
        return None
    held = endpoints(_title(sections[trial]))
    if has("denies", clause):
        # "Reports neither PFS nor response": not one of them.
        return not named & held
    return named <= held if held else None


def endpoints(text: str) -> frozenset[str]:
    """The endpoints named, by their keys."""
    return frozenset(key for key, pattern in _KEYS if pattern.search(text))


def measures_other(clause: str, section: Section, lines: str) -> bool:
    """Whether the clause speaks of one part of what is counted together: complete responses among
    all responses. `lines` are the titles of the lines that the figures come from.
    """
    named = endpoints(clause) & _RESPONSES
    held = endpoints(f"{_title(section)}\n{lines}")
    if not named or named & held:
        return False
    return any(named < parts for key, parts in _SUMS.items() if key in held)


def _title(section: Section) -> str:
    return "\n".join(section.title.splitlines()[1:2]) or section.title


def _both(clause: str, sections: tuple[Section, ...]) -> bool | None:
    one, two = _title(sections[0]), _title(sections[1])
    named = endpoints(clause)
    first, second = endpoints(one), endpoints(two)
    alike = bool(first & second) if first and second else _overlap(one, two) >= 0.5
    different = _DIFFERENT.search(clause)
    if named and not different:
        if re.search(r"\bboth\b", clause):
            holds = named <= (first & second)
            return holds != has("denies", clause)
        return None if len(named) > 1 else named <= (first | second) and alike
    if different and not re.search(r"time ?frame|unit", clause):
        return not alike
    if _SAME.search(clause) and not re.search(r"time ?frame|unit", clause):
        return alike != has("denies", clause)
    return None


def _overlap(one: str, two: str) -> float:
    a, b = ({stem(w.norm) for w in words(t) if w.norm not in STOPWORDS} for t in (one, two))
    return len(a & b) / (min(len(a), len(b)) or 1)


def _people(clause: str, sections: tuple[Section, ...]) -> bool | None:
    """How many took part: the numbers analysed."""
    if not _PEOPLE.search(clause) or endpoints(clause):
        return None
    sizes: list[tuple[tuple[int, int | None], int]] = []
    for place in places(clause, sections):
        groups = sections[place.trial].groups
        if place.group is not None:
            groups = groups[place.group : place.group + 1]
        if (place.trial, place.group) not in [s[0] for s in sizes]:
            sizes.append(((place.trial, place.group), sum(g.analyzed or 0 for g in groups)))
    if not sizes or not all(size for _, size in sizes):
        return None
    more = re.search(r"\b(?:more|larger|higher|greater)\b", clause, re.IGNORECASE)
    less = re.search(r"\b(?:fewer|less|smaller|lower)\b", clause, re.IGNORECASE)
    if len(sizes) == 2:
        (_, a), (_, b) = sizes
        if re.search(r"\b(?:same|equal|identical)\b", clause, re.IGNORECASE):
            return a == b
        if "than" in clause and (more or less):
            return a > b if more else a < b
    number = next((a for a in amounts(clause) if a.kind == "count" and a.digits), None)
    if number is None or ("than" in clause and len(sizes) > 1):
        return None
    return all(number.holds(size) for _, size in sizes)
