"""Statements about who may take part, held against the lines of the eligibility section."""

import re
from dataclasses import dataclass

from probatum.checks.entailment.passage import rarity
from probatum.checks.reading import stem
from probatum.checks.registry.ages import Ages, admitted, told_ages
from probatum.checks.registry.amount import Amount, amounts
from probatum.checks.registry.initials import written_out
from probatum.checks.registry.meaning import stems_of
from probatum.checks.registry.person import sex_fits
from probatum.checks.registry.record import Criterion, Section
from probatum.checks.registry.shared import judge_shared
from probatum.checks.registry.stance import Stance, says, stance_of, wanting
from probatum.checks.registry.states import agreed, opposed
from probatum.checks.registry.targets import word_list

# Characters of a line that says one thing.
_LINE = 200
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
        return not self.criterion.excludes and len(text) <= _LINE and says("permits", text)


def judge_criteria(clause: str, sections: tuple[Section, ...], before: str = "") -> bool | None:
    """Whether the criteria bear the clause out; None when no line speaks of it.

    `before` is the clause before it, for one that says only "but eligible for the secondary".
    """
    common = judge_shared(clause, sections, _content)
    if common is not None:
        return common
    stance = stance_of(clause, before)
    if stance is None:
        return None
    trials = _trials(clause, sections)
    wanted = _content(clause)
    said = clause
    if (sum(map(rarity, wanted)) < 3 or says("back", clause)) and before:
        wanted, said = _content(before), before
    if not wanted and not told_ages(said)[0]:
        return None
    results = [_judge(said, stance, wanted, sections[t]) for t in trials]
    if False in results:
        return False
    return True if all(results) else None


def admits(clause: str, sections: tuple[Section, ...]) -> bool:
    """Whether the clause calls eligible whom no line of the criteria speaks of."""
    if stance_of(clause) != "eligible":
        return False
    wanted = _content(clause)
    best = [_best(clause, wanted, sections[trial]) for trial in _trials(clause, sections)]
    return bool(wanted) and all(each is None or each.coverage < ENOUGH for each in best)


def _trials(clause: str, sections: tuple[Section, ...]) -> list[int]:
    found = [n for n, name in enumerate(("primary", "secondary")) if name in clause.lower()]
    return [n for n in found if n < len(sections)] or [0]


def _content(clause: str) -> frozenset[str]:
    return stems_of(clause) - _GENERAL


def _judge(clause: str, stance: Stance, wanted: frozenset[str], section: Section) -> bool | None:
    match = _best(clause, wanted, section)
    ages, spots = told_ages(clause)
    by_age = _by_age(clause, stance, ages, section)
    if by_age is not None and (by_age is (stance == "excluded") or match is None):
        return by_age
    if stance == "optional":
        return match is None or match.coverage < ENOUGH or match.criterion.excludes
    if match is None:
        return None
    told = [a for a in amounts(clause) if a.digits and a.start not in spots]
    if told and not _numbers_fit(told, section, match, stance):
        # Who is outside a limit for taking part is shut out.
        return stance == "excluded" and not match.keeps_out and match.coverage >= ENOUGH
    return _by_line(clause, stance, match)


def _by_age(clause: str, stance: Stance, told: tuple[Ages, ...], section: Section) -> bool | None:
    """What age and sex alone tell of a clause; None where they tell nothing."""
    if not told or stance == "optional":
        return None
    if sex_fits(clause, section) is False:
        return stance == "excluded"
    limits = admitted(section)
    if limits is None:
        return None
    if stance == "required":
        return all(each.alike(limits) for each in told)
    if any(each.apart(limits) for each in told):
        return stance == "excluded"
    return stance == "eligible" if all(each.within(limits) for each in told) else None


def _by_line(clause: str, stance: Stance, match: _Match) -> bool | None:
    """What the line that speaks of it tells of a clause whose numbers fit."""
    text = match.criterion.text
    out = match.keeps_out != opposed(clause, text)
    if says("excepts", clause) and not says("excepts", text):
        return None
    if wanting(clause):
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
