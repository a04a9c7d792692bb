"""A statement about registry sections, clause by clause."""

import re

from probatum.checks.registry.adverse import Context, judge_adverse
from probatum.checks.registry.criteria import admits, judge_criteria
from probatum.checks.registry.measured import judge_measured
from probatum.checks.registry.outcome import judge_outcome
from probatum.checks.registry.record import Section, read_sections
from probatum.checks.registry.regimen import judge_regimen

# A longer statement is none: it is read to here.
MOST_CHARACTERS = 4_000
_CLAUSE = re.compile(
    r"\.\s+(?=\w)|;\s+|,?\s+(?:whereas|whilst|however|on the other hand|meanwhile|conversely"
    r"|in contrast(?! to)|in comparison(?! (?:to|with)))\s*,?\s+"
    r"|,\s+unlike (?=the (?:primary|secondary)(?: clinical)? trial,? (?:which|where|that)\b)"
    r"|,\s+(?=no (?:adverse|aes?|patients?|participants?|one|other|physical)\b)"
    r"|,\s+(?:but |and )?(?=(?:this|it|these|which) (?:is|are|was|were) not\b)"
    r"|,\s+(?:but|while|and(?= (?:in |for |the (?:primary|secondary)|\d|only|none|no ))|whereas|hence)\s+"  # noqa: E501
    r"|,?\s+(?:but|while)\s+(?=\d|none|no |only|there|the |in |cohort |not |(?:(?:they|he|she) )?"
    r"(?:can |may |could |might )?(?:be |are |is |still |also |always |never )*(?:exclu|eligib|inelig|permit|allow|accept))"  # noqa: E501
    r"|,?\s+and\s+(?=(?:\w+ ){1,4}(?:was|were) (?:more|less) (?:common|frequent|prevalent))"
    r"|,\s+(?=(?:in|and)?\s*(?:the )?(?:secondary|primary)(?: clinical)? trial (?:had|has|record|observ|report))",  # noqa: E501
    re.IGNORECASE,
)
_NEXT_TRIAL = re.compile(
    r",\s+(?:and\s+)?(?=(?:in |for )?(?:the )?(?:secondary|primary)\b"
    r"|(?:in |for )(?:cohort|arm|group) \d\b)",
    re.IGNORECASE,
)
_NAMES_PLACE = re.compile(r"\b(?:primary|secondary|(?:cohort|arm|group) \d)\b", re.IGNORECASE)
_WHILE = re.compile(r"(?:while|whereas|although|though|whilst)\s+", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:compared|contrast|unlike|comparison|relative|opposed|than|both|same|different)\b", re.I
)
_VERB = re.compile(
    r"\b(?:had|has|have|record\w*|report\w*|observ\w*|was|were|are|is|suffer\w*|us\w+|receiv\w+"
    r"|experienc\w+|exclud\w+|includ\w+|requir\w+|measur\w+|allow\w*|must)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?:her-?2|er|pr|hr|ki-?67|brca-?[12]?)\s?[+-](?=[\s,.);]|$)"
    r"|\b(?!her2|ki67|t\d|n\d|m\d|q\d|day|week)[a-z]{1,6}-?\d{1,6}[a-z]?\b(?!%)",
    re.IGNORECASE,
)
# A sentence that defines a word says nothing of the trial.
_DEFINES = re.compile(
    r"^[^.]{0,160}?\b(?:is|are|refers? to|means?) (?:a|an|the|any|defined|indicat\w+|used)\b", re.I
)
_NAMES_TRIAL = re.compile(r"\b(?:primary|secondary)\b.{0,20}\btr(?:ia|ai)l|\bcohorts?\b", re.I)
_OF_TRIAL = re.compile(
    r"\b(?:trials?|cohorts?|patients?|participants?|candidates?|groups?|arms?|eligib\w+)\b", re.I
)


def pertinent(statement: str) -> str:
    """The statement without sentences that only explain a word."""
    plain = " ".join(statement[:MOST_CHARACTERS].split())
    sentences = [s for s in re.split(r"(?<=[.!?]) (?=\S)", plain) if s]
    of_trial = [s for s in sentences if _NAMES_TRIAL.search(s)]
    kept = [
        s
        for s in sentences
        if _NAMES_TRIAL.search(s)
        or (not _DEFINES.search(s) and (not of_trial or _OF_TRIAL.search(s)))
    ]
    return " ".join(kept or sentences)


def clauses(statement: str) -> list[str]:
    """The parts that can each be true or false."""
    parts = [part.strip(" ,.") for part in _CLAUSE.split(statement) if part and part.strip(" ,.")]
    return [piece for part in parts for piece in _by_trial(part)]


def _by_trial(part: str) -> list[str]:
    """ "The primary trial had one, the secondary none": one part for each trial."""
    halves = _halves(part)
    if halves is not None:
        return halves
    if _COMPARES.search(part):
        return [part]
    for found in _NEXT_TRIAL.finditer(part):
        before, after = part[: found.start()], part[found.end() :]
        if _NAMES_PLACE.search(before) and _VERB.search(before):
            return [before, after]
    return [part]


def _halves(part: str) -> list[str] | None:
    """ "While the one had two, the other had none": the halves where each has a verb."""
    first = _WHILE.match(part)
    if first is None:
        return None
    for comma in re.finditer(r",\s+", part):
        before, after = part[first.end() : comma.start()], part[comma.end() :]
        if _VERB.search(before) and _VERB.search(after) and _NAMES_PLACE.search(after):
            return [before, after]
    return None


def judge_statement(statement: str, evidence: str) -> bool | None:
    """True or False when the sections settle the statement; None when they do not."""
    sections = read_sections(evidence)
    if not sections:
        return None
    return judge_sections(pertinent(statement), sections)


def _of_results(clause: str, sections: tuple[Section, ...]) -> bool | None:
    told = judge_measured(clause, sections)
    return judge_outcome(clause, sections) if told is None else told


def foreign_name(statement: str, text: str) -> str | None:
    """A marker's state or a code name ("PR+", "T-DM1") that the section does not have."""
    held = {_plain(m[0]) for m in _NAME.finditer(text)}
    if not held:
        return None
    for found in _NAME.finditer(statement):
        name = _plain(found[0])
        if name not in held and name not in _plain(text):
            return found[0]
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\s_–-]", "", text.lower()) if text[-1:] not in "+-" else text.lower()


def judge_sections(statement: str, sections: tuple[Section, ...]) -> bool | None:
    """The same, of sections read already."""
    kind = sections[0].kind
    if kind == "results":
        if foreign_name(statement, "\n".join(section.text for section in sections)):
            return False
        found = [_of_results(clause, sections) for clause in clauses(statement)]
        return False if False in found else True if found and all(found) else None
    if kind == "eligibility":
        parts = clauses(statement)
        told = [
            judge_criteria(part, sections, parts[n - 1] if n else "")
            for n, part in enumerate(parts)
        ]
        if True in told:
            # "Eligible for the one but excluded from the other": whom no line shuts out may come.
            told = [
                True if each is None and admits(part, sections) else each
                for each, part in zip(told, parts, strict=True)
            ]
        return False if False in told else True if told and all(told) else None
    if kind == "intervention":
        parts = clauses(statement)
        found = [
            judge_regimen(part, sections, parts[n - 1] if n else "") for n, part in enumerate(parts)
        ]
        return False if False in found else True if found and all(found) else None
    results: list[bool | None] = []
    context = Context()
    for clause in clauses(statement):
        borne, context = judge_adverse(clause, sections, context)
        results.append(borne)
    if any(r is False for r in results):
        return False
    return True if results and all(results) else None
