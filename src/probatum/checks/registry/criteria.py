"""Statements about who may take part, held against the lines of the eligibility section."""

import re
from dataclasses import dataclass
from typing import Literal

from probatum.checks.entailment.passage import rarity
from probatum.checks.reading import stem
from probatum.checks.registry.amount import Amount, amounts
from probatum.checks.registry.initials import written_out
from probatum.checks.registry.meaning import stems_of
from probatum.checks.registry.person import AGE, fits
from probatum.checks.registry.record import Criterion, Section
from probatum.checks.registry.shared import judge_shared
from probatum.checks.registry.states import agreed, opposed
from probatum.checks.registry.targets import word_list

Stance = Literal["excluded", "eligible", "required", "optional"]

_EXCLUDED = re.compile(
    r"\b(?:exclu(?:ded|des|ding|sion)|ineligible|inadmissible|disqualif\w+|barred|unsuitable"
    r"|eliminat\w+|preclud\w+|prohibte?d|not (?:able|fit|suited|open)|prohibit\w*|turned away"
    r"|(?:not|never|cannot|can't|n't) (?:be )?(?:be )?(?:eligible|admissible|allowed|accept\w*"
    r"|permit\w*|includ\w+|participat\w*|take part|enrol\w*|admit\w*|suitable|qualif\w*)"
    r"|unable to (?:participate|take part|join)|too (?:old|young))\b",
    re.IGNORECASE,
)
_NOT_EXCLUDED = re.compile(
    r"\b(?:not|n't|nor|never) (?:be |necessarily |automatically |considered )?"
    r"(?:exclu\w+|ineligible|disqualif\w+|barred|prohibit\w*)"
    r"|\b(?:not|n't|no|never) (?:an? )?(?:\w+ )?(?:factor|reason|ground|basis|criterion|part)s?\b"
    r".{0,30}\b(?:exclu\w+|disqualif\w+|ineligib\w+)|\b(?:not|no|never) (?:an? )?disqualify\w+",
    re.IGNORECASE,
)
# What the line lets in without asking for it.
_PERMITS = re.compile(
    r"\b(?:allowed|permitted|acceptable|permissible|(?:are|is) eligible|may (?:be|have|receive))\b",
    re.IGNORECASE,
)
# Characters of a line that says one thing.
_LINE = 200
# What a clause says of those without something: "patients lacking X", "must have no X".
_WANTING = re.compile(
    r"\b(?:without(?: any)?|lack(?:s|ing)?|absence of|free (?:of|from)|no (?:evidence|history|sign"
    r"|known|prior|previous|other|current|active)|(?:have|has|had|having|with|present|show) no"
    r"|(?:have|has|had) (?:not|never)|(?:do|does|did) not (?:have|suffer|show|present|possess)"
    r"|never (?:had|been|received|undergone)|(?:have|has)n't)\b",
    re.IGNORECASE,
)
# What is excepted is told by no line alone.
_EXCEPTS = re.compile(r"\b(?:unless|except\w*|provided(?: that)?|as long as)\b", re.IGNORECASE)
_MUST_NOT = re.compile(
    r"\b(?:must|can|should|may|could)(?: ?not|n't) (?:have|be|suffer|take|receive|undergo|show|exhibit)"  # noqa: E501
    r"|\bmust (?:never|be free)|\bshould not\b|\bnot admissible\b",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(
    r"\b(?:not|n't|never|isn't|no) (?:an? |be |strictly |explicitly )?(?:necessar\w+|requir\w+|needed"  # noqa: E501
    r"|mandatory|need to|have to|prerequisite|essential|obligat\w+)|\bno (?:restriction|criteri|condition|limit)",  # noqa: E501
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"\b(?:must|requir\w+|needs? to|have to|has to|necessary|mandatory|expected to|only|obligat\w+"
    r"|needed|prerequisite|essential|in order to|should)\b",
    re.IGNORECASE,
)
_ELIGIBLE = re.compile(
    r"\b(?:eli[gl]+i?[bl]+l?e|eligible|includ\w+|participat\w*|take part|taking part|allow\w*|accept\w*|permit\w*"  # noqa: E501
    r"|welcom\w+|open to|considered|enrol\w*|qualif\w+|suitable|admissible|admitted|join)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"^\W{0,3}(?:no|not|non|without|absence|free|never|none|neither)\b"
    r"|\b(?:must not|no (?:prior|previous|history|evidence|other|known|active|concurrent|current)"
    r"|not (?:pregnant|nursing|have|be|currently|allowed|eligible|permitted)|(?:are|is) excluded"
    r"|ineligible|prohibited|other than|except)\b",
    re.IGNORECASE,
)
_GENERAL = frozenset(map(stem, word_list("of_criteria")))
# Shared words must carry this part of what the clause says before a line is taken to speak of it.
ENOUGH = 0.35
# Lists of what excludes name much at once, so less shows that one is meant.
HINT = 0.2
# Who is only in part as a line asks may be of another kind: "bilateral", "stage IV".
NEARLY_ALL = 0.6


@dataclass(frozen=True, slots=True)
class _Match:
    criterion: Criterion
    coverage: float
    wanted: frozenset[str]

    @property
    def keeps_out(self) -> bool:
        """Whether who is as the line says may not take part."""
        # "Exclusion: no history of stroke" shuts out who had one, as it would without the "no".
        if self.criterion.excludes:
            return True
        denial = _NEGATED.search(self.criterion.text)
        if denial is None:
            return False
        # "Advanced cancer not amenable to surgery" asks for advanced cancer.
        before = self.wanted & _content(self.criterion.text[: denial.start()])
        behind = self.wanted & _content(self.criterion.text[denial.start() :])
        return sum(map(rarity, behind - before)) >= sum(map(rarity, before))

    @property
    def permits(self) -> bool:
        """Whether the line lets in without asking for it; a paragraph does many things."""
        text = self.criterion.text
        return (
            not self.criterion.excludes and len(text) <= _LINE and _PERMITS.search(text) is not None
        )


def judge_criteria(clause: str, sections: tuple[Section, ...], before: str = "") -> bool | None:
    """Whether the criteria bear the clause out; None when no line speaks of it.

    `before` is the clause before it, for one that says only "but eligible for the secondary".
    """
    common = judge_shared(clause, sections, _content)
    if common is not None:
        return common
    stance = _stance(clause)
    if stance is None:
        return None
    trials = _trials(clause, sections)
    wanted = _content(clause)
    said = clause
    if sum(map(rarity, wanted)) < 3 and before:
        wanted, said = _content(before), before
    if not wanted and not AGE.search(said):
        return None
    results = [_judge(said, stance, wanted, sections[t]) for t in trials]
    if False in results:
        return False
    return True if all(results) else None


def admits(clause: str, sections: tuple[Section, ...]) -> bool:
    """Whether the clause calls eligible whom no line of the criteria speaks of."""
    if _stance(clause) != "eligible":
        return False
    wanted = _content(clause)
    return bool(wanted) and all(
        _best(clause, wanted, sections[trial]) is None for trial in _trials(clause, sections)
    )


def _trials(clause: str, sections: tuple[Section, ...]) -> list[int]:
    found = [n for n, name in enumerate(("primary", "secondary")) if name in clause.lower()]
    return [n for n in found if n < len(sections)] or [0]


def _wanting(clause: str) -> bool:
    """Whether the clause is about those who do not have what it names."""
    rest = clause
    for stance in (_NOT_EXCLUDED, _OPTIONAL, _MUST_NOT):
        rest = stance.sub(" ", rest)
    return len(_WANTING.findall(rest)) % 2 == 1


def _stance(clause: str) -> Stance | None:
    if _NOT_EXCLUDED.search(clause):
        return "eligible"
    if _OPTIONAL.search(clause):
        return "optional"
    if _EXCLUDED.search(clause) or _MUST_NOT.search(clause):
        return "excluded"
    if _REQUIRED.search(clause):
        return "required"
    if _ELIGIBLE.search(clause):
        return "eligible"
    return None


def _content(clause: str) -> frozenset[str]:
    return stems_of(clause) - _GENERAL


def _judge(clause: str, stance: Stance, wanted: frozenset[str], section: Section) -> bool | None:
    age = AGE.search(clause)
    match = _best(clause, wanted, section)
    if age:
        within = fits(clause, section)
        if within is False:
            return stance == "excluded"
        if within and match is None:
            return stance == "eligible"
    if stance == "optional":
        return match is None or match.coverage < ENOUGH or match.criterion.excludes
    if match is None:
        return None
    told = [
        a for a in amounts(clause) if a.digits and not (age and age.start() <= a.start < age.end())
    ]
    if told and not _numbers_fit(told, section, match, stance):
        # Who is outside a limit for taking part is shut out.
        return stance == "excluded" and not match.keeps_out and match.coverage >= ENOUGH
    return _by_line(clause, stance, match)


def _by_line(clause: str, stance: Stance, match: _Match) -> bool | None:
    """What the line that speaks of it tells of a clause whose numbers fit."""
    text = match.criterion.text
    out = match.keeps_out != opposed(clause, text)
    if _EXCEPTS.search(clause) and not _EXCEPTS.search(text):
        return None
    if _wanting(clause):
        if match.coverage < ENOUGH or stance == "optional":
            return None
        return out == (stance != "excluded")
    if match.permits and not out and match.coverage >= ENOUGH:
        # What is let in is neither asked for nor shut out.
        return stance == "eligible"
    if stance == "excluded":
        if ENOUGH <= match.coverage < NEARLY_ALL and not match.keeps_out:
            # A kind of patient that the line does not ask for.
            return True
        return out if match.coverage >= (HINT if out else ENOUGH) else None
    if match.coverage < ENOUGH:
        return None
    if stance == "eligible" and match.coverage < NEARLY_ALL and not out:
        return True if agreed(clause, text) else None
    return not out


def _best(clause: str, wanted: frozenset[str], section: Section) -> _Match | None:
    total = sum(map(rarity, wanted)) or 1.0
    best: _Match | None = None
    for criterion in section.criteria:
        own = _content(criterion.text) | written_out(clause, criterion.text)
        coverage = sum(map(rarity, wanted & own)) / total
        # Of two lines with the same words the one with fewer others speaks of them.
        score = coverage - 0.002 * len(own)
        if coverage and (
            best is None or score > best.coverage - 0.002 * len(_content(best.criterion.text))
        ):
            best = _Match(criterion, coverage, wanted)
    return best


def _numbers_fit(told: list[Amount], section: Section, match: _Match, stance: Stance) -> bool:
    """Each number is in the line that speaks of it, or for want of one anywhere in the section.

    Who may take part has only to be within the line's limit.
    """
    own = amounts(match.criterion.text)
    everywhere = amounts(section.text)
    for amount in told:
        near = [h for h in own if h.kind == amount.kind]
        if stance == "eligible" and not match.keeps_out and any(_within(amount, h) for h in near):
            continue
        if stance == "excluded" and match.keeps_out and any(_within(amount, h) for h in near):
            continue
        pool = near or [h for h in everywhere if h.kind == amount.kind]
        if pool and not any(
            abs(h.value - amount.value) <= 0.035 * max(abs(h.value), 1e-9) for h in pool
        ):
            return False
        if not pool and amount.kind != "count":
            return False
    return True


def _within(amount: Amount, limit: Amount) -> bool:
    """Whether everyone that the amount speaks of is on the right side of the limit."""
    if limit.sign in (">", ">="):
        return amount.sign not in ("<", "<=") and limit.holds(amount.value)
    if limit.sign in ("<", "<="):
        return amount.sign not in (">", ">=") and limit.holds(amount.value)
    return False
